/** A labelled line of text, with what is wrong with it said beside it. */
import { createUniqueId, Show, splitProps, type JSX } from 'solid-js'
import '#client/ui/text-field.css'

interface Props extends Omit<JSX.InputHTMLAttributes<HTMLInputElement>, 'id'> {
  readonly label: string
  readonly hint?: string | undefined
  readonly error?: string | undefined
}

export const TextField = (all: Props) => {
  const [props, rest] = splitProps(all, ['label', 'hint', 'error'])
  const id = createUniqueId()
  const described = (): string | undefined =>
    props.error ? `${id}-error` : props.hint ? `${id}-hint` : undefined
  return (
    <div class="text-field">
      <label for={id}>{props.label}</label>
      <input
        class="input"
        dir="auto"
        {...rest}
        id={id}
        aria-invalid={props.error ? true : undefined}
        aria-describedby={described()}
      />
      <Show when={props.hint && !props.error}>
        <p class="text-field-hint" id={`${id}-hint`}>
          {props.hint}
        </p>
      </Show>
      {/* Always there, so that a message that appears is announced. */}
      <p class="text-field-error" id={`${id}-error`} aria-live="polite">
        {props.error}
      </p>
    </div>
  )
}
