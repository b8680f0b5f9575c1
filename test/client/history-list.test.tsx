import { cleanup, fireEvent, render, screen, within } from '@solidjs/testing-library'
import { createSignal } from 'solid-js'
import { afterEach, expect, test } from 'vitest'
import { Refused } from '#client/api.ts'
import { HistoryList } from '#client/history/history-list.tsx'
import type { Moment } from '#client/history/moment.ts'
import { sharing } from '#client/history/sharing.ts'
import type { History } from '#client/history/snapshots.ts'
import { closeMenu, MenuHost } from '#client/ui/menu.tsx'
import { Toaster } from '#client/ui/toaster.tsx'
import type { ApiHistory, SnapshotEntry } from '#shared/api.ts'
import type { MeetingId, SnapshotId } from '#shared/ids.ts'
import { meetingRecords } from '#shared/document/meetings.ts'
import type { Meeting } from '#shared/meetings.ts'
import { snapshot } from '#test/client/history-snapshots.ts'

afterEach(() => {
  closeMenu()
  cleanup()
})

const leyla = { id: 'leyla', name: 'Leyla Aydin', colour: 1 }
const moved = { ...snapshot('', '2026-02-02').summary, moved: 2, worded: 1, about: ['Iran'] }
const saved = (
  id: string,
  label: string,
  when: string,
  change: Partial<SnapshotEntry> = {},
): SnapshotEntry =>
  snapshot(id, when, {
    label,
    kind: 'manual',
    seq: Number(id.slice(1)),
    by: leyla,
    authors: [leyla],
    summary: moved,
    ...change,
  })
const answer = (snapshots: readonly SnapshotEntry[]): ApiHistory => ({
  snapshots: structuredClone([...snapshots]),
  sinceThen: { summary: moved, authors: [leyla], edits: 3 },
  retention: { allHours: 24, hourlyDays: 2, dailyDays: 90 },
})
const three = [
  saved('s3', 'Muscat', '2026-02-04T12:00Z'),
  saved('s2', 'Oman', '2026-02-03T12:00Z'),
  saved('s1', 'Istanbul', '2026-02-02T12:00Z'),
]

const open = ({
  mayChange = true,
  snapshots = three,
  meetings = [],
  refuse,
}: {
  readonly mayChange?: boolean
  readonly snapshots?: readonly SnapshotEntry[]
  readonly meetings?: readonly Meeting[]
  /** Why the server does nothing. */
  readonly refuse?: Error
} = {}) => {
  const [list, setList] = createSignal<ApiHistory>(answer(snapshots))
  const went: Moment[] = []
  const asked: unknown[][] = []
  let refreshed = 0
  const deed =
    (name: string) =>
    (...given: readonly unknown[]): Promise<unknown> => {
      asked.push([name, ...given])
      return refuse ? Promise.reject(refuse) : Promise.resolve(moved)
    }
  const store = Object.fromEntries(
    ['annotate', 'pin', 'sign', 'unsign', 'summary'].map(name => [name, deed(name)]),
  )
  const history: Pick<History, 'list' | 'failed' | 'refresh' | 'store' | 'entry'> = {
    list,
    failed: () => undefined,
    refresh: () => {
      refreshed++
    },
    entry: id => list().snapshots.find(snapshot => snapshot.id === id),
    store: store as unknown as History['store'],
  }
  render(() => (
    <>
      <HistoryList
        history={history as History}
        meetings={meetings}
        moment={{ shows: 'now' }}
        me="leyla"
        mayChange={mayChange}
        reasonsOf={({ id }) => (id === 's2' ? ['The call of Tuesday'] : [])}
        meetingDeeds={mayChange ? { change: () => {}, remove: () => {} } : undefined}
        go={moment => went.push(moment)}
        restore={id => asked.push(['restore', id])}
      />
      <MenuHost />
      <Toaster />
    </>
  ))
  const replace = (snapshots: readonly SnapshotEntry[]): void =>
    void setList(before => sharing(before, answer(snapshots)))
  return { asked, replace, went, refreshed: () => refreshed }
}
/** jsdom knows no popovers and takes them for hidden. */
const items = (): readonly (string | null)[] =>
  screen.queryAllByRole('menuitem', { hidden: true }).map(({ textContent }) => textContent)
const openMenu = (of: RegExp): void =>
  void fireEvent.click(screen.getByRole('button', { name: of }))
const choose = (of: RegExp, item: string | RegExp): void => {
  openMenu(of)
  fireEvent.click(screen.getByRole('menuitem', { name: item, hidden: true }))
}
const entry = (label: string): HTMLElement =>
  screen.getByRole('button', { name: new RegExp(label) })
const moment = (label: string): HTMLElement => entry(`^\\d\\d:\\d\\d${label}`)

test('says for each moment when, by whom and what changed, and what is in none of them', () => {
  open()
  expect(moment('Muscat').textContent).toContain('2 movements, 1 wording edit · Iran')
  expect(within(moment('Muscat')).getByText('by Leyla Aydin')).toBeTruthy()
  expect(entry('^Now').textContent).toContain('Since then: 2 movements')
  expect(moment('Oman').textContent).toContain('Because The call of Tuesday')
  expect(moment('Muscat').textContent).not.toContain('Because')
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
  const oman = moment('Oman')
  oman.focus()
  replace([saved('s4', 'Newest', '2026-02-04T12:10Z'), ...three])
  expect(moment('Oman')).toBe(oman)
  expect(document.activeElement).toBe(oman)

  choose(/More about Oman/, 'Edit words')
  const label = screen.getByLabelText('Label') as HTMLInputElement
  fireEvent.input(label, { target: { value: 'Oman, bilateral' } })
  replace(three)
  expect(screen.getByLabelText('Label')).toBe(label)
  expect(label.value).toBe('Oman, bilateral')
})

test('words are changed in place, and the focus goes back to the moment', async () => {
  const { asked, refreshed } = open()
  choose(/More about Oman/, 'Edit words')
  fireEvent.input(screen.getByLabelText('Note'), { target: { value: 'Two unnamed sources.' } })
  fireEvent.click(screen.getByRole('button', { name: 'Save words' }))
  expect(asked).toEqual([['annotate', 's2', { label: 'Oman', note: 'Two unnamed sources.' }]])
  await screen.findByRole('button', { name: /More about Oman/ })
  expect(document.activeElement).toBe(moment('Oman'))
  expect(refreshed()).toBe(1)
})

test('a label that is too long is not cut, and not sent', () => {
  const { asked } = open()
  choose(/More about Oman/, 'Edit words')
  const label = screen.getByLabelText('Label') as HTMLInputElement
  fireEvent.input(label, { target: { value: 'x'.repeat(134) } })
  expect(label.value).toHaveLength(134)
  expect(screen.getByText('14 too many: at most 120 characters fit.')).toBeTruthy()
  fireEvent.click(screen.getByRole('button', { name: 'Save words' }))
  expect(asked).toEqual([])
  expect(document.activeElement).toBe(label)
  expect(label.getAttribute('aria-invalid')).toBe('true')
  fireEvent.input(label, { target: { value: 'Short' } })
  fireEvent.click(screen.getByRole('button', { name: 'Save words' }))
  expect(asked).toEqual([['annotate', 's2', { label: 'Short', note: '' }]])
})

test('what was written stays where the server cannot be reached', async () => {
  const { refreshed } = open({ refuse: new Refused(0, 'offline', 'No connection.') })
  choose(/More about Oman/, 'Sign off…')
  const note = screen.getByLabelText(/^Note/) as HTMLTextAreaElement
  fireEvent.input(note, { target: { value: 'As agreed' } })
  fireEvent.click(screen.getByRole('button', { name: 'Sign off' }))
  expect((await screen.findByRole('alert')).textContent).toBe('No connection.')
  expect(note.value).toBe('As agreed')
  expect(refreshed()).toBe(0)
  fireEvent.keyDown(note, { key: 'Escape' })
  choose(/More about Oman/, /^Pin/)
  expect(await screen.findByText('No connection.')).toBeTruthy()
})

test('a snapshot is pinned and signed from its menu, and says so', async () => {
  const mehmet = { by: { id: 'mehmet', name: 'Mehmet' }, at: Date.parse('2025-02-03T12:00Z') }
  const { asked, replace } = open({
    snapshots: [
      saved('s3', 'Muscat', '2026-02-04T12:00Z', { pinned: true }),
      saved('s2', '', '2026-02-03T12:00Z', { kind: 'automatic', by: null, standsFor: 11 }),
      saved('s1', 'Istanbul', '2026-02-02T12:00Z'),
    ],
  })
  expect(within(moment('Muscat')).getByText('pinned')).toBeTruthy()
  expect(moment('Automatic').textContent).toContain('stands for 11 more, thinned out')
  choose(/More about Muscat/, 'Unpin')
  choose(/More about Istanbul/, /^Pin/)
  choose(/More about Istanbul/, 'Sign off…')
  fireEvent.click(screen.getByRole('button', { name: 'Sign off' }))
  choose(/More about Muscat/, 'Restore…')
  const signOffs = [
    { ...mehmet, note: 'With the ministry' },
    { by: leyla, at: mehmet.at, note: '' },
  ]
  replace([saved('s1', 'Istanbul', '2026-02-02T12:00Z', { signOffs })])
  await expect
    .poll(() => moment('Istanbul').textContent)
    .toContain('Signed off by Mehmet, 3 Feb 2025: “With the ministry”; Leyla Aydin, 3 Feb 2025')
  choose(/More about Istanbul/, 'Take back my sign-off')
  expect(asked).toEqual([
    ['pin', 's3', false],
    ['pin', 's1', true],
    ['sign', 's1', ''],
    ['restore', 's3'],
    ['unsign', 's1'],
  ])
})

test('says for how long snapshots stay', () => {
  open()
  expect(screen.getByText(/^Automatic snapshots all stay for 24 hours/)).toBeTruthy()
})

test('a meeting stands around its snapshots, with what moved in it', async () => {
  const plenary: Meeting = {
    ...meetingRecords.blank,
    id: 'm' as MeetingId,
    title: 'Plenary',
    startedAt: Date.parse('2026-02-03T12:00Z'),
    endedAt: Date.parse('2026-02-04T12:00Z'),
    before: 's2' as SnapshotId,
    after: 's3' as SnapshotId,
  }
  const { asked, replace, went } = open({ meetings: [plenary] })
  const head = screen.getByRole('heading', { name: 'Plenary' }).parentElement as HTMLElement
  expect(await within(head).findByText('2 movements, 1 wording edit · Iran')).toBeTruthy()
  const askedOnce = ['summary', 's2', 's3', expect.any(String)]
  expect(asked).toEqual([askedOnce])
  // What is asked for again and says the same asks nothing; what somebody has corrected since does.
  replace(three)
  expect(asked).toEqual([askedOnce])
  replace([
    saved('s3', 'Muscat', '2026-02-04T12:00Z', { summary: { ...moved, moved: 3 } }),
    ...three.slice(1),
  ])
  expect(asked).toEqual([askedOnce, askedOnce])
  const group = head.parentElement as HTMLElement
  expect(group.querySelectorAll('[data-snapshot]')).toHaveLength(2)
  fireEvent.click(within(head).getByRole('button', { name: 'Show movement in Plenary' }))
  expect(went).toEqual([{ shows: 'comparison', from: 's2', to: 's3' }])
})

test('who may only read is offered nothing that would be refused', () => {
  open({ mayChange: false })
  openMenu(/More about Oman/)
  expect(items()).toEqual(['Download as JSON', 'Download the matrix as CSV'])
  expect(screen.getAllByRole('button', { name: /with now/ }).length).toBe(3)
})
