/** Short notices at the foot of the window, announced, each with at most one thing to do about it. */
import { createSignal, For, onCleanup, Show } from 'solid-js'
import '#client/ui/toaster.css'

export interface Notice {
  readonly text: string
  /** Words that it is about, as they were written. */
  readonly quote?: string
  readonly action?: { readonly label: string; readonly run: () => void }
  /** `warning` stays until it is closed. */
  readonly tone?: 'plain' | 'warning'
}

interface Shown extends Notice {
  readonly number: number
}

const [notices, setNotices] = createSignal<readonly Shown[]>([])
let last = 0

/** Answers how to take the notice back. */
export const notify = (notice: Notice): (() => void) => {
  const shown = { ...notice, number: ++last }
  setNotices(all => [...all, shown].slice(-MOST))
  return () => dismiss(shown.number)
}

const dismiss = (number: number): void => {
  setNotices(all => all.filter(notice => notice.number !== number))
}

const MOST = 4
const STAYS = 6_000
/** Something to act on is given time to be read and reached with the keyboard. */
const STAYS_WITH_ACTION = 12_000

export const Toaster = () => (
  <section class="toaster" aria-label="Notices" aria-live="polite">
    <For each={notices()}>{notice => <Toast notice={notice} />}</For>
  </section>
)

const Toast = (props: { readonly notice: Shown }) => {
  const close = (): void => dismiss(props.notice.number)
  let timer: ReturnType<typeof setTimeout> | undefined
  const pause = (): void => clearTimeout(timer)
  const resume = (): void => {
    pause()
    if (props.notice.tone === 'warning') return
    timer = setTimeout(close, props.notice.action ? STAYS_WITH_ACTION : STAYS)
  }
  resume()
  onCleanup(pause)
  return (
    <div
      class="toast"
      classList={{ warning: props.notice.tone === 'warning' }}
      onPointerEnter={pause}
      onPointerLeave={resume}
      onFocusIn={pause}
      onFocusOut={resume}
    >
      <p dir="auto">{props.notice.text}</p>
      <Show when={props.notice.quote}>
        <blockquote class="toast-quote" dir="auto" tabindex="0">
          {props.notice.quote}
        </blockquote>
      </Show>
      <Show when={props.notice.action}>
        {action => (
          <button
            type="button"
            class="toast-action"
            onClick={() => {
              close()
              action().run()
            }}
          >
            {action().label}
          </button>
        )}
      </Show>
      <button type="button" class="toast-close" aria-label="Close this notice" onClick={close}>
        <span aria-hidden="true">×</span>
      </button>
    </div>
  )
}
