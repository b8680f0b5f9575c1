import { describe, expect, test } from 'vitest'
import { retentionWords } from '#client/history/retention.ts'
import { byDay, isListed } from '#client/history/sessions.ts'
import type { MeetingId, SnapshotId } from '#shared/ids.ts'
import { meetingRecords } from '#shared/document/meetings.ts'
import type { Meeting } from '#shared/meetings.ts'
import { snapshot } from '#test/client/history-snapshots.ts'

describe('meetings in the list', () => {
  const [a, b, c, d, e] = [
    snapshot('a', '2026-02-02T09:00Z'),
    snapshot('b', '2026-02-02T22:00Z'),
    snapshot('c', '2026-02-02T23:30Z'),
    snapshot('d', '2026-02-03T01:00Z'),
    snapshot('e', '2026-02-03T01:10Z'),
  ]
  const meeting = (id: string, change: Partial<Meeting>): Meeting => ({
    ...meetingRecords.blank,
    id: id as MeetingId,
    title: id,
    startedAt: 1,
    endedAt: 2,
    before: 'b' as SnapshotId,
    after: 'd' as SnapshotId,
    ...change,
  })
  const shape = (...meetings: readonly Meeting[]) =>
    byDay([a, b, c, d, e], meetings, 'UTC').map(({ name, sessions }) => [
      name.split(' ')[1],
      ...sessions.map(
        ({ ended, meeting, snapshots }) =>
          `${ended.map(({ id }) => `${id}: `).join('')}${snapshots.map(({ id }) => id).join('')}${meeting ? ` in ${meeting.id}` : ''}`,
      ),
    ])

  test('what was taken in one stands together, over midnight and over pauses', () => {
    expect(shape()).toEqual([
      ['3', 'ed'],
      ['2', 'c', 'b', 'a'],
    ])
    expect(shape(meeting('M', {}))).toEqual([
      ['3', 'e', 'M: dcb in M'],
      ['2', 'a'],
    ])
  })

  test('one that goes on has no place among them yet', () => {
    const going = meeting('M', { endedAt: 0, after: null })
    expect(shape(going)).toEqual(shape())
    expect(isListed(going, [b])).toBe(false)
  })

  test('one of which a snapshot is missing stands at the other, and none is lost', () => {
    const half = meeting('M', { after: 'gone' as SnapshotId })
    expect(shape(half)).toEqual([
      ['3', 'ed'],
      ['2', 'c', 'M: b in M', 'a'],
    ])
    expect(isListed(half, [b])).toBe(true)
    expect(isListed(half, [a])).toBe(false)
  })

  test('of two that overlap the shorter one has what both could have, and each has its name', () => {
    const inner = meeting('inner', { before: 'c' as SnapshotId, after: 'c' as SnapshotId })
    expect(shape(meeting('M', {}), inner)).toEqual([
      ['3', 'e', 'M: d in M'],
      ['2', 'inner: c in inner', 'b in M', 'a'],
    ])
    expect(shape(meeting('M', {}), meeting('again', {}))).toEqual([
      ['3', 'e', 'M: again: dcb in again'],
      ['2', 'a'],
    ])
    // Whichever way round a script has written it.
    const backwards = meeting('M', { before: 'd' as SnapshotId, after: 'b' as SnapshotId })
    expect(shape(backwards)).toEqual(shape(meeting('M', {})))
  })
})

test('says for how long snapshots stay, as the server has it', () => {
  const words = (allHours: number, hourlyDays: number, dailyDays: number) =>
    retentionWords({ allHours, hourlyDays, dailyDays }).split('. ')[0]
  expect(words(24, 2, 90)).toBe(
    'Automatic snapshots all stay for 24 hours, then hourly up to 2 days, daily up to 90 days, weekly after that',
  )
  expect(words(0, 1, 90)).toBe(
    'Automatic snapshots stay hourly up to 1 day, daily up to 90 days, weekly after that',
  )
  expect(words(48, 2, 2)).toBe('Automatic snapshots all stay for 48 hours, then weekly')
  expect(words(0, 0, 0)).toBe('Automatic snapshots stay weekly')
})
