/** The one word on whether my work is safe, always in the same spot. */
import { createEffect, createSignal, on } from 'solid-js'
import { useNegotiation, type SaveStatus } from '#client/live/negotiation.ts'
import { Icon } from '#client/ui/icon.tsx'
import '#client/people/status.css'

const WORDS: Readonly<Record<SaveStatus, string>> = {
  saved: 'Saved',
  saving: 'Saving…',
  reconnecting: 'Reconnecting…',
  not_saved: 'Not saved',
}
const MEANING: Readonly<Record<SaveStatus, string>> = {
  saved: 'All that you did is on the server’s disk.',
  saving: 'Your last changes are on their way to the server.',
  reconnecting: 'The server cannot be reached. Nothing of yours is waiting; you can go on.',
  not_saved:
    'Your last changes are only in this tab. Keep it open: they are sent as soon as the server answers.',
}

export const StatusWord = () => {
  const { status } = useNegotiation()
  return (
    <>
      <div class={`status ${status()}`} data-tip={MEANING[status()]} data-status={status()}>
        {status() === 'not_saved' ? <Icon name="warning" /> : null}
        <span>{WORDS[status()]}</span>
      </div>
      <StatusAnnouncement />
    </>
  )
}

/** Read aloud only when it matters: that work is not saved, and that it is again. */
const StatusAnnouncement = () => {
  const { status } = useNegotiation()
  const [said, setSaid] = createSignal('')
  let worried = false
  createEffect(
    on(
      status,
      is => {
        if (is === 'saving') return
        if (is === 'saved' && !worried) return
        worried = is !== 'saved'
        setSaid(`${WORDS[is].replace('…', '')}. ${MEANING[is]}`)
      },
      { defer: true },
    ),
  )
  return (
    <span class="unseen" role="status">
      {said()}
    </span>
  )
}
