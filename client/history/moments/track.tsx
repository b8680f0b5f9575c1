/** The line of moments, with a thumb for each moment that is looked at; idle time is folded. */
import { createMemo, createSignal, For, onCleanup, Show } from 'solid-js'
import type { Axis } from '#client/history/moments/axis.ts'
import { daysOn } from '#client/history/moments/days.ts'
import type { Log } from '#client/history/moments/log.ts'
import { nearest, type Sign } from '#client/history/moments/signs.ts'
import type { Thumb } from '#client/history/moments/thumbs.ts'
import { travelFor, travelled } from '#client/history/moments/travel.ts'
import { exactly, minuteOf } from '#client/ui/when.ts'

export interface TrackProps {
  readonly log: Log
  readonly axis: Axis
  /** One, or the two ends of a comparison, the older first. */
  readonly thumbs: readonly Thumb[]
  /** Snapshots and meetings, in the order of their places. */
  readonly signs: readonly Sign[]
  /** Who led to a moment: "Leyla Aydin". */
  readonly authorOf: (seq: number) => string
  /** Somebody takes hold of a thumb. */
  readonly onTouch: () => void
  /** Plays, or stops playing. */
  readonly onToggle: () => void
}

/** A snapshot so near to the pointer is what is meant. */
const SNAP = 6

export const Track = (props: TrackProps) => {
  let track: HTMLDivElement | undefined
  const [width, setWidth] = createSignal(0)
  const [hovered, setHovered] = createSignal<number>()

  const placeAt = (x: number): number => {
    if (!track) return 0
    const box = track.getBoundingClientRect()
    const share = (x - box.left) / Math.max(1, box.width)
    return Math.min(1, Math.max(0, isRightToLeft(track) ? 1 - share : share))
  }
  const signAt = (place: number): Sign | undefined =>
    nearest(props.signs, place, SNAP / Math.max(1, width()))
  const seqAt = (x: number): number => {
    const place = placeAt(x)
    return signAt(place)?.seq ?? props.axis.seqAt(place)
  }
  const placeOf = ({ seq }: Thumb): number => props.axis.placeOf(seq)
  /** By its name: while it is moved, what stands for it is made anew. */
  const thumb = (name: string): Thumb | undefined => props.thumbs.find(thumb => thumb.name === name)
  const nearestThumb = (place: number): Thumb | undefined =>
    props.thumbs.toSorted((a, b) => Math.abs(placeOf(a) - place) - Math.abs(placeOf(b) - place))[0]

  const onPointerDown = (event: PointerEvent): void => {
    const name = nearestThumb(placeAt(event.clientX))?.name
    if (event.button !== 0 || props.log.last === 0 || name === undefined) return
    props.onTouch()
    track?.setPointerCapture(event.pointerId)
    track?.querySelector<HTMLElement>(`[aria-label="${name}"]`)?.focus({ preventScroll: true })
    event.preventDefault()
    let last = seqAt(event.clientX)
    thumb(name)?.move(last)
    const listening = new AbortController()
    const { signal } = listening
    track?.addEventListener(
      'pointermove',
      moved => {
        const next = seqAt(moved.clientX)
        if (next !== last) thumb(name)?.move((last = next))
      },
      { signal },
    )
    const end = (): void => {
      listening.abort()
      thumb(name)?.stay(last)
    }
    track?.addEventListener('lostpointercapture', end, { signal })
  }
  const onKeyDown = (event: KeyboardEvent, { seq, stay }: Thumb): void => {
    if (event.key === ' ') {
      props.onToggle()
    } else {
      const travel = travelFor(event, track !== undefined && isRightToLeft(track))
      if (!travel || props.log.last === 0) return
      props.onTouch()
      stay(travelled(props.log, props.axis, seq, travel))
    }
    event.preventDefault()
    event.stopPropagation()
  }

  const days = createMemo(() => daysOn(props.log, props.axis, width()))
  const wordsFor = ({ isLive, seq }: Thumb): string => {
    if (isLive) return 'Now'
    if (seq === 0) return 'Before everything'
    const sign = props.signs.find(sign => sign.seq === seq)
    return [exactly(props.log.timeOf(seq)), sign?.label, props.authorOf(seq)]
      .filter(Boolean)
      .join(', ')
  }
  const hint = createMemo(() => {
    const at = hovered()
    if (at === undefined) return undefined
    const sign = signAt(at)
    const moment = sign?.seq ?? props.axis.seqAt(at)
    return {
      place: sign?.place ?? at,
      when: moment === 0 ? 'Before everything' : minuteOf(props.log.timeOf(moment)),
      what: sign?.label ?? props.authorOf(moment),
    }
  })
  /** What is behind the reader, or between the two ends. */
  const stretch = createMemo(() => {
    const [one, other] = props.thumbs
    if (!one || (!other && one.isLive)) return undefined
    const places = other ? [placeOf(one), placeOf(other)] : [0, placeOf(one)]
    const [from = 0, to = 0] = places.toSorted((a, b) => a - b)
    return { from, to }
  })

  return (
    <div
      class="moments-line"
      ref={element => observeWidth(element, setWidth)}
      onPointerMove={event => setHovered(placeAt(event.clientX))}
      onPointerLeave={() => setHovered(undefined)}
    >
      <div ref={element => (track = element)} class="moments-track" onPointerDown={onPointerDown}>
        <svg class="moments-drawing" preserveAspectRatio="none" viewBox="0 0 1 1">
          <path class="moments-bursts" d={burstsPath(props.axis)} />
        </svg>
        <For each={props.signs}>
          {sign => (
            <span
              class={`moments-sign ${sign.kind}`}
              style={{
                'inset-inline-start': percent(sign.place),
                ...(sign.end !== undefined && { 'inline-size': percent(sign.end - sign.place) }),
              }}
            />
          )}
        </For>
        <Show when={stretch()}>
          {is => (
            <span
              class="moments-past"
              style={{
                'inset-inline-start': percent(is().from),
                'inline-size': percent(is().to - is().from),
              }}
            />
          )}
        </Show>
        <For each={props.thumbs.map(({ name }) => name)}>
          {name => (
            <Show when={thumb(name)}>
              {is => (
                <span
                  class="moments-thumb"
                  classList={{ live: is().isLive }}
                  role="slider"
                  tabindex="0"
                  aria-label={name}
                  aria-valuemin="0"
                  aria-valuemax={props.log.last}
                  aria-valuenow={is().seq}
                  aria-valuetext={wordsFor(is())}
                  style={{ 'inset-inline-start': percent(placeOf(is())) }}
                  onKeyDown={event => onKeyDown(event, is())}
                />
              )}
            </Show>
          )}
        </For>
      </div>
      <div class="moments-days" aria-hidden="true">
        <For each={days()}>
          {day => <span style={{ 'inset-inline-start': percent(day.place) }}>{day.name}</span>}
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
