/** Where the scale is one of numbers, the field that takes one. */
import { parseNumber } from '#shared/issues.ts'

/** Written with Enter, or when it is left; what is no number stays to be corrected. */
export const NumberField = (props: {
  readonly label: string
  readonly placeholder: string
  readonly unit: string
  readonly class?: string
  readonly onNumber: (value: number) => void
}) => {
  const take = (input: HTMLInputElement): void => {
    const value = parseNumber(input.value, props.unit)
    input.setAttribute('aria-invalid', String(value === undefined && input.value.trim() !== ''))
    if (value === undefined) return
    input.value = ''
    props.onNumber(value)
  }
  return (
    <input
      class={props.class}
      inputmode="decimal"
      autocomplete="off"
      maxlength={40}
      aria-label={props.label}
      placeholder={props.placeholder}
      onKeyDown={event => {
        if (event.key === 'Enter') take(event.currentTarget)
      }}
      onBlur={event => take(event.currentTarget)}
    />
  )
}
