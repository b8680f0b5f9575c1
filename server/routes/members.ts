/** The members of a tracker and their roles. */
import { createRoute } from '@hono/zod-openapi'
import { z } from 'zod'
import type { RightsChanged } from '#server/accounts/enforcement.ts'
import type { Groups } from '#server/accounts/groups.ts'
import type { MemberChange, Members } from '#server/accounts/members.ts'
import {
  answers,
  jsonBody,
  mayOn,
  mayServe,
  openDoor,
  refusals,
  trackerParams,
} from '#server/routes/door.ts'
import { lastOwner, noAccount, notAllowed, Refusal } from '#server/routes/refusal.ts'
import { may } from '#shared/access.ts'
import { member, roleChange, transfer, type ApiMember } from '#shared/api.ts'
import type { AccountId } from '#shared/ids.ts'

export interface MembersDeps {
  readonly members: Members
  readonly groups: Pick<Groups, 'isOpen'>
  readonly rightsChanged: RightsChanged
}

const memberParams = trackerParams.extend({ accountId: z.string() })

export const membersRoutes = ({ groups, members, rightsChanged }: MembersDeps) => {
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

  const putRoute = createRoute({
    method: 'put',
    path: '/api/trackers/{id}/members/{accountId}',
    summary: 'Give somebody on this server a role of their own, whether they are in already or not',
    middleware: [mayOn(members, 'manage'), mayServe('see people')] as const,
    request: { params: memberParams, body: jsonBody(roleChange) },
    responses: {
      200: answers(z.array(member), 'The members as they are now'),
      ...refusals(400, 401, 403, 404, 409, 413, 415),
    },
  })

  const transferRoute = createRoute({
    method: 'post',
    path: '/api/trackers/{id}/ownership',
    summary: 'Make another member the owner and become an editor, in one act',
    middleware: mayOn(members, 'manage'),
    request: { params: trackerParams, body: jsonBody(transfer) },
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
      await rightsChanged([trackerId], [accountId])
      const now = await members.of(trackerId)
      await c.var.note('role changed', {
        trackerId,
        subject: accountId,
        detail: `${nameIn(now, accountId)}: ${before} to ${role}`,
      })
      return c.json(now, 200)
    })
    .openapi(putRoute, async c => {
      const { trackerId } = c.var
      const accountId = c.req.valid('param').accountId as AccountId
      const { role } = c.req.valid('json')
      if (!(await groups.isOpen(accountId))) throw noAccount()
      const before = await members.roleOf(trackerId, accountId)
      const change = await members.setRole(trackerId, accountId, role)
      if (change === 'last owner') throw lastOwner()
      if (change !== 'done') await members.add(trackerId, accountId, role)
      await rightsChanged([trackerId], [accountId])
      const now = await members.of(trackerId)
      await c.var.note('role changed', {
        trackerId,
        subject: accountId,
        detail: `${nameIn(now, accountId)}: ${before ?? 'none'} to ${role}`,
      })
      return c.json(now, 200)
    })
    .openapi(transferRoute, async c => {
      const { account, trackerId } = c.var
      const to = c.req.valid('json').to as AccountId
      const done = await members.transfer(trackerId, account.id, to)
      if (done === 'no such member') throw noMember()
      if (done === 'not yours') throw notYours()
      await rightsChanged([trackerId], [account.id, to])
      const now = await members.of(trackerId)
      await c.var.note('role changed', {
        trackerId,
        subject: to,
        detail: `${nameIn(now, to)} to owner, handed over by ${account.name}, who is an editor now`,
      })
      return c.json(now, 200)
    })
    .openapi(removeRoute, async c => {
      const { trackerId, role, account } = c.var
      const accountId = c.req.valid('param').accountId as AccountId
      const isMe = accountId === account.id
      if (!isMe && !may(role, 'manage')) throw notAllowed()
      const name = nameIn(await members.of(trackerId), accountId)
      refuseUnlessDone(await members.remove(trackerId, accountId))
      await rightsChanged([trackerId], [accountId])
      const detail = isMe ? `${name}, who left` : name
      await c.var.note('member removed', { trackerId, subject: accountId, detail })
      return c.body(null, 204)
    })
}

const nameIn = (among: readonly ApiMember[], id: AccountId): string =>
  among.find(({ accountId }) => accountId === id)?.name ?? ''

const refuseUnlessDone = (change: MemberChange): void => {
  if (change === 'no such member') throw noMember()
  if (change === 'through a group')
    throw new Refusal(
      409,
      'through_group',
      'This person is here through a group. Change what the group may do, or give them a role of their own.',
    )
  if (change === 'last owner') throw lastOwner()
}

const noMember = (): Refusal =>
  new Refusal(404, 'no_member', 'This person is not a member of the tracker.')

const notYours = (): Refusal =>
  new Refusal(
    409,
    'not_yours',
    'A tracker is handed over by an owner in their own right, to a person with an open account. Load the members again to see who owns it.',
  )
