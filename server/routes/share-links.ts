/** Share links: an owner makes them and takes them back. What they lead to is in shared-page.ts. */
import { createRoute } from '@hono/zod-openapi'
import { z } from 'zod'
import type { Members } from '#server/accounts/members.ts'
import { answers, jsonBody, mayOn, openDoor, refusals, trackerParams } from '#server/routes/door.ts'
import { noSnapshot, Refusal, tooMany } from '#server/routes/refusal.ts'
import type { ShareLinks } from '#server/sharing/share-links.ts'
import { newShareLink, shareLink, shareLinkMade, type NewShareLink } from '#shared/sharing-api.ts'

export interface ShareLinksDeps {
  readonly members: Members
  readonly shareLinks: ShareLinks
  readonly now: () => number
}

/** Of a tracker that were not taken back. */
const MOST_LINKS = 100

export const shareLinksRoutes = ({ members, now, shareLinks }: ShareLinksDeps) => {
  const mayManage = mayOn(members, 'manage')

  const listRoute = createRoute({
    method: 'get',
    path: '/api/trackers/{id}/share-links',
    summary: 'The links to a page of this tracker, newest first, and how often each was looked at',
    middleware: mayManage,
    request: { params: trackerParams },
    responses: { 200: answers(z.array(shareLink), 'The links'), ...refusals(401, 403, 404) },
  })

  const makeRoute = createRoute({
    method: 'post',
    path: '/api/trackers/{id}/share-links',
    summary:
      'Make a link with which anybody sees a page of this tracker; its token is told this once',
    middleware: mayManage,
    request: { params: trackerParams, body: jsonBody(newShareLink) },
    responses: {
      201: answers(shareLinkMade, 'The link'),
      ...refusals(400, 401, 403, 404, 409, 413, 415),
    },
  })

  const revokeRoute = createRoute({
    method: 'delete',
    path: '/api/trackers/{id}/share-links/{linkId}',
    summary: 'Take a link back; whoever has it sees nothing from now on',
    middleware: mayManage,
    request: { params: trackerParams.extend({ linkId: z.string() }) },
    responses: { 204: { description: 'Taken back' }, ...refusals(401, 403, 404) },
  })

  return openDoor()
    .openapi(listRoute, async c => c.json(await shareLinks.of(c.var.trackerId), 200))
    .openapi(makeRoute, async c => {
      const wanted = c.req.valid('json')
      const { account, trackerId } = c.var
      if (wanted.expiresAt !== undefined && wanted.expiresAt <= now())
        throw new Refusal(400, 'invalid', 'expiresAt: must lie in the future')
      if ((await shareLinks.of(trackerId)).length >= MOST_LINKS)
        throw tooMany('share links', 'Take some back first.')
      const made = await shareLinks.create(trackerId, wanted, account.id)
      if (!made) throw noSnapshot()
      await c.var.note('share made', { trackerId, subject: made.id, detail: wordsOf(wanted) })
      return c.json(made, 201)
    })
    .openapi(revokeRoute, async c => {
      const { trackerId } = c.var
      const { linkId } = c.req.valid('param')
      if (!(await shareLinks.revoke(trackerId, linkId)))
        throw new Refusal(404, 'no_share_link', 'This tracker has no such link, or not any more.')
      await c.var.note('share revoked', { trackerId, subject: linkId })
      return c.body(null, 204)
    })
}

/** "one snapshot, with a password, until 2026-12-01T09:00:00.000Z, at most 5 views" */
const wordsOf = ({ expiresAt, mostViews, password, snapshotId }: NewShareLink): string =>
  [
    snapshotId === undefined ? 'the current version' : `the snapshot ${snapshotId}`,
    password !== undefined && 'with a password',
    expiresAt !== undefined && `until ${new Date(expiresAt).toISOString()}`,
    mostViews !== undefined && `at most ${mostViews} views`,
  ]
    .filter(Boolean)
    .join(', ')
