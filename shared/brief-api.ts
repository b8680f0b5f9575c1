/** What goes over HTTP of catching up: where a member stands, what they have reviewed, and the brief of what happened. */
import { z } from 'zod'
import { author, id, recordCounts, time } from '#shared/api.ts'
import { CLAIM_STATUSES } from '#shared/claims.ts'
import { COLLISION_CHANGES } from '#shared/compare/collisions.ts'
import { CLAIM_NEWS } from '#shared/compare/evidence.ts'
import { BRIEF_GROUPS } from '#shared/compare/rank.ts'
import { RED_LINE_TURNS } from '#shared/compare/red-lines.ts'
import { isMomentRef } from '#shared/moments.ts'
import { MOVEMENT_KINDS } from '#shared/movements.ts'
import { MAX_ANSWER_LENGTH, MAX_QUESTION_LENGTH } from '#shared/questions.ts'

export const visitSign = z
  .object({
    /** Whether the tracker was just opened, or shown again: what came before was not looked at. */
    arrived: z.boolean().default(false),
    /** When I left, by the server's clock: what came later was not looked at either, also where this comes late. */
    left: time.optional(),
  })
  .meta({ id: 'VisitSign' })

/** A thing that changes as one (shared/history/touched.ts). */
const itemAddress = z
  .string()
  .regex(
    /^(?:tracker|(?:basket|party|issue|claim|source)\/[\w-]{1,64}|cell\/[\w-]{1,64}\/[\w-]{1,64})$/,
    'names nothing that changes, as cell/<issue>/<party> does',
  )
const seq = z.number().int().nonnegative()

/** Where I stand in a tracker. Numbers are those of the journal's entries. */
export const standing = z
  .object({
    /** What I had seen when my last visit ended, and when that was. */
    baselineSeq: seq,
    baselineAt: time,
    seenSeq: seq,
    seenAt: time,
    /** Everything up to here counts as reviewed. */
    reviewedSeq: seq,
    /** What I have reviewed by itself beyond that, each up to an entry. */
    reviewed: z.array(z.object({ address: z.string(), seq })),
    /** How many things others have changed since. */
    unreviewed: z.number().int(),
  })
  .meta({ id: 'Standing' })
export type ApiStanding = z.infer<typeof standing>

const addresses = z.array(itemAddress).min(1).max(500)
export const review = z
  .union([
    z.strictObject({
      /** What the reader had before them: up to this entry. */
      upTo: seq,
      /** Without them, everything. */
      addresses: addresses.optional(),
    }),
    z.strictObject({
      reviewed: z.literal(false),
      addresses,
      /** As far as they were changed after this entry. */
      since: seq,
    }),
  ])
  .meta({ id: 'Review' })

export const BASELINES = ['last-visit', 'last-review'] as const
export const briefQuery = z.object({
  since: z
    .string()
    .refine(
      since => BASELINES.includes(since as (typeof BASELINES)[number]) || isMomentRef(since),
      'is neither last-visit, last-review, a snapshot, a meeting nor a time as in 2026-02-03T15:40:00Z',
    )
    .default('last-visit'),
  format: z.enum(['json', 'markdown']).optional(),
})

const counts = <Name extends string>(...names: readonly Name[]) =>
  z.object(
    Object.fromEntries(names.map(name => [name, z.number().int()])) as Record<Name, z.ZodNumber>,
  )

export const brief = z
  .object({
    /** The moment from which it tells: its last entry, when it was, and what it is called. */
    since: z.object({
      is: z.enum([...BASELINES, 'time', 'snapshot', 'meeting']),
      seq,
      at: time,
      label: z.string(),
      /** What names it in an address: a snapshot or a time. */
      moment: z.string(),
    }),
    /** The last entry that it tells of. */
    upTo: seq,
    /** The tracker's. */
    title: z.string(),
    headline: z.string(),
    counts: counts('moved', 'learned', 'judged', 'worded').extend({
      collisions: counts(...COLLISION_CHANGES),
      redLines: counts(...RED_LINE_TURNS),
      claims: counts(...CLAIM_NEWS),
      sources: counts('regraded', 'changed', 'worded'),
      issues: recordCounts,
      parties: recordCounts,
      baskets: recordCounts,
      retitled: z.boolean(),
    }),
    /** Where what one party would accept came to lie beyond another's red line, or no longer does. */
    collisions: z.array(
      z.object({
        change: z.enum(COLLISION_CHANGES),
        lineId: id,
        issueId: id,
        /** Whose line it is, and who would accept what lies beyond it. */
        holderId: id,
        crosserId: id,
        isSoft: z.boolean(),
        title: z.string(),
        accepts: z.string(),
        line: z.string(),
      }),
    ),
    /** In the order in which they are read: every change between the two moments, once. */
    items: z.array(
      z.object({
        address: z.string(),
        group: z.enum(BRIEF_GROUPS),
        /** Of a cell. */
        kind: z.enum(MOVEMENT_KINDS).nullable(),
        title: z.string(),
        /** Where it stands in the matrix. */
        issueId: id.nullable(),
        partyId: id.nullable(),
        /** Of each red line that changed, which way. */
        turns: z.array(z.enum(RED_LINE_TURNS)),
        details: z.array(
          z.object({
            kind: z.enum(['stance', 'value', 'prose', 'red_line']),
            name: z.string(),
            was: z.string(),
            is: z.string(),
          }),
        ),
        /** Who did it, the latest first. */
        credits: z.array(
          z.object({ account: z.string(), firstAt: time, lastAt: time, lastSeq: seq }),
        ),
        reasons: z.array(z.string()),
        /** The claims on which a changed cell rests. */
        evidence: z.array(
          z.object({
            id: z.string(),
            statement: z.string(),
            grade: z.string(),
            status: z.enum(CLAIM_STATUSES),
            /** Whose word it is, through whom, of when, how sure, and what hedges it. */
            attribution: z.string(),
            isNew: z.boolean(),
          }),
        ),
      }),
    ),
    /** Everybody whom `credits` name. */
    authors: z.array(author),
  })
  .meta({ id: 'Brief' })
export type ApiBrief = z.infer<typeof brief>

const words = (most: number) =>
  z.string().trim().min(1, 'must not be empty').max(most, `must have at most ${most} characters`)

/** Asked about something that changed; who asks is who is signed in. */
export const newQuestion = z
  .object({ about: itemAddress, text: words(MAX_QUESTION_LENGTH) })
  .meta({ id: 'NewQuestion' })
export const questionChange = z
  .object({ answer: words(MAX_ANSWER_LENGTH), resolved: z.boolean() })
  .partial()
  .meta({ id: 'QuestionChange' })
export const question = z
  .object({
    id,
    about: z.string(),
    text: z.string(),
    by: z.string(),
    at: time,
    answer: z.string(),
    answeredBy: z.string(),
    answeredAt: time,
    /** 0 while it is open. */
    resolvedAt: time,
    resolvedBy: z.string(),
  })
  .meta({ id: 'Question' })
