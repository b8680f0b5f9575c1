/** A snapshot's label and note, to be written or changed. */
import { createSignal, createUniqueId, onMount, Show } from 'solid-js'
import { wordsOf } from '#client/api.ts'
import type { Words } from '#client/history/snapshots.ts'

interface WordsFormProps {
  readonly label: string
  readonly note: string
  /** What the button says. */
  readonly verb: string
  readonly onSubmit: (words: Words) => Promise<unknown>
  readonly onDone: () => void
}

export const WordsForm = (props: WordsFormProps) => {
  const id = createUniqueId()
  const [label, setLabel] = createSignal(props.label)
  const [note, setNote] = createSignal(props.note)
  const [busy, setBusy] = createSignal(false)
  const [fault, setFault] = createSignal('')
  let first: HTMLInputElement | undefined
  onMount(() => first?.select())

  const submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault()
    if (busy()) return
    setBusy(true)
    setFault('')
    try {
      await props.onSubmit({ label: label().trim(), note: note().trim() })
      props.onDone()
    } catch (error) {
      setFault(wordsOf(error))
    } finally {
      setBusy(false)
    }
  }
  const keys = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') {
      event.preventDefault()
      event.stopPropagation()
      props.onDone()
    } else if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault()
      ;(event.currentTarget as HTMLFormElement).requestSubmit()
    }
  }
  return (
    <form class="history-form" onSubmit={event => void submit(event)} onKeyDown={keys}>
      <label for={`${id}-label`}>Label</label>
      <input
        id={`${id}-label`}
        class="input"
        dir="auto"
        maxLength={120}
        autocomplete="off"
        placeholder="Round two, before the break"
        ref={element => (first = element)}
        value={label()}
        onInput={event => setLabel(event.currentTarget.value)}
      />
      <label for={`${id}-note`}>Note</label>
      <textarea
        id={`${id}-note`}
        class="input"
        dir="auto"
        rows={3}
        maxLength={4000}
        value={note()}
        onInput={event => setNote(event.currentTarget.value)}
      />
      <Show when={fault()}>
        <p class="history-fault" role="alert">
          {fault()}
        </p>
      </Show>
      <div class="history-form-foot">
        <button type="submit" class="button primary" disabled={busy()}>
          {props.verb}
        </button>
        <button type="button" class="button quiet" onClick={props.onDone}>
          Cancel
        </button>
        <Show when={busy()}>
          <span class="history-busy" role="status">
            Waiting until everything is saved …
          </span>
        </Show>
      </div>
    </form>
  )
}
