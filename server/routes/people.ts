/** The people on the server: for its administrators, and closing one's own account. */
import { createRoute } from '@hono/zod-openapi'
import { z } from 'zod'
import type { RightsChanged } from '#server/accounts/enforcement.ts'
import type { Closed, People, PersonChange } from '#server/accounts/people.ts'
import type { ResetLinks } from '#server/accounts/reset-links.ts'
import { confirmed, type ConfirmingDeps } from '#server/routes/confirming.ts'
import { answers, jsonBody, mayServe, openDoor, refusals, setCookies } from '#server/routes/door.ts'
import { Refusal } from '#server/routes/refusal.ts'
import { SERVER_ROLE_LABELS } from '#shared/access.ts'
import {
  closing,
  newPerson,
  ownClosing,
  person,
  personAdded,
  resetLink,
  serverRoleChange,
  session,
} from '#shared/api.ts'
import type { AccountId } from '#shared/ids.ts'

export interface PeopleDeps extends ConfirmingDeps {
  readonly people: People
  readonly resetLinks: ResetLinks
  /** Cuts all live connections of an account. */
  readonly accessEnded: (account: AccountId) => void
  readonly rightsChanged: RightsChanged
}

const personParams = z.object({ accountId: z.string() })
const administrate = mayServe('administrate')

const listRoute = createRoute({
  method: 'get',
  path: '/api/people',
  summary: 'Everybody with an account on this server; for administrators',
  middleware: administrate,
  responses: { 200: answers(z.array(person), 'The people'), ...refusals(401, 403) },
})

const addRoute = createRoute({
  method: 'post',
  path: '/api/people',
  summary: 'Make an account for somebody; its link, told this once, lets them set a password',
  middleware: administrate,
  request: { body: jsonBody(newPerson) },
  responses: { 201: answers(personAdded, 'Made'), ...refusals(400, 401, 403, 409, 413, 415) },
})

const changeRoute = createRoute({
  method: 'patch',
  path: '/api/people/{accountId}',
  summary: 'Give somebody another role on the server',
  middleware: administrate,
  request: { params: personParams, body: jsonBody(serverRoleChange) },
  responses: {
    200: answers(z.array(person), 'The people as they are now'),
    ...refusals(400, 401, 403, 404, 409, 413, 415),
  },
})

const closeRoute = createRoute({
  method: 'post',
  path: '/api/people/{accountId}/close',
  summary:
    'Close an account: it stays as an author, and nobody gets in with it; open connections are cut',
  middleware: administrate,
  request: { params: personParams, body: jsonBody(closing) },
  responses: {
    200: answers(z.array(person), 'The people as they are now'),
    ...refusals(400, 401, 403, 404, 409, 413, 415),
  },
})

const reopenRoute = createRoute({
  method: 'post',
  path: '/api/people/{accountId}/reopen',
  summary: 'Open a closed account again, without its trackers and without a password',
  middleware: administrate,
  request: { params: personParams },
  responses: {
    200: answers(z.array(person), 'The people as they are now'),
    ...refusals(401, 403, 404),
  },
})

const linkRoute = createRoute({
  method: 'post',
  path: '/api/people/{accountId}/reset-link',
  summary: 'Make a link with which somebody sets a password; its token is told this once',
  middleware: administrate,
  request: { params: personParams },
  responses: { 201: answers(resetLink, 'The link'), ...refusals(401, 403, 404) },
})

const secondFactorRoute = createRoute({
  method: 'delete',
  path: '/api/people/{accountId}/second-factor',
  summary: 'Turn off the second factor of somebody who has lost it and their recovery codes',
  middleware: administrate,
  request: { params: personParams },
  responses: {
    200: answers(z.array(person), 'The people as they are now'),
    ...refusals(401, 403, 404),
  },
})

export const peopleRoutes = ({ accessEnded, people, resetLinks, rightsChanged }: PeopleDeps) =>
  openDoor()
    .openapi(listRoute, async c => c.json([...(await people.all())], 200))
    .openapi(addRoute, async c => {
      const added = c.req.valid('json')
      const accountId = await people.add(added)
      if (accountId === undefined)
        throw new Refusal(
          409,
          'account_exists',
          'There is an account with this e-mail address. Look for it in the list; it may be closed.',
        )
      const link = await resetLinks.create(accountId, c.var.account.id)
      const role = SERVER_ROLE_LABELS[added.serverRole].toLowerCase()
      await c.var.note('account made', { subject: accountId, detail: `${added.email}, ${role}` })
      await c.var.note('reset link issued', { subject: accountId, detail: added.email })
      return c.json({ accountId, link }, 201)
    })
    .openapi(changeRoute, async c => {
      const id = c.req.valid('param').accountId as AccountId
      const { serverRole } = c.req.valid('json')
      refuseUnlessDone(await people.setServerRole(id, serverRole))
      const detail = `now ${SERVER_ROLE_LABELS[serverRole].toLowerCase()}`
      await c.var.note('server role changed', { subject: id, detail })
      return c.json([...(await people.all())], 200)
    })
    .openapi(closeRoute, async c => {
      const id = c.req.valid('param').accountId as AccountId
      const successor = c.req.valid('json').successor as AccountId | undefined
      // Whoever closes an account takes nothing over by that.
      const closed =
        successor === c.var.account.id ? 'no such successor' : await people.close(id, successor)
      refuseUnlessDone(closed)
      accessEnded(id)
      if (successor !== undefined && typeof closed === 'object')
        await rightsChanged(closed, [successor])
      const detail = successor === undefined ? '' : `what it alone owned goes to ${successor}`
      await c.var.note('account closed', { subject: id, detail })
      // For its owners, who do not read the log of the server.
      for (const trackerId of typeof closed === 'object' ? closed : [])
        await c.var.note('role changed', {
          trackerId,
          subject: successor,
          detail: 'owner now, as the account that owned it alone was closed',
        })
      return c.json([...(await people.all())], 200)
    })
    .openapi(reopenRoute, async c => {
      const id = c.req.valid('param').accountId as AccountId
      if (!(await people.reopen(id)))
        throw new Refusal(404, 'no_person', 'There is no such closed account.')
      await c.var.note('account changed', { subject: id, detail: 'opened again' })
      return c.json([...(await people.all())], 200)
    })
    .openapi(linkRoute, async c => {
      const id = c.req.valid('param').accountId as AccountId
      const found = await people.find(id)
      if (!found || found.closedAt !== null) throw noPerson()
      const link = await resetLinks.create(id, c.var.account.id)
      await c.var.note('reset link issued', { subject: id, detail: found.email })
      return c.json(link, 201)
    })
    .openapi(secondFactorRoute, async c => {
      const id = c.req.valid('param').accountId as AccountId
      const found = await people.find(id)
      if (!found || found.closedAt !== null) throw noPerson()
      const wasOn = await people.dropSecondFactor(id)
      const detail = `turned off by an administrator${wasOn ? '' : ', and was not on'}`
      await c.var.note('second factor changed', { subject: id, detail })
      return c.json([...(await people.all())], 200)
    })

const closeOwnRoute = createRoute({
  method: 'post',
  path: '/api/account/close',
  summary:
    'Close my own account, for which I give my password if I have one; it stays as an author',
  request: { body: jsonBody(ownClosing) },
  responses: {
    200: answers(session, 'Closed'),
    ...refusals(400, 401, 403, 404, 409, 413, 415, 429),
  },
})

export const ownAccountRoutes = ({ accessEnded, accounts, people, ...deps }: PeopleDeps) =>
  openDoor().openapi(closeOwnRoute, async c => {
    const { id } = c.var.account
    await confirmed(c, { accounts, ...deps }, c.req.valid('json').password)
    const closed = await people.close(id)
    if (typeof closed === 'number')
      throw new Refusal(
        409,
        'ownerless',
        `${trackersOf(closed)} would be without an owner. Make somebody else an owner first, or ask an administrator of this server to close the account.`,
      )
    refuseUnlessDone(closed)
    setCookies(c, await accounts.signOut(c.req.raw.headers))
    accessEnded(id)
    await c.var.note('account closed', { subject: id, detail: 'by its own holder' })
    return c.json({ account: null, firstVisit: false }, 200)
  })

const trackersOf = (many: number): string => (many === 1 ? 'One tracker' : `${many} trackers`)

const noPerson = (): Refusal =>
  new Refusal(404, 'no_person', 'There is no such open account on this server.')

const refuseUnlessDone = (closed: Closed | PersonChange): void => {
  if (closed === 'no such person') throw noPerson()
  if (closed === 'no such successor')
    throw new Refusal(
      409,
      'no_successor',
      'The new owner must be somebody else with an open account on this server, and not who closes the account.',
    )
  if (closed === 'last administrator')
    throw new Refusal(
      409,
      'last_administrator',
      'A server needs an administrator. Make somebody else an administrator first.',
    )
  if (typeof closed === 'number')
    throw new Refusal(
      409,
      'ownerless',
      `${trackersOf(closed)} would be without an owner. Name somebody who becomes the owner.`,
    )
}
