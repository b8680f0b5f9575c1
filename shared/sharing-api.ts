/** What goes over HTTP about what leaves a tracker: links to a page of it. */
import { z } from 'zod'
import { id, time } from '#shared/api.ts'

export const LONGEST_SHARE_NAME = 80
export const SHORTEST_SHARE_PASSWORD = 8
export const LONGEST_SHARE_PASSWORD = 128
export const MOST_SHARE_VIEWS = 100_000

export const SHARE_STATES = ['open', 'expired', 'used up', 'without owner'] as const
export type ShareState = (typeof SHARE_STATES)[number]

export const newShareLink = z
  .object({
    /** For the owners' list alone. */
    name: z.string().trim().min(1, 'must not be empty').max(LONGEST_SHARE_NAME),
    /** Without one, the page shows the tracker as it is when somebody looks. */
    snapshotId: id.optional(),
    password: z
      .string()
      .min(SHORTEST_SHARE_PASSWORD, `must have at least ${SHORTEST_SHARE_PASSWORD} characters`)
      .max(LONGEST_SHARE_PASSWORD)
      .optional(),
    expiresAt: time.optional(),
    mostViews: z.number().int().min(1).max(MOST_SHARE_VIEWS).optional(),
  })
  .meta({ id: 'NewShareLink' })
export type NewShareLink = z.infer<typeof newShareLink>

export const shareLink = z
  .object({
    id,
    name: z.string(),
    /** The snapshot that it shows, and when that was taken; null for the tracker as it is. */
    snapshot: z.object({ id, at: time }).nullable(),
    hasPassword: z.boolean(),
    createdBy: z.string(),
    createdAt: time,
    expiresAt: time.nullable(),
    mostViews: z.number().int().nullable(),
    views: z.number().int(),
    lastViewedAt: time.nullable(),
    state: z.enum(SHARE_STATES),
  })
  .meta({ id: 'ShareLink' })
export type ShareLink = z.infer<typeof shareLink>

export const shareLinkMade = z
  .object({
    id,
    /** The secret part of the link `/s/<token>`; told once, stored as a hash. */
    token: z.string(),
  })
  .meta({ id: 'ShareLinkMade' })
export type ShareLinkMade = z.infer<typeof shareLinkMade>
