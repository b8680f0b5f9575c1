/** The second factor: turning it on and off, and signing in with it. */
import { createRoute } from '@hono/zod-openapi'
import type { SecondFactors } from '#server/accounts/second-factor.ts'
import { beginGuess } from '#server/accounts/attempts.ts'
import type { AccountDeps } from '#server/routes/account.ts'
import { confirmed, type ConfirmingDeps } from '#server/routes/confirming.ts'
import { answers, jsonBody, openDoor, refusals, setCookies } from '#server/routes/door.ts'
import { Refusal, signedOut, tooManyAttempts } from '#server/routes/refusal.ts'
import {
  begunSecondFactor,
  confirmation,
  recoveryCodes,
  secondFactorCode,
  session,
} from '#shared/api.ts'

export interface SecondFactorDeps extends ConfirmingDeps, Pick<AccountDeps, 'sessionRenewed'> {
  readonly secondFactors: SecondFactors
}

const signInRoute = createRoute({
  method: 'post',
  path: '/api/auth/sign-in/second-factor',
  summary: 'Go on signing in with a code of the app or a recovery code',
  request: { body: jsonBody(secondFactorCode) },
  responses: { 200: answers(session, 'Signed in'), ...refusals(400, 401, 413, 415, 429) },
})

/** For strangers whose password was right. */
export const secondStepRoutes = ({ attempts, secondFactors }: SecondFactorDeps) =>
  openDoor().openapi(signInRoute, async c => {
    const code = c.req.valid('json').code.replaceAll(/\s/g, '')
    const { asking, note } = c.var
    const account = await secondFactors.pending(asking.headers)
    if (!account) throw startAgain()
    const about = { by: account, subject: account.id }
    const guess = beginGuess(attempts, asking.address, account.id, 'second factor')
    if (typeof guess === 'number') {
      await note('sign-in failed', { ...about, detail: 'too many wrong codes' })
      throw tooManyAttempts(guess, 'wrong codes')
    }
    const signedIn = await secondFactors.signIn(asking, account, code)
    if (typeof signedIn === 'string') {
      await note('sign-in failed', { ...about, detail: 'the password was right, the code not' })
      if (signedIn === 'wrong') throw wrongCode()
      if (signedIn === 'locked') throw tooManyAttempts(LOCKED_FOR, 'wrong codes')
      throw startAgain()
    }
    guess()
    const how = /^\d{6}$/.test(code) ? 'a code' : 'a recovery code'
    await note('signed in', { by: account, detail: `with a password and ${how}` })
    setCookies(c, signedIn.cookies)
    return c.json({ account: signedIn.account, firstVisit: false }, 200)
  })

const beginRoute = createRoute({
  method: 'post',
  path: '/api/account/second-factor',
  summary: 'Get a secret for an app, and recovery codes; nothing is asked for before `confirm`',
  request: { body: jsonBody(confirmation) },
  responses: {
    200: answers(begunSecondFactor, 'The secret, told this once'),
    ...refusals(400, 401, 403, 409, 413, 415, 429),
  },
})

const confirmRoute = createRoute({
  method: 'post',
  path: '/api/account/second-factor/confirm',
  summary: 'Turn the second factor on with a code of the app; this session gets a new cookie',
  request: { body: jsonBody(secondFactorCode) },
  responses: { 204: { description: 'On' }, ...refusals(400, 401, 403, 413, 415, 429) },
})

const codesRoute = createRoute({
  method: 'post',
  path: '/api/account/second-factor/recovery-codes',
  summary: 'Get new recovery codes; the old ones count no more',
  request: { body: jsonBody(confirmation) },
  responses: {
    200: answers(recoveryCodes, 'The codes, told this once'),
    ...refusals(400, 401, 403, 409, 413, 415, 429),
  },
})

const offRoute = createRoute({
  method: 'post',
  path: '/api/account/second-factor/off',
  summary: 'Turn the second factor off; this session gets a new cookie',
  request: { body: jsonBody(confirmation) },
  responses: { 204: { description: 'Off' }, ...refusals(400, 401, 403, 409, 413, 415, 429) },
})

export const secondFactorRoutes = (deps: SecondFactorDeps) => {
  const { attempts, secondFactors, sessionRenewed } = deps
  return openDoor()
    .openapi(beginRoute, async c => {
      const { password } = c.req.valid('json')
      await confirmed(c, deps, password)
      const begun = await secondFactors.begin(c.var.asking, password)
      if (!begun)
        throw new Refusal(
          409,
          'is_on',
          'The second factor is on already. Turn it off first, to set up another app.',
        )
      return c.json(begun, 200)
    })
    .openapi(confirmRoute, async c => {
      const { account, asking, session } = c.var
      if (!session) throw signedOut()
      const guess = beginGuess(attempts, asking.address, account.id, 'second factor')
      if (typeof guess === 'number') throw tooManyAttempts(guess, 'wrong codes')
      const code = c.req.valid('json').code.replaceAll(/\s/g, '')
      const renewed = await secondFactors.confirm(asking, account, code)
      if (!renewed) throw wrongCode(403)
      guess()
      sessionRenewed(session.id, renewed.session)
      setCookies(c, renewed.cookies)
      await c.var.note('second factor changed', { subject: account.id, detail: 'on' })
      return c.body(null, 204)
    })
    .openapi(codesRoute, async c => {
      const { account, asking } = c.var
      const { password } = c.req.valid('json')
      await confirmed(c, deps, password)
      if (!(await secondFactors.isOn(account.id))) throw isOff()
      const recoveryCodes = await secondFactors.newCodes(asking, password)
      await c.var.note('second factor changed', {
        subject: account.id,
        detail: 'new recovery codes',
      })
      return c.json({ recoveryCodes: [...recoveryCodes] }, 200)
    })
    .openapi(offRoute, async c => {
      const { account, asking } = c.var
      const { password } = c.req.valid('json')
      const session = await confirmed(c, deps, password)
      if (!(await secondFactors.isOn(account.id))) throw isOff()
      const renewed = await secondFactors.turnOff(asking, password)
      sessionRenewed(session.id, renewed.session)
      setCookies(c, renewed.cookies)
      await c.var.note('second factor changed', { subject: account.id, detail: 'off' })
      return c.body(null, 204)
    })
}

/** How long the library locks an account after ten wrong codes in a row. */
const LOCKED_FOR = 15 * 60_000

const wrongCode = (status: 401 | 403 = 401): Refusal =>
  new Refusal(
    status,
    'wrong_code',
    'This code is wrong, too old or was used before. Enter the one that the app shows now.',
  )

const startAgain = (): Refusal =>
  new Refusal(
    401,
    'start_again',
    'It took too long, or too many codes were wrong. Enter your password again.',
  )

const isOff = (): Refusal => new Refusal(409, 'is_off', 'The second factor is off.')
