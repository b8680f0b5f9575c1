/** How I like to see a tracker: mine alone, kept in this browser, never part of the document. */
import { createSignal, type Accessor } from 'solid-js'
import { DENSITIES, type Density } from '#client/matrix/measure.ts'
import type { TrackerId } from '#shared/ids.ts'

export interface Preferences {
  readonly density: Accessor<Density>
  readonly setDensity: (density: Density) => void
  /** The side panel's width in pixels. */
  readonly panelWidth: Accessor<number>
  readonly setPanelWidth: (width: number) => void
  readonly isFolded: (basket: string) => boolean
  readonly fold: (basket: string, folded: boolean) => void
}

export const PANEL_WIDTHS = { least: 380, usual: 420, most: 560 } as const

export const createPreferences = (trackerId: TrackerId): Preferences => {
  const [density, setDensity] = kept<Density>('parley.density', 'normal', stored =>
    DENSITIES.find(density => density === stored),
  )
  const [panelWidth, setPanelWidth] = kept<number>('parley.panel', PANEL_WIDTHS.usual, stored =>
    typeof stored === 'number' ? panelWidthWithin(stored) : undefined,
  )
  const [folded, setFolded] = kept<readonly string[]>(`parley.folded.${trackerId}`, [], stored =>
    Array.isArray(stored) ? stored.filter(id => typeof id === 'string') : undefined,
  )
  return {
    density,
    setDensity,
    panelWidth,
    setPanelWidth: width => setPanelWidth(panelWidthWithin(width)),
    isFolded: basket => folded().includes(basket),
    fold: (basket, fold) => {
      if (folded().includes(basket) === fold) return
      const others = folded().filter(id => id !== basket)
      setFolded(fold ? [...others, basket] : others)
    },
  }
}

const panelWidthWithin = (width: number): number =>
  Math.round(Math.min(PANEL_WIDTHS.most, Math.max(PANEL_WIDTHS.least, width)))

const kept = <T>(
  key: string,
  usual: T,
  parse: (stored: unknown) => T | undefined,
): [Accessor<T>, (value: T) => void] => {
  const [value, setValue] = createSignal<T>(read(key, parse) ?? usual)
  return [
    value,
    next => {
      setValue(() => next)
      try {
        localStorage.setItem(key, JSON.stringify(next))
      } catch {
        // A browser that keeps nothing still shows what was chosen, until the page closes.
      }
    },
  ]
}

const read = <T>(key: string, parse: (stored: unknown) => T | undefined): T | undefined => {
  try {
    return parse(JSON.parse(localStorage.getItem(key) ?? 'null'))
  } catch {
    return undefined
  }
}
