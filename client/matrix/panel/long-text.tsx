/** A text at length, in the same editor as in the grid: it merges with what others write, letter by letter. */
import { createSignal, onCleanup, onMount, Show } from 'solid-js'
import type { TextEditor } from '#client/live/cell-editor.ts'
import { useNegotiation } from '#client/live/negotiation.ts'
import type { TextOwner } from '#shared/document/layout.ts'
import { persist } from '#client/ui/late.ts'

interface Props {
  readonly owner: TextOwner
  readonly label: string
  /** What is there, shown until the editor has arrived and to those who may only read. */
  readonly text: string
  readonly placeholder: string
}

export const LongText = (props: Props) => {
  const negotiation = useNegotiation()
  return (
    <Show
      when={negotiation.mayEdit()}
      fallback={
        <div class="long-text reading" dir="auto">
          {props.text || <span class="field-none">{props.placeholder}</span>}
        </div>
      }
    >
      <Editor {...props} />
    </Show>
  )
}

const Editor = (props: Props) => {
  const negotiation = useNegotiation()
  const [ready, setReady] = createSignal(false)
  let host: HTMLDivElement | undefined
  let editor: TextEditor | undefined
  let gone = false
  onMount(async () => {
    const { mountTextEditor } = await persist(() => import('#client/live/cell-editor.ts'))
    if (gone || !host) return
    setReady(true)
    editor = mountTextEditor({
      negotiation,
      owner: props.owner,
      parent: host,
      label: props.label,
      onKey: event => {
        event.stopPropagation()
        if (event.key !== 'Escape') return false
        host?.closest<HTMLElement>('.panel')?.focus()
        return true
      },
    })
  })
  onCleanup(() => {
    gone = true
    editor?.dispose()
  })
  const tellWriting = (editing: boolean): void => negotiation.setPlace({ ...props.owner, editing })
  return (
    <div
      class="long-text"
      classList={{ empty: props.text === '' }}
      data-placeholder={props.placeholder}
      onClick={event => {
        // All of the box is the text's, also below its last line.
        if (event.target === host) editor?.focus()
      }}
      onFocusIn={() => tellWriting(true)}
      onFocusOut={() => tellWriting(false)}
      ref={host}
    >
      <Show when={!ready()}>
        <div dir="auto">{props.text}</div>
      </Show>
    </div>
  )
}
