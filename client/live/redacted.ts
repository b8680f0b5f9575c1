/** Tells when a text was taken out of the history of a tracker that this tab holds: its document has the text still. */
import { createEffect, on, type Accessor } from 'solid-js'
import type { Opened } from '#client/live/open.ts'
import type { Redaction } from '#shared/redactions.ts'

/** `shown` is there once all that the server has is in it; what is told of later is news. */
export const watchRedactions = (
  shown: Accessor<Opened | undefined>,
  tell: (opened: Opened, redaction: Redaction) => unknown,
): void =>
  createEffect(
    on(
      () => {
        const opened = shown()
        return opened && { opened, redactions: opened.negotiation.view.redactions() }
      },
      (is, was) => {
        if (!is || is.opened !== was?.opened) return
        const known = new Set(was.redactions.map(({ id }) => id))
        const news = is.redactions.findLast(({ id }) => !known.has(id))
        if (news) tell(is.opened, news)
      },
    ),
  )

export const redactedWords = ({ by, reason }: Redaction): string =>
  `${by || 'An owner'} has taken a text out of this tracker and its history: ${reason}. This page has loaded it anew.`

const PAUSE = 1_500
const LONGEST_WAIT = 30_000

/** A page that is made anew takes away the place in which somebody writes: it waits until they pause, though not for ever. */
export const whenPausing = (): Promise<void> =>
  new Promise(resolve => {
    if (!isWriting()) return resolve()
    const done = (): void => {
      clearTimeout(pause)
      clearTimeout(latest)
      removeEventListener('keydown', again, true)
      resolve()
    }
    const again = (): void => {
      clearTimeout(pause)
      pause = setTimeout(done, PAUSE)
    }
    let pause = setTimeout(done, PAUSE)
    const latest = setTimeout(done, LONGEST_WAIT)
    addEventListener('keydown', again, true)
  })

const isWriting = (): boolean => {
  const at = document.activeElement
  return at instanceof HTMLElement && (at.isContentEditable || at.matches('input, textarea'))
}
