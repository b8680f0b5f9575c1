/** One lane of the drawn timeline. What is in it keeps its element while the line is moved and zoomed, and so the focus. */
import { createMemo, For, Show } from 'solid-js'
import type { Item, Lane, Placed } from '#client/timeline/laid.ts'

export interface Chosen {
  readonly kind: Item['kind']
  readonly id: string
}

export const keyOf = ({ id, kind }: Chosen): string => `${kind}/${id}`

const ROW = 28
const PAD = 8
export const heightOf = (lane: Lane | undefined): string => `${(lane?.rows ?? 1) * ROW + 2 * PAD}px`

interface Props {
  readonly name: string
  readonly lane: Lane | undefined
  /** How wide the line is. */
  readonly width: number
  readonly chosen: Chosen | undefined
  /** The one at which the tab key stops. */
  readonly stop: string | undefined
  readonly onStop: (key: string) => void
  readonly onChoose: (item: Chosen) => void
}

export const DrawnLane = (props: Props) => {
  const byKey = createMemo(() => new Map(props.lane?.items.map(item => [keyOf(item), item])))
  const keys = createMemo(() =>
    [...byKey()].filter(([, item]) => isInSight(item, props.width)).map(([key]) => key),
  )
  return (
    <div
      class="timeline-lane"
      role="group"
      aria-label={props.name}
      style={{ 'block-size': heightOf(props.lane) }}
    >
      <For each={keys()}>
        {key => (
          <Show when={byKey().get(key)}>
            {item => (
              <button
                type="button"
                class="timeline-item"
                classList={{
                  meeting: item().kind === 'meeting',
                  point: item().isPoint,
                  beside: item().isBeside,
                  approximate: item().span.isApproximate,
                  uncertain: item().span.isUncertain,
                  'opens-before': item().opensBefore,
                  'opens-after': item().opensAfter,
                }}
                style={{
                  left: `${item().left}px`,
                  top: `${item().row * ROW + PAD}px`,
                  '--width': `${item().width}px`,
                  // The title of a long bar stays in sight.
                  '--hidden': `${Math.max(0, Math.min(item().width - 60, -item().left))}px`,
                }}
                data-key={key}
                data-tip={`${item().title}: ${item().when}`}
                tabindex={props.stop === key ? 0 : -1}
                aria-pressed={props.chosen !== undefined && keyOf(props.chosen) === key}
                aria-label={`${item().title}, ${item().when}`}
                onFocus={() => props.onStop(key)}
                onClick={() => props.onChoose(item())}
              >
                <span class="timeline-bar" />
                <span class="timeline-title" dir="auto">
                  {item().title}
                </span>
              </button>
            )}
          </Show>
        )}
      </For>
    </div>
  )
}

/** A title may reach out of its bar. */
const isInSight = ({ left, width }: Placed, plane: number): boolean =>
  left + width > -260 && left < plane + 20
