/** Which notices stay, and for how long. */
import { cleanup, fireEvent, render, screen, waitFor } from '@solidjs/testing-library'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { notify, Toaster, type Notice } from '#client/ui/toaster.tsx'

let shown: (() => void)[]
beforeEach(() => {
  shown = []
  render(() => <Toaster />)
})
afterEach(() => {
  for (const dismiss of shown) dismiss()
  cleanup()
})

const tell = (...notices: readonly Notice[]): void => {
  for (const notice of notices) shown.push(notify(notice))
}
const passing = (text: string): Notice => ({ text })
const warning = (text: string): Notice => ({ tone: 'warning', text })
const kept = (text: string, run: () => void | Promise<void> = () => undefined): Notice => ({
  tone: 'warning',
  text,
  quote: `Words of ${text}`,
  action: { label: 'Copy my text', run, refusal: 'Copy it by hand.' },
})
const texts = (): readonly (string | null)[] =>
  [...document.querySelectorAll('.toast > p')].map(({ textContent }) => textContent)

test('passing notices push each other out, and no warning', () => {
  tell(kept('A'), warning('B'), ...['1', '2', '3', '4'].map(passing))
  expect(texts()).toEqual(['A', 'B', '3', '4'])
})

test('where only warnings are left a passing notice still shows, one at a time', () => {
  tell(...['A', 'B', 'C', 'D'].map(warning), ...['1', '2'].map(passing))
  expect(texts()).toEqual(['A', 'B', 'C', 'D', '2'])
})

test('a warning pushes out what passes, then another mere warning, and never kept words', () => {
  tell(passing('1'), kept('A'), warning('B'), kept('C'), kept('D'))
  expect(texts()).toEqual(['A', 'B', 'C', 'D'])
  tell(warning('E'))
  expect(texts()).toEqual(['A', 'C', 'D', 'E'])
  tell(kept('F'), kept('G'))
  expect(texts()).toEqual(['A', 'C', 'D', 'F', 'G'])
})

test('a notice whose action takes its time closes only when that is done', async () => {
  let done = (): void => undefined
  tell(kept('A', () => new Promise(resolve => (done = resolve))))
  fireEvent.click(screen.getByRole('button', { name: 'Copy my text' }))
  await Promise.resolve()
  expect(texts()).toEqual(['A'])
  done()
  await waitFor(() => expect(texts()).toEqual([]))
})

test('a notice whose action is refused says so, and stays with its words marked', async () => {
  tell(kept('A', () => Promise.reject(new Error('not allowed'))))
  fireEvent.click(screen.getByRole('button', { name: 'Copy my text' }))
  await screen.findByText('Copy it by hand.')
  expect(texts()).toEqual(['A'])
  expect(String(getSelection())).toBe('Words of A')
})
