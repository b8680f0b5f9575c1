/** Trackers out as files and in from files. */
import { createRoute } from '@hono/zod-openapi'
import { z } from 'zod'
import type { Members } from '#server/accounts/members.ts'
import type { Trackers } from '#server/accounts/trackers.ts'
import type { Exchange } from '#server/exchange/exchange.ts'
import { NO_TRACKER_FILE, trackerFileHead } from '#server/exchange/tracker-file.ts'
import { Unreadable } from '#server/exchange/unreadable.ts'
import {
  answers,
  jsonBody,
  mayOn,
  mayServe,
  openDoor,
  refusals,
  snapshotId,
  snapshotParams,
  trackerParams,
} from '#server/routes/door.ts'
import { noSnapshot, noTracker, Refusal } from '#server/routes/refusal.ts'
import { importReport, trackerEntry } from '#shared/api.ts'

export interface ExchangeDeps {
  readonly members: Members
  readonly trackers: Pick<Trackers, 'entry'>
  readonly exchange: Exchange
}

const importTrackerRoute = createRoute({
  method: 'post',
  path: '/api/trackers/import',
  summary: 'Make a tracker, with its snapshots, from an exported file; I own it',
  middleware: mayServe('create trackers'),
  request: { body: jsonBody(trackerFileHead) },
  responses: {
    201: answers(trackerEntry, 'Made'),
    ...refusals(400, 401, 403, 413, 415, 503),
  },
})

const csv = { 'text/csv': { schema: z.string() } }

export const exchangeRoutes = ({ exchange, members, trackers }: ExchangeDeps) => {
  const exportFileRoute = createRoute({
    method: 'get',
    path: '/api/trackers/{id}/export.json',
    summary: 'The whole tracker with its snapshots, as a file',
    middleware: mayOn(members, 'read'),
    request: { params: trackerParams },
    responses: { 200: answers(trackerFileHead, 'The file'), ...refusals(401, 404, 503) },
  })

  const exportSheetRoute = createRoute({
    method: 'get',
    path: '/api/trackers/{id}/export.csv',
    summary: 'The matrix as a sheet: a row for each issue, three columns for each party',
    middleware: mayOn(members, 'read'),
    request: { params: trackerParams },
    responses: { 200: { description: 'The sheet', content: csv }, ...refusals(401, 404, 503) },
  })

  const exportSnapshotFileRoute = createRoute({
    method: 'get',
    path: '/api/trackers/{id}/snapshots/{snapshotId}/export.json',
    summary: 'One snapshot as a file of the same kind, without any other',
    middleware: mayOn(members, 'read'),
    request: { params: snapshotParams },
    responses: { 200: answers(trackerFileHead, 'The file'), ...refusals(401, 404) },
  })

  const exportSnapshotSheetRoute = createRoute({
    method: 'get',
    path: '/api/trackers/{id}/snapshots/{snapshotId}/export.csv',
    summary: 'The matrix of one snapshot as a sheet of the same kind',
    middleware: mayOn(members, 'read'),
    request: { params: snapshotParams },
    responses: { 200: { description: 'The sheet', content: csv }, ...refusals(401, 404) },
  })

  const importSheetRoute = createRoute({
    method: 'post',
    path: '/api/trackers/{id}/import',
    summary: 'Bring a sheet into the matrix; blank cells leave what is there',
    middleware: mayOn(members, 'edit'),
    request: { params: trackerParams, body: { required: true, content: csv } },
    responses: {
      200: answers(importReport, 'What was done, and what was left out'),
      ...refusals(400, 401, 403, 404, 413, 415, 503),
    },
  })

  return openDoor()
    .openapi(
      importTrackerRoute,
      async c => {
        const { account } = c.var
        const id = await readable(exchange.importFile(c.req.valid('json'), account.id))
        const entry = await trackers.entry(id, account.id)
        if (!entry) throw noTracker()
        await c.var.note('imported', { trackerId: id, detail: 'a tracker from a file' })
        return c.json(entry, 201)
      },
      // Who chose the wrong file is not helped by the names of the fields that it lacks.
      result => {
        if (!result.success) throw new Refusal(400, 'unreadable', NO_TRACKER_FILE)
      },
    )
    .openapi(exportFileRoute, async c => {
      const { trackerId } = c.var
      const { content, title } = await exchange.exportFile(trackerId)
      await c.var.note('exported', { trackerId, detail: 'the tracker with its snapshots, as JSON' })
      return c.json(content as never, 200, attachment(title, 'json'))
    })
    .openapi(exportSheetRoute, async c => {
      const { trackerId } = c.var
      const { content, title } = await exchange.exportSheet(trackerId)
      await c.var.note('exported', { trackerId, detail: 'the matrix, as CSV' })
      return c.body(content, 200, sheetHeaders(title))
    })
    .openapi(exportSnapshotFileRoute, async c => {
      const id = snapshotId(c.req.valid('param'))
      const { trackerId } = c.var
      const file = await exchange.exportSnapshotFile(trackerId, id)
      if (!file) throw noSnapshot()
      await c.var.note('exported', { trackerId, subject: id, detail: 'a snapshot, as JSON' })
      return c.json(file.content as never, 200, attachment(file.title, 'json'))
    })
    .openapi(exportSnapshotSheetRoute, async c => {
      const id = snapshotId(c.req.valid('param'))
      const { trackerId } = c.var
      const sheet = await exchange.exportSnapshotSheet(trackerId, id)
      if (!sheet) throw noSnapshot()
      await c.var.note('exported', { trackerId, subject: id, detail: 'a snapshot, as CSV' })
      return c.body(sheet.content, 200, sheetHeaders(sheet.title))
    })
    .openapi(importSheetRoute, async c => {
      if (!/^text\/csv(;|$)/i.test(c.req.header('content-type') ?? ''))
        throw new Refusal(415, 'wrong_type', 'Send the sheet as text/csv.')
      const { account, trackerId } = c.var
      const bytes = new Uint8Array(await c.req.arrayBuffer())
      const report = await readable(exchange.importSheet(trackerId, account.id, bytes))
      await c.var.note('imported', { trackerId, detail: `a sheet: ${report.cells} cells` })
      return c.json(report, 200)
    })
}

const readable = async <Value>(import_: Promise<Value>): Promise<Value> => {
  try {
    return await import_
  } catch (error) {
    if (error instanceof Unreadable) throw new Refusal(400, 'unreadable', error.message)
    throw error
  }
}

const sheetHeaders = (title: string) => ({
  'content-type': 'text/csv; charset=utf-8',
  ...attachment(title, 'csv'),
})

/** The title in full for browsers that read RFC 5987, a plain name for the others. */
const attachment = (title: string, extension: string) => ({
  'content-disposition': `attachment; filename="tracker.${extension}"; filename*=UTF-8''${encodeURIComponent(
    `${title.slice(0, 100).toWellFormed() || 'tracker'}.${extension}`,
  ).replace(/['()*]/g, character => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)}`,
})
