/** A sheet from below, for small screens: the browser's own dialog, which keeps the focus inside and gives it back. */
import { createEffect, onCleanup, Show, type JSX } from 'solid-js'
import { Icon } from '#client/ui/icon.tsx'

interface Props {
  readonly open: boolean
  readonly title: JSX.Element
  readonly onClose: () => void
  readonly children: JSX.Element
}

export const BottomSheet = (props: Props) => (
  <Show when={props.open}>
    <Sheet {...props} />
  </Show>
)

const Sheet = (props: Props) => {
  let dialog: HTMLDialogElement | undefined
  createEffect(() => dialog?.showModal())
  onCleanup(() => dialog?.close())
  return (
    <dialog
      ref={dialog}
      class="bottom-sheet panel"
      aria-label="Chosen in the matrix"
      onCancel={event => {
        event.preventDefault()
        props.onClose()
      }}
      onClick={event => {
        if (event.target === dialog) props.onClose()
      }}
    >
      <header class="panel-head">
        <div class="panel-title">{props.title}</div>
        <button
          type="button"
          class="button quiet icon"
          aria-label="Close"
          onClick={() => props.onClose()}
        >
          <Icon name="close" />
        </button>
      </header>
      <div class="panel-body">{props.children}</div>
    </dialog>
  )
}
