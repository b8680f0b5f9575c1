/** A modal dialog: the browser's own, which keeps the focus inside and gives it back. */
import { createEffect, createUniqueId, onCleanup, Show, type JSX } from 'solid-js'
import { Icon } from '#client/ui/icon.tsx'
import '#client/ui/dialog.css'

interface Props {
  readonly open: boolean
  readonly title: string
  readonly onClose: () => void
  /** Without it the dialog can be left with Escape, its close button and a click beside it. */
  readonly mustAnswer?: boolean
  readonly wide?: boolean
  readonly children: JSX.Element
}

export const Dialog = (props: Props) => <Show when={props.open}>{<Opened {...props} />}</Show>

const Opened = (props: Props) => {
  const titleId = createUniqueId()
  let dialog: HTMLDialogElement | undefined
  createEffect(() => {
    dialog?.showModal()
    if (dialog && !dialog.querySelector('[autofocus]')) begin(dialog)
  })
  onCleanup(() => dialog?.close())
  return (
    <dialog
      ref={dialog}
      class="dialog"
      classList={{ wide: props.wide === true }}
      aria-labelledby={titleId}
      onCancel={event => {
        event.preventDefault()
        if (!props.mustAnswer) props.onClose()
      }}
      onPointerDown={event => {
        if (event.target === dialog && !props.mustAnswer && isBeside(dialog, event)) props.onClose()
      }}
      // The grid beneath has keys of its own.
      onKeyDown={event => event.stopPropagation()}
    >
      <header class="dialog-head">
        <h2 id={titleId}>{props.title}</h2>
        <Show when={!props.mustAnswer}>
          <button
            type="button"
            class="button quiet icon small"
            aria-label="Close"
            onClick={() => props.onClose()}
          >
            <Icon name="close" />
          </button>
        </Show>
      </header>
      <div class="dialog-body">{props.children}</div>
    </dialog>
  )
}

/** Where a dialog is begun: at what it asks for, else at what it proposes; the browser would begin at its close button. */
const begin = (dialog: HTMLDialogElement): void => {
  const body = dialog.querySelector('.dialog-body')
  const start = body?.querySelector('input, textarea') ?? body?.querySelector('.button.primary')
  if (start instanceof HTMLElement) start.focus()
}

const isBeside = (dialog: HTMLDialogElement, { clientX, clientY }: PointerEvent): boolean => {
  const { left, right, top, bottom } = dialog.getBoundingClientRect()
  return clientX < left || clientX > right || clientY < top || clientY > bottom
}
