/** Tokens for programs: of my own account, and of service accounts, which administrators make. */
import { createRoute } from '@hono/zod-openapi'
import { z } from 'zod'
import type { ServiceAccounts } from '#server/accounts/service-accounts.ts'
import { sessionOfToken, type Tokens } from '#server/accounts/tokens.ts'
import { confirmed, type ConfirmingDeps } from '#server/routes/confirming.ts'
import { answers, jsonBody, mayServe, openDoor, refusals } from '#server/routes/door.ts'
import { Refusal, tooMany } from '#server/routes/refusal.ts'
import type { AccountId } from '#shared/ids.ts'
import {
  LONGEST_TOKEN_MS,
  newOwnToken,
  newServiceAccount,
  newToken,
  serviceAccount,
  token,
  tokenMade,
  type NewToken,
} from '#shared/tokens-api.ts'

export interface TokensRoutesDeps extends ConfirmingDeps {
  readonly tokens: Tokens
  readonly serviceAccounts: ServiceAccounts
  /** Cuts the live connections of a session or a token that ended. */
  readonly sessionEnded: (session: string) => void
  /** Cuts all live connections of an account. */
  readonly accessEnded: (account: AccountId) => void
}

const mayAdministrate = mayServe('administrate')
const accountParams = z.object({ accountId: z.string() })
const tokenId = z.string()

const listRoute = createRoute({
  method: 'get',
  path: '/api/account/tokens',
  summary: 'My tokens that still work, newest first',
  responses: { 200: answers(z.array(token), 'The tokens'), ...refusals(401) },
})

const makeRoute = createRoute({
  method: 'post',
  path: '/api/account/tokens',
  summary:
    'Make a token of mine for a program, for which I give my password if I have one; it is told this once',
  request: { body: jsonBody(newOwnToken) },
  responses: {
    201: answers(tokenMade, 'The token'),
    ...refusals(400, 401, 403, 409, 413, 415, 429),
  },
})

const revokeRoute = createRoute({
  method: 'delete',
  path: '/api/account/tokens/{tokenId}',
  summary: 'Revoke a token of mine; its live connections are cut at once',
  request: { params: z.object({ tokenId }) },
  responses: { 204: { description: 'Revoked' }, ...refusals(401, 404) },
})

const servicesRoute = createRoute({
  method: 'get',
  path: '/api/service-accounts',
  summary: 'The accounts of programs on this server, with their tokens',
  middleware: mayAdministrate,
  responses: { 200: answers(z.array(serviceAccount), 'The accounts'), ...refusals(401, 403) },
})

const addRoute = createRoute({
  method: 'post',
  path: '/api/service-accounts',
  summary: 'Make an account for a program; owners then give it roles in their trackers',
  middleware: mayAdministrate,
  request: { body: jsonBody(newServiceAccount) },
  responses: {
    201: answers(z.object({ accountId: z.string() }), 'Made'),
    ...refusals(400, 401, 403, 413, 415),
  },
})

const closeRoute = createRoute({
  method: 'delete',
  path: '/api/service-accounts/{accountId}',
  summary: 'Close the account of a program; its tokens end at once, and what it wrote stays',
  middleware: mayAdministrate,
  request: { params: accountParams },
  responses: { 204: { description: 'Closed' }, ...refusals(401, 403, 404, 409) },
})

const makeForRoute = createRoute({
  method: 'post',
  path: '/api/service-accounts/{accountId}/tokens',
  summary: 'Make a token of a service account; it is told this once',
  middleware: mayAdministrate,
  request: { params: accountParams, body: jsonBody(newToken) },
  responses: {
    201: answers(tokenMade, 'The token'),
    ...refusals(400, 401, 403, 404, 409, 413, 415),
  },
})

const revokeForRoute = createRoute({
  method: 'delete',
  path: '/api/service-accounts/{accountId}/tokens/{tokenId}',
  summary: 'Revoke a token of a service account; its live connections are cut at once',
  middleware: mayAdministrate,
  request: { params: accountParams.extend({ tokenId }) },
  responses: { 204: { description: 'Revoked' }, ...refusals(401, 403, 404) },
})

/** Of an account that still hold. */
const MOST_TOKENS = 50

export const tokensRoutes = (deps: TokensRoutesDeps) => {
  const { accessEnded, serviceAccounts, sessionEnded, tokens } = deps
  const make = async (of: AccountId, wanted: NewToken, by: AccountId) => {
    const now = deps.now()
    if (wanted.expiresAt <= now || wanted.expiresAt > now + LONGEST_TOKEN_MS)
      throw new Refusal(400, 'invalid', 'expiresAt: must be within a year from now')
    if ((await tokens.of([of])).length >= MOST_TOKENS)
      throw tooMany('tokens', 'Revoke those that nothing uses any more first.')
    return tokens.create(of, wanted, by)
  }
  const revoke = async (of: AccountId, id: string): Promise<void> => {
    if (!(await tokens.revoke(of, id)))
      throw new Refusal(404, 'no_token', 'There is no such token, or it was revoked before.')
    sessionEnded(sessionOfToken(id))
  }
  const serviceNamed = async (id: AccountId): Promise<string> => {
    const name = await serviceAccounts.nameOf(id)
    if (name === undefined)
      throw new Refusal(404, 'no_account', 'There is no such service account.')
    return name
  }

  return openDoor()
    .openapi(listRoute, async c => c.json(await tokens.of([c.var.account.id]), 200))
    .openapi(makeRoute, async c => {
      const { id } = c.var.account
      const { password, ...wanted } = c.req.valid('json')
      await confirmed(c, deps, password)
      const made = await make(id, wanted, id)
      await c.var.note('token made', { subject: made.id, detail: wordsOf(wanted) })
      return c.json(made, 201)
    })
    .openapi(revokeRoute, async c => {
      const { tokenId } = c.req.valid('param')
      await revoke(c.var.account.id, tokenId)
      await c.var.note('token revoked', { subject: tokenId })
      return c.body(null, 204)
    })
    .openapi(servicesRoute, async c => c.json(await serviceAccounts.all(), 200))
    .openapi(addRoute, async c => {
      const { name } = c.req.valid('json')
      const accountId = await serviceAccounts.create(name)
      await c.var.note('account made', { subject: accountId, detail: `service account ${name}` })
      return c.json({ accountId }, 201)
    })
    .openapi(closeRoute, async c => {
      const accountId = c.req.valid('param').accountId as AccountId
      const name = await serviceNamed(accountId)
      if (!(await serviceAccounts.close(accountId)))
        throw new Refusal(
          409,
          'sole_owner',
          'It is the only owner of a tracker. Give that tracker another owner first.',
        )
      accessEnded(accountId)
      await c.var.note('account closed', { subject: accountId, detail: `service account ${name}` })
      return c.body(null, 204)
    })
    .openapi(makeForRoute, async c => {
      const accountId = c.req.valid('param').accountId as AccountId
      const wanted = c.req.valid('json')
      const name = await serviceNamed(accountId)
      const made = await make(accountId, wanted, c.var.account.id)
      await c.var.note('token made', {
        subject: made.id,
        detail: `for the service account ${name}: ${wordsOf(wanted)}`,
      })
      return c.json(made, 201)
    })
    .openapi(revokeForRoute, async c => {
      const { accountId, tokenId } = c.req.valid('param')
      const name = await serviceNamed(accountId as AccountId)
      await revoke(accountId as AccountId, tokenId)
      await c.var.note('token revoked', {
        subject: tokenId,
        detail: `of the service account ${name}`,
      })
      return c.body(null, 204)
    })
}

/** "Nightly import; read, edit; in 2 trackers; until 2026-12-01T09:00:00.000Z" */
const wordsOf = ({ actions, expiresAt, name, trackerIds }: NewToken): string =>
  [
    name,
    [...new Set(['read', ...actions])].join(', '),
    trackerIds === null ? 'in all trackers' : `in ${trackerIds.join(', ')}`,
    `until ${new Date(expiresAt).toISOString()}`,
  ].join('; ')
