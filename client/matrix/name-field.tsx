/** A header's name while it is being written: a plain line over the header. */
import { onMount, Show } from 'solid-js'
import * as deeds from '#client/matrix/deeds.ts'
import { useGrid, type Editing } from '#client/matrix/grid.ts'
import { sameSpot, spotAt, positionOf, type Spot } from '#client/matrix/selection.ts'

export const NameField = (props: { readonly spot: Spot; readonly label: string }) => {
  const { editing } = useGrid()
  const mine = (): Editing | undefined => {
    const current = editing()
    return current && sameSpot(current.spot, props.spot) ? current : undefined
  }
  return (
    <Show when={mine()} keyed>
      {current => <Field editing={current} label={props.label} />}
    </Show>
  )
}

const Field = (props: { readonly editing: Editing; readonly label: string }) => {
  const grid = useGrid()
  const { spot, text } = props.editing
  let input: HTMLInputElement | undefined
  let done = false
  const finish = (keep: boolean): void => {
    if (done) return
    done = true
    if (keep && input) deeds.rename(grid, spot, input.value.trim())
    grid.setEditing(undefined)
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    event.stopPropagation()
    if (event.isComposing || !['Enter', 'Tab', 'Escape'].includes(event.key)) return
    event.preventDefault()
    finish(event.key !== 'Escape')
    if (event.key === 'Tab') {
      const { row, column } = positionOf(grid.sheet, spot)
      grid.selection.select(spotAt(grid.sheet, { row, column: column + (event.shiftKey ? -1 : 1) }))
    }
    grid.focus()
  }
  onMount(() => {
    input?.focus({ preventScroll: true })
    if (text === undefined) input?.select()
  })
  return (
    <input
      ref={input}
      class="name-field"
      dir="auto"
      aria-label={props.label}
      value={text ?? deeds.nameOf(grid, spot) ?? ''}
      maxlength={300}
      onKeyDown={onKeyDown}
      onBlur={() => finish(true)}
    />
  )
}
