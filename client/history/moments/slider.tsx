/** The whole life of the tracker on one line, to drag through; idle time is folded. */
import { createMemo, createSignal, For, Match, onCleanup, Show, Switch, type JSX } from 'solid-js'
import type { Axis } from '#client/history/moments/axis.ts'
import { daysOn } from '#client/history/moments/days.ts'
import type { Log } from '#client/history/moments/log.ts'
import type { Player } from '#client/history/moments/player.ts'
import { nearest, type Sign } from '#client/history/moments/signs.ts'
import { travelFor, travelled } from '#client/history/moments/travel.ts'
import type { Reading } from '#client/history/moments/moments.ts'
import { Icon } from '#client/ui/icon.tsx'
import { exactly, minuteOf } from '#client/ui/when.ts'
import '#client/history/moments/slider.css'

interface SliderProps {
  readonly reading: Reading
  readonly log: Log
  readonly axis: Axis
  /** The moment that is shown; undefined for the present. */
  readonly seq: number | undefined
  /** The moment up to which the screen has followed. */
  readonly shown: number
  /** Snapshots and meetings, in the order of their places. */
  readonly signs: readonly Sign[]
  readonly player: Player
  /** Who led to a moment: "Leyla Aydin". */
  readonly authorOf: (seq: number) => string
  /** While the reader is moving. */
  readonly onMove: (seq: number) => void
  /** Where the reader stays. The last moment is the present. */
  readonly onStay: (seq: number) => void
  readonly again: () => void
  /** What else can be chosen of what is shown. */
  readonly children: JSX.Element
}

/** A snapshot so near to the pointer is what is meant. */
const SNAP = 6

export const Slider = (props: SliderProps) => {
  let track: HTMLDivElement | undefined
  const [width, setWidth] = createSignal(0)
  const [hovered, setHovered] = createSignal<number>()
  const seq = (): number => props.seq ?? props.log.last
  const place = createMemo(() => props.axis.placeOf(seq()))

  const placeAt = (x: number): number => {
    if (!track) return 0
    const box = track.getBoundingClientRect()
    const share = (x - box.left) / Math.max(1, box.width)
    return Math.min(1, Math.max(0, isRightToLeft(track) ? 1 - share : share))
  }
  const seqAt = (x: number): number => {
    const at = placeAt(x)
    const sign = nearest(props.signs, at, SNAP / Math.max(1, width()))
    return sign ? sign.seq : props.axis.seqAt(at)
  }

  const onPointerDown = (event: PointerEvent): void => {
    if (event.button !== 0 || props.log.last === 0) return
    props.player.pause()
    track?.setPointerCapture(event.pointerId)
    props.onMove(seqAt(event.clientX))
    const listening = new AbortController()
    const { signal } = listening
    let last = seqAt(event.clientX)
    track?.addEventListener(
      'pointermove',
      moved => {
        const next = seqAt(moved.clientX)
        if (next !== last) props.onMove((last = next))
      },
      { signal },
    )
    const end = (): void => {
      listening.abort()
      props.onStay(last)
    }
    track?.addEventListener('lostpointercapture', end, { signal })
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === ' ') {
      toggle()
    } else {
      const travel = travelFor(event, track !== undefined && isRightToLeft(track))
      if (!travel || props.log.last === 0) return
      props.player.pause()
      props.onStay(travelled(props.log, props.axis, seq(), travel))
    }
    event.preventDefault()
    event.stopPropagation()
  }
  const toggle = (): void => {
    if (props.player.isPlaying()) {
      props.player.pause()
      props.onStay(seq())
    } else props.player.play(props.seq ?? 0)
  }

  const days = createMemo(() => daysOn(props.log, props.axis, width()))
  const valueText = (): string => {
    if (props.seq === undefined) return 'Now'
    if (seq() === 0) return 'Before everything'
    const at = exactly(props.log.timeOf(seq()))
    const sign = props.signs.find(sign => sign.seq === seq())
    return [at, sign?.label, props.authorOf(seq())].filter(Boolean).join(', ')
  }
  const hint = createMemo(() => {
    const at = hovered()
    if (at === undefined) return undefined
    const sign = nearest(props.signs, at, SNAP / Math.max(1, width()))
    const moment = sign ? sign.seq : props.axis.seqAt(at)
    return {
      place: sign ? sign.place : at,
      when: moment === 0 ? 'Before everything' : minuteOf(props.log.timeOf(moment)),
      what: sign ? sign.label : props.authorOf(moment),
    }
  })

  return (
    <section class="moments" aria-label="Moments of this tracker" data-shown={props.shown}>
      <button
        type="button"
        class="button quiet icon small moments-play"
        aria-label={props.player.isPlaying() ? 'Pause' : 'Play the history'}
        data-tip={props.player.isPlaying() ? 'Pause' : 'Play, without the idle time'}
        data-keys="Space on the slider"
        disabled={props.log.last === 0}
        onClick={toggle}
      >
        <Icon name={props.player.isPlaying() ? 'pause' : 'play'} />
      </button>
      <button
        type="button"
        class="button quiet small moments-speed"
        aria-label={`Speed: ${props.player.speed()} times`}
        data-tip="Speed of playing"
        disabled={props.log.last === 0}
        onClick={() => props.player.cycleSpeed()}
      >
        {props.player.speed()}×
      </button>
      <Switch>
        <Match when={props.reading.at === 'failed' && props.reading}>
          {failed => (
            <p class="moments-words" role="alert">
              {failed().message}{' '}
              <button type="button" class="button small" onClick={() => props.again()}>
                Try again
              </button>
            </p>
          )}
        </Match>
        <Match when={props.reading.at === 'ready'}>
          <div
            class="moments-line"
            ref={element => observeWidth(element, setWidth)}
            onPointerMove={event => setHovered(placeAt(event.clientX))}
            onPointerLeave={() => setHovered(undefined)}
          >
            <div
              ref={element => (track = element)}
              class="moments-track"
              role="slider"
              tabindex="0"
              aria-label="Moment"
              aria-valuemin="0"
              aria-valuemax={props.log.last}
              aria-valuenow={seq()}
              aria-valuetext={valueText()}
              onPointerDown={onPointerDown}
              onKeyDown={onKeyDown}
            >
              <svg class="moments-drawing" preserveAspectRatio="none" viewBox="0 0 1 1">
                <path class="moments-bursts" d={burstsPath(props.axis)} />
              </svg>
              <For each={props.signs}>
                {sign => (
                  <span
                    class={`moments-sign ${sign.kind}`}
                    style={{
                      'inset-inline-start': percent(sign.place),
                      ...(sign.end !== undefined && {
                        'inline-size': percent(sign.end - sign.place),
                      }),
                    }}
                  />
                )}
              </For>
              <Show when={props.seq !== undefined}>
                <span class="moments-past" style={{ 'inline-size': percent(place()) }} />
              </Show>
              <span
                class="moments-thumb"
                classList={{ live: props.seq === undefined }}
                style={{ 'inset-inline-start': percent(place()) }}
              />
            </div>
            <div class="moments-days" aria-hidden="true">
              <For each={days()}>
                {day => (
                  <span style={{ 'inset-inline-start': percent(day.place) }}>{day.name}</span>
                )}
              </For>
            </div>
            <Show when={hint()}>
              {shown => (
                <p
                  class="moments-hint"
                  style={{ 'inset-inline-start': percent(shown().place) }}
                  aria-hidden="true"
                >
                  <strong>{shown().when}</strong>
                  <Show when={shown().what}>
                    <span dir="auto">{shown().what}</span>
                  </Show>
                </p>
              )}
            </Show>
          </div>
        </Match>
        <Match when={props.reading.at === 'reading' && props.reading}>
          {reading => (
            <div class="moments-words">
              <span id="moments-reading">Reading the history …</span>
              <progress aria-labelledby="moments-reading" max="1" value={reading().done} />
            </div>
          )}
        </Match>
      </Switch>
      {props.children}
    </section>
  )
}

const percent = (share: number): string => `${(share * 100).toFixed(3)}%`

const isRightToLeft = (element: Element): boolean => getComputedStyle(element).direction === 'rtl'

/** One path for however many bursts. */
const burstsPath = ({ bursts }: Axis): string =>
  bursts
    .map(({ end, start }) => `M${start.toFixed(5)} 0H${end.toFixed(5)}V1H${start.toFixed(5)}Z`)
    .join('')

const observeWidth = (element: Element, tell: (width: number) => void): void => {
  tell(element.getBoundingClientRect().width)
  if (typeof ResizeObserver === 'undefined') return
  const observer = new ResizeObserver(([entry]) => tell(entry?.contentRect.width ?? 0))
  observer.observe(element)
  onCleanup(() => observer.disconnect())
}
