/** Compartments of a tracker: making them, and who is in them. */
import { createRoute } from '@hono/zod-openapi'
import { z } from 'zod'
import {
  mayManage,
  type Compartment,
  type CompartmentChange,
  type Compartments,
} from '#server/accounts/compartments.ts'
import type { Members } from '#server/accounts/members.ts'
import {
  answers,
  jsonBody,
  mayOn,
  openDoor,
  refusals,
  trackerParams,
  type TrackerEnv,
} from '#server/routes/door.ts'
import type { Moves } from '#server/history/moves.ts'
import { noCompartment, notAllowed, Refusal } from '#server/routes/refusal.ts'
import { may } from '#shared/access.ts'
import {
  compartmentChange,
  compartments as schema,
  moving,
  newCompartment,
} from '#shared/compartment-api.ts'
import { MOST_COMPARTMENTS, MOVABLE_LABELS, type Subject } from '#shared/compartments.ts'
import type { AccountId, CompartmentId, TrackerId } from '#shared/ids.ts'

export interface CompartmentsDeps {
  readonly members: Members
  readonly compartments: Compartments
  readonly moves: Pick<Moves, 'move'>
  /** Cuts the account's open connections to the compartment. */
  readonly putOut: (id: TrackerId, compartment: CompartmentId, account: AccountId) => void
}

type Who = Pick<TrackerEnv['Variables'], 'trackerId' | 'role' | 'account'>

const compartmentParams = trackerParams.extend({ compartmentId: z.string() })
const memberParams = compartmentParams.extend({ accountId: z.string() })

export const compartmentsRoutes = ({ compartments, members, moves, putOut }: CompartmentsDeps) => {
  const path = '/api/trackers/{id}/compartments'
  const listRoute = createRoute({
    method: 'get',
    path,
    summary: 'The compartments that I may know of, and how many others are withheld',
    middleware: mayOn(members, 'read'),
    request: { params: trackerParams },
    responses: { 200: answers(schema, 'The compartments'), ...refusals(401, 404) },
  })

  const makeRoute = createRoute({
    method: 'post',
    path,
    summary: 'Make a compartment, with me as its first member',
    middleware: mayOn(members, 'manage'),
    request: { params: trackerParams, body: jsonBody(newCompartment) },
    responses: {
      201: answers(schema, 'The compartments as they are now'),
      ...refusals(400, 401, 403, 404, 409, 413, 415),
    },
  })

  const changeRoute = createRoute({
    method: 'patch',
    path: `${path}/{compartmentId}`,
    summary: 'Rename a compartment, or say what everybody else sees of it',
    middleware: mayOn(members, 'edit'),
    request: { params: compartmentParams, body: jsonBody(compartmentChange) },
    responses: {
      200: answers(schema, 'The compartments as they are now'),
      ...refusals(400, 401, 403, 404, 413, 415),
    },
  })

  const addRoute = createRoute({
    method: 'put',
    path: `${path}/{compartmentId}/members/{accountId}`,
    summary: 'Let a member of the tracker into a compartment',
    middleware: mayOn(members, 'edit'),
    request: { params: memberParams },
    responses: {
      200: answers(schema, 'The compartments as they are now'),
      ...refusals(401, 403, 404),
    },
  })

  const removeRoute = createRoute({
    method: 'delete',
    path: `${path}/{compartmentId}/members/{accountId}`,
    summary: 'Put a member out of a compartment, or leave; open connections are cut',
    middleware: mayOn(members, 'read'),
    request: { params: memberParams },
    responses: { 204: { description: 'Removed' }, ...refusals(401, 403, 404, 409) },
  })

  /** The same answer for one that does not exist and for one that is none of their business. */
  const managed = async ({ account, role, trackerId }: Who, id: string): Promise<Compartment> => {
    const found = await compartments.find(trackerId, id)
    if (!found || !mayManage(found, account.id, role))
      throw may(role, 'manage') ? noCompartment() : notAllowed()
    return found
  }

  const moveRoute = createRoute({
    method: 'post',
    path: `${path}/{compartmentId}/move`,
    summary: 'Put a column, a claim, a source or a red line into a compartment',
    description:
      'With all that belongs to it. It is taken out of the tracker that everybody sees, and out of all of its history, for good.',
    middleware: mayOn(members, 'manage'),
    request: { params: compartmentParams, body: jsonBody(moving) },
    responses: { 204: { description: 'Moved' }, ...refusals(400, 401, 403, 404, 413, 415, 503) },
  })

  return openDoor()
    .openapi(listRoute, async c => {
      const { account, role, trackerId } = c.var
      return c.json(await compartments.seenBy(trackerId, account.id, role), 200)
    })
    .openapi(makeRoute, async c => {
      const { account, role, trackerId } = c.var
      const made = await compartments.create(trackerId, account.id, c.req.valid('json'))
      if (made === undefined) throw tooMany()
      await c.var.note('compartment changed', { trackerId, subject: made, detail: 'made' })
      return c.json(await compartments.seenBy(trackerId, account.id, role), 201)
    })
    .openapi(changeRoute, async c => {
      const { account, role, trackerId } = c.var
      const { compartmentId } = c.req.valid('param')
      const { name, outsidersSee } = c.req.valid('json')
      const found = await managed(c.var, compartmentId)
      await compartments.change(found.id, {
        ...(name !== undefined && { name }),
        ...(outsidersSee !== undefined && { outsidersSee }),
      })
      const detail = [
        ...(name !== undefined && name !== found.name ? ['renamed'] : []),
        ...(outsidersSee !== undefined && outsidersSee !== found.outsidersSee
          ? [`others now see ${outsidersSee}`]
          : []),
      ].join(', ')
      if (detail !== '')
        await c.var.note('compartment changed', { trackerId, subject: found.id, detail })
      return c.json(await compartments.seenBy(trackerId, account.id, role), 200)
    })
    .openapi(addRoute, async c => {
      const { account, role, trackerId } = c.var
      const { accountId, compartmentId } = c.req.valid('param')
      const { id } = await managed(c.var, compartmentId)
      const added = await compartments.add(trackerId, id, accountId as AccountId, account.id)
      refuseUnlessDone(added)
      const detail = `let ${accountId} in`
      await c.var.note('compartment changed', { trackerId, subject: id, detail })
      return c.json(await compartments.seenBy(trackerId, account.id, role), 200)
    })
    .openapi(removeRoute, async c => {
      const { account, trackerId } = c.var
      const { accountId, compartmentId } = c.req.valid('param')
      const isMe = accountId === account.id
      const found = isMe
        ? await compartments.find(trackerId, compartmentId)
        : await managed(c.var, compartmentId)
      if (!found?.members.some(it => it.accountId === accountId))
        throw isMe ? noCompartment() : noMember()
      refuseUnlessDone(await compartments.remove(found, accountId as AccountId))
      putOut(trackerId, found.id, accountId as AccountId)
      const detail = isMe ? 'left it' : `put ${accountId} out`
      await c.var.note('compartment changed', { trackerId, subject: found.id, detail })
      return c.body(null, 204)
    })
    .openapi(moveRoute, async c => {
      const { account, trackerId } = c.var
      const into = await managed(c.var, c.req.valid('param').compartmentId)
      const subject = c.req.valid('json')
      if (!(await moves.move(trackerId, account, into, subject))) throw nothingThere(subject)
      const detail = `put a ${MOVABLE_LABELS[subject.kind]} into it`
      await c.var.note('compartment changed', { trackerId, subject: into.id, detail })
      return c.body(null, 204)
    })
}

const nothingThere = ({ kind }: Subject): Refusal =>
  new Refusal(
    404,
    'not_there',
    `This ${MOVABLE_LABELS[kind]} is not in the tracker any more. Somebody may have removed it, or put it into a compartment.`,
  )

const noMember = (): Refusal =>
  new Refusal(
    404,
    'no_member',
    'This person is not there. Whoever is let into a compartment is a member of the tracker first.',
  )

const tooMany = (): Refusal =>
  new Refusal(
    409,
    'too_many_compartments',
    `A tracker has at most ${MOST_COMPARTMENTS} compartments. Use one of those that are there.`,
  )

const refuseUnlessDone = (change: CompartmentChange): void => {
  if (change === 'no such member') throw noMember()
  if (change === 'last owner')
    throw new Refusal(
      409,
      'last_owner',
      'A compartment needs an owner of the tracker in it. Let another owner in first.',
    )
}
