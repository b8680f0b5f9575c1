/** A line of text that is written to the document when it is left, not with every key. */
import { createEffect, createUniqueId } from 'solid-js'

interface Props {
  readonly label: string
  readonly value: string
  readonly onWrite: (value: string) => void
  readonly disabled: boolean
  readonly placeholder?: string
  /** Shown to the eye beside the field; else the label is only spoken. */
  readonly labelled?: boolean
  readonly large?: boolean
  readonly ref?: (element: HTMLInputElement) => void
}

export const Line = (props: Props) => {
  const id = createUniqueId()
  let input: HTMLInputElement | undefined
  // Another's edit must not change a line under the hands of who writes it.
  createEffect(() => {
    const { value } = props
    if (input && document.activeElement !== input) input.value = value
  })
  const write = (): void => {
    const value = input?.value.trim() ?? ''
    if (value !== props.value) props.onWrite(value)
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.isComposing || !input) return
    if (event.key === 'Escape') input.value = props.value
    if (event.key === 'Escape' || event.key === 'Enter') {
      event.stopPropagation()
      input.blur()
    }
  }
  return (
    <div class="field" classList={{ bare: !props.labelled }}>
      <label class={props.labelled ? 'field-label' : 'unseen'} for={id}>
        {props.label}
      </label>
      <input
        id={id}
        ref={element => {
          input = element
          props.ref?.(element)
        }}
        class="line"
        classList={{ large: props.large === true }}
        dir="auto"
        value={props.value}
        readonly={props.disabled}
        placeholder={props.placeholder}
        maxlength={1_000}
        onKeyDown={onKeyDown}
        onBlur={write}
      />
    </div>
  )
}
