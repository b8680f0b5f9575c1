/** Ways in for strangers beside signing in: an account of one's own where that is open to everybody, and a lost password. */
import { createRoute } from '@hono/zod-openapi'
import type { Accounts } from '#server/accounts/accounts.ts'
import type { Attempts, Limit } from '#server/accounts/attempts.ts'
import type { ResetMail } from '#server/accounts/reset-mail.ts'
import type { Settings } from '#server/accounts/settings.ts'
import { answers, jsonBody, openDoor, refusals, setCookies } from '#server/routes/door.ts'
import { limitTo, Refusal } from '#server/routes/refusal.ts'
import type { SettingsDeps } from '#server/routes/settings.ts'
import { SERVER_ROLE_LABELS } from '#shared/access.ts'
import { forgotten, newAccount, session } from '#shared/api.ts'

export interface RegistrationDeps {
  readonly accounts: Accounts
  readonly attempts: Attempts
  readonly settings: Settings
  /** Undefined where no mail is sent. */
  readonly resetMail: ResetMail | undefined
  /** Where nobody signs in with a password. */
  readonly outside: SettingsDeps['outside']
}

const HOUR = 60 * 60_000
/** From one address: a whole office may stand behind it. */
const ACCOUNTS: Limit = { most: 20, withinMs: HOUR }
const LETTERS: Limit = { most: 10, withinMs: HOUR }

const signUpRoute = createRoute({
  method: 'post',
  path: '/api/auth/sign-up/email',
  summary: 'Make an account and sign in with it, where the server is open to everybody',
  request: { body: jsonBody(newAccount) },
  responses: { 200: answers(session, 'Signed in'), ...refusals(400, 403, 409, 413, 415, 429) },
})

const forgottenRoute = createRoute({
  method: 'post',
  path: '/api/reset-links',
  summary:
    'Have a link to set a password sent by mail; the same answer whether there is an account',
  request: { body: jsonBody(forgotten) },
  responses: { 202: { description: 'Asked' }, ...refusals(400, 404, 413, 415, 429) },
})

export const registrationRoutes = ({
  accounts,
  attempts,
  outside,
  resetMail,
  settings,
}: RegistrationDeps) => {
  const passwordless = outside.organisation?.only === true
  const count = (name: string, limit: Limit): void => limitTo(attempts, name, limit)

  return openDoor()
    .openapi(signUpRoute, async c => {
      const { registration } = await settings.read()
      // Until somebody has set the server up, the first account is made by another way.
      if (registration === 'closed' || passwordless || (await accounts.isEmpty()))
        throw new Refusal(
          403,
          'registration_closed',
          'Accounts are made by invitation here. Ask an owner of a tracker for one.',
        )
      count(`sign-up ${c.var.asking.address}`, ACCOUNTS)
      const made = await accounts.create(c.req.valid('json'), registration, c.var.asking)
      if (!made)
        throw new Refusal(
          409,
          'account_exists',
          'There is an account with this e-mail address. Sign in with it.',
        )
      const { account } = made
      const role = SERVER_ROLE_LABELS[registration].toLowerCase()
      const detail = `${account.email}, ${role}, by its own holder`
      await c.var.note('account made', { by: account, subject: account.id, detail })
      setCookies(c, made.cookies)
      return c.json({ account, firstVisit: false }, 200)
    })
    .openapi(forgottenRoute, async c => {
      if (!resetMail)
        throw new Refusal(
          404,
          'no_mail',
          'This server sends no mail. Ask an administrator for a link to set a new password.',
        )
      const { address } = c.var.asking
      count(`letters ${address}`, LETTERS)
      resetMail.ask(c.req.valid('json').email, address)
      return c.body(null, 202)
    })
}
