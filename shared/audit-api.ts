/** What goes over HTTP of the audit log. */
import { z } from 'zod'
import { id, time } from '#shared/api.ts'
import { AUDITED, isAudited } from '#shared/audit.ts'

/** One thing that was done. */
export const auditEntry = z
  .object({
    /** From 1, without a gap. */
    seq: z.number().int(),
    at: time,
    what: z.enum(Object.keys(AUDITED)),
    /** The name is that of then; null for a stranger and for the server itself. */
    by: z.object({ id: z.string(), name: z.string() }).nullable(),
    /** The address from which it was asked; an IPv6 one by its network. */
    from: z.string(),
    trackerId: z.string().nullable(),
    /** The id of the account, link, snapshot … that it was done to. */
    subject: z.string(),
    detail: z.string(),
  })
  .meta({ id: 'AuditEntry' })
export type AuditEntry = z.infer<typeof auditEntry>

export const auditPage = z
  .object({
    /** Newest first. */
    entries: z.array(auditEntry),
    /** What `before` must be to read on; null where there are no more. */
    next: z.number().int().nullable(),
    /** The number and the hash of the last row: who keeps them elsewhere can hold the log against them. */
    head: z.object({ seq: z.number().int(), hash: z.string() }),
  })
  .meta({ id: 'AuditPage' })
export type AuditPage = z.infer<typeof auditPage>

export const trackerAuditPage = auditPage
  .omit({ head: true })
  .extend({ entries: z.array(auditEntry.omit({ from: true })) })
  .meta({ id: 'TrackerAuditPage' })

const number = z.coerce.number().int().nonnegative().max(Number.MAX_SAFE_INTEGER)
const some = z.string().min(1).max(200)

/** Each narrows the list down. */
export const auditFilter = z.object({
  what: z.string().refine(isAudited, 'is nothing that is noted').optional(),
  /** The account that did it, or to which it was done. */
  person: id.optional(),
  tracker: id.optional(),
  /** The address, whole. */
  from: some.optional(),
  since: number.optional(),
  /** Only what was before. */
  until: number.optional(),
  /** Words in a name or a detail. */
  text: some.optional(),
})

const paging = { before: number.optional(), limit: number.min(1).max(200).default(50) }
export const auditQuery = auditFilter.extend(paging)
export const trackerAuditQuery = auditQuery.omit({ tracker: true, from: true })
