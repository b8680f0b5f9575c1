/** What a meeting moved: the cells that differ between its two snapshots, what is unresolved under them, what was caught. */
import { comparer, detailWords, plain } from '#shared/compare/brief-markdown.ts'
import { cellDetails } from '#shared/compare/cell-details.ts'
import { compare } from '#shared/compare/compare.ts'
import type { Detail } from '#shared/compare/detail.ts'
import { describeSummary, kindBetween, summarise, type KindsSaid } from '#shared/compare/summary.ts'
import { gradeOf, type ClaimStatus } from '#shared/claims.ts'
import { attributedWithHedges, evidenceWords } from '#shared/evidence/hedged.ts'
import { groundsOf, isPending, type Grounds } from '#shared/evidence/support.ts'
import type { ClaimId, IssueId, PartyId } from '#shared/ids.ts'
import type { AgendaItem, Note } from '#shared/meetings.ts'
import { MOVEMENT_KIND_LABELS, type MovementKind } from '#shared/movements.ts'
import type { Tracker } from '#shared/tracker.ts'

export interface ReportCell {
  readonly issueId: IssueId
  readonly partyId: PartyId
  readonly kind: MovementKind
  readonly details: readonly Detail[]
  /** On what it rests after the meeting, with hedges and attribution; '' for nothing. */
  readonly evidence: string
}

export interface ReportIssue {
  readonly issueId: IssueId
  readonly title: string
  readonly isOnAgenda: boolean
  readonly cells: readonly ReportCell[]
  readonly notes: readonly Note[]
}

export interface UnresolvedClaim {
  readonly id: ClaimId
  readonly statement: string
  readonly grade: string
  readonly status: ClaimStatus
  /** "unnamed official, via Axios, 4 Feb 2026, unconfirmed; hedged: “expected”" */
  readonly attribution: string
  /** "Iran · Verification" */
  readonly cells: readonly string[]
}

export interface MeetingReport {
  /** In one line. */
  readonly summary: string
  /** The agenda's rows in order, moved or not; then what else moved or was spoken of. */
  readonly issues: readonly ReportIssue[]
  readonly unresolved: readonly UnresolvedClaim[]
  /** On no issue. */
  readonly notes: readonly Note[]
  readonly nameOf: (id: PartyId) => string
  readonly titleOf: (id: IssueId) => string
}

export interface ReportSources {
  readonly before: Tracker
  readonly after: Tracker
  readonly agenda: readonly AgendaItem[]
  readonly notes: readonly Note[]
  readonly said: KindsSaid
}

export const meetingReport = ({
  after,
  agenda,
  before,
  notes,
  said,
}: ReportSources): MeetingReport => {
  const comparison = compare(before, after)
  const names = new Map([...before.parties, ...after.parties].map(({ id, name }) => [id, name]))
  const titles = new Map([...before.issues, ...after.issues].map(({ id, title }) => [id, title]))
  const nameOf = (id: PartyId): string => names.get(id) || 'Untitled party'
  const titleOf = (id: IssueId): string => titles.get(id) || 'Untitled issue'
  const grounds = groundsOf(after)
  const cells = comparison.cells.map(change => ({
    issueId: change.issueId,
    partyId: change.partyId,
    kind: kindBetween(change, said),
    details: cellDetails(change, before, after),
    evidence: evidenceWords(change.after, grounds),
  }))
  const onAgenda = [...new Set(agenda.map(({ issueId }) => issueId))]
  const spokenOf = notes.flatMap(({ issueId }) => issueId ?? [])
  const order = [
    ...new Set([
      ...onAgenda,
      ...after.issues.map(({ id }) => id).filter(id => cells.some(({ issueId }) => issueId === id)),
      ...spokenOf,
    ]),
  ].filter(id => titles.has(id))
  return {
    summary: describeSummary(summarise(comparison, said)),
    issues: order.map(issueId => ({
      issueId,
      title: titleOf(issueId),
      isOnAgenda: onAgenda.includes(issueId),
      cells: cells.filter(cell => cell.issueId === issueId),
      notes: notes.filter(note => note.issueId === issueId),
    })),
    unresolved: unresolvedIn(after, grounds, comparison.cells, (issue, party) =>
      [nameOf(party), titleOf(issue)].join(' · '),
    ),
    notes: notes.filter(({ issueId }) => issueId === null || !titles.has(issueId)),
    nameOf,
    titleOf,
  }
}

/** Claims under the cells that moved which nobody has confirmed or denied. */
const unresolvedIn = (
  { claims, sources }: Tracker,
  grounds: Grounds,
  changes: ReturnType<typeof compare>['cells'],
  placeOf: (issueId: IssueId, partyId: PartyId) => string,
): readonly UnresolvedClaim[] => {
  const places = new Map<ClaimId, string[]>()
  for (const { after, issueId, partyId } of changes)
    for (const id of after.claimIds)
      places.set(id, [...(places.get(id) ?? []), placeOf(issueId, partyId)])
  return claims
    .filter(claim => places.has(claim.id) && isPending(claim))
    .map(claim => ({
      id: claim.id,
      statement: claim.statement,
      grade: gradeOf(
        claim,
        sources.find(({ id }) => id === claim.sourceId),
      ),
      status: claim.status,
      attribution: attributedWithHedges(claim, grounds),
      cells: places.get(claim.id) ?? [],
    }))
}

/** "Iran, Mr A: words" */
export const noteWords = ({ partyId, speaker, text }: Note, report: MeetingReport): string => {
  const party = partyId === null ? '' : report.nameOf(partyId)
  const who = [party === speaker ? '' : party, speaker].filter(Boolean).join(', ')
  return who === '' ? text : `${who}: ${text}`
}

/** The report as Markdown, to be passed on. */
export const reportMarkdown = (
  report: MeetingReport,
  { about, title }: { readonly title: string; readonly about: readonly string[] },
): string => {
  const compared = comparer()
  const parts = [`# ${plain(title)}`, ...about.map(line => plain(line)), `${report.summary}.`]
  for (const { cells, isOnAgenda, notes, title } of report.issues) {
    parts.push(`## ${plain(title)}${isOnAgenda ? '' : ' (not on the agenda)'}`)
    const lines = cells.map(({ details, evidence, kind, partyId }) =>
      [
        `- **${plain(report.nameOf(partyId))}**: ${MOVEMENT_KIND_LABELS[kind]}`,
        ...details.map(detail => `  - ${detailWords(detail, compared)}`),
        ...(evidence === '' ? [] : [`  - Rests on: ${plain(evidence)}`]),
      ].join('\n'),
    )
    const said = notes.map(note => `- “${plain(noteWords(note, report))}”`)
    parts.push([...lines, ...said].join('\n') || 'Nothing moved.')
  }
  if (report.unresolved.length > 0)
    parts.push(
      `## Unresolved claims (${report.unresolved.length})`,
      report.unresolved
        .map(
          ({ attribution, cells, grade, statement }) =>
            `- ${plain(statement)} (${grade}; ${plain(attribution)}): ${plain(cells.join('; '))}`,
        )
        .join('\n'),
    )
  if (report.notes.length > 0)
    parts.push(
      '## Notes',
      report.notes.map(note => `- ${plain(noteWords(note, report))}`).join('\n'),
    )
  return `${parts.join('\n\n')}\n`
}
