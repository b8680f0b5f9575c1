import { createRoot, createSignal } from 'solid-js'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Opened } from '#client/live/open.ts'
import { watchRedactions, whenPausing } from '#client/live/redacted.ts'
import type { RedactionId } from '#shared/ids.ts'
import type { Redaction } from '#shared/redactions.ts'

beforeEach(() => {
  vi.useFakeTimers()
  document.body.innerHTML = '<textarea></textarea><button>Elsewhere</button>'
})
afterEach(() => vi.useRealTimers())

const focus = (what: 'textarea' | 'button'): void =>
  document.querySelector<HTMLElement>(what)?.focus()
const press = (): boolean =>
  document.body.dispatchEvent(new KeyboardEvent('keydown', { bubbles: true }))

const watched = () => {
  const resolved = vi.fn<() => void>()
  void whenPausing().then(resolved)
  return resolved
}

test('who does not write is not waited for', async () => {
  focus('button')
  await whenPausing()
})

test('who writes is waited for until they pause', async () => {
  focus('textarea')
  const resolved = watched()
  for (let nth = 0; nth < 10; nth++) {
    await vi.advanceTimersByTimeAsync(1_000)
    press()
  }
  expect(resolved).not.toHaveBeenCalled()
  await vi.advanceTimersByTimeAsync(1_600)
  expect(resolved).toHaveBeenCalled()
})

test('and not for ever', async () => {
  focus('textarea')
  const resolved = watched()
  for (let nth = 0; nth < 31; nth++) {
    await vi.advanceTimersByTimeAsync(1_000)
    press()
  }
  expect(resolved).toHaveBeenCalled()
  expect(vi.getTimerCount()).toBe(0)
})

test('only what is redacted while the document is here is news', () => {
  const told: string[] = []
  const redaction = (id: string): Redaction => ({
    id: id as RedactionId,
    by: 'Leyla',
    at: 1,
    where: 'Verification · Iran',
    reason: 'By accident',
  })
  const openedWith = (...ids: string[]) => {
    const [redactions, set] = createSignal(ids.map(redaction))
    const opened = { negotiation: { view: { redactions } } } as unknown as Opened
    return { opened, now: (...ids: string[]) => set(ids.map(redaction)) }
  }
  const [shown, show] = createSignal<Opened>()
  const dispose = createRoot(dispose => {
    watchRedactions(shown, (_, { id }) => told.push(id))
    return dispose
  })
  const first = openedWith('before')
  show(first.opened)
  expect(told).toEqual([])
  first.now('before', 'new')
  expect(told).toEqual(['new'])
  // The document that takes its place has both from the beginning.
  const second = openedWith('before', 'new')
  show(second.opened)
  second.now('before', 'new')
  expect(told).toEqual(['new'])
  second.now('another', 'before', 'new')
  expect(told).toEqual(['new', 'another'])
  dispose()
})
