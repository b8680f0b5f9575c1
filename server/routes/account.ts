/** My own account: my name, my password, and where I am signed in. */
import { createRoute } from '@hono/zod-openapi'
import { z } from 'zod'
import type { SecondFactors } from '#server/accounts/second-factor.ts'
import { sessionOfToken, type Tokens } from '#server/accounts/tokens.ts'
import { confirmed, type ConfirmingDeps } from '#server/routes/confirming.ts'
import { answers, jsonBody, openDoor, refusals, setCookies } from '#server/routes/door.ts'
import { Refusal, wrongPassword } from '#server/routes/refusal.ts'
import { accountChange, accountSecurity, passwordChange, session, signedInAt } from '#shared/api.ts'
import type { AccountId } from '#shared/ids.ts'

export interface AccountDeps extends ConfirmingDeps {
  readonly tokens: Pick<Tokens, 'revokeAll'>
  readonly secondFactors: SecondFactors
  /** Cuts the live connections of a session that ended. */
  readonly sessionEnded: (session: string) => void
  /** Hands the live connections of a session on to the one in its place. */
  readonly sessionRenewed: (session: string, renewed: string) => void
  /** Lets the live connections of an account come again, under its new name. */
  readonly renamed: (account: AccountId) => void
}

const changeRoute = createRoute({
  method: 'patch',
  path: '/api/account',
  summary: 'Change my name, as others see it',
  request: { body: jsonBody(accountChange) },
  responses: {
    200: answers(session, 'The session, as it is now'),
    ...refusals(400, 401, 413, 415),
  },
})

const securityRoute = createRoute({
  method: 'get',
  path: '/api/account/security',
  summary: 'How I get in: whether with a password, whether with a second factor',
  responses: { 200: answers(accountSecurity, 'My ways in'), ...refusals(401) },
})

const passwordRoute = createRoute({
  method: 'post',
  path: '/api/account/password',
  summary:
    'Change my password; my other sessions and my tokens end, this session gets a new cookie',
  request: { body: jsonBody(passwordChange) },
  responses: { 204: { description: 'Changed' }, ...refusals(400, 401, 403, 413, 415, 429) },
})

const sessionsRoute = createRoute({
  method: 'get',
  path: '/api/account/sessions',
  summary: 'Where I am signed in, the last used first',
  responses: { 200: answers(z.array(signedInAt), 'My sessions'), ...refusals(401) },
})

const endRoute = createRoute({
  method: 'delete',
  path: '/api/account/sessions/{sessionId}',
  summary: 'End one of my sessions; its live connections are cut at once',
  request: { params: z.object({ sessionId: z.string() }) },
  responses: { 204: { description: 'Ended' }, ...refusals(401, 404) },
})

const endOthersRoute = createRoute({
  method: 'delete',
  path: '/api/account/sessions',
  summary: 'End all of my sessions but this one',
  responses: { 204: { description: 'Ended' }, ...refusals(401) },
})

export const accountRoutes = (deps: AccountDeps) => {
  const { accounts, renamed, secondFactors, sessionEnded, sessionRenewed, tokens } = deps
  return openDoor()
    .openapi(changeRoute, async c => {
      const { account } = c.var
      const { name } = c.req.valid('json')
      if (name !== account.name) {
        await accounts.rename(account.id, name)
        renamed(account.id)
        await c.var.note('account changed', { subject: account.id, detail: `the name: ${name}` })
      }
      return c.json({ account: { ...account, name }, firstVisit: false }, 200)
    })
    .openapi(securityRoute, async c => {
      const { id } = c.var.account
      const recoveryCodesLeft = await secondFactors.codesLeft(id)
      return c.json(
        {
          hasPassword: await accounts.hasPassword(id),
          secondFactor: await secondFactors.isOn(id),
          recoveryCodesLeft,
        },
        200,
      )
    })
    .openapi(passwordRoute, async c => {
      const { account, asking } = c.var
      const { next, present } = c.req.valid('json')
      const mine = await confirmed(c, deps, present)
      const renewed = await accounts.changePassword(asking, mine, present, next)
      if (!renewed) throw wrongPassword()
      const revoked = await tokens.revokeAll(account.id)
      for (const id of [...renewed.ended, ...revoked.map(sessionOfToken)]) sessionEnded(id)
      sessionRenewed(mine.id, renewed.session)
      setCookies(c, renewed.cookies)
      await c.var.note('password changed', { subject: account.id })
      return c.body(null, 204)
    })
    .openapi(sessionsRoute, async c =>
      c.json(await accounts.sessions.of(c.var.account.id, c.var.session?.id ?? ''), 200),
    )
    .openapi(endRoute, async c => {
      const { sessionId } = c.req.valid('param')
      if (!(await accounts.sessions.end(c.var.account.id, sessionId)))
        throw new Refusal(404, 'no_session', 'This session has ended already.')
      sessionEnded(sessionId)
      await c.var.note('session ended', { subject: c.var.account.id })
      return c.body(null, 204)
    })
    .openapi(endOthersRoute, async c => {
      const ended = await accounts.sessions.endOthers(c.var.account.id, c.var.session?.id)
      for (const id of ended) sessionEnded(id)
      await c.var.note('session ended', {
        subject: c.var.account.id,
        detail: `all others: ${ended.length}`,
      })
      return c.body(null, 204)
    })
}
