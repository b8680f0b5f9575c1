/** What the server says of the past is asked for again when somebody edits, and now and then. */
import { createEffect, on, onCleanup, type Accessor } from 'solid-js'

/** How long after an edit, and how often where nothing is seen to happen. */
const AFTER_EDIT = 4_000
const OTHERWISE = 30_000

export const followEdits = (now: Accessor<unknown>, refresh: () => void): void => {
  let pending: ReturnType<typeof setTimeout> | undefined
  let due = Number.POSITIVE_INFINITY
  const refreshIn = (wait: number): void => {
    if (Date.now() + wait >= due) return
    due = Date.now() + wait
    clearTimeout(pending)
    pending = setTimeout(() => {
      due = Number.POSITIVE_INFINITY
      if (!document.hidden) refresh()
      refreshIn(OTHERWISE)
    }, wait)
  }
  refreshIn(OTHERWISE)
  createEffect(on(now, () => refreshIn(AFTER_EDIT), { defer: true }))
  addEventListener('focus', refresh)
  onCleanup(() => {
    clearTimeout(pending)
    removeEventListener('focus', refresh)
  })
}
