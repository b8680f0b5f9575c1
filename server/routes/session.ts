/** Getting in and out: who am I, the first account, signing in, signing out. */
import type { IncomingMessage } from 'node:http'
import { createRoute } from '@hono/zod-openapi'
import type { Accounts } from '#server/accounts/accounts.ts'
import { beginGuess, countSignIn, waitToSignIn, type Attempts } from '#server/accounts/attempts.ts'
import { answers, jsonBody, openDoor, refusals, setCookies } from '#server/routes/door.ts'
import { organisationOnly, Refusal, signedOut, tooManyAttempts } from '#server/routes/refusal.ts'
import type { SettingsDeps } from '#server/routes/settings.ts'
import {
  credentials,
  entered,
  newAccount,
  session,
  signInAnswer,
  type ApiSession,
} from '#shared/api.ts'
import type { AccountId, TrackerId } from '#shared/ids.ts'

export interface SessionDeps {
  readonly accounts: Accounts
  readonly attempts: Attempts
  readonly outside: SettingsDeps['outside']
  readonly addressOf: (request: IncomingMessage) => string
  /** Makes the demo tracker, in which the first account lands. */
  readonly seedDemo: (owner: AccountId) => Promise<TrackerId>
  /** Cuts the live connections of a session that ended. */
  readonly sessionEnded: (sessionId: string) => void
}

const sessionRoute = createRoute({
  method: 'get',
  path: '/api/session',
  summary: 'Who is signed in, and whether nobody has an account yet',
  responses: { 200: answers(session, 'The session') },
})

const setupRoute = createRoute({
  method: 'post',
  path: '/api/setup',
  summary: 'Create the first account and the demo tracker; only while nobody has an account',
  request: { body: jsonBody(newAccount) },
  responses: { 200: answers(entered, 'Signed in'), ...refusals(400, 409, 413, 415) },
})

const signInRoute = createRoute({
  method: 'post',
  path: '/api/auth/sign-in/email',
  summary: 'Sign in with e-mail and password; the answer sets the session cookie',
  request: { body: jsonBody(credentials) },
  responses: {
    200: answers(signInAnswer, 'Signed in, or asked for a second factor'),
    ...refusals(400, 401, 403, 413, 415, 429),
  },
})

const signOutRoute = createRoute({
  method: 'post',
  path: '/api/auth/sign-out',
  summary: 'End this session; its live connections are cut',
  responses: { 200: answers(session, 'Signed out'), ...refusals(401) },
})

export const sessionRoutes = ({
  accounts,
  attempts,
  outside,
  seedDemo,
  sessionEnded,
}: SessionDeps) =>
  openDoor()
    .openapi(sessionRoute, async c => {
      const account = c.var.session?.account ?? null
      const firstVisit = account === null && (await accounts.isEmpty())
      return c.json({ account, firstVisit } satisfies ApiSession, 200)
    })
    .openapi(setupRoute, async c => {
      const signedIn = await accounts.createFirst(c.req.valid('json'), c.var.asking)
      if (!signedIn)
        throw new Refusal(
          409,
          'set_up',
          'Parley is set up already. Sign in, or ask an owner of a tracker for an invitation.',
        )
      // First, so that whoever made an account is signed in even where the demo fails.
      setCookies(c, signedIn.cookies)
      const by = signedIn.account
      await c.var.note('account made', { by, subject: by.id, detail: 'the first account' })
      const trackerId = await seedDemo(by.id)
      await c.var.note('tracker made', { by, trackerId, detail: 'the demo' })
      return c.json({ trackerId }, 200)
    })
    .openapi(signInRoute, async c => {
      if (outside.organisation?.only) throw organisationOnly()
      const { email, password } = c.req.valid('json')
      const known = email.toLowerCase()
      const guess =
        waitToSignIn(attempts, known) || beginGuess(attempts, c.var.asking.address, known)
      if (typeof guess === 'number') {
        c.header('retry-after', String(Math.ceil(guess / 1_000)))
        await c.var.note('sign-in failed', { detail: `as ${email}: too many attempts` })
        throw tooManyAttempts(guess, 'attempts')
      }
      const signedIn = await accounts.signIn(email, password, c.var.asking)
      if (!signedIn) {
        await c.var.note('sign-in failed', { detail: `as ${email}` })
        throw new Refusal(
          401,
          'wrong_credentials',
          'The e-mail address or the password is wrong. Check both and try again.',
        )
      }
      guess()
      countSignIn(attempts, known)
      if ('needs' in signedIn) {
        setCookies(c, signedIn.cookies)
        return c.json({ account: null, firstVisit: false, needs: signedIn.needs }, 200)
      }
      await c.var.note('signed in', { by: signedIn.account, detail: 'with a password' })
      setCookies(c, signedIn.cookies)
      return c.json({ account: signedIn.account, firstVisit: false }, 200)
    })
    .openapi(signOutRoute, async c => {
      const { session } = c.var
      if (!session) throw signedOut()
      setCookies(c, await accounts.signOut(c.req.raw.headers))
      sessionEnded(session.id)
      await c.var.note('signed out')
      return c.json({ account: null, firstVisit: false }, 200)
    })
