/** Under the drawn timeline: what has no place on it, with the way to give it one. */
import { For, Show } from 'solid-js'
import { keyOf, type Chosen } from '#client/timeline/drawn-lane.tsx'

export interface TrayItem extends Chosen {
  readonly title: string
  readonly when: string
}

export const Tray = (props: {
  readonly items: readonly TrayItem[]
  readonly chosen: Chosen | undefined
  readonly onChoose: (item: Chosen) => void
}) => (
  <Show when={props.items.length > 0}>
    <section class="timeline-tray" aria-label="Without a place in time">
      <h3>Without a place in time</h3>
      <ul>
        <For each={props.items}>
          {item => (
            <li>
              <button
                type="button"
                class="timeline-chip"
                aria-pressed={props.chosen !== undefined && keyOf(props.chosen) === keyOf(item)}
                onClick={() => props.onChoose(item)}
              >
                <span dir="auto">{item.title}</span> <span dir="auto">{item.when}</span>
              </button>
            </li>
          )}
        </For>
      </ul>
    </section>
  </Show>
)
