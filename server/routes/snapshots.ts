/** Snapshots of a tracker: the list, saving one, looking at one, its state, and what people say of it. */
import { createRoute } from '@hono/zod-openapi'
import { z } from 'zod'
import type { Members } from '#server/accounts/members.ts'
import { asApi } from '#server/history/archive.ts'
import type { Said } from '#server/history/said.ts'
import type { Snapshots } from '#server/history/snapshots.ts'
import {
  answers,
  jsonBody,
  mayOn,
  openDoor,
  refusals,
  snapshotId,
  snapshotParams,
  trackerParams,
} from '#server/routes/door.ts'
import { noSnapshot } from '#server/routes/refusal.ts'
import {
  history,
  newSignOff,
  newSnapshot,
  snapshotChange,
  snapshotEntry,
  snapshotView,
  summary,
  summaryQuery,
} from '#shared/api.ts'
import type { MomentRef } from '#shared/moments.ts'
import type { Retention } from '#shared/snapshots.ts'

export interface SnapshotsDeps {
  readonly members: Members
  readonly snapshots: Snapshots
  readonly said: Pick<Said, 'list' | 'summary'>
  readonly retention: Retention
}

export const snapshotsRoutes = ({ members, retention, said, snapshots }: SnapshotsDeps) => {
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
    summary: 'Label a snapshot, write its note, pin it or let it go',
    middleware: mayOn(members, 'snapshot'),
    request: { params: snapshotParams, body: jsonBody(snapshotChange) },
    responses: {
      200: answers(snapshotEntry, 'The snapshot as it is now'),
      ...refusals(400, 401, 403, 404, 413, 415),
    },
  })

  const summaryRoute = createRoute({
    method: 'get',
    path: '/api/trackers/{id}/snapshots/{snapshotId}/summary',
    summary: 'What changed since another snapshot or a time, in figures',
    middleware: mayOn(members, 'read'),
    request: { params: snapshotParams, query: summaryQuery },
    responses: { 200: answers(summary, 'What changed'), ...refusals(400, 401, 404, 503) },
  })

  const signRoute = createRoute({
    method: 'post',
    path: '/api/trackers/{id}/snapshots/{snapshotId}/sign-off',
    summary: 'Sign a snapshot off in my name; once more replaces my note',
    middleware: mayOn(members, 'snapshot'),
    request: { params: snapshotParams, body: jsonBody(newSignOff) },
    responses: {
      200: answers(snapshotEntry, 'The snapshot as it is now'),
      ...refusals(400, 401, 403, 404, 413, 415),
    },
  })

  const unsignRoute = createRoute({
    method: 'delete',
    path: '/api/trackers/{id}/snapshots/{snapshotId}/sign-off',
    summary: 'Take my own sign-off back',
    middleware: mayOn(members, 'snapshot'),
    request: { params: snapshotParams },
    responses: {
      200: answers(snapshotEntry, 'The snapshot as it is now'),
      ...refusals(401, 403, 404),
    },
  })

  return openDoor()
    .openapi(listRoute, async c => {
      const { trackerId } = c.var
      return c.json({ ...(await said.list(trackerId)), retention }, 200)
    })
    .openapi(saveRoute, async c => {
      const { kind, label, note } = c.req.valid('json')
      const { account, trackerId } = c.var
      const saved = await snapshots.save(trackerId, { kind, label, note, by: account.id })
      // The restore itself is an edit of the document like any other; this comes before each.
      if (kind === 'before_restore')
        await c.var.note('restored', {
          trackerId,
          subject: saved.id,
          detail: 'with this snapshot of what was there before',
        })
      return c.json(saved, 201)
    })
    .openapi(readRoute, async c => {
      const { trackerId } = c.var
      const view = known(await snapshots.read(trackerId, snapshotId(c.req.valid('param'))))
      return c.json(view as never, 200)
    })
    .openapi(stateRoute, async c => {
      const { trackerId } = c.var
      const state = known(await snapshots.state(trackerId, snapshotId(c.req.valid('param'))))
      return c.body(state as Uint8Array<ArrayBuffer>, 200, {
        'content-type': 'application/octet-stream',
        'content-encoding': 'gzip',
      })
    })
    .openapi(summaryRoute, async c => {
      const from = c.req.valid('query').since as MomentRef
      const to = snapshotId(c.req.valid('param'))
      return c.json(asApi(known(await said.summary(c.var.trackerId, from, to))), 200)
    })
    .openapi(annotateRoute, async c => {
      const id = snapshotId(c.req.valid('param'))
      return c.json(known(await snapshots.annotate(c.var.trackerId, id, c.req.valid('json'))), 200)
    })
    .openapi(signRoute, async c => {
      const { account, trackerId } = c.var
      const id = snapshotId(c.req.valid('param'))
      const { note } = c.req.valid('json')
      return c.json(known(await snapshots.sign(trackerId, id, account.id, note)), 200)
    })
    .openapi(unsignRoute, async c => {
      const { account, trackerId } = c.var
      const id = snapshotId(c.req.valid('param'))
      return c.json(known(await snapshots.unsign(trackerId, id, account.id)), 200)
    })
}

const known = <Found>(found: Found | undefined): Found => {
  if (found === undefined) throw noSnapshot()
  return found
}
