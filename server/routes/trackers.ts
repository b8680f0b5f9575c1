/** Trackers: the list, a new one, one as plain data, renaming and archiving. */
import { createRoute } from '@hono/zod-openapi'
import type * as Y from 'yjs'
import { z } from 'zod'
import type { Members } from '#server/accounts/members.ts'
import { isFor, roleWithin } from '#server/accounts/tokens.ts'
import type { Trackers } from '#server/accounts/trackers.ts'
import type { Matrices } from '#server/history/matrices.ts'
import type { Moments } from '#server/history/moments.ts'
import type { Visits } from '#server/history/visits.ts'
import {
  answers,
  jsonBody,
  mayOn,
  mayServe,
  openDoor,
  refusals,
  trackerParams,
} from '#server/routes/door.ts'
import { noSnapshot, noTracker } from '#server/routes/refusal.ts'
import {
  momentQuery,
  newTracker,
  trackerChange,
  trackerEntry,
  trackerView,
  type TemplateName,
} from '#shared/api.ts'
import { createTracker, describeTracker, readTracker } from '#shared/document/tracker.ts'
import { newId, type AccountId, type TrackerId } from '#shared/ids.ts'
import type { MomentRef } from '#shared/moments.ts'

export interface TrackersDeps {
  readonly trackers: Trackers
  readonly members: Members
  readonly matrices: Matrices
  readonly moments: Pick<Moments, 'find'>
  readonly templates: Readonly<Record<TemplateName, (doc: Y.Doc) => void>>
  /** Resolves when the list knows of every edit until now: who comes from a tracker sees the title that they gave it. */
  readonly listed: () => Promise<void>
  /** Of the account's trackers, those in which others have changed what it has not reviewed, and how much. */
  readonly visits: Pick<Visits, 'unreviewed'>
}

const listRoute = createRoute({
  method: 'get',
  path: '/api/trackers',
  summary: 'The trackers that I am a member of, the last edited first',
  responses: { 200: answers(z.array(trackerEntry), 'The trackers'), ...refusals(401) },
})

const createTrackerRoute = createRoute({
  method: 'post',
  path: '/api/trackers',
  summary: 'Make a tracker, empty or from a template; I own it',
  middleware: mayServe('create trackers'),
  request: { body: jsonBody(newTracker) },
  responses: { 201: answers(trackerEntry, 'Made'), ...refusals(400, 401, 403, 413, 415) },
})

export const trackersRoutes = ({
  trackers,
  members,
  matrices,
  moments,
  templates,
  listed,
  visits,
}: TrackersDeps) => {
  const readRoute = createRoute({
    method: 'get',
    path: '/api/trackers/{id}',
    summary: 'The tracker as plain data, as it is or as it was at a moment',
    middleware: mayOn(members, 'read'),
    request: { params: trackerParams, query: momentQuery },
    responses: { 200: answers(trackerView, 'The tracker'), ...refusals(400, 401, 404, 503) },
  })

  const changeRoute = createRoute({
    method: 'patch',
    path: '/api/trackers/{id}',
    summary: 'Rename, describe, classify, archive or bring back a tracker',
    middleware: mayOn(members, 'manage'),
    request: { params: trackerParams, body: jsonBody(trackerChange) },
    responses: {
      200: answers(trackerEntry, 'The tracker as it is now'),
      ...refusals(400, 401, 403, 404, 413, 415, 503),
    },
  })

  return openDoor()
    .openapi(listRoute, async c => {
      const { id: accountId } = c.var.account
      await listed()
      const [entries, unreviewed] = await Promise.all([
        trackers.of(accountId),
        visits.unreviewed(accountId),
      ])
      const { bearer } = c.var
      const shown = bearer
        ? entries
            .filter(({ id }) => isFor(bearer, id as TrackerId))
            .map(entry => ({ ...entry, role: roleWithin(entry.role, bearer) }))
        : entries
      return c.json(
        shown.map(entry => ({
          ...entry,
          unreviewed: unreviewed.get(entry.id as TrackerId) ?? 0,
        })),
        200,
      )
    })
    .openapi(createTrackerRoute, async c => {
      const { title, template } = c.req.valid('json')
      const { account } = c.var
      const id = newId<TrackerId>()
      // The document first: a row without one would be a tracker that does not open.
      await matrices.edit(id, account.id, doc => {
        createTracker(doc, title)
        templates[template](doc)
      })
      await trackers.enter(id, title, account.id)
      await c.var.note('tracker made', { trackerId: id, detail: `from the template ${template}` })
      return c.json(await entryOf(id, account.id), 201)
    })
    .openapi(readRoute, async c => {
      const { trackerId, role, account } = c.var
      const { archived } = await entryOf(trackerId, account.id)
      const ref = c.req.valid('query').at as MomentRef | undefined
      if (ref !== undefined) {
        const past = await moments.find(trackerId, ref)
        if (!past) throw noSnapshot()
        return c.json({ id: trackerId, role, archived, ...past } as never, 200)
      }
      const { value: tracker, seq } = await matrices.read(trackerId, readTracker)
      // A `Tracker` holds what the schema says and more, in readonly arrays, which zod's types do not know.
      return c.json({ id: trackerId, role, archived, seq, tracker } as never, 200)
    })
    .openapi(changeRoute, async c => {
      const { title, description, archived, classification } = c.req.valid('json')
      const { trackerId, account } = c.var
      if (title !== undefined || description !== undefined)
        await matrices.edit(trackerId, account.id, doc =>
          describeTracker(doc, {
            ...(title !== undefined && { title }),
            ...(description !== undefined && { description }),
          }),
        )
      if (title !== undefined) await trackers.edited(trackerId, title)
      if (archived !== undefined) {
        await trackers.setArchived(trackerId, archived)
        const detail = archived ? 'archived' : 'brought back from the archive'
        await c.var.note('tracker changed', { trackerId, detail })
      }
      if (classification !== undefined) {
        await trackers.classify(trackerId, classification)
        const detail = classification === '' ? 'not classified' : `classified “${classification}”`
        await c.var.note('tracker changed', { trackerId, detail })
      }
      return c.json(await entryOf(trackerId, account.id), 200)
    })

  async function entryOf(id: TrackerId, accountId: AccountId) {
    const entry = await trackers.entry(id, accountId)
    if (!entry) throw noTracker()
    return entry
  }
}
