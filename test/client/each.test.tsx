/** Lists whose things change while somebody is at work in them. */
import { render } from '@solidjs/testing-library'
import { createSignal } from 'solid-js'
import { expect, test } from 'vitest'
import { Each } from '#client/ui/each.tsx'

test('what is typed in a list, and where the keyboard is, stay while its things change and others come', () => {
  const [things, setThings] = createSignal([
    { id: 'a', name: 'First' },
    { id: 'b', name: 'Second' },
  ])
  const screen = render(() => (
    <Each of={things()}>{thing => <input aria-label={thing().name} />}</Each>
  ))
  const field = screen.getByLabelText<HTMLInputElement>('Second')
  field.focus()
  field.value = 'half a wo'
  setThings([
    { id: 'c', name: 'Third' },
    { id: 'b', name: 'Second, renamed' },
  ])
  expect(screen.getAllByRole('textbox').map(input => input.getAttribute('aria-label'))).toEqual([
    'Third',
    'Second, renamed',
  ])
  expect(screen.getByLabelText('Second, renamed')).toBe(field)
  expect(document.activeElement).toBe(field)
  expect(field.value).toBe('half a wo')
  setThings([])
  expect(screen.queryByRole('textbox')).toBeNull()
})
