/** Some lines of text that are written to the document when they are left. */
import { createEffect, createUniqueId } from 'solid-js'
import { MAX_FIELD_LENGTH } from '#shared/document/field.ts'

interface Props {
  readonly label: string
  readonly value: string
  readonly onWrite: (value: string) => void
  readonly disabled: boolean
  readonly placeholder?: string
}

export const Paragraph = (props: Props) => {
  const id = createUniqueId()
  let area: HTMLTextAreaElement | undefined
  // Another's edit must not change a text under the hands of who writes it.
  createEffect(() => {
    const { value } = props
    if (area && document.activeElement !== area) area.value = value
  })
  return (
    <div class="field">
      <label class="field-label" for={id}>
        {props.label}
      </label>
      <textarea
        id={id}
        ref={area}
        class="line"
        dir="auto"
        rows={3}
        value={props.value}
        readonly={props.disabled}
        placeholder={props.placeholder}
        maxlength={MAX_FIELD_LENGTH}
        onKeyDown={event => {
          if (event.key !== 'Escape') return
          event.stopPropagation()
          event.currentTarget.value = props.value
          event.currentTarget.blur()
        }}
        onBlur={event => {
          const value = event.currentTarget.value.trim()
          if (value !== props.value) props.onWrite(value)
        }}
      />
    </div>
  )
}
