/** What this browser remembers of how somebody likes to work. */
import { createEffect, createRoot, createSignal } from 'solid-js'

export const THEMES = ['auto', 'light', 'dark'] as const
export type Theme = (typeof THEMES)[number]

const THEME = 'parley.theme'
const QUIET = 'parley.quiet'

/** Storage may be refused, as in a private window: then nothing is remembered. */
const recall = (key: string): string | null => {
  try {
    return localStorage.getItem(key)
  } catch {
    return null
  }
}
const remember = (key: string, value: string): void => {
  try {
    localStorage.setItem(key, value)
  } catch {
    // Not remembered.
  }
}

export const [theme, setTheme] = createSignal<Theme>(
  THEMES.find(name => name === recall(THEME)) ?? 'auto',
)
/** Whether coming and going of others is not read aloud. */
export const [quiet, setQuiet] = createSignal(recall(QUIET) === 'yes')

createRoot(() => {
  createEffect(() => {
    remember(THEME, theme())
    if (theme() === 'auto') delete document.documentElement.dataset['theme']
    else document.documentElement.dataset['theme'] = theme()
  })
  createEffect(() => remember(QUIET, quiet() ? 'yes' : 'no'))
})
