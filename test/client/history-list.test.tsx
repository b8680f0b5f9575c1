import { cleanup, fireEvent, render, screen, within } from '@solidjs/testing-library'
import { createSignal } from 'solid-js'
import { afterEach, expect, test } from 'vitest'
import { HistoryList } from '#client/history/history-list.tsx'
import type { Moment } from '#client/history/moment.ts'
import { sharing } from '#client/history/sharing.ts'
import type { History, Words } from '#client/history/snapshots.ts'
import type { ApiHistory, SnapshotEntry } from '#shared/api.ts'
import type { SnapshotId } from '#shared/ids.ts'

afterEach(cleanup)

const summary: SnapshotEntry['summary'] = {
  moved: 2,
  redLines: 0,
  learned: 0,
  judged: 0,
  worded: 1,
  issues: { added: 0, removed: 0, changed: 0 },
  parties: { added: 0, removed: 0, changed: 0 },
  baskets: { added: 0, removed: 0, changed: 0 },
  retitled: false,
  about: ['Iran'],
}
const leyla = { id: 'leyla', name: 'Leyla Aydin', colour: 1 }
const snapshot = (id: string, label: string, when: string): SnapshotEntry => ({
  id,
  label,
  note: '',
  kind: 'manual',
  seq: Number(id.slice(1)),
  at: Date.parse(when),
  by: leyla,
  authors: [leyla],
  summary,
  pinned: false,
  standsFor: 0,
  signOffs: [],
})
const answer = (snapshots: readonly SnapshotEntry[]): ApiHistory => ({
  snapshots: structuredClone([...snapshots]),
  sinceThen: { summary, authors: [leyla], edits: 3 },
  retention: { allHours: 24, hourlyDays: 2, dailyDays: 90 },
})
const three = [
  snapshot('s3', 'Muscat', '2026-02-04T12:00Z'),
  snapshot('s2', 'Oman', '2026-02-03T12:00Z'),
  snapshot('s1', 'Istanbul', '2026-02-02T12:00Z'),
]

const open = (mayChange = true) => {
  const [list, setList] = createSignal<ApiHistory>(answer(three))
  const went: Moment[] = []
  const annotated: [SnapshotId, Words][] = []
  const history: Pick<History, 'list' | 'failed' | 'refresh' | 'store'> = {
    list,
    failed: () => undefined,
    refresh: () => {},
    store: {
      annotate: (id: SnapshotId, words: Words) => {
        annotated.push([id, words])
        return Promise.resolve(three[0])
      },
    } as unknown as History['store'],
  }
  render(() => (
    <HistoryList
      history={history as History}
      moment={{ shows: 'now' }}
      mayChange={mayChange}
      go={moment => went.push(moment)}
      restore={() => {}}
    />
  ))
  const replace = (snapshots: readonly SnapshotEntry[]): void =>
    void setList(before => sharing(before, answer(snapshots)))
  return { annotated, replace, went }
}
const entry = (label: string): HTMLElement =>
  screen.getByRole('button', { name: new RegExp(label) })

test('says for each moment when, by whom and what changed, and what is in none of them', () => {
  open()
  expect(entry('^\\d\\d:\\d\\dMuscat').textContent).toContain('2 movements, 1 wording edit · Iran')
  expect(within(entry('^\\d\\d:\\d\\dMuscat')).getByText('by Leyla Aydin')).toBeTruthy()
  expect(entry('^Now').textContent).toContain('Since then: 2 movements')
})

test('compares the two that are chosen, and keeps the older one on the left', () => {
  const { went } = open()
  const radio = (name: RegExp): HTMLElement => screen.getByRole('radio', { name })
  fireEvent.click(screen.getByRole('button', { name: 'Compare' }))
  fireEvent.click(radio(/Compare from Istanbul/))
  fireEvent.click(radio(/Compare up to Oman/))
  fireEvent.click(screen.getByRole('button', { name: 'Compare' }))
  // Choosing a later beginning moves the end out of its way.
  fireEvent.click(radio(/Compare from Muscat/))
  fireEvent.click(screen.getByRole('button', { name: 'Compare' }))
  expect(went).toEqual([
    { shows: 'comparison', from: 's3', to: 'now' },
    { shows: 'comparison', from: 's1', to: 's2' },
    { shows: 'comparison', from: 's3', to: 'now' },
  ])
  expect(screen.queryByRole('radio', { name: /Compare up to Istanbul/ })).toBeNull()
})

test('arrows move between the moments, Enter opens and c compares', () => {
  const { went } = open()
  entry('^Now').focus()
  const press = (key: string): boolean =>
    fireEvent.keyDown(document.activeElement ?? document.body, { key })
  press('ArrowDown')
  press('ArrowDown')
  expect(document.activeElement?.textContent).toContain('Oman')
  press('c')
  press('End')
  ;(document.activeElement as HTMLElement).click()
  expect(went).toEqual([
    { shows: 'comparison', from: 's2', to: 'now' },
    { shows: 'past', at: 's1' },
  ])
})

test('keeps the focus and what is being written when the list is asked for again', () => {
  const { replace } = open()
  const oman = entry('^\\d\\d:\\d\\dOman')
  oman.focus()
  replace([snapshot('s4', 'Newest', '2026-02-04T12:10Z'), ...three])
  expect(entry('^\\d\\d:\\d\\dOman')).toBe(oman)
  expect(document.activeElement).toBe(oman)

  fireEvent.click(screen.getByRole('button', { name: /Edit words of Oman/ }))
  const label = screen.getByLabelText('Label') as HTMLInputElement
  fireEvent.input(label, { target: { value: 'Oman, bilateral' } })
  replace(three)
  expect(screen.getByLabelText('Label')).toBe(label)
  expect(label.value).toBe('Oman, bilateral')
})

test('words are changed in place', async () => {
  const { annotated } = open()
  fireEvent.click(screen.getByRole('button', { name: /Edit words of Oman/ }))
  fireEvent.input(screen.getByLabelText('Note'), { target: { value: 'Two unnamed sources.' } })
  fireEvent.click(screen.getByRole('button', { name: 'Save words' }))
  expect(annotated).toEqual([['s2', { label: 'Oman', note: 'Two unnamed sources.' }]])
  await screen.findByRole('button', { name: /Edit words of Oman/ })
})

test('who may only read is offered nothing that would be refused', () => {
  open(false)
  expect(screen.queryByRole('button', { name: /Edit the words|Restore/ })).toBeNull()
  expect(screen.getAllByRole('button', { name: /with now/ }).length).toBe(3)
})
