/** Snapshots of a tracker: the list, saving one, looking at one, its state, its label and note. */
import { createRoute } from '@hono/zod-openapi'
import { z } from 'zod'
import type { Members } from '#server/accounts/members.ts'
import type { Snapshots } from '#server/history/snapshots.ts'
import { answers, jsonBody, mayOn, openDoor, refusals, trackerParams } from '#server/routes/door.ts'
import { noSnapshot } from '#server/routes/refusal.ts'
import { history, newSnapshot, snapshotChange, snapshotEntry, snapshotView } from '#shared/api.ts'
import type { SnapshotId } from '#shared/ids.ts'

export interface SnapshotsDeps {
  readonly members: Members
  readonly snapshots: Snapshots
}

const snapshotParams = trackerParams.extend({ snapshotId: z.string() })

export const snapshotsRoutes = ({ members, snapshots }: SnapshotsDeps) => {
  const listRoute = createRoute({
    method: 'get',
    path: '/api/trackers/{id}/snapshots',
    summary: 'The snapshots, newest first, and what has changed since',
    middleware: mayOn(members, 'read'),
    request: { params: trackerParams },
    responses: { 200: answers(history, 'The history'), ...refusals(401, 404, 503) },
  })

  const saveRoute = createRoute({
    method: 'post',
    path: '/api/trackers/{id}/snapshots',
    summary: 'Save a snapshot of what the tracker holds now',
    description:
      'A snapshot of the kind before_restore is the newest one where nothing has changed since.',
    middleware: mayOn(members, 'snapshot'),
    request: { params: trackerParams, body: jsonBody(newSnapshot) },
    responses: {
      201: answers(snapshotEntry, 'Saved'),
      ...refusals(400, 401, 403, 404, 413, 415, 503),
    },
  })

  const readRoute = createRoute({
    method: 'get',
    path: '/api/trackers/{id}/snapshots/{snapshotId}',
    summary: 'A snapshot with the tracker as it was, as plain data',
    middleware: mayOn(members, 'read'),
    request: { params: snapshotParams },
    responses: { 200: answers(snapshotView, 'The snapshot'), ...refusals(401, 404) },
  })

  const stateRoute = createRoute({
    method: 'get',
    path: '/api/trackers/{id}/snapshots/{snapshotId}/state',
    summary: 'The document as it was: a Yjs update V2',
    middleware: mayOn(members, 'read'),
    request: { params: snapshotParams },
    responses: {
      200: {
        description: 'The state, always gzip-compressed',
        content: {
          'application/octet-stream': { schema: z.string().meta({ format: 'binary' }) },
        },
      },
      ...refusals(401, 404),
    },
  })

  const annotateRoute = createRoute({
    method: 'patch',
    path: '/api/trackers/{id}/snapshots/{snapshotId}',
    summary: 'Label a snapshot or write its note',
    middleware: mayOn(members, 'snapshot'),
    request: { params: snapshotParams, body: jsonBody(snapshotChange) },
    responses: {
      200: answers(snapshotEntry, 'The snapshot as it is now'),
      ...refusals(400, 401, 403, 404, 413, 415),
    },
  })

  return openDoor()
    .openapi(listRoute, async c => c.json(await snapshots.list(c.var.trackerId), 200))
    .openapi(saveRoute, async c => {
      const { kind, label, note } = c.req.valid('json')
      const { account, trackerId } = c.var
      return c.json(await snapshots.save(trackerId, { kind, label, note, by: account.id }), 201)
    })
    .openapi(readRoute, async c => {
      const found = await snapshots.read(c.var.trackerId, snapshotId(c.req.valid('param')))
      if (!found) throw noSnapshot()
      return c.json(found as never, 200)
    })
    .openapi(stateRoute, async c => {
      const state = await snapshots.state(c.var.trackerId, snapshotId(c.req.valid('param')))
      if (!state) throw noSnapshot()
      return c.body(state as Uint8Array<ArrayBuffer>, 200, {
        'content-type': 'application/octet-stream',
        'content-encoding': 'gzip',
      })
    })
    .openapi(annotateRoute, async c => {
      const change = c.req.valid('json')
      const { trackerId } = c.var
      const entry = await snapshots.annotate(trackerId, snapshotId(c.req.valid('param')), change)
      if (!entry) throw noSnapshot()
      return c.json(entry, 200)
    })
}

const snapshotId = (params: { readonly snapshotId: string }): SnapshotId =>
  params.snapshotId as SnapshotId
