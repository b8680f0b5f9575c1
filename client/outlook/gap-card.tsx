/** One open question: in short, and opened with who sees to it, by when, and what was found. */
import { Show } from 'solid-js'
import { DateLine } from '#client/evidence/fields.tsx'
import { useNegotiation } from '#client/live/negotiation.ts'
import { Choice } from '#client/matrix/panel/choice.tsx'
import { Line } from '#client/matrix/panel/line.tsx'
import { offerUndo } from '#client/matrix/undo-offer.ts'
import { placeWords } from '#client/outlook/gaps.ts'
import type { Members } from '#client/outlook/members.ts'
import { Icon } from '#client/ui/icon.tsx'
import { MenuButton, type MenuEntry } from '#client/ui/menu.tsx'
import { calendarWords } from '#shared/calendar-words.ts'
import { gapRecords } from '#shared/document/outlook.ts'
import { GAP_STATUS_LABELS, GAP_STATUSES, isOverdue, type Gap } from '#shared/gaps.ts'
import type { IssueId, PartyId } from '#shared/ids.ts'
import '#client/outlook/outlook.css'

interface Props {
  readonly gap: Gap
  readonly members: Members
  readonly now: number
  readonly open: boolean
  readonly onToggle: () => void
  /** Whether the row and column are shown by what stands around it. */
  readonly isPlaced?: boolean
  /** Shows what hangs on it in the matrix. */
  readonly goTo?: ((issueId: IssueId, partyId: PartyId | null) => void) | undefined
}

export const GapCard = (props: Props) => {
  const { mayEdit, view } = useNegotiation()
  const late = (): boolean => isOverdue(props.gap, props.now)
  const place = (): string => (props.isPlaced ? '' : placeWords(props.gap, view))
  const meta = (): string => {
    const { ownerId, status } = props.gap
    return [
      place(),
      ownerId ? props.members.nameOf(ownerId) : 'nobody sees to it yet',
      status === 'open' ? '' : GAP_STATUS_LABELS[status].toLowerCase(),
    ]
      .filter(Boolean)
      .join(' · ')
  }
  return (
    <div class="gap-card" classList={{ late: late(), settled: props.gap.status !== 'open' }}>
      <button
        type="button"
        class="gap-head"
        aria-expanded={props.open}
        onClick={() => props.onToggle()}
      >
        <span class="gap-question" dir="auto">
          {props.gap.question || 'A question without words'}
        </span>
        <span class="gap-meta">
          {meta()}
          <Show when={props.gap.dueAt}>
            {due => (
              <span class="gap-due">
                {' '}
                · {late() ? 'overdue since' : 'due'} {calendarWords(due())}
              </span>
            )}
          </Show>
        </span>
        <Show when={props.gap.answer && !props.open}>
          <span class="gap-answer" dir="auto">
            {props.gap.answer}
          </span>
        </Show>
      </button>
      <Show when={props.open}>
        <div class="gap-form">
          <Show
            when={mayEdit()}
            fallback={<p class="field-none">{props.gap.answer || 'No answer yet.'}</p>}
          >
            <GapForm gap={props.gap} members={props.members} />
          </Show>
          <Show when={props.gap.issueId && props.goTo}>
            {goTo => (
              <button
                type="button"
                class="button quiet small"
                onClick={() => goTo()(props.gap.issueId as IssueId, props.gap.partyId)}
              >
                Show in the matrix
              </button>
            )}
          </Show>
        </div>
      </Show>
    </div>
  )
}

const GapForm = (props: { readonly gap: Gap; readonly members: Members }) => {
  const negotiation = useNegotiation()
  const { view } = negotiation
  const set = (label: string, values: Partial<Omit<Gap, 'id'>>): void => {
    const { id } = props.gap
    negotiation.act(label, doc => gapRecords.set(doc, id, values))
  }
  const remove = (): void => {
    const { id } = props.gap
    negotiation.act('remove an open question', doc => gapRecords.remove(doc, id))
    offerUndo(negotiation, 'Removed an open question', () => void negotiation.undo())
  }
  const chosen = <T,>(
    options: readonly { readonly id: T; readonly label: string }[],
    value: T | null,
    none: string,
    choose: (id: T | null) => void,
  ): readonly MenuEntry[] => [
    ...options.map(({ id, label }) => ({ label, checked: id === value, run: () => choose(id) })),
    null,
    { label: none, checked: value === null, run: () => choose(null) },
  ]
  const issues = (): readonly MenuEntry[] =>
    chosen(
      view.issueIds().map(id => ({ id, label: view.issue(id)?.title || 'Untitled issue' })),
      props.gap.issueId,
      'No issue',
      issueId => set('say what hangs on a question', { issueId }),
    )
  const parties = (): readonly MenuEntry[] =>
    chosen(
      view.partyIds().map(id => ({ id, label: view.party(id)?.name || 'Unnamed party' })),
      props.gap.partyId,
      'No party',
      partyId => set('say what hangs on a question', { partyId }),
    )
  const owners = (): readonly MenuEntry[] =>
    chosen(
      props.members.all().map(({ id, name }) => ({ id, label: name })),
      props.gap.ownerId,
      'Nobody yet',
      ownerId => set('say who sees to a question', { ownerId }),
    )
  const labelOf = (entries: readonly MenuEntry[]): string => {
    const found = entries.find(entry => entry && 'checked' in entry && entry.checked)
    return found && 'label' in found ? found.label : 'Somebody'
  }
  const Menu = (menu: {
    readonly label: string
    readonly entries: () => readonly MenuEntry[]
    readonly words?: string
  }) => (
    <div class="field">
      <span class="field-label">{menu.label}</span>
      <MenuButton
        class="button small"
        label={`${menu.label}: ${menu.words ?? labelOf(menu.entries())}`}
        entries={menu.entries}
      >
        <span class="gap-chosen" dir="auto">
          {menu.words ?? labelOf(menu.entries())}
        </span>
        <Icon name="down" />
      </MenuButton>
    </div>
  )
  return (
    <>
      <Line
        label="Question"
        labelled
        value={props.gap.question}
        disabled={false}
        onWrite={question => set('word a question', { question })}
      />
      <Menu label="Issue" entries={issues} />
      <Menu label="Party" entries={parties} />
      <Menu
        label="Who sees to it"
        entries={owners}
        {...(props.gap.ownerId && { words: props.members.nameOf(props.gap.ownerId) })}
      />
      <DateLine
        label="Due"
        value={props.gap.dueAt}
        disabled={false}
        onWrite={dueAt => set('say when a question is due', { dueAt })}
      />
      <Choice
        label="Status"
        values={GAP_STATUSES}
        labels={GAP_STATUS_LABELS}
        value={props.gap.status}
        disabled={false}
        onChoose={status => status && set('settle a question', { status })}
      />
      <Line
        label="Answer"
        labelled
        value={props.gap.answer}
        placeholder="What was found"
        disabled={false}
        onWrite={answer => set('answer a question', { answer })}
      />
      <button type="button" class="button small danger" onClick={remove}>
        Remove the question
      </button>
    </>
  )
}
