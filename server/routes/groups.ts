/** Groups and people of the whole server: administrators put them together, members see whom they can let in. */
import { createRoute } from '@hono/zod-openapi'
import { z } from 'zod'
import type { RightsChanged } from '#server/accounts/enforcement.ts'
import type { GroupChange, Groups } from '#server/accounts/groups.ts'
import type { Members } from '#server/accounts/members.ts'
import {
  answers,
  jsonBody,
  mayServe,
  openDoor,
  refusals,
  type DoorEnv,
} from '#server/routes/door.ts'
import { noAccount, noGroup, Refusal } from '#server/routes/refusal.ts'
import { directoryEntry, group, groupView, newGroup, type ApiGroupView } from '#shared/api.ts'
import type { AccountId, GroupId, TrackerId } from '#shared/ids.ts'

export interface GroupsDeps {
  readonly groups: Groups
  readonly members: Members
  readonly rightsChanged: RightsChanged
}

const groupParams = z.object({ groupId: z.string() })
const personParams = groupParams.extend({ accountId: z.string() })

const directoryRoute = createRoute({
  method: 'get',
  path: '/api/directory',
  summary: 'Who has an account on this server',
  middleware: mayServe('see people'),
  responses: { 200: answers(z.array(directoryEntry), 'The people'), ...refusals(401, 403) },
})

const listRoute = createRoute({
  method: 'get',
  path: '/api/groups',
  summary: 'The groups of this server',
  middleware: mayServe('see people'),
  responses: { 200: answers(z.array(group), 'The groups'), ...refusals(401, 403) },
})

const makeRoute = createRoute({
  method: 'post',
  path: '/api/groups',
  summary: 'Make a group, with nobody in it',
  middleware: mayServe('administrate'),
  request: { body: jsonBody(newGroup) },
  responses: { 201: answers(group, 'Made'), ...refusals(400, 401, 403, 413, 415) },
})

const readRoute = createRoute({
  method: 'get',
  path: '/api/groups/{groupId}',
  summary: 'A group and who is in it',
  middleware: mayServe('administrate'),
  request: { params: groupParams },
  responses: { 200: answers(groupView, 'The group'), ...refusals(401, 403, 404) },
})

const renameRoute = createRoute({
  method: 'patch',
  path: '/api/groups/{groupId}',
  summary: 'Rename a group',
  middleware: mayServe('administrate'),
  request: { params: groupParams, body: jsonBody(newGroup) },
  responses: { 200: answers(groupView, 'As it is now'), ...refusals(400, 401, 403, 404, 413, 415) },
})

const removeRoute = createRoute({
  method: 'delete',
  path: '/api/groups/{groupId}',
  summary: 'Remove a group; what its people had through it ends at once',
  middleware: mayServe('administrate'),
  request: { params: groupParams },
  responses: { 204: { description: 'Removed' }, ...refusals(401, 403, 404, 409) },
})

const putPersonRoute = createRoute({
  method: 'put',
  path: '/api/groups/{groupId}/people/{accountId}',
  summary: 'Put somebody into a group; the trackers that it opens are open to them at once',
  middleware: mayServe('administrate'),
  request: { params: personParams },
  responses: { 200: answers(groupView, 'As it is now'), ...refusals(401, 403, 404) },
})

const removePersonRoute = createRoute({
  method: 'delete',
  path: '/api/groups/{groupId}/people/{accountId}',
  summary: 'Take somebody out of a group; open connections that hang on it are cut',
  middleware: mayServe('administrate'),
  request: { params: personParams },
  responses: { 200: answers(groupView, 'As it is now'), ...refusals(401, 403, 404, 409) },
})

/** What changes in trackers by this: one note in each, for its owners, who do not read the log of the server. */
const noteIn = async (
  { note }: DoorEnv['Variables'],
  trackers: readonly TrackerId[],
  subject: string,
  detail: (trackerId: TrackerId) => string | Promise<string>,
): Promise<void> => {
  for (const trackerId of trackers)
    await note('role changed', { trackerId, subject, detail: await detail(trackerId) })
}

export const groupsRoutes = ({ groups, members, rightsChanged }: GroupsDeps) => {
  const roleNow = async (trackerId: TrackerId, account: AccountId): Promise<string> =>
    (await members.roleOf(trackerId, account)) ?? 'out of it'

  return openDoor()
    .openapi(directoryRoute, async c => c.json(await groups.everybody(), 200))
    .openapi(listRoute, async c => c.json(await groups.all(), 200))
    .openapi(makeRoute, async c => {
      const made = await groups.make(c.req.valid('json').name, c.var.account.id)
      await c.var.note('group changed', { subject: made.id, detail: `made ${made.name}` })
      return c.json(made, 201)
    })
    .openapi(readRoute, async c => c.json(await viewOf(groups, groupOf(c)), 200))
    .openapi(renameRoute, async c => {
      const groupId = groupOf(c)
      const { name } = c.req.valid('json')
      refuseUnlessDone(await groups.rename(groupId, name))
      await c.var.note('group changed', { subject: groupId, detail: `renamed to ${name}` })
      return c.json(await viewOf(groups, groupId), 200)
    })
    .openapi(removeRoute, async c => {
      const groupId = groupOf(c)
      const { name, people } = await viewOf(groups, groupId)
      const opened = await groups.trackersOf(groupId)
      refuseUnlessDone(await groups.remove(groupId))
      await rightsChanged(opened, people.map(idOf))
      await c.var.note('group changed', { subject: groupId, detail: `removed ${name}` })
      await noteIn(c.var, opened, groupId, () => `the group ${name} was removed`)
      return c.body(null, 204)
    })
    .openapi(putPersonRoute, async c => {
      const groupId = groupOf(c)
      const accountId = c.req.valid('param').accountId as AccountId
      const { name } = await viewOf(groups, groupId)
      if ((await groups.addPerson(groupId, accountId)) !== 'done') throw noAccount()
      const opened = await groups.trackersOf(groupId)
      await rightsChanged(opened, [accountId])
      const view = await viewOf(groups, groupId)
      await c.var.note('group changed', { subject: accountId, detail: `put into ${name}` })
      await noteIn(
        c.var,
        opened,
        accountId,
        async id =>
          `${nameIn(view, accountId)}: ${await roleNow(id, accountId)} now, put into the group ${name}`,
      )
      return c.json(view, 200)
    })
    .openapi(removePersonRoute, async c => {
      const groupId = groupOf(c)
      const accountId = c.req.valid('param').accountId as AccountId
      const view = await viewOf(groups, groupId)
      const removed = await groups.removePerson(groupId, accountId)
      if (removed === 'not there') throw noAccount()
      refuseUnlessDone(removed)
      const opened = await groups.trackersOf(groupId)
      await rightsChanged(opened, [accountId])
      await c.var.note('group changed', { subject: accountId, detail: `taken out of ${view.name}` })
      await noteIn(
        c.var,
        opened,
        accountId,
        async id =>
          `${nameIn(view, accountId)}: ${await roleNow(id, accountId)} now, taken out of the group ${view.name}`,
      )
      return c.json(await viewOf(groups, groupId), 200)
    })
}

const nameIn = ({ people }: ApiGroupView, id: AccountId): string =>
  people.find(({ accountId }) => accountId === id)?.name ?? ''

const groupOf = (context: { readonly req: { param: (name: 'groupId') => string } }): GroupId =>
  context.req.param('groupId') as GroupId

const idOf = ({ accountId }: { readonly accountId: string }): AccountId => accountId as AccountId

const viewOf = async (groups: Groups, groupId: GroupId) => {
  const found = await groups.find(groupId)
  if (!found) throw noGroup()
  return { id: groupId, name: found.name, people: await groups.people(groupId) }
}

const refuseUnlessDone = (change: GroupChange): void => {
  if (change === 'not there') throw noGroup()
  if (change === 'last owner')
    throw new Refusal(
      409,
      'last_owner',
      'A tracker is owned through this group alone and would be left without an owner. One of its owners has to make somebody else an owner first.',
    )
}
