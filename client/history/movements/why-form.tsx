/** A line for the reason of a change, or of several: Enter says it, Escape leaves it. */
import { createSignal, createUniqueId, onMount } from 'solid-js'

interface Props {
  readonly text?: string
  /** For whom it is: "Why did this change?" */
  readonly label: string
  readonly verb: string
  /** Whether the keyboard goes there: never where nobody asked. */
  readonly focused?: boolean
  readonly onSubmit: (text: string) => void
  readonly onLeave: () => void
}

const LONGEST = 2_000

export const WhyForm = (props: Props) => {
  const id = createUniqueId()
  const [text, setText] = createSignal(props.text ?? '')
  let field: HTMLTextAreaElement | undefined
  const submit = (): void => {
    const words = text().trim()
    if (words === '') field?.focus()
    else props.onSubmit(words)
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    // The places around have keys of their own.
    event.stopPropagation()
    if (event.isComposing) return
    if (event.key === 'Escape') props.onLeave()
    else if (event.key === 'Enter' && !event.shiftKey) submit()
    else return
    event.preventDefault()
  }
  onMount(() => {
    if (props.focused) field?.focus()
  })
  return (
    <form
      class="why-form"
      onSubmit={event => {
        event.preventDefault()
        submit()
      }}
    >
      <label for={id}>{props.label}</label>
      <textarea
        ref={field}
        id={id}
        class="input"
        dir="auto"
        rows={2}
        maxlength={LONGEST}
        placeholder="The call of Tuesday, the new draft, a slip put right …"
        value={text()}
        onInput={event => setText(event.currentTarget.value)}
        onKeyDown={onKeyDown}
      />
      <div class="why-form-foot">
        <button type="submit" class="button primary small">
          {props.verb}
        </button>
        <button type="button" class="button quiet small" onClick={() => props.onLeave()}>
          Cancel
        </button>
      </div>
    </form>
  )
}
