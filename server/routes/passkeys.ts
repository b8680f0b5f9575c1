/** Passkeys: signing in with one, and keeping those of one's own account. */
import { createRoute } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { z } from 'zod'
import { beginTry, waitToAsk } from '#server/accounts/attempts.ts'
import type { Passkeys } from '#server/accounts/passkeys.ts'
import { confirmed, type ConfirmingDeps } from '#server/routes/confirming.ts'
import {
  answers,
  jsonBody,
  openDoor,
  refusals,
  setCookies,
  type DoorEnv,
} from '#server/routes/door.ts'
import { organisationOnly, Refusal, tooManyAttempts } from '#server/routes/refusal.ts'
import type { SettingsDeps } from '#server/routes/settings.ts'
import {
  confirmation,
  newPasskey,
  passkey,
  passkeyAnswer,
  passkeyChange,
  passkeyOptions,
  session,
} from '#shared/api.ts'

export interface PasskeysDeps extends ConfirmingDeps {
  readonly passkeys: Passkeys
  readonly publicUrl: URL | undefined
  readonly outside: SettingsDeps['outside']
}

const askRoute = createRoute({
  method: 'post',
  path: '/api/auth/passkey/options',
  summary: 'Begin to sign in with a passkey: what to ask the browser for',
  responses: { 200: answers(passkeyOptions, 'The question'), ...refusals(400, 429) },
})

const signInRoute = createRoute({
  method: 'post',
  path: '/api/auth/passkey',
  summary: 'Sign in with what the browser answered; the answer sets the session cookie',
  request: { body: jsonBody(z.object({ response: passkeyAnswer })) },
  responses: { 200: answers(session, 'Signed in'), ...refusals(400, 401, 403, 413, 415, 429) },
})

/** For strangers. */
export const passkeySignInRoutes = ({ attempts, outside, passkeys, publicUrl }: PasskeysDeps) =>
  openDoor()
    .openapi(askRoute, async c => {
      const { asking } = c.var
      const origin = originOf(c, publicUrl)
      const wait = waitToAsk(attempts, asking.address, 'passkey')
      if (wait > 0) throw tooManyAttempts(wait, 'tries')
      const { cookies, options } = await passkeys.beginSignIn(origin, asking)
      setCookies(c, cookies)
      return c.json(options, 200)
    })
    .openapi(signInRoute, async c => {
      const { asking, note } = c.var
      if (outside.organisation?.only) throw organisationOnly()
      const origin = originOf(c, publicUrl)
      const guess = beginTry(attempts, asking.address, 'passkey answer')
      if (typeof guess === 'number') throw tooManyAttempts(guess, 'tries')
      const signedIn = await passkeys.signIn(origin, asking, c.req.valid('json').response)
      if (!signedIn) {
        await note('sign-in failed', { detail: 'with a passkey' })
        throw new Refusal(
          401,
          'passkey_refused',
          'This passkey is not known here, or it took too long. Try again, or use your password.',
        )
      }
      guess()
      await note('signed in', { by: signedIn.account, detail: 'with a passkey' })
      setCookies(c, signedIn.cookies)
      return c.json({ account: signedIn.account, firstVisit: false }, 200)
    })

const listRoute = createRoute({
  method: 'get',
  path: '/api/account/passkeys',
  summary: 'My passkeys, the oldest first',
  responses: { 200: answers(z.array(passkey), 'The passkeys'), ...refusals(401) },
})

const beginRoute = createRoute({
  method: 'post',
  path: '/api/account/passkeys/options',
  summary: 'Begin to add a passkey: what to ask the browser for',
  request: { body: jsonBody(confirmation) },
  responses: {
    200: answers(passkeyOptions, 'The question'),
    ...refusals(400, 401, 403, 413, 415, 429),
  },
})

const addRoute = createRoute({
  method: 'post',
  path: '/api/account/passkeys',
  summary: 'Add the passkey that the browser made',
  request: { body: jsonBody(newPasskey) },
  responses: { 201: answers(z.array(passkey), 'The passkeys'), ...refusals(400, 401, 413, 415) },
})

const keyParams = z.object({ passkeyId: z.string() })

const renameRoute = createRoute({
  method: 'patch',
  path: '/api/account/passkeys/{passkeyId}',
  summary: 'Give one of my passkeys another name',
  request: { params: keyParams, body: jsonBody(passkeyChange) },
  responses: {
    200: answers(z.array(passkey), 'The passkeys'),
    ...refusals(400, 401, 404, 413, 415),
  },
})

const removeRoute = createRoute({
  method: 'delete',
  path: '/api/account/passkeys/{passkeyId}',
  summary: 'Remove one of my passkeys; it lets nobody in any more',
  request: { params: keyParams },
  responses: { 204: { description: 'Not there any more' }, ...refusals(401) },
})

export const passkeysRoutes = (deps: PasskeysDeps) => {
  const { passkeys, publicUrl } = deps
  return openDoor()
    .openapi(listRoute, async c => c.json(await passkeys.of(c.var.account.id), 200))
    .openapi(beginRoute, async c => {
      await confirmed(c, deps, c.req.valid('json').password)
      const { cookies, options } = await passkeys.beginAdding(originOf(c, publicUrl), c.var.asking)
      setCookies(c, cookies)
      return c.json(options, 200)
    })
    .openapi(addRoute, async c => {
      const { account, asking, note } = c.var
      const { name, response } = c.req.valid('json')
      if (!(await passkeys.add(originOf(c, publicUrl), asking, response, name)))
        throw new Refusal(
          400,
          'passkey_refused',
          'The passkey could not be taken: it took too long, or the device did not check who you are. Try again.',
        )
      await note('passkey changed', { subject: account.id, detail: `added: ${name}` })
      return c.json(await passkeys.of(account.id), 201)
    })
    .openapi(renameRoute, async c => {
      const { id } = c.var.account
      const { passkeyId } = c.req.valid('param')
      const { name } = c.req.valid('json')
      if (!(await passkeys.rename(id, passkeyId, name))) throw noPasskey()
      await c.var.note('passkey changed', { subject: id, detail: `now named: ${name}` })
      return c.json(await passkeys.of(id), 200)
    })
    .openapi(removeRoute, async c => {
      const { account, note } = c.var
      if (await passkeys.remove(account.id, c.req.valid('param').passkeyId))
        await note('passkey changed', { subject: account.id, detail: 'removed' })
      return c.body(null, 204)
    })
}

/** Which pages ask: a passkey is for them alone. Without a set address it is theirs who ask, checked by `isOwnOrigin`. */
const originOf = (c: Context<DoorEnv>, publicUrl: URL | undefined): string => {
  const origin = publicUrl?.origin ?? c.req.header('origin')
  if (origin === undefined || !URL.canParse(origin))
    throw new Refusal(400, 'no_page', 'Passkeys are for browsers. Open Parley in one.')
  return origin
}

const noPasskey = (): Refusal =>
  new Refusal(404, 'no_passkey', 'You have no such passkey any more.')
