/** Where something that floats goes: below what it belongs to, inside the window. */

/** An element, or a point of the window. */
export type Anchor = Element | { readonly x: number; readonly y: number }

const GAP = 4
const EDGE = 8

/** Moves a `position: fixed` element beneath its anchor, or above where there is no room. */
export const place = (floating: HTMLElement, anchor: Anchor): void => {
  const { width, height } = floating.getBoundingClientRect()
  const isPoint = !(anchor instanceof Element)
  const at = isPoint ? new DOMRect(anchor.x, anchor.y, 0, 0) : anchor.getBoundingClientRect()
  const gap = isPoint ? 0 : GAP
  const below = at.bottom + gap
  const y = below + height > innerHeight - EDGE ? Math.max(EDGE, at.top - gap - height) : below
  // From the side on which lines begin; a point near the end of the window opens backwards.
  const rightToLeft = getComputedStyle(floating).direction === 'rtl'
  const preferred =
    rightToLeft || (isPoint && at.left + width > innerWidth - EDGE) ? at.right - width : at.left
  const x = Math.max(EDGE, Math.min(preferred, innerWidth - width - EDGE))
  floating.style.insetBlockStart = `${Math.round(y)}px`
  floating.style.left = `${Math.round(x)}px`
}
