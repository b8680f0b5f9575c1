/** Short notices at the foot of the window, announced, each with at most one thing to do about it. */
import { createSignal, For, onCleanup, Show } from 'solid-js'
import '#client/ui/toaster.css'

export interface Notice {
  readonly text: string
  /** Words that it is about, as they were written. */
  readonly quote?: string
  /** With a promise the notice waits for it, and stays where it comes to nothing. */
  readonly action?: {
    readonly label: string
    readonly run: () => void | Promise<void>
    /** What to say where it comes to nothing; the words it is about are marked then. */
    readonly refusal?: string
  }
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
  setNotices(all => withRoom([...all, shown]))
  return () => dismiss(shown.number)
}

const dismiss = (number: number): void => {
  setNotices(all => all.filter(notice => notice.number !== number))
}

const MOST = 4

/**
 * Takes away the oldest where they are too many: what passes first, and a warning only for another warning. One that
 * keeps somebody's words, or offers something, waits until it is closed however many there are.
 */
const withRoom = (all: readonly Shown[]): readonly Shown[] => {
  const newest = all.at(-1)
  if (!newest || all.length <= MOST) return all
  const before = all.slice(0, -1)
  const out =
    before.find(notice => !stays(notice)) ??
    (stays(newest) ? before.find(({ action, quote }) => !action && !quote) : undefined)
  return all.filter(notice => notice !== out)
}

const stays = ({ tone }: Notice): boolean => tone === 'warning'

const STAYS = 6_000
/** Something to act on is given time to be read and reached with the keyboard. */
const STAYS_WITH_ACTION = 12_000

export const Toaster = () => (
  <section class="toaster" aria-label="Notices" aria-live="polite">
    <For each={notices()}>{notice => <Toast notice={notice} />}</For>
  </section>
)

const Toast = (props: { readonly notice: Shown }) => {
  const [isRefused, setRefused] = createSignal(false)
  let quote: HTMLQuoteElement | undefined
  const close = (): void => dismiss(props.notice.number)
  const refuse = (): void => {
    setRefused(true)
    if (quote) getSelection()?.selectAllChildren(quote)
  }
  const act = ({ run }: NonNullable<Notice['action']>): void => {
    const done = run()
    if (done instanceof Promise) void done.then(close, refuse)
    else close()
  }
  let timer: ReturnType<typeof setTimeout> | undefined
  const pause = (): void => clearTimeout(timer)
  const resume = (): void => {
    pause()
    if (stays(props.notice)) return
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
        <blockquote ref={quote} class="toast-quote" dir="auto" tabindex="0">
          {props.notice.quote}
        </blockquote>
      </Show>
      <Show when={props.notice.action}>
        {action => (
          <button type="button" class="toast-action" onClick={() => act(action())}>
            {action().label}
          </button>
        )}
      </Show>
      <Show when={isRefused() && props.notice.action?.refusal}>
        {words => <span class="toast-refusal">{words()}</span>}
      </Show>
      <button type="button" class="toast-close" aria-label="Close this notice" onClick={close}>
        <span aria-hidden="true">×</span>
      </button>
    </div>
  )
}
