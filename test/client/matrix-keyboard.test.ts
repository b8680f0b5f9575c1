import { expect, test } from 'vitest'
import { commandFor, type KeyPress } from '#client/matrix/keyboard.ts'

const press = (keys: string): KeyPress => {
  const parts = keys.split('+')
  const key = parts.at(-1) ?? ''
  return {
    key: key === 'Space' ? ' ' : key,
    shiftKey: parts.includes('Shift'),
    ctrlKey: parts.includes('Ctrl'),
    metaKey: parts.includes('Meta'),
    altKey: parts.includes('Alt'),
  }
}
const meaning = (keys: string, rightToLeft = false) => commandFor(press(keys), rightToLeft)

test.each([
  ['ArrowDown', { do: 'move', rows: 1, columns: 0, extend: false }],
  ['Shift+ArrowRight', { do: 'move', rows: 0, columns: 1, extend: true }],
  ['Ctrl+ArrowUp', { do: 'jump', to: 'columnStart', extend: false }],
  ['Home', { do: 'jump', to: 'rowStart', extend: false }],
  ['Ctrl+Home', { do: 'jump', to: 'sheetStart', extend: false }],
  ['Ctrl+Shift+End', { do: 'jump', to: 'sheetEnd', extend: true }],
  ['PageDown', { do: 'page', by: 1, extend: false }],
  ['Enter', { do: 'enter' }],
  ['F2', { do: 'edit' }],
  ['a', { do: 'edit', text: 'a' }],
  ['Shift+Ä', { do: 'edit', text: 'Ä' }],
  ['م', { do: 'edit', text: 'م' }],
  ['Space', { do: 'pickStance' }],
  ['1', { do: 'stance', index: 0 }],
  ['7', { do: 'stance', index: 6 }],
  ['8', { do: 'edit', text: '8' }],
  ['Delete', { do: 'clear' }],
  ['Ctrl+z', { do: 'undo' }],
  ['Ctrl+Shift+Z', { do: 'redo' }],
  ['Meta+y', { do: 'redo' }],
  ['Ctrl+a', { do: 'selectAll' }],
  ['Alt+Shift+ArrowUp', { do: 'reorder', rows: -1, columns: 0 }],
  ['Shift+F10', { do: 'menu' }],
  ['F4', { do: 'panel' }],
  ['Shift+F4', { do: 'history' }],
  ['Ctrl+Enter', { do: 'panel' }],
])('%s in the grid', (keys, command) => {
  expect(meaning(keys)).toEqual(command)
})

test.each([
  'Tab',
  'Shift+Tab',
  'Ctrl+c',
  'Ctrl+v',
  'Ctrl+r',
  'F5',
  'Alt+ArrowLeft',
  'Shift',
  'Dead',
])('%s keeps its ordinary meaning', keys => {
  expect(meaning(keys)).toBeUndefined()
})

test('left and right follow what the eye sees where lines run from right to left', () => {
  expect(meaning('ArrowLeft', true)).toEqual({ do: 'move', rows: 0, columns: 1, extend: false })
  expect(meaning('Ctrl+ArrowRight', true)).toEqual({ do: 'jump', to: 'rowStart', extend: false })
  expect(meaning('Alt+Shift+ArrowLeft', true)).toEqual({ do: 'reorder', rows: 0, columns: 1 })
})

test('a key that an input method composes with is none of the grid’s', () => {
  expect(commandFor({ ...press('a'), isComposing: true }, false)).toBeUndefined()
})
