/** Invitations: an owner makes and revokes links; whoever has one looks at it and joins. */
import { createRoute } from '@hono/zod-openapi'
import { z } from 'zod'
import type { Account, Accounts, SignedIn } from '#server/accounts/accounts.ts'
import type { Attempts, Limit } from '#server/accounts/attempts.ts'
import type { RightsChanged } from '#server/accounts/enforcement.ts'
import type { Asking } from '#server/accounts/auth.ts'
import type {
  Invitations,
  Invited,
  InvitedServerRole,
  Unusable,
} from '#server/accounts/invitations.ts'
import type { Members } from '#server/accounts/members.ts'
import {
  answers,
  jsonBody,
  mayOn,
  openDoor,
  refusals,
  setCookies,
  trackerParams,
  type Note,
} from '#server/routes/door.ts'
import {
  limitTo,
  notAllowedHere,
  organisationOnly,
  Refusal,
  signedOut,
  tooMany,
} from '#server/routes/refusal.ts'
import type { SettingsDeps } from '#server/routes/settings.ts'
import { may, mayOnServer, ROLES } from '#shared/access.ts'
import {
  acceptance,
  entered,
  invitation,
  invitationLink,
  newInvitation,
  openInvitation,
  type NewAccount,
} from '#shared/api.ts'

export interface InvitationsDeps {
  readonly outside: SettingsDeps['outside']
  readonly accounts: Accounts
  readonly members: Members
  readonly invitations: Invitations
  readonly rightsChanged: RightsChanged
  readonly attempts: Attempts
}

/** From one address, where no account comes of it: the answer tells of accounts that are there. */
const IN_VAIN: Limit = { most: 20, withinMs: 60 * 60_000 }
/** Of a tracker. */
const MOST_OPEN = 100

const HOUR = 3_600_000

const linkParams = z.object({ token: z.string().max(100) })

const lookRoute = createRoute({
  method: 'get',
  path: '/api/invitations/{token}',
  summary: 'What an invitation link leads to',
  request: { params: linkParams },
  responses: { 200: answers(invitation, 'The invitation'), ...refusals(404, 410) },
})

const acceptRoute = createRoute({
  method: 'post',
  path: '/api/invitations/{token}/accept',
  summary:
    'Join, with a new account or as the one who is signed in; takes one use of the invitation',
  request: { params: linkParams, body: jsonBody(acceptance) },
  responses: {
    200: answers(entered, 'Joined'),
    ...refusals(400, 401, 403, 404, 409, 410, 413, 415, 429),
  },
})

/** For strangers: the links themselves. */
export const invitationLinkRoutes = (deps: InvitationsDeps) =>
  openDoor()
    .openapi(lookRoute, async c => {
      const found = await findOpen(deps, c.req.valid('param').token, c.var.note)
      const { trackerTitle, role, invitedBy } = found
      return c.json({ trackerTitle, role, invitedBy }, 200)
    })
    .openapi(acceptRoute, async c => {
      const { account: newAccount } = c.req.valid('json')
      if (newAccount && deps.outside.organisation?.only) throw organisationOnly()
      const invited = await findOpen(deps, c.req.valid('param').token, c.var.note)
      const me = c.var.session?.account
      if (!newAccount && !me) throw signedOut()
      const name = `invited ${c.var.asking.address}`
      if (newAccount) limitTo(deps.attempts, name, IN_VAIN)
      if (newAccount || !(await mayAlready(deps, me, invited))) {
        const { account: by, cookies } = await join(deps, c.var.asking, invited, newAccount ?? me)
        setCookies(c, cookies)
        if (newAccount) {
          deps.attempts.takeBack(name)
          await c.var.note('account made', { by, subject: by.id })
        }
        const { id: subject, role, trackerId } = invited
        await c.var.note('invitation used', { by, trackerId, subject, detail: `now ${role}` })
      }
      return c.json({ trackerId: invited.trackerId }, 200)
    })

/** For owners: making links and taking them back. */
export const invitationsRoutes = ({ members, invitations }: InvitationsDeps) => {
  const mayManage = mayOn(members, 'manage')

  const listRoute = createRoute({
    method: 'get',
    path: '/api/trackers/{id}/invitations',
    summary: 'The invitations that somebody could still use',
    middleware: mayManage,
    request: { params: trackerParams },
    responses: { 200: answers(z.array(openInvitation), 'The links'), ...refusals(401, 403, 404) },
  })

  const inviteRoute = createRoute({
    method: 'post',
    path: '/api/trackers/{id}/invitations',
    summary: 'Make a link that lets so many people in; its token is told this once',
    middleware: mayManage,
    request: { params: trackerParams, body: jsonBody(newInvitation) },
    responses: {
      201: answers(invitationLink, 'The link'),
      ...refusals(400, 401, 403, 404, 409, 413, 415),
    },
  })

  const revokeRoute = createRoute({
    method: 'delete',
    path: '/api/trackers/{id}/invitations/{invitationId}',
    summary: 'Take a link back that somebody could still use',
    middleware: mayManage,
    request: { params: trackerParams.extend({ invitationId: z.string() }) },
    responses: { 204: { description: 'Taken back' }, ...refusals(401, 403, 404) },
  })

  return openDoor()
    .openapi(listRoute, async c => c.json(await invitations.openOf(c.var.trackerId), 200))
    .openapi(inviteRoute, async c => {
      const { role, mostUses, hours, ...asked } = c.req.valid('json')
      const { account, trackerId } = c.var
      if ((await invitations.openOf(trackerId)).length >= MOST_OPEN)
        throw tooMany('open invitations', 'Take some back first.')
      const serverRole = asked.serverRole ?? greatestGift(account)
      if (serverRole === 'member' && greatestGift(account) !== 'member') throw notAllowedHere()
      const validForMs = hours === undefined ? undefined : hours * HOUR
      const terms = { role, mostUses, serverRole, validForMs }
      const link = await invitations.create(trackerId, terms, account.id)
      await c.var.note('invitation made', {
        trackerId,
        subject: link.id,
        detail: `for ${mostUses === 1 ? 'one' : `up to ${mostUses} times a`} ${role}, new accounts as ${serverRole}`,
      })
      return c.json(link, 201)
    })
    .openapi(revokeRoute, async c => {
      const { invitationId } = c.req.valid('param')
      if (!(await invitations.revoke(c.var.trackerId, invitationId)))
        throw new Refusal(404, 'no_invitation', 'This invitation is not open any more.')
      const { trackerId } = c.var
      await c.var.note('invitation revoked', { trackerId, subject: invitationId })
      return c.body(null, 204)
    })
}

/** One whose maker is no owner any more counts as taken back: nobody comes in again by their own link. */
const findOpen = async (
  { invitations, members }: InvitationsDeps,
  token: string,
  note: Note,
): Promise<Invited> => {
  const invited = await invitations.find(token)
  const role =
    typeof invited === 'string'
      ? undefined
      : await members.roleOf(invited.trackerId, invited.inviter)
  if (typeof invited !== 'string' && role !== undefined && may(role, 'manage')) return invited
  const found = typeof invited === 'string' ? invited : 'revoked'
  await note('invitation refused', { detail: found })
  throw unusable(found)
}

/** Whoever opens a link that gives nothing new leaves it to somebody else. */
const mayAlready = async (
  { members }: InvitationsDeps,
  me: Account | undefined,
  { trackerId, role }: Invited,
): Promise<boolean> => {
  const has = me && (await members.roleOf(trackerId, me.id))
  return has !== undefined && ROLES.indexOf(has) <= ROLES.indexOf(role)
}

const join = async (
  { accounts, members, invitations, rightsChanged }: InvitationsDeps,
  asking: Asking,
  { id, trackerId, role, serverRole }: Invited,
  who: NewAccount | Account | undefined,
): Promise<SignedIn> => {
  if (!who) throw signedOut()
  if (!(await invitations.claim(id))) throw unusable('used')
  let joined: SignedIn | undefined
  try {
    joined =
      'id' in who ? { account: who, cookies: [] } : await accounts.create(who, serverRole, asking)
    if (!joined) throw addressTaken()
    await members.add(trackerId, joined.account.id, role)
  } catch (error) {
    await invitations.release(id)
    throw error
  }
  await invitations.markUsed(id, joined.account.id)
  await rightsChanged([trackerId], [joined.account.id])
  return joined
}

/** Nobody makes others more on the server than they are themselves. */
const greatestGift = ({ serverRole }: Account): InvitedServerRole =>
  mayOnServer(serverRole, 'create trackers') ? 'member' : 'guest'

const addressTaken = (): Refusal =>
  new Refusal(
    409,
    'account_exists',
    'There is an account with this e-mail address. Sign in with it, then open the link again.',
  )

const UNUSABLE: Readonly<Record<Unusable, string>> = {
  unknown: 'This link leads nowhere. Check that it was copied whole, or ask for a new one.',
  used: 'This invitation has been used. If it was you, sign in; otherwise ask for a new one.',
  revoked: 'This invitation was taken back. Ask whoever sent it for a new one.',
  expired: 'This invitation is too old. Ask whoever sent it for a new one.',
}

const unusable = (why: Unusable): Refusal =>
  new Refusal(why === 'unknown' ? 404 : 410, `invitation_${why}`, UNUSABLE[why])
