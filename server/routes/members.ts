/** The members of a tracker and their roles. */
import { createRoute } from '@hono/zod-openapi'
import { z } from 'zod'
import type { MemberChange, Members } from '#server/accounts/members.ts'
import { answers, jsonBody, mayOn, openDoor, refusals, trackerParams } from '#server/routes/door.ts'
import { notAllowed, Refusal } from '#server/routes/refusal.ts'
import { may, type Role } from '#shared/access.ts'
import { member, roleChange, type ApiMember } from '#shared/api.ts'
import type { AccountId, TrackerId } from '#shared/ids.ts'

export interface MembersDeps {
  readonly members: Members
  readonly roleChanged: RoleChanged
}

/** Tells the live connections of an account its new role; null: it has none any more. */
export type RoleChanged = (id: TrackerId, account: AccountId, role: Role | null) => void

const memberParams = trackerParams.extend({ accountId: z.string() })

export const membersRoutes = ({ members, roleChanged }: MembersDeps) => {
  const listRoute = createRoute({
    method: 'get',
    path: '/api/trackers/{id}/members',
    summary: 'Who may do what in this tracker',
    middleware: mayOn(members, 'read'),
    request: { params: trackerParams },
    responses: { 200: answers(z.array(member), 'The members'), ...refusals(401, 404) },
  })

  const changeRoute = createRoute({
    method: 'patch',
    path: '/api/trackers/{id}/members/{accountId}',
    summary: 'Give a member another role; it holds at once, on open connections too',
    middleware: mayOn(members, 'manage'),
    request: { params: memberParams, body: jsonBody(roleChange) },
    responses: {
      200: answers(z.array(member), 'The members as they are now'),
      ...refusals(400, 401, 403, 404, 409, 413, 415),
    },
  })

  const removeRoute = createRoute({
    method: 'delete',
    path: '/api/trackers/{id}/members/{accountId}',
    summary: 'Remove a member, or leave; open connections are cut',
    middleware: mayOn(members, 'read'),
    request: { params: memberParams },
    responses: { 204: { description: 'Removed' }, ...refusals(401, 403, 404, 409) },
  })

  return openDoor()
    .openapi(listRoute, async c => c.json(await members.of(c.var.trackerId), 200))
    .openapi(changeRoute, async c => {
      const { trackerId } = c.var
      const accountId = c.req.valid('param').accountId as AccountId
      const { role } = c.req.valid('json')
      const before = await members.roleOf(trackerId, accountId)
      refuseUnlessDone(await members.setRole(trackerId, accountId, role))
      roleChanged(trackerId, accountId, role)
      const now = await members.of(trackerId)
      const name = nameIn(now, accountId)
      const detail = `${name}: ${before} to ${role}`
      await c.var.note('role changed', { trackerId, subject: accountId, detail })
      return c.json(now, 200)
    })
    .openapi(removeRoute, async c => {
      const { trackerId, role, account } = c.var
      const accountId = c.req.valid('param').accountId as AccountId
      const isMe = accountId === account.id
      if (!isMe && !may(role, 'manage')) throw notAllowed()
      const name = nameIn(await members.of(trackerId), accountId)
      refuseUnlessDone(await members.remove(trackerId, accountId))
      roleChanged(trackerId, accountId, null)
      const detail = isMe ? `${name}, who left` : name
      await c.var.note('member removed', { trackerId, subject: accountId, detail })
      return c.body(null, 204)
    })
}

const nameIn = (among: readonly ApiMember[], id: AccountId): string =>
  among.find(({ accountId }) => accountId === id)?.name ?? ''

const refuseUnlessDone = (change: MemberChange): void => {
  if (change === 'no such member')
    throw new Refusal(404, 'no_member', 'This person is not a member of the tracker.')
  if (change === 'last owner')
    throw new Refusal(
      409,
      'last_owner',
      'A tracker needs an owner. Make somebody else an owner first.',
    )
}
