/** The demo's edits of evidence: sources, claims, what rests on them, and what analysts think of both. */
import type * as Y from 'yjs'
import { DEMO_CLAIMS, type DemoClaim, type DemoClaimName } from '#server/seeds/demo-claims.ts'
import type { Edit, IdOf, Pen } from '#server/seeds/demo-edit.ts'
import type { DemoIssue, DemoParty } from '#server/seeds/demo-outline.ts'
import { DEMO_SOURCES, type DemoSource, type DemoSourceName } from '#server/seeds/demo-sources.ts'
import type { Attachment, ClaimEvent, ClaimStatus, Credibility } from '#shared/claims.ts'
import {
  assessmentRecords,
  attachmentRecords,
  claimEventRecords,
  claimRecords,
  conflictRecords,
} from '#shared/document/claims.ts'
import { judgementRecords, sourceRecords } from '#shared/document/sources.ts'
import {
  newId,
  type AssessmentId,
  type AttachmentId,
  type ClaimEventId,
  type ClaimId,
  type ConflictId,
  type IssueId,
  type JudgementId,
  type PartyId,
  type PersonId,
  type SourceId,
} from '#shared/ids.ts'
import type { Reliability } from '#shared/sources.ts'

/** Notes claims with their sources, and the sources through which those were seen. */
export const claims =
  (...names: readonly DemoClaimName[]): Edit =>
  (doc, idOf, { accountOf }) => {
    for (const name of names) {
      const { chasedBy, denies, person, source, ...claim }: DemoClaim = DEMO_CLAIMS[name]
      claimRecords.put(doc, idOf<ClaimId>('claim', name), {
        ...claim,
        status: 'reported',
        sourceId: noteSource(doc, idOf, source),
        ...(person && { speakerId: idOf<PersonId>('person', person) }),
        ...(denies !== undefined && { deniesClaimId: idOf<ClaimId>('claim', denies) }),
        ...(chasedBy && { chasedBy: accountOf(chasedBy) }),
      })
    }
  }

const noteSource = (doc: Y.Doc, idOf: IdOf, name: DemoSourceName): SourceId => {
  const id = idOf<SourceId>('source', name)
  if (sourceRecords.has(doc, id)) return id
  const { person, via, ...source }: DemoSource = DEMO_SOURCES[name]
  sourceRecords.put(doc, id, {
    ...source,
    reliability: 'F',
    viaSourceId: via === undefined ? null : noteSource(doc, idOf, via as DemoSourceName),
    ...(person && { personId: idOf<PersonId>('person', person) }),
  })
  return id
}

/** What became of claims: the same for the same reason, signed by whoever says so. */
export const become =
  (
    status: ClaimStatus,
    names: readonly DemoClaimName[],
    { because, date, by: other }: Because,
  ): Edit =>
  (doc, idOf, { at, by }) => {
    for (const name of names) {
      const claimId = idOf<ClaimId>('claim', name)
      const event: Omit<ClaimEvent, 'id' | 'excerptId'> = {
        claimId,
        status,
        reason: because,
        date,
        otherClaimId: other ? idOf<ClaimId>('claim', other) : null,
        by,
        at,
      }
      claimRecords.set(doc, claimId, { status })
      claimEventRecords.put(doc, eventId(idOf, name, status), event)
    }
  }

const eventId = (idOf: IdOf, name: DemoClaimName, status: ClaimStatus): ClaimEventId =>
  idOf<ClaimEventId>('claimEvent', `${name}/${status}`)

/** Somebody has looked at cells that rest on a claim after this became of it, and lets them stand. */
export const stillStand =
  (
    name: DemoClaimName,
    status: ClaimStatus,
    ...cells: readonly (readonly [issue: DemoIssue, party: DemoParty])[]
  ): Edit =>
  (doc, idOf, { at, by }) => {
    for (const [issue, party] of cells)
      assessmentRecords.put(doc, newId<AssessmentId>(), {
        claimEventId: eventId(idOf, name, status),
        issueId: idOf<IssueId>('issue', issue),
        partyId: idOf<PartyId>('party', party),
        by,
        at,
      })
  }

interface Because {
  readonly because: string
  readonly date: string
  /** The claim that takes their place, denies or confirms them. */
  readonly by?: DemoClaimName
}

const signed = (doc: Y.Doc, { at, by }: Pen, values: JudgementValues): void =>
  judgementRecords.put(doc, newId<JudgementId>(), { ...values, by, at })

type JudgementValues = Parameters<typeof judgementRecords.put>[2]

/** One analyst's own grade of a source. */
export const gradeSource =
  (name: DemoSourceName, grade: Reliability, reason: string): Edit =>
  (doc, idOf, pen) =>
    signed(doc, pen, { about: 'source', subjectId: idOf('source', name), grade, reason })

/** What the team settles on. */
export const settleSource =
  (name: DemoSourceName, grade: Reliability, reason: string): Edit =>
  (doc, idOf, pen) => {
    const id = idOf<SourceId>('source', name)
    sourceRecords.set(doc, id, { reliability: grade, reliabilityReason: reason })
    signed(doc, pen, { about: 'source', subjectId: id, grade, reason, isTeam: true })
  }

/** One analyst's own grade of a claim. */
export const gradeClaim =
  (name: DemoClaimName, grade: Credibility, reason: string): Edit =>
  (doc, idOf, pen) =>
    signed(doc, pen, {
      about: 'claim',
      subjectId: idOf('claim', name),
      grade: String(grade),
      reason,
    })

/** Two claims that cannot both be true; the team goes by neither. */
export const conflict =
  (claim: DemoClaimName, other: DemoClaimName, note: string): Edit =>
  (doc, idOf) =>
    conflictRecords.put(doc, conflictId(idOf, claim, other), {
      claimId: idOf<ClaimId>('claim', claim),
      otherId: idOf<ClaimId>('claim', other),
      note,
    })

/** The team goes by the first of them. */
export const goBy =
  (
    chosen: DemoClaimName,
    [claim, other]: readonly [DemoClaimName, DemoClaimName],
    reason: string,
  ): Edit =>
  (doc, idOf) =>
    conflictRecords.set(doc, conflictId(idOf, claim, other), {
      chosenId: idOf<ClaimId>('claim', chosen),
      reason,
    })

const conflictId = (idOf: IdOf, claim: DemoClaimName, other: DemoClaimName): ConflictId =>
  idOf<ConflictId>('conflict', `${claim}/${other}`)

/** What beside cells rests on claims, under its name in the demo. */
export const attach =
  (to: Attachment['to'], subject: string, ...names: readonly DemoClaimName[]): Edit =>
  (doc, idOf) => {
    for (const name of names) attachClaimTo(doc, idOf, { to, subject, name, isAgainst: false })
  }

/** Claims that speak against it. */
export const attachAgainst =
  (to: Attachment['to'], subject: string, ...names: readonly DemoClaimName[]): Edit =>
  (doc, idOf) => {
    for (const name of names) attachClaimTo(doc, idOf, { to, subject, name, isAgainst: true })
  }

const attachClaimTo = (
  doc: Y.Doc,
  idOf: IdOf,
  {
    isAgainst,
    name,
    subject,
    to,
  }: Pick<Attachment, 'to' | 'isAgainst'> & {
    readonly subject: string
    readonly name: DemoClaimName
  },
): void =>
  attachmentRecords.put(doc, idOf<AttachmentId>('attachment', `${to}/${subject}/${name}`), {
    claimId: idOf<ClaimId>('claim', name),
    to,
    subjectId: idOf(to, subject),
    isAgainst,
  })
