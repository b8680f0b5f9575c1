/** A piece of a matrix as a picture: what a stranger will find inside. Not real talks. */
import { For, Index } from 'solid-js'
import '#client/start/specimen.css'

interface Position {
  /** Filled steps of five; undefined for unknown. */
  readonly steps?: number
  readonly label: string
  readonly words?: string
  readonly redLine?: boolean
}

const PARTIES = ['Upstream', 'Downstream', 'Mediator'] as const
const ROWS: readonly { readonly issue: string; readonly cells: readonly Position[] }[] = [
  {
    issue: 'Filling the reservoir',
    cells: [
      { steps: 4, label: 'In four years', words: 'Fills in wet seasons only' },
      { steps: 1, label: 'In ten years', words: 'No fewer than ten', redLine: true },
      { label: 'unknown' },
    ],
  },
  {
    issue: 'Release in dry years',
    cells: [
      { steps: 2, label: 'By consultation', words: 'As the season allows' },
      { steps: 5, label: 'Guaranteed volume', words: 'Every year, in writing', redLine: true },
      { steps: 3, label: 'Formula', words: 'Shared shortfall' },
    ],
  },
  {
    issue: 'Sharing of data',
    cells: [
      { steps: 3, label: 'Monthly', words: 'After each season' },
      { steps: 5, label: 'Daily', words: 'Gauges open to both' },
      { steps: 4, label: 'Weekly', words: 'Through a joint office' },
    ],
  },
]

export const Specimen = () => (
  <div class="specimen" aria-hidden="true">
    <div class="specimen-sheet">
      <div class="specimen-row specimen-head">
        <span>Issue</span>
        <For each={PARTIES}>{party => <span>{party}</span>}</For>
      </div>
      <For each={ROWS}>
        {row => (
          <div class="specimen-row">
            <span class="specimen-issue">{row.issue}</span>
            <For each={row.cells}>{cell => <SpecimenCell {...cell} />}</For>
          </div>
        )}
      </For>
    </div>
    <p class="specimen-words">
      Who wants what, how far each may move, where the red lines are, and on what evidence we
      believe so.
    </p>
  </div>
)

const SpecimenCell = (props: Position) => (
  <span
    class="specimen-cell"
    classList={{ 'specimen-unknown': !props.steps, 'specimen-guarded': props.redLine === true }}
  >
    <span class="specimen-stance">
      <span class="specimen-bar">
        <Index each={[1, 2, 3, 4, 5]}>
          {step => <i classList={{ filled: step() <= (props.steps ?? 0) }} />}
        </Index>
      </span>
      {props.label}
    </span>
    <span class="specimen-position">{props.words}</span>
  </span>
)
