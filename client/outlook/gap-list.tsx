/** Open questions, what is due first at the top; what is settled waits folded below. */
import { createMemo, createSignal, createUniqueId, For, Show } from 'solid-js'
import { useNegotiation } from '#client/live/negotiation.ts'
import { GapCard } from '#client/outlook/gap-card.tsx'
import { gapsAt } from '#client/outlook/gaps.ts'
import { createMembers, type Members } from '#client/outlook/members.ts'
import { createNow } from '#client/outlook/today.ts'
import { gapRecords } from '#shared/document/outlook.ts'
import type { Gap } from '#shared/gaps.ts'
import { newId, type GapId, type IssueId, type PartyId } from '#shared/ids.ts'

interface ListProps {
  readonly gaps: readonly Gap[]
  readonly members: Members
  /** What a question that is added here hangs on. */
  readonly about: { readonly issueId: IssueId | null; readonly partyId: PartyId | null }
  readonly isPlaced?: boolean
  readonly goTo?: ((issueId: IssueId, partyId: PartyId | null) => void) | undefined
}

export const GapList = (props: ListProps) => {
  const { mayEdit } = useNegotiation()
  const now = createNow()
  const [open, setOpen] = createSignal<GapId>()
  const [withSettled, setWithSettled] = createSignal(false)
  const settled = (): number => props.gaps.filter(({ status }) => status !== 'open').length
  // What was just settled under somebody's hands stays where it is.
  const shown = (): readonly GapId[] =>
    props.gaps
      .filter(({ id, status }) => status === 'open' || withSettled() || id === open())
      .map(({ id }) => id)
  return (
    <div class="gap-list">
      <For each={shown()}>
        {id => (
          <Show when={props.gaps.find(gap => gap.id === id)}>
            {gap => (
              <GapCard
                gap={gap()}
                members={props.members}
                now={now()}
                open={open() === id}
                onToggle={() => setOpen(open() === id ? undefined : id)}
                isPlaced={props.isPlaced === true}
                goTo={props.goTo}
              />
            )}
          </Show>
        )}
      </For>
      <Show when={settled() > 0}>
        <button
          type="button"
          class="add"
          aria-expanded={withSettled()}
          onClick={() => setWithSettled(!withSettled())}
        >
          {withSettled() ? 'Hide' : 'Show'} what is answered or dropped ({settled()})
        </button>
      </Show>
      <Show when={mayEdit()}>
        <NewGap about={props.about} />
      </Show>
    </div>
  )
}

const NewGap = (props: Pick<ListProps, 'about'>) => {
  const { act } = useNegotiation()
  const id = createUniqueId()
  let input: HTMLInputElement | undefined
  const add = (event: SubmitEvent): void => {
    event.preventDefault()
    const question = input?.value.trim() ?? ''
    if (!input || question === '') return input?.focus()
    const { about } = props
    act('ask an open question', doc =>
      gapRecords.put(doc, newId<GapId>(), { question, status: 'open', ...about }),
    )
    input.value = ''
  }
  return (
    <form class="gap-new" onSubmit={add}>
      <label class="unseen" for={id}>
        An open question
      </label>
      <input
        id={id}
        ref={input}
        class="line"
        dir="auto"
        maxlength={1_000}
        placeholder="What do we need to know?"
        onKeyDown={event => event.key !== 'Escape' && event.stopPropagation()}
      />
      <button type="submit" class="button small">
        Ask
      </button>
    </form>
  )
}

interface PlaceProps {
  readonly issueId: IssueId | null
  readonly partyId: PartyId | null
}

/** Beside the matrix: the questions on which a cell, a row or a column hangs. */
export const GapSection = (props: PlaceProps) => {
  const { view } = useNegotiation()
  const gaps = createMemo(() => gapsAt(view, props.issueId, props.partyId))
  const members = createMembers(() => gaps().length > 0)
  return (
    <section class="panel-section">
      <h3>Open questions</h3>
      <GapList gaps={gaps()} members={members} about={{ ...props }} isPlaced />
    </section>
  )
}
