/** The report of a meeting: what moved between its two snapshots, on which issue, and what is still open under it. */
import { expect, test } from 'vitest'
import { cellKey } from '#shared/cells.ts'
import { meetingReport, reportMarkdown } from '#shared/compare/meeting-report.ts'
import { attachClaim, setCell, setPosition } from '#shared/document/cells.ts'
import { claimRecords } from '#shared/document/claims.ts'
import { addIssue } from '#shared/document/issues.ts'
import { agendaItemRecords, noteRecords, putOnAgenda } from '#shared/document/meetings.ts'
import { addParty } from '#shared/document/parties.ts'
import { addPoint } from '#shared/document/scales.ts'
import { createTracker, readTracker } from '#shared/document/tracker.ts'
import type {
  AgendaItemId,
  ClaimId,
  IssueId,
  MeetingId,
  NoteId,
  PartyId,
  PointId,
} from '#shared/ids.ts'
import type { Note } from '#shared/meetings.ts'
import { newDoc } from '#test/shared/edits.ts'

const [sanctions, access, missiles] = ['s' as IssueId, 'a' as IssueId, 'm' as IssueId]
const [iran, usa] = ['ir' as PartyId, 'us' as PartyId]
const meetingId = 'meeting' as MeetingId
const note = (id: string, values: Partial<Note>): Note => ({
  ...noteRecords.blank,
  id: id as NoteId,
  meetingId,
  ...values,
})

const met = () => {
  const doc = newDoc()
  createTracker(doc, 'Talks')
  addParty(doc, iran, { name: 'Iran' })
  addParty(doc, usa, { name: 'United States' })
  addIssue(doc, sanctions, { title: 'Sanctions *relief*', basketId: null })
  addIssue(doc, access, { title: 'Access', basketId: null })
  addIssue(doc, missiles, { title: 'Missiles', basketId: null })
  for (const [id, label] of [
    ['low', 'None'],
    ['high', 'All'],
  ] as const)
    addPoint(doc, id as PointId, access, label)
  for (const [id, status] of [
    ['open', 'reported'],
    ['settled', 'confirmed'],
    ['elsewhere', 'reported'],
  ] as const) {
    claimRecords.put(doc, id as ClaimId, {
      statement: `Claim ${id}`,
      status,
      hedges: id === 'open' ? 'not *yet*' : '',
    })
  }
  setCell(doc, access, iran, { knowledge: 'reported', stance: 'low' as PointId })
  attachClaim(doc, access, iran, 'open' as ClaimId)
  attachClaim(doc, access, iran, 'settled' as ClaimId)
  attachClaim(doc, sanctions, iran, 'elsewhere' as ClaimId)
  const before = readTracker(doc)
  setCell(doc, access, iran, { stance: 'high' as PointId })
  setPosition(doc, missiles, usa, 'Wants them limited')
  return { doc, before, after: readTracker(doc) }
}

test('the agenda’s rows stand first, moved or not, then what else moved, each with what was said on it', () => {
  const { after, before, doc } = met()
  putOnAgenda(doc, 'one' as AgendaItemId, { meetingId, issueId: sanctions })
  putOnAgenda(doc, 'two' as AgendaItemId, { meetingId, issueId: access })
  putOnAgenda(doc, 'two' as AgendaItemId, { meetingId, issueId: access }, 0)
  const agenda = agendaItemRecords.all(doc)
  expect(agenda.map(({ id }) => id)).toEqual(['two', 'one'])
  const notes = [
    note('1', { issueId: access, partyId: iran, speaker: 'Iran', text: 'All of them' }),
    note('2', { speaker: 'Host', text: 'Lunch' }),
    note('3', { issueId: 'gone' as IssueId, text: 'Of a row that is gone' }),
  ]
  const said = new Map([[cellKey(access, iran), 'moved'] as const])
  const report = meetingReport({ before, after, agenda, notes, said })
  expect(
    report.issues.map(({ cells, isOnAgenda, notes, title }) => [
      title,
      isOnAgenda,
      cells.map(({ kind, partyId }) => `${partyId} ${kind}`),
      notes.map(({ text }) => text),
    ]),
  ).toEqual([
    ['Access', true, ['ir moved'], ['All of them']],
    ['Sanctions *relief*', true, [], []],
    ['Missiles', false, ['us worded'], []],
  ])
  expect(report.summary).toMatch(/^1 movement, 1 wording edit/)
  expect(report.notes.map(({ text }) => text)).toEqual(['Lunch', 'Of a row that is gone'])
  // What is settled is no longer open, and what hangs on cells that did not move is another matter.
  expect(report.unresolved).toEqual([
    {
      id: 'open',
      statement: 'Claim open',
      grade: 'F6',
      status: 'reported',
      attribution: 'media report, unconfirmed; hedged: “not *yet*”',
      cells: ['Iran · Access'],
    },
  ])

  const markdown = reportMarkdown(report, { title: 'Report', about: ['Muscat'] })
  expect(markdown).toContain(
    '- **Iran**: The party moved\n  - Stance: None → All\n  - Rests on: media report, confirmed; and one more claim\n- “Iran: All of them”',
  )
  expect(markdown).toContain(String.raw`## Sanctions \*relief\*` + '\n\nNothing moved.')
  expect(markdown).toContain('## Missiles (not on the agenda)')
  expect(markdown).toContain(
    String.raw`Claim open (F6; media report, unconfirmed; hedged: “not \*yet\*”): Iran · Access`,
  )
  expect(markdown).toContain('- Host: Lunch')
})

test('a meeting in which nothing happened says so', () => {
  const { before } = met()
  const report = meetingReport({ before, after: before, agenda: [], notes: [], said: new Map() })
  expect(report).toMatchObject({ summary: 'No changes', issues: [], unresolved: [] })
})
