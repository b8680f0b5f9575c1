/** A number typed for the selected cells, beside the active one: plain elements, there at once for the key that opens it. */
import * as deeds from '#client/matrix/deeds.ts'
import type { Grid } from '#client/matrix/grid.ts'
import { cellAt } from '#client/matrix/selection.ts'
import { place } from '#client/ui/place.ts'
import { parseNumber } from '#shared/issues.ts'

/** False where the active cell's scale is none of numbers. `typed` is what was typed already. */
export const openNumberEntry = (grid: Grid, typed = ''): boolean => {
  const spot = grid.selection.active()
  const active = cellAt(grid.sheet, spot)
  const scale = active && grid.view.issue(active.issueId)?.scale
  if (!scale?.isNumeric) return false
  const form = document.createElement('form')
  form.className = 'number-entry'
  form.popover = 'manual'
  const input = document.createElement('input')
  input.setAttribute('aria-label', `Stance as a number${scale.unit && `, in ${scale.unit}`}`)
  input.inputMode = 'decimal'
  input.autocomplete = 'off'
  input.maxLength = 40
  input.value = typed
  const unit = document.createElement('span')
  unit.textContent = scale.unit
  form.append(input, unit)

  let done = false
  const close = (): void => {
    done = true
    form.remove()
  }
  const write = (): boolean => {
    const value = parseNumber(input.value, scale.unit)
    if (value === undefined) return false
    close()
    deeds.setStanceByNumber(grid, value)
    return true
  }
  form.addEventListener('submit', event => {
    event.preventDefault()
    if (write()) grid.focus()
    else input.setAttribute('aria-invalid', 'true')
  })
  input.addEventListener('input', () => input.removeAttribute('aria-invalid'))
  form.addEventListener('keydown', event => {
    event.stopPropagation()
    if (event.key !== 'Escape') return
    event.preventDefault()
    close()
    grid.focus()
  })
  input.addEventListener('blur', () => {
    if (!done && !write()) close()
  })

  ;(document.querySelector('main') ?? document.body).append(form)
  form.showPopover?.()
  place(form, document.getElementById(grid.elementId(spot)) ?? { x: innerWidth / 2, y: 200 })
  input.focus({ preventScroll: true })
  return true
}
