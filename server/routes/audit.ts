/** The audit log: for administrators whole, for a tracker's owners what was done with it. Nothing here changes it. */
import { createRoute } from '@hono/zod-openapi'
import { z } from 'zod'
import type { Members } from '#server/accounts/members.ts'
import type { AuditRow } from '#server/audit/audit-log.ts'
import { csvPieces, jsonPieces } from '#server/audit/audit-file.ts'
import type { AuditQuery, AuditReading } from '#server/audit/audit-reading.ts'
import { answers, mayOn, mayServe, openDoor, refusals, trackerParams } from '#server/routes/door.ts'
import {
  auditFilter,
  auditPage,
  auditQuery,
  trackerAuditPage,
  trackerAuditQuery,
} from '#shared/audit-api.ts'
import { CONFINED } from '#shared/audit.ts'

export interface AuditDeps {
  readonly members: Members
  readonly auditReading: AuditReading
}

const pageRoute = createRoute({
  method: 'get',
  path: '/api/audit',
  summary: 'Who did what with accounts, rights and what leaves the server, newest first',
  middleware: mayServe('administrate'),
  request: { query: auditQuery },
  responses: { 200: answers(auditPage, 'A page of the log'), ...refusals(400, 401, 403) },
})

const jsonRoute = createRoute({
  method: 'get',
  path: '/api/audit/export.json',
  summary: 'The log as a file, oldest first, with the hashes that chain its rows',
  middleware: mayServe('administrate'),
  request: { query: auditFilter },
  responses: {
    200: {
      description: 'The file',
      content: { 'application/json': { schema: z.looseObject({}) } },
    },
    ...refusals(400, 401, 403),
  },
})

const csvRoute = createRoute({
  method: 'get',
  path: '/api/audit/export.csv',
  summary: 'The same as a sheet',
  middleware: mayServe('administrate'),
  request: { query: auditFilter },
  responses: {
    200: { description: 'The sheet', content: { 'text/csv': { schema: z.string() } } },
    ...refusals(400, 401, 403),
  },
})

export const auditRoutes = ({ auditReading, members }: AuditDeps) => {
  const trackerRoute = createRoute({
    method: 'get',
    path: '/api/trackers/{id}/audit',
    summary: 'What the log holds of this tracker, newest first, without addresses',
    middleware: mayOn(members, 'manage'),
    request: { params: trackerParams, query: trackerAuditQuery },
    responses: {
      200: answers(trackerAuditPage, 'A page of the log'),
      ...refusals(400, 401, 403, 404),
    },
  })

  /** One more than asked for tells whether there are more. */
  const page = async (query: AuditQuery, limit: number, before: number | undefined) => {
    const rows = await auditReading.page(query, limit + 1, before)
    const shown = rows.slice(0, limit)
    return { rows: shown, next: rows.length > limit ? (shown.at(-1)?.seq ?? null) : null }
  }

  return openDoor()
    .openapi(pageRoute, async c => {
      const { before, limit, ...query } = c.req.valid('query')
      const { next, rows } = await page(query, limit, before)
      const entries = rows.map(row => ({ ...asEntry(row), from: row.from }))
      return c.json({ entries, next, head: await auditReading.head() } as never, 200)
    })
    .openapi(jsonRoute, async c => {
      await c.var.note('exported', { detail: 'the audit log, as JSON' })
      const pieces = jsonPieces(auditReading, c.req.valid('query'))
      return c.body(streamOf(pieces), 200, fileHeaders('application/json', 'json')) as never
    })
    .openapi(csvRoute, async c => {
      await c.var.note('exported', { detail: 'the audit log, as CSV' })
      const pieces = csvPieces(auditReading, c.req.valid('query'))
      return c.body(streamOf(pieces), 200, fileHeaders('text/csv; charset=utf-8', 'csv')) as never
    })
    .openapi(trackerRoute, async c => {
      const { before, limit, ...query } = c.req.valid('query')
      const own: AuditQuery = { ...query, tracker: c.var.trackerId, without: CONFINED }
      const { next, rows } = await page(own, limit, before)
      return c.json({ entries: rows.map(asEntry), next } as never, 200)
    })
}

const asEntry = ({ at, by, byName, detail, seq, subject, trackerId, what }: AuditRow) => ({
  seq,
  at,
  what,
  by: by === null ? null : { id: by, name: byName },
  trackerId,
  subject,
  detail,
})

const streamOf = (pieces: AsyncGenerator<string>): ReadableStream<Uint8Array> => {
  const encoder = new TextEncoder()
  return new ReadableStream({
    pull: async controller => {
      const { done, value } = await pieces.next()
      if (done) controller.close()
      else controller.enqueue(encoder.encode(value))
    },
    cancel: async () => void (await pieces.return(undefined)),
  })
}

const fileHeaders = (type: string, extension: string) => ({
  'content-type': type,
  'content-disposition': `attachment; filename="audit.${extension}"`,
})
