/** What the party says it will not accept on the issue: drawn, changed and lifted. */
import { createSignal, For, Show } from 'solid-js'
import { useNegotiation } from '#client/live/negotiation.ts'
import { Choice } from '#client/matrix/panel/choice.tsx'
import { Line } from '#client/matrix/panel/line.tsx'
import { pointLabel } from '#client/matrix/scale.ts'
import { Icon } from '#client/ui/icon.tsx'
import { MenuButton, type MenuEntry } from '#client/ui/menu.tsx'
import { offerUndo } from '#client/matrix/undo-offer.ts'
import { redLineRecords } from '#shared/document/redlines.ts'
import { newId, type IssueId, type PartyId, type RedLineId } from '#shared/ids.ts'
import type { Issue } from '#shared/issues.ts'
import {
  RED_LINE_KIND_LABELS,
  RED_LINE_KINDS,
  RED_LINE_OPERATOR_LABELS,
  RED_LINE_OPERATORS,
  type RedLine,
} from '#shared/redlines.ts'

const KIND_LABELS = { ...RED_LINE_KIND_LABELS, undistinguished: 'Not distinguished' }

interface Props {
  readonly issueId: IssueId
  readonly partyId: PartyId
  readonly issue: Issue | undefined
}

export const RedLines = (props: Props) => {
  const { act, mayEdit, view } = useNegotiation()
  const [open, setOpen] = createSignal<RedLineId>()
  const lines = () => view.redLines(props.issueId, props.partyId)
  const ids = () => lines().map(({ id }) => id)
  const draw = (): void => {
    const id = newId<RedLineId>()
    const { issueId, partyId } = props
    act('draw a red line', doc =>
      redLineRecords.put(doc, id, { issueId, partyId, kind: 'red_line', operator: 'at_least' }),
    )
    setOpen(id)
  }
  return (
    <section class="panel-section">
      <h3>Red lines</h3>
      <For each={ids()}>
        {id => (
          <Show when={lines().find(line => line.id === id)}>
            {line => (
              <RedLineCard
                line={line()}
                issue={props.issue}
                open={open() === id}
                onToggle={() => setOpen(open() === id ? undefined : id)}
              />
            )}
          </Show>
        )}
      </For>
      <Show when={lines().length === 0}>
        <p class="field-none">None recorded.</p>
      </Show>
      <Show when={mayEdit()}>
        <button type="button" class="add" onClick={draw}>
          <Icon name="plus" /> Draw a red line
        </button>
      </Show>
    </section>
  )
}

interface CardProps {
  readonly line: RedLine
  readonly issue: Issue | undefined
  readonly open: boolean
  readonly onToggle: () => void
}

const RedLineCard = (props: CardProps) => {
  const negotiation = useNegotiation()
  const points = () => props.issue?.scale.points ?? []
  const label = () => pointLabel(points(), props.line.point)
  const set = (values: Partial<Omit<RedLine, 'id'>>): void => {
    const { id } = props.line
    negotiation.act('change a red line', doc => redLineRecords.set(doc, id, values))
  }
  const lift = (): void => {
    const { id } = props.line
    negotiation.act('lift a red line', doc => redLineRecords.remove(doc, id))
    offerUndo(negotiation, 'Lifted a red line', () => void negotiation.undo())
  }
  const pointEntries = (): readonly MenuEntry[] => [
    ...points().map(point => ({
      label: point.label || 'Unnamed point',
      checked: point.id === props.line.point,
      run: () => set({ point: point.id }),
    })),
    null,
    { label: 'In words only', checked: props.line.point === null, run: () => set({ point: null }) },
  ]
  return (
    <div class="red-line-card" classList={{ soft: props.line.soft }}>
      <button
        type="button"
        class="red-line-head"
        aria-expanded={props.open}
        onClick={() => props.onToggle()}
      >
        <strong>
          {props.line.soft ? 'Soft ' : ''}
          {KIND_LABELS[props.line.kind]}
        </strong>
        <Show when={label()}>
          <span>
            {RED_LINE_OPERATOR_LABELS[props.line.operator]} <em dir="auto">{label()}</em>
          </span>
        </Show>
        {/* Open, the wording stands below: a second one that grows would move what is being clicked. */}
        <Show when={!props.open && props.line.statement}>
          <span class="red-line-words" dir="auto">
            {props.line.statement}
          </span>
        </Show>
      </button>
      <Show when={props.open && negotiation.mayEdit()}>
        <div class="red-line-form">
          <Choice
            label="Kind"
            values={RED_LINE_KINDS}
            labels={KIND_LABELS}
            value={props.line.kind}
            disabled={false}
            onChoose={kind => kind && set({ kind })}
          />
          <Choice
            label="They accept"
            values={RED_LINE_OPERATORS}
            labels={RED_LINE_OPERATOR_LABELS}
            value={props.line.operator}
            disabled={false}
            onChoose={operator => operator && set({ operator })}
          />
          <div class="field">
            <span class="field-label">Point</span>
            <MenuButton class="button small" label="Point of the scale" entries={pointEntries}>
              <span dir="auto">{label() ?? 'In words only'}</span>
              <Icon name="down" />
            </MenuButton>
          </div>
          <Line
            label="Wording"
            labelled
            value={props.line.statement}
            disabled={false}
            onWrite={statement => set({ statement })}
          />
          <label class="check">
            <input
              type="checkbox"
              checked={props.line.soft}
              onChange={event => set({ soft: event.currentTarget.checked })}
            />
            Soft: rhetorical, or from a single origin
          </label>
          <button type="button" class="button small danger" onClick={lift}>
            Lift this line
          </button>
        </div>
      </Show>
    </div>
  )
}
