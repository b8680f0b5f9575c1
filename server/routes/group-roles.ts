/** The groups that a tracker lets in, and as what. */
import { createRoute } from '@hono/zod-openapi'
import { z } from 'zod'
import type { GroupChange } from '#server/accounts/groups.ts'
import {
  answers,
  jsonBody,
  mayOn,
  mayServe,
  openDoor,
  refusals,
  trackerParams,
} from '#server/routes/door.ts'
import type { GroupsDeps } from '#server/routes/groups.ts'
import { lastOwner, noGroup } from '#server/routes/refusal.ts'
import { groupRole, roleChange } from '#shared/api.ts'
import type { AccountId, GroupId, TrackerId } from '#shared/ids.ts'

const groupParams = trackerParams.extend({ groupId: z.string() })

export const groupRolesRoutes = ({ groups, members, rightsChanged }: GroupsDeps) => {
  const listRoute = createRoute({
    method: 'get',
    path: '/api/trackers/{id}/groups',
    summary: 'The groups that have a role in this tracker',
    middleware: mayOn(members, 'read'),
    request: { params: trackerParams },
    responses: { 200: answers(z.array(groupRole), 'The groups'), ...refusals(401, 404) },
  })

  const grantRoute = createRoute({
    method: 'put',
    path: '/api/trackers/{id}/groups/{groupId}',
    summary: 'Give a group a role; it holds for its people at once, on open connections too',
    middleware: [mayOn(members, 'manage'), mayServe('see people')] as const,
    request: { params: groupParams, body: jsonBody(roleChange) },
    responses: {
      200: answers(z.array(groupRole), 'The groups as they are now'),
      ...refusals(400, 401, 403, 404, 409, 413, 415),
    },
  })

  const withdrawRoute = createRoute({
    method: 'delete',
    path: '/api/trackers/{id}/groups/{groupId}',
    summary: 'Take a group’s role away; open connections that hang on it are cut',
    middleware: mayOn(members, 'manage'),
    request: { params: groupParams },
    responses: {
      200: answers(z.array(groupRole), 'The groups as they are now'),
      ...refusals(401, 403, 404, 409),
    },
  })

  /** Whoever is in the group learns what they may do now. */
  const changed = async (trackerId: TrackerId, groupId: GroupId): Promise<void> => {
    const people = await groups.people(groupId)
    await rightsChanged(
      [trackerId],
      people.map(({ accountId }) => accountId as AccountId),
    )
  }

  return openDoor()
    .openapi(listRoute, async c => c.json(await groups.rolesIn(c.var.trackerId), 200))
    .openapi(grantRoute, async c => {
      const { trackerId } = c.var
      const groupId = c.req.valid('param').groupId as GroupId
      const { role } = c.req.valid('json')
      refuseUnlessDone(await groups.grant(trackerId, groupId, role))
      await changed(trackerId, groupId)
      const name = (await groups.find(groupId))?.name ?? ''
      const detail = `the group ${name} to ${role}`
      await c.var.note('role changed', { trackerId, subject: groupId, detail })
      return c.json(await groups.rolesIn(trackerId), 200)
    })
    .openapi(withdrawRoute, async c => {
      const { trackerId } = c.var
      const groupId = c.req.valid('param').groupId as GroupId
      refuseUnlessDone(await groups.withdraw(trackerId, groupId))
      await changed(trackerId, groupId)
      const name = (await groups.find(groupId))?.name ?? ''
      await c.var.note('member removed', {
        trackerId,
        subject: groupId,
        detail: `the group ${name}`,
      })
      return c.json(await groups.rolesIn(trackerId), 200)
    })
}

const refuseUnlessDone = (change: GroupChange): void => {
  if (change === 'not there') throw noGroup()
  if (change === 'last owner') throw lastOwner()
}
