/** The page of the audit log: what it asks the server for, and what it makes of the answers. */
import { createMemoryHistory, MemoryRouter, Route } from '@solidjs/router'
import { cleanup, fireEvent, render, screen, waitFor } from '@solidjs/testing-library'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import AuditView from '#client/audit/audit-view.tsx'
import { byDay, isFiltered, queryOf } from '#client/audit/filter.ts'
import type { AuditEntry } from '#shared/audit-api.ts'

const HASH = 'a'.repeat(64)
const entry = (seq: number, more: Partial<AuditEntry> = {}): AuditEntry => ({
  seq,
  at: new Date(2026, 1, 3, 10, seq).getTime(),
  what: 'exported',
  by: { id: 'ada', name: 'Ada' },
  from: '192.0.2.1',
  trackerId: null,
  subject: '',
  detail: `the ${seq}th`,
  ...more,
})

/** What the log answers to a query, or how it fails; the queries so far. */
let answer: (query: URLSearchParams) => Promise<object> | object
let asked: URLSearchParams[] = []

beforeEach(() => {
  asked = []
  vi.stubGlobal('fetch', async (path: string) => {
    const { pathname, searchParams } = new URL(path, 'http://localhost')
    if (pathname === '/api/trackers') return Response.json([{ id: 'mine', title: 'My talks' }])
    asked.push(searchParams)
    const page = await answer(searchParams)
    return 'error' in page ? Response.json(page, { status: 503 }) : Response.json(page)
  })
})
afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
})

const page = (entries: readonly AuditEntry[], next: number | null = null) => ({
  entries,
  next,
  head: { seq: 1_234, hash: HASH },
})
const show = (address = '/server?view=audit') => {
  const history = createMemoryHistory()
  history.set({ value: address })
  render(() => (
    <MemoryRouter history={history}>
      <Route path="/server" component={AuditView} />
    </MemoryRouter>
  ))
  return history
}
const lines = (): readonly string[] =>
  [...document.querySelectorAll('.audit-line')].map(
    line => line.textContent?.replaceAll(/\s+/g, ' ') ?? '',
  )

test('says who did what, with the titles of trackers that I may read alone', async () => {
  answer = () =>
    page([
      entry(4, { what: 'role changed', detail: 'Bo: viewer to editor', trackerId: 'mine' }),
      entry(3, { what: 'sign-in failed', by: null, detail: 'as ada@example.org' }),
      entry(2, { trackerId: 'somebody-elses', detail: '' }),
      entry(1, { by: null, from: '', what: 'redacted' }),
    ])
  show()
  await waitFor(() => expect(lines()).toHaveLength(4))
  await screen.findByText('My talks')
  expect(lines()).toEqual([
    '10:04Ada changed a role in a trackerBo: viewer to editor · My talks192.0.2.1',
    '10:03Somebody not signed in failed to sign inas ada@example.org192.0.2.1',
    '10:02Ada exportedtracker somebody…192.0.2.1',
    '10:01The server redacted a textthe 1th',
  ])
  expect(screen.getByRole('heading', { name: 'Tuesday 3 February 2026' })).toBeTruthy()
  expect(screen.getByText('1,234 rows, chained by their hashes')).toBeTruthy()
})

test('reads on where the last page ended', async () => {
  answer = query => (query.has('before') ? page([entry(1)]) : page([entry(3), entry(2)], 2))
  show()
  fireEvent.click(await screen.findByRole('button', { name: 'Show older ones' }))
  await waitFor(() => expect(lines()).toHaveLength(3))
  expect(asked.map(query => query.get('before'))).toEqual([null, '2'])
  expect(screen.queryByRole('button', { name: 'Show older ones' })).toBeNull()
})

test('narrows down to a person, and back', async () => {
  answer = query =>
    page(query.get('person') === 'bo' ? [] : [entry(1, { by: { id: 'bo', name: 'Bo' } })])
  const history = show('/server?view=audit&from=192.0.2.1')
  fireEvent.click(await screen.findByRole('button', { name: 'Bo' }))
  await screen.findByText('Nothing like this is noted.')
  expect(Object.fromEntries(asked.at(-1) ?? [])).toEqual({ from: '192.0.2.1', person: 'bo' })
  expect(history.get()).toContain('person=bo')
  fireEvent.click(screen.getByRole('button', { name: 'Not only Bo' }))
  await waitFor(() => expect(lines()).toHaveLength(1))
  fireEvent.click(screen.getByRole('button', { name: 'Show everything' }))
  await waitFor(() => expect(asked.at(-1)?.size).toBe(0))
  expect(history.get()).toBe('/server?view=audit')
})

test('what cannot be read is said, and asked for again', async () => {
  let isDown = true
  answer = () =>
    isDown ? { error: { code: 'unavailable', message: 'Not now.' } } : page([entry(1)])
  show()
  expect((await screen.findByRole('alert')).textContent).toContain('Not now.')
  expect(screen.queryByText('Nothing is noted yet', { exact: false })).toBeNull()
  isDown = false
  fireEvent.click(screen.getByRole('button', { name: 'Try again' }))
  await waitFor(() => expect(lines()).toHaveLength(1))
  expect(screen.queryByRole('alert')).toBeNull()
})

test('an answer that comes late does not replace that to a later question', async () => {
  const slow = Promise.withResolvers<object>()
  answer = query => (query.has('what') ? page([entry(2, { what: 'imported' })]) : slow.promise)
  show()
  const kind = await screen.findByRole('combobox', { name: 'What was done' })
  fireEvent.change(kind, { target: { value: 'imported' } })
  await waitFor(() => expect(lines()).toHaveLength(1))
  slow.resolve(page([entry(9), entry(8)]))
  await slow.promise
  await new Promise(resolve => setTimeout(resolve))
  expect(lines()).toEqual([expect.stringContaining('imported')])
})

test('days of the filter are whole days here; what is no kind and no day is left out', () => {
  const query = queryOf({
    since: '2026-02-03',
    until: '2026-02-28',
    text: '  Bo ',
    what: 'nothing',
  })
  expect(Object.fromEntries(query)).toEqual({
    text: 'Bo',
    since: String(new Date(2026, 1, 3).getTime()),
    until: String(new Date(2026, 2, 1).getTime()),
  })
  expect(queryOf({ since: 'yesterday', until: '', person: '' }).size).toBe(0)
  expect(isFiltered({ text: '', person: '' })).toBe(false)
  expect(isFiltered({ until: '2026-02-28' })).toBe(true)
})

test('days are those of the reader, each once', () => {
  const at = (time: string) => entry(1, { at: Date.parse(time) })
  const days = byDay(
    [at('2026-02-03T23:30Z'), at('2026-02-03T22:30Z'), at('2026-02-03T23:10Z')],
    'Europe/Berlin',
  )
  expect([...days].map(([name, entries]) => [name, entries.length])).toEqual([
    ['Wednesday 4 February 2026', 2],
    ['Tuesday 3 February 2026', 1],
  ])
})
