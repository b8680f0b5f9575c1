/** Moving along the drawn timeline: by wheel, pinch and drag, by keys and by buttons. */
import { createSignal, onCleanup, type Accessor } from 'solid-js'
import { fitted, timeAt, xOf, zoomed, type Scale } from '#client/timeline/scale.ts'

export interface Navigating {
  readonly scale: Accessor<Scale>
  readonly width: Accessor<number>
  readonly fit: () => void
  /** About the middle, or about a place. */
  readonly zoom: (by: number, x?: number) => void
  readonly pan: (pixels: number) => void
  /** Has the moment in sight, moving as little as that takes. */
  readonly reveal: (at: number) => void
  /** Listens to what moves it; answers nothing. */
  readonly attach: (plane: HTMLElement) => void
}

const STEP = 1.0018

export const createNavigating = (
  reach: Accessor<readonly [from: number, to: number] | undefined>,
): Navigating => {
  const [width, setWidth] = createSignal(0)
  const [scale, setScale] = createSignal<Scale>(fitted(Date.now(), Date.now(), 1000))
  let isFitted = false

  const fit = (): void => {
    const ends = reach()
    if (ends && width() > 0) setScale(fitted(ends[0], ends[1], width()))
  }
  const zoom = (by: number, x = width() / 2): void => void setScale(it => zoomed(it, by, x))
  const pan = (pixels: number): void =>
    void setScale(({ from, perPixel }) => ({ from: from + pixels * perPixel, perPixel }))

  const attach = (plane: HTMLElement): void => {
    const observer = new ResizeObserver(([entry]) => {
      const wide = entry?.contentRect.width ?? 0
      if (wide === 0) return
      const middle = timeAt(width() / 2, scale())
      const was = width()
      setWidth(wide)
      if (!isFitted) {
        isFitted = true
        fit()
      } else if (was !== wide)
        setScale(({ perPixel }) => ({ from: middle - (perPixel * wide) / 2, perPixel }))
    })
    observer.observe(plane)
    const listening = new AbortController()
    const { signal } = listening
    const placeOf = (event: MouseEvent): number =>
      event.clientX - plane.getBoundingClientRect().left

    plane.addEventListener(
      'wheel',
      event => {
        const scroller = plane.closest('.timeline-scroller')
        const scrolls = scroller !== null && scroller.scrollHeight > scroller.clientHeight + 1
        const isSideways = event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY)
        const isZoom = event.ctrlKey || event.metaKey
        // What there is below stays in reach of the wheel.
        if (!isZoom && !isSideways && scrolls) return
        event.preventDefault()
        if (isSideways && !isZoom) pan(event.deltaX || event.deltaY)
        // A pinch on a touchpad tells small steps.
        else
          zoom(
            STEP ** -(event.deltaY * (isZoom && Math.abs(event.deltaY) < 50 ? 6 : 1)),
            placeOf(event),
          )
      },
      { passive: false, signal },
    )

    const pointers = new Map<number, number>()
    let moved = 0
    plane.addEventListener(
      'pointerdown',
      event => {
        if (event.button !== 0) return
        pointers.set(event.pointerId, placeOf(event))
        if (pointers.size === 1) moved = 0
      },
      { signal },
    )
    plane.addEventListener(
      'pointermove',
      event => {
        const was = pointers.get(event.pointerId)
        if (was === undefined) return
        const x = placeOf(event)
        const other = [...pointers].find(([id]) => id !== event.pointerId)
        if (other) {
          const [before, now] = [Math.abs(was - other[1]), Math.abs(x - other[1])]
          if (before > 8 && now > 8) zoom(now / before, (x + other[1]) / 2)
        } else pan(was - x)
        pointers.set(event.pointerId, x)
        moved += Math.abs(x - was)
        if (moved > 4 && !plane.hasPointerCapture(event.pointerId))
          plane.setPointerCapture(event.pointerId)
      },
      { signal },
    )
    for (const name of ['pointerup', 'pointercancel'] as const)
      plane.addEventListener(name, event => void pointers.delete(event.pointerId), { signal })
    // A drag that began on an event is no click on it.
    plane.addEventListener(
      'click',
      event => {
        if (moved <= 4) return
        event.stopPropagation()
        event.preventDefault()
        moved = 0
      },
      { capture: true, signal },
    )
    onCleanup(() => {
      observer.disconnect()
      listening.abort()
    })
  }
  return {
    scale,
    width,
    fit,
    zoom,
    pan,
    reveal: at => {
      const x = xOf(at, scale())
      const margin = Math.min(120, width() / 4)
      if (x < margin) pan(x - margin)
      else if (x > width() - 2 * margin) pan(x - width() + 2 * margin)
    },
    attach,
  }
}
