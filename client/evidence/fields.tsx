/** Fields of a page of evidence: written to the document when they are left, as those of the panel are. */
import { createEffect, createUniqueId, Show, type JSX } from 'solid-js'
import { Line } from '#client/matrix/panel/line.tsx'
import { latest } from '#shared/dates.ts'
import '#client/matrix/panel/panel.css'

interface Props {
  readonly label: string
  readonly value: string
  readonly disabled: boolean
  readonly placeholder?: string
  readonly onWrite: (value: string) => void
}

/** Several lines; Ctrl+Enter leaves them, Escape takes back what was typed. */
export const Paragraph = (props: Props & { readonly large?: boolean }) => {
  const id = createUniqueId()
  let area: HTMLTextAreaElement | undefined
  // Another's edit must not change a text under the hands of who writes it.
  createEffect(() => {
    const { value } = props
    if (area && document.activeElement !== area) area.value = value
  })
  const write = (): void => {
    const value = area?.value.trim() ?? ''
    if (value !== props.value) props.onWrite(value)
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    event.stopPropagation()
    if (event.isComposing || !area) return
    if (event.key === 'Escape') area.value = props.value
    if (event.key === 'Escape' || (event.key === 'Enter' && (event.ctrlKey || event.metaKey)))
      area.blur()
  }
  return (
    <div class="field" classList={{ bare: props.large === true }}>
      <label class={props.large ? 'unseen' : 'field-label'} for={id}>
        {props.label}
      </label>
      <textarea
        id={id}
        ref={area}
        class="line paragraph"
        classList={{ large: props.large === true }}
        rows={1}
        dir="auto"
        maxlength={4_000}
        readonly={props.disabled}
        placeholder={props.disabled ? '' : props.placeholder}
        onKeyDown={onKeyDown}
        onBlur={write}
      >
        {props.value}
      </textarea>
    </div>
  )
}

/** A date by hand: what it cannot be sorted by is kept, and said to be so. */
export const DateLine = (props: Props) => (
  <div>
    <Line
      label={props.label}
      labelled
      value={props.value}
      placeholder={props.disabled ? '' : props.placeholder || 'such as 2026-02-03, or 2026-02'}
      disabled={props.disabled}
      onWrite={props.onWrite}
    />
    <Show when={props.value !== '' && latest(props.value) === undefined}>
      <p class="evidence-note">Kept as it is; as a date it would be 2026-02-03, or 2026-02~.</p>
    </Show>
  </div>
)

/** Beside the label of a field that must not stay empty; the field itself says so to who does not see it. */
export const Needed = () => (
  <span class="needed" aria-hidden="true">
    {' *'}
  </span>
)

/** What a form still asks for. */
export const Missing = (props: { readonly words: string | undefined }) => (
  <Show when={props.words}>
    {words => (
      <p class="evidence-note warning" role="alert">
        {words()}
      </p>
    )}
  </Show>
)

/** A label beside whatever stands there. */
export const Labelled = (props: { readonly label: string; readonly children: JSX.Element }) => (
  <div class="field">
    <span class="field-label">{props.label}</span>
    <div class="evidence-value">{props.children}</div>
  </div>
)
