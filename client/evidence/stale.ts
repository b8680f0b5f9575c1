/** After how many days a position is old news to me: mine alone, kept in this browser. */
import { createSignal } from 'solid-js'
import { STALE_AFTER } from '#shared/evidence/support.ts'

const KEY = 'parley.stale'
export const STALE_CHOICES = [3, 7, STALE_AFTER, 30, 90] as const

const recalled = (): number => {
  try {
    const days = Number(localStorage.getItem(KEY))
    return STALE_CHOICES.find(choice => choice === days) ?? STALE_AFTER
  } catch {
    return STALE_AFTER
  }
}

const [days, set] = createSignal(recalled())
export const staleDays = days

export const setStaleDays = (chosen: number): void => {
  set(chosen)
  try {
    localStorage.setItem(KEY, String(chosen))
  } catch {
    // Not remembered.
  }
}
