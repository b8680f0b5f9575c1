/** Every kind of record is known to what goes by all of them. */
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { RECORD_ROOTS, recordsMap, type RecordRoot } from '#shared/document/layout.ts'
import { meetingRecords } from '#shared/document/meetings.ts'
import type { RecordKind } from '#shared/document/record.ts'
import { PLAIN_RECORDS, PLAIN_ROOTS, RECORDS } from '#shared/document/registry.ts'
import { judgementRecords } from '#shared/document/sources.ts'
import { readTracker } from '#shared/document/tracker.ts'
import type { JudgementId, MeetingId } from '#shared/ids.ts'
import { EMPTY_TRACKER } from '#shared/tracker.ts'
import { trackerSchema } from '#server/exchange/tracker-schema.ts'

test('each root has its kind; links are kept for what is to come', () => {
  expect(Object.keys(RECORDS).sort()).toEqual(RECORD_ROOTS.filter(it => it !== 'links').sort())
  for (const [root, kind] of Object.entries(RECORDS)) expect(kind.root).toBe(root)
})

test('a tracker in which there is nothing is what an empty document reads', () => {
  expect(readTracker(new Y.Doc())).toEqual(EMPTY_TRACKER)
})

test('a record of each kind is in the plain data, and comes back from a file as it was', () => {
  const doc = new Y.Doc()
  for (const root of PLAIN_ROOTS)
    (PLAIN_RECORDS[root] as unknown as RecordKind<string, object>).put(doc, `${root}-1`, {})
  const tracker = readTracker(doc)
  for (const root of PLAIN_ROOTS)
    expect(tracker[root], root).toEqual([{ ...PLAIN_RECORDS[root].blank, id: `${root}-1` }])
  expect(trackerSchema.parse(JSON.parse(JSON.stringify(tracker)))).toEqual(tracker)
})

test('a moment that no calendar can write reads as none', () => {
  const doc = new Y.Doc()
  meetingRecords.put(doc, 'm' as MeetingId, {})
  judgementRecords.put(doc, 'j' as JudgementId, {})
  const set = (root: RecordRoot, id: string, field: string, value: number) =>
    (recordsMap(doc, root).get(id) as Y.Map<unknown>).set(field, value)
  for (const value of [9e15, -1, 0.5]) {
    set('meetings', 'm', 'startedAt', value)
    set('judgements', 'j', 'at', value)
    const { judgements, meetings } = readTracker(doc)
    expect([meetings[0]?.startedAt, judgements[0]?.at]).toEqual([0, 0])
  }
  set('meetings', 'm', 'startedAt', Date.UTC(2026, 1, 6))
  expect(readTracker(doc).meetings[0]?.startedAt).toBe(Date.UTC(2026, 1, 6))
})
