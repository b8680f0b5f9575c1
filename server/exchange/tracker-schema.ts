/** A tracker as it may come in a file: strictly what this version knows, everything of bounded size. */
import { z } from 'zod'
import { FLEXIBILITIES, KNOWLEDGE, LEVELS, SCOPES, cellKey } from '#shared/cells.ts'
import { MAX_FIELD_LENGTH } from '#shared/document/field.ts'
import { LAYOUT } from '#shared/document/layout.ts'
import type { RecordKind } from '#shared/document/record.ts'
import { redLineRecords } from '#shared/document/redlines.ts'
import { PLAIN_RECORDS, PLAIN_ROOTS, type PlainRoot } from '#shared/document/registry.ts'
import {
  isId,
  type BasketId,
  type ClaimId,
  type IssueId,
  type PartyId,
  type PointId,
  type Rank,
  type ReasonId,
} from '#shared/ids.ts'
import { MOVEMENT_KINDS } from '#shared/movements.ts'
import { LIKELIHOOD_ROWS } from '#shared/scenarios.ts'
import type { Tracker } from '#shared/tracker.ts'

/** Characters of a position or a description. */
export const MAX_TEXT_LENGTH = 65_536
export const MAX_ISSUES = 2_000
export const MAX_PARTIES = 200
/** Of one scale: on a numeric one each number that a position stands on is a point. */
const MAX_POINTS = 2_000

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

/** A record as its fields are read: what is missing is blank, what would be read otherwise than it is written does not fit. */
const record = <Id extends string, T extends object>({ fields }: RecordKind<Id, T>) =>
  z
    .looseObject({ id: id<Id>() })
    .transform((values: Readonly<Record<string, unknown>>, context) => {
      const read: Record<string, unknown> = { id: values['id'] }
      for (const [name, parse] of Object.entries<(stored: unknown) => unknown>(fields)) {
        const value = values[name]
        read[name] = parse(value)
        if (value !== undefined && read[name] !== value)
          context.addIssue({
            code: 'custom',
            path: [name],
            message: 'holds what does not belong there',
          })
      }
      return read as T & { readonly id: Id }
    })

const MOST: Readonly<Partial<Record<PlainRoot, number>>> = {
  parties: MAX_PARTIES,
  baskets: 500,
  claims: 50_000,
  citations: 100_000,
  claimEvents: 100_000,
  assessments: 100_000,
  judgements: 100_000,
  reasons: 50_000,
}

const plainRecords = Object.fromEntries<z.ZodType>(
  PLAIN_ROOTS.map(root => [
    root,
    list(
      record(PLAIN_RECORDS[root] as unknown as RecordKind<string, object>),
      MOST[root] ?? 20_000,
    ).default([]),
  ]),
) as unknown as { readonly [Root in PlainRoot]: z.ZodType<Tracker[Root]> }

const issue = z.object({
  id: id<IssueId>(),
  basketId: id<BasketId>().nullable(),
  title: words,
  description: text,
  scale: z.object({
    name: words,
    isNumeric: z.boolean().default(false),
    unit: words.default(''),
    points: list(
      z.object({
        id: id<PointId>(),
        label: words,
        value: z.number().nullable().default(null),
        rank,
      }),
      MAX_POINTS,
    ),
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
const redLine = record(redLineRecords)

export const trackerSchema: z.ZodType<Tracker> = z
  .object({
    layout: z.number().int().min(1).max(LAYOUT, 'was made by a newer version of Parley'),
    title: words,
    description: words,
    likelihoodRow: z.enum(LIKELIHOOD_ROWS).default('likely'),
    issues: list(issue, MAX_ISSUES),
    cells: z.record(z.string(), cell),
    redLines: list(redLine, 20_000),
    movements: z
      .record(
        z.string(),
        z.object({ kind: z.enum(MOVEMENT_KINDS).nullable(), reasonId: id<ReasonId>().nullable() }),
      )
      .default({}),
    ...plainRecords,
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
