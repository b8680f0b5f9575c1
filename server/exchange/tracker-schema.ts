/** A tracker as it may come in a file: strictly what this version knows, everything of bounded size. */
import { z } from 'zod'
import { FLEXIBILITIES, KNOWLEDGE, LEVELS, SCOPES, cellKey } from '#shared/cells.ts'
import { ATTRIBUTIONS, CLAIM_STATUSES, CREDIBILITIES, RELIABILITIES } from '#shared/claims.ts'
import { MAX_FIELD_LENGTH } from '#shared/document/field.ts'
import { LAYOUT } from '#shared/document/layout.ts'
import {
  isId,
  type BasketId,
  type ClaimId,
  type IssueId,
  type MeetingId,
  type PartyId,
  type PointId,
  type Rank,
  type QuestionId,
  type ReasonId,
  type RedactionId,
  type RedLineId,
  type RestoreId,
  type SnapshotId,
  type SourceId,
} from '#shared/ids.ts'
import type { ItemAddress } from '#shared/history/touched.ts'
import { isMomentRef } from '#shared/moments.ts'
import { MOVEMENT_KINDS } from '#shared/movements.ts'
import { PARTY_ROLES } from '#shared/parties.ts'
import { RED_LINE_KINDS, RED_LINE_OPERATORS } from '#shared/redlines.ts'
import type { Tracker } from '#shared/tracker.ts'

/** Characters of a position or a description. */
export const MAX_TEXT_LENGTH = 65_536
export const MAX_ISSUES = 2_000
export const MAX_PARTIES = 200

const id = <Id extends string>() =>
  z
    .string()
    .refine(value => isId(value) && !(value in {}), 'is not an id')
    .transform(value => value as Id)
const rank = z
  .string()
  .max(MAX_FIELD_LENGTH)
  .transform(value => value as Rank)
const words = z.string().max(MAX_FIELD_LENGTH)
const text = z.string().max(MAX_TEXT_LENGTH)

const list = <Row extends z.ZodType<{ readonly id: string }>>(row: Row, most: number) =>
  z
    .array(row)
    .max(most)
    .refine(rows => new Set(rows.map(({ id }) => id)).size === rows.length, 'has an id twice')

const party = z.object({
  id: id<PartyId>(),
  name: words,
  role: z.enum(PARTY_ROLES),
  alsoRole: z.enum(PARTY_ROLES).nullable(),
  rank,
})
const basket = z.object({ id: id<BasketId>(), title: words, rank })
const issue = z.object({
  id: id<IssueId>(),
  basketId: id<BasketId>().nullable(),
  title: words,
  description: text,
  scale: z.object({
    name: words,
    points: list(z.object({ id: id<PointId>(), label: words, rank }), 100),
  }),
  rank,
})
const cell = z.object({
  issueId: id<IssueId>(),
  partyId: id<PartyId>(),
  knowledge: z.enum(KNOWLEDGE),
  scope: z.enum(SCOPES).nullable(),
  scopeNote: words,
  position: text,
  stance: id<PointId>().nullable(),
  aspiration: id<PointId>().nullable(),
  walkAway: id<PointId>().nullable(),
  flexibility: z.enum(FLEXIBILITIES).nullable(),
  salience: z.enum(LEVELS).nullable(),
  confidence: z.enum(LEVELS).nullable(),
  claimIds: z.array(id<ClaimId>()).max(1_000),
})
const source = z.object({
  id: id<SourceId>(),
  title: words,
  reliability: z.enum(RELIABILITIES),
  reliabilityReason: words,
  viaSourceId: id<SourceId>().nullable(),
})
const claim = z.object({
  id: id<ClaimId>(),
  statement: words,
  sourceId: id<SourceId>().nullable(),
  attribution: z.enum(ATTRIBUTIONS),
  credibility: z.literal(CREDIBILITIES),
  status: z.enum(CLAIM_STATUSES),
  hedges: words,
  saidAt: words,
  learnedAt: words,
})
const redLine = z.object({
  id: id<RedLineId>(),
  issueId: id<IssueId>(),
  partyId: id<PartyId>(),
  kind: z.enum(RED_LINE_KINDS),
  statement: words,
  operator: z.enum(RED_LINE_OPERATORS),
  point: id<PointId>().nullable(),
  soft: z.boolean(),
})
const restore = z.object({
  id: id<RestoreId>(),
  from: z.string().refine(isMomentRef, 'names no moment'),
  fromLabel: words,
  moment: z.number().int().nonnegative().default(0),
  safety: id<SnapshotId>(),
  by: words,
  at: z.number().int().nonnegative(),
  changes: z.number().int().nonnegative(),
})

const meeting = z.object({
  id: id<MeetingId>(),
  title: words,
  startedAt: z.number().int().nonnegative(),
  endedAt: z.number().int().nonnegative(),
  before: id<SnapshotId>().nullable(),
  after: id<SnapshotId>().nullable(),
})
const question = z.object({
  id: id<QuestionId>(),
  about: words as unknown as z.ZodType<ItemAddress>,
  text: words,
  by: words,
  at: z.number().int().nonnegative(),
  answer: words,
  answeredBy: words,
  answeredAt: z.number().int().nonnegative(),
  resolvedAt: z.number().int().nonnegative(),
  resolvedBy: words,
})
const redaction = z.object({
  id: id<RedactionId>(),
  by: words,
  at: z.number().int().nonnegative(),
  where: words,
  reason: words,
})

export const trackerSchema: z.ZodType<Tracker> = z
  .object({
    layout: z.number().int().min(1).max(LAYOUT, 'was made by a newer version of Parley'),
    title: words,
    description: words,
    parties: list(party, MAX_PARTIES),
    baskets: list(basket, 500),
    issues: list(issue, MAX_ISSUES),
    cells: z.record(z.string(), cell),
    sources: list(source, 20_000),
    claims: list(claim, 50_000),
    redLines: list(redLine, 20_000),
    restores: list(restore, 5_000),
    movements: z
      .record(
        z.string(),
        z.object({ kind: z.enum(MOVEMENT_KINDS).nullable(), reasonId: id<ReasonId>().nullable() }),
      )
      .default({}),
    reasons: list(z.object({ id: id<ReasonId>(), text: words }), 50_000).default([]),
    meetings: list(meeting, 5_000).default([]),
    redactions: list(redaction, 5_000).default([]),
    questions: list(question, 20_000).default([]),
  })
  .superRefine(({ cells, issues, parties }, context) => {
    const known = new Set<string>(
      issues.flatMap(issue => parties.map(party => cellKey(issue.id, party.id))),
    )
    for (const [key, { issueId, partyId }] of Object.entries(cells))
      if (key !== cellKey(issueId, partyId) || !known.has(key))
        context.addIssue({ code: 'custom', path: ['cells', key], message: 'has no row or column' })
  })

/** The first faults of a file that does not fit, each with its place. */
export const faultsOf = (error: z.ZodError): string =>
  error.issues
    .slice(0, 3)
    .map(({ message, path }) => `${path.map(String).join('.') || 'the file'}: ${message}`)
    .join('; ')
