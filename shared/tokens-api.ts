/** What goes over HTTP about programs that sign in: tokens, and the accounts that have nothing else. */
import { z } from 'zod'
import { ACTIONS } from '#shared/access.ts'
import { confirmation, id, personName, time } from '#shared/api.ts'

const name = personName

/** A year, and the day by which it may be longer. */
export const LONGEST_TOKEN_MS = 366 * 24 * 3_600_000
export const MOST_TOKEN_TRACKERS = 100

export const newToken = z
  .object({
    name,
    /** What it may do of what the account may; reading always. */
    actions: z.array(z.enum(ACTIONS)).max(ACTIONS.length),
    /** Null: in all trackers of the account, also those to come. */
    trackerIds: z.array(id).min(1, 'must not be empty').max(MOST_TOKEN_TRACKERS).nullable(),
    /** At most a year from now. */
    expiresAt: time,
  })
  .meta({ id: 'NewToken' })
export type NewToken = z.infer<typeof newToken>
/** Of my own account, which outlasts the session that makes it: whoever has a password gives it once more. */
export const newOwnToken = newToken.extend(confirmation.shape).meta({ id: 'NewOwnToken' })

export const token = z
  .object({
    id,
    name: z.string(),
    actions: z.array(z.enum(ACTIONS)),
    trackerIds: z.array(id).nullable(),
    createdAt: time,
    expiresAt: time,
    lastUsedAt: time.nullable(),
    lastUsedFrom: z.string().nullable(),
  })
  .meta({ id: 'Token' })
export type ApiToken = z.infer<typeof token>

export const tokenMade = z
  .object({
    id,
    /** For `Authorization: Bearer`; told once, stored as a hash. */
    token: z.string(),
  })
  .meta({ id: 'TokenMade' })
export type TokenMade = z.infer<typeof tokenMade>

export const newServiceAccount = z.object({ name }).meta({ id: 'NewServiceAccount' })
export const serviceAccount = z
  .object({
    accountId: id,
    name: z.string(),
    createdAt: time,
    /** How many trackers it has a role in. */
    trackers: z.number().int(),
    tokens: z.array(token),
  })
  .meta({ id: 'ServiceAccount' })
export type ServiceAccount = z.infer<typeof serviceAccount>
