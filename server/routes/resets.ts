/** Setting a password with a link. */
import { createRoute } from '@hono/zod-openapi'
import { z } from 'zod'
import type { Accounts } from '#server/accounts/accounts.ts'
import { refuseWeak } from '#server/accounts/passwords.ts'
import type { ResetLinks, Resetting } from '#server/accounts/reset-links.ts'
import type { Tokens } from '#server/accounts/tokens.ts'
import { answers, jsonBody, openDoor, refusals, type Note } from '#server/routes/door.ts'
import { Refusal } from '#server/routes/refusal.ts'
import { newPassword, resetting } from '#shared/api.ts'
import type { AccountId } from '#shared/ids.ts'

export interface ResetDeps {
  readonly accounts: Accounts
  readonly resetLinks: ResetLinks
  readonly tokens: Pick<Tokens, 'revokeAll'>
  readonly accessEnded: (account: AccountId) => void
}

const linkParams = z.object({ token: z.string().max(100) })

const lookRoute = createRoute({
  method: 'get',
  path: '/api/reset-links/{token}',
  summary: 'Whose password a link sets',
  request: { params: linkParams },
  responses: { 200: answers(resetting, 'Whose'), ...refusals(410) },
})

const setRoute = createRoute({
  method: 'post',
  path: '/api/reset-links/{token}',
  summary: 'Set a password; uses the link up, and ends all sessions and tokens of the account',
  request: { params: linkParams, body: jsonBody(newPassword) },
  responses: { 204: { description: 'Set' }, ...refusals(400, 410, 413, 415) },
})

export const resetRoutes = ({ accessEnded, accounts, resetLinks, tokens }: ResetDeps) => {
  const findOpen = async (token: string, note: Note): Promise<Resetting> => {
    const found = await resetLinks.find(token)
    if (found) return found
    await note('reset link refused')
    throw unusable()
  }

  return openDoor()
    .openapi(lookRoute, async c => {
      const { email, name } = await findOpen(c.req.valid('param').token, c.var.note)
      return c.json({ name, email }, 200)
    })
    .openapi(setRoute, async c => {
      const { token } = c.req.valid('param')
      const { password } = c.req.valid('json')
      const { accountId, email, isMailed, name } = await findOpen(token, c.var.note)
      await refuseWeak(password, { name, email })
      const claim = () => resetLinks.claim(token, accountId)
      if (!(await accounts.setPassword(accountId, password, claim))) throw unusable()
      await tokens.revokeAll(accountId)
      if (isMailed) await accounts.setVerified(accountId)
      accessEnded(accountId)
      await c.var.note('password changed', {
        by: { id: accountId, name },
        subject: accountId,
        detail: 'with a link',
      })
      return c.body(null, 204)
    })
}

/** The same for one that never was: nobody learns which. */
const unusable = (): Refusal =>
  new Refusal(
    410,
    'link_unusable',
    'This link has been used or is too old, or it was not copied whole. Ask for a new one.',
  )
