/** The drawn timeline: lanes by party, dates that are not known exactly as the spans that they may mean. */
import { createEffect, createMemo, createSignal, For, on, Show } from 'solid-js'
import { DrawnLane, heightOf, keyOf, type Chosen } from '#client/timeline/drawn-lane.tsx'
import { lanesOf, reachOf, type Item, type Lane, type LaneId } from '#client/timeline/laid.ts'
import { createNavigating } from '#client/timeline/navigating.ts'
import { distanceTicks, ticksOf, xOf } from '#client/timeline/scale.ts'
import { Icon } from '#client/ui/icon.tsx'
import { minuteOf } from '#client/ui/when.ts'

export interface Sign {
  readonly at: number
  readonly label: string
}

interface Props {
  readonly items: readonly Item[]
  /** The lanes there may be, from top to bottom. */
  readonly lanes: readonly LaneId[]
  readonly nameOf: (lane: LaneId) => string
  /** What lies at zero, where the line is no calendar but counts the days from it. */
  readonly zero: string | undefined
  readonly snapshots: readonly Sign[]
  readonly chosen: Chosen | undefined
  readonly onChoose: (item: Chosen) => void
}

export const Drawing = (props: Props) => {
  const reach = createMemo(() => reachOf(props.items.map(({ span }) => span)))
  const navigating = createNavigating(reach)
  const { scale, width } = navigating
  const lanes = createMemo(() => lanesOf(props.items, props.lanes, scale()))
  const laneIds = createMemo<readonly LaneId[]>(() => lanes().map(({ id }) => id), [], {
    equals: (a, b) => a.join() === b.join(),
  })
  const laneOf = (id: LaneId): Lane | undefined => lanes().find(lane => lane.id === id)
  const ticks = createMemo(() => {
    const { zero } = props
    return zero === undefined ? ticksOf(scale(), width()) : distanceTicks(scale(), width(), zero)
  })
  /** One stop of the tab key; arrows go on from there. */
  const [stop, setStop] = createSignal<string>()
  const ordered = createMemo(() =>
    lanes().flatMap(({ items }) => items.toSorted((a, b) => a.left - b.left).map(keyOf)),
  )
  const stopNow = createMemo(() => {
    const at = stop()
    return at !== undefined && ordered().includes(at) ? at : ordered()[0]
  })
  createEffect(on(() => props.zero, navigating.fit, { defer: true }))
  createEffect(
    on(
      () => props.chosen && keyOf(props.chosen),
      key => {
        const item = props.items.find(item => keyOf(item) === key)
        const at = item?.span.earliest ?? item?.span.latest
        if (at !== undefined && width() > 0) navigating.reveal(at)
      },
    ),
  )
  let plane: HTMLDivElement | undefined
  const goTo = (key: string | undefined): void => {
    if (key === undefined) return
    setStop(key)
    const item = props.items.find(item => keyOf(item) === key)
    const at = item?.span.earliest ?? item?.span.latest
    if (at !== undefined) navigating.reveal(at)
    plane?.querySelector<HTMLElement>(`[data-key="${key}"]`)?.focus()
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    const act = KEYS[event.shiftKey ? `Shift+${event.key}` : event.key]
    if (!act || event.ctrlKey || event.metaKey || event.altKey) return
    event.preventDefault()
    if (typeof act === 'number') {
      const all = ordered()
      const at = all.indexOf((event.target as HTMLElement).dataset['key'] ?? '')
      goTo(all[Math.max(0, Math.min(all.length - 1, at + act))])
    } else act(navigating)
  }
  const isOn = (at: number): boolean => {
    const x = xOf(at, scale())
    return x >= 0 && x <= width()
  }
  return (
    <div class="timeline-drawn">
      <div class="timeline-zoom" role="group" aria-label="Zoom">
        <button
          type="button"
          class="button icon small"
          aria-label="Zoom out"
          data-tip="Zoom out"
          data-keys="−"
          onClick={() => navigating.zoom(1 / 1.5)}
        >
          <span aria-hidden="true">−</span>
        </button>
        <button
          type="button"
          class="button icon small"
          aria-label="Zoom in"
          data-tip="Zoom in"
          data-keys="+"
          onClick={() => navigating.zoom(1.5)}
        >
          <Icon name="plus" />
        </button>
        <button
          type="button"
          class="button small"
          data-tip="Show everything"
          data-keys="0"
          onClick={navigating.fit}
        >
          Fit
        </button>
      </div>
      <div class="timeline-scroller">
        <div class="timeline-names" aria-hidden="true">
          <div class="timeline-axis" />
          <For each={laneIds()}>
            {id => (
              <div class="timeline-name" style={{ 'block-size': heightOf(laneOf(id)) }}>
                <span dir="auto">{props.nameOf(id)}</span>
              </div>
            )}
          </For>
        </div>
        {/* Time runs from left to right, whatever way the page is written. */}
        <div
          ref={element => {
            plane = element
            navigating.attach(element)
          }}
          class="timeline-plane"
          role="group"
          aria-label="Timeline. Arrow keys go from event to event, plus and minus zoom"
          dir="ltr"
          onKeyDown={onKeyDown}
        >
          <div class="timeline-axis" aria-hidden="true">
            <For each={ticks()}>
              {tick => (
                <span
                  class="timeline-tick"
                  classList={{ major: tick.isMajor }}
                  style={{ left: `${xOf(tick.at, scale())}px` }}
                >
                  {tick.label}
                </span>
              )}
            </For>
            <For each={props.zero === undefined ? props.snapshots : []}>
              {snapshot => (
                <Show when={isOn(snapshot.at)}>
                  <span
                    class="timeline-snapshot"
                    style={{ left: `${xOf(snapshot.at, scale())}px` }}
                    data-tip={`Snapshot: ${snapshot.label}, ${minuteOf(snapshot.at)}`}
                  />
                </Show>
              )}
            </For>
          </div>
          <div class="timeline-lines" aria-hidden="true">
            <For each={ticks()}>
              {tick => (
                <span
                  classList={{ major: tick.isMajor }}
                  style={{ left: `${xOf(tick.at, scale())}px` }}
                />
              )}
            </For>
            <Show when={props.zero === undefined && isOn(Date.now())}>
              <span class="today" style={{ left: `${xOf(Date.now(), scale())}px` }}>
                <b>now</b>
              </span>
            </Show>
          </div>
          <For each={laneIds()}>
            {id => (
              <DrawnLane
                name={props.nameOf(id)}
                lane={laneOf(id)}
                width={width()}
                chosen={props.chosen}
                stop={stopNow()}
                onStop={setStop}
                onChoose={props.onChoose}
              />
            )}
          </For>
        </div>
      </div>
    </div>
  )
}

const KEYS: Readonly<
  Record<string, number | ((navigating: ReturnType<typeof createNavigating>) => void)>
> = {
  ArrowRight: 1,
  ArrowDown: 1,
  ArrowLeft: -1,
  ArrowUp: -1,
  Home: -Infinity,
  End: Infinity,
  '+': ({ zoom }) => zoom(1.5),
  'Shift++': ({ zoom }) => zoom(1.5),
  '=': ({ zoom }) => zoom(1.5),
  '-': ({ zoom }) => zoom(1 / 1.5),
  '0': ({ fit }) => fit(),
  'Shift+ArrowLeft': ({ pan }) => pan(-120),
  'Shift+ArrowRight': ({ pan }) => pan(120),
}
