/** One of a few choices that lie side by side. */
import { For } from 'solid-js'
import '#client/ui/segments.css'

interface SegmentsProps<Name extends string> {
  readonly label: string
  readonly names: readonly Name[]
  readonly labelOf: (name: Name) => string
  readonly chosen: Name
  readonly onChoose: (name: Name) => void
  /** The key that goes to the next one, shown in the hint. */
  readonly keys?: string
}

export const Segments = <Name extends string>(props: SegmentsProps<Name>) => (
  <div
    class="segments"
    role="group"
    aria-label={props.label}
    data-tip={props.keys && props.label}
    data-keys={props.keys}
  >
    <For each={props.names}>
      {name => (
        <button
          type="button"
          class="segment"
          aria-pressed={props.chosen === name}
          onClick={() => props.onChoose(name)}
        >
          {props.labelOf(name)}
        </button>
      )}
    </For>
  </div>
)
