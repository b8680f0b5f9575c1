/** How a request is refused: a status, a code for programs, and words that say what to do. */
import type { Context } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { WeakPassword } from '#server/accounts/passwords.ts'
import type { Attempts, Limit } from '#server/accounts/attempts.ts'
import { NewerLayout, NotStored } from '#server/history/matrices.ts'
import { Unfinished } from '#server/history/rewriter.ts'
import { Unavailable } from '#server/live/rooms.ts'
import { isUnreachable } from '#server/store/database.ts'
import { DamagedError } from '#server/store/store.ts'
import { CLOSES } from '#shared/access.ts'
import type { ApiError } from '#shared/api.ts'

export type RefusalStatus = 400 | 401 | 403 | 404 | 409 | 410 | 413 | 415 | 429 | 503

/** Thrown anywhere below a route; `answerError` makes the answer. */
export class Refusal extends Error {
  readonly status: RefusalStatus
  readonly code: string

  constructor(status: RefusalStatus, code: string, message: string) {
    super(message)
    this.status = status
    this.code = code
  }
}

export const signedOut = (): Refusal =>
  new Refusal(401, 'signed_out', 'You are signed out. Sign in, then try again.')

export const organisationOnly = (): Refusal =>
  new Refusal(
    403,
    'organisation_only',
    'People sign in at their organisation here, and not with a password or a passkey. Sign in there, then try again.',
  )

/** Where a password is asked for once more, before something that only its owner may do. */
export const wrongPassword = (): Refusal =>
  new Refusal(403, 'wrong_password', 'This is not your present password. Check it and try again.')

export const tooManyAttempts = (wait: number, what = 'wrong passwords'): Refusal => {
  const minutes = Math.ceil(wait / 60_000)
  const shown = minutes === 1 ? 'a minute' : `${minutes} minutes`
  return new Refusal(429, 'too_many_attempts', `Too many ${what}. Try again in ${shown}.`)
}

/** Counts an attempt under a name, or refuses one too many. */
export const limitTo = (attempts: Attempts, name: string, limit: Limit): void => {
  const wait = attempts.waitFor(name, limit)
  if (wait > 0) throw tooManyAttempts(wait, 'attempts')
  attempts.begin(name, limit)
}

export const tooMany = (what: string, todo: string): Refusal =>
  new Refusal(409, 'too_many', `There are too many ${what}. ${todo}`)

/** The same words for a tracker that does not exist and for one without access to it. */
export const noTracker = (): Refusal =>
  new Refusal(404, 'not_found', 'There is no such tracker, or you have no access to it.')

export const noSnapshot = (): Refusal =>
  new Refusal(
    404,
    'no_snapshot',
    'This tracker has no such snapshot; automatic ones thin out with age. Open its history to see those it has.',
  )

/** The same words for one that does not exist and for one that is none of their business. */
export const noCompartment = (): Refusal =>
  new Refusal(404, 'no_compartment', 'There is no such compartment, or you are not in it.')

export const notAllowed = (): Refusal =>
  new Refusal(
    403,
    'not_allowed',
    'Your role in this tracker does not allow this. Ask one of its owners.',
  )

export const notAllowedHere = (): Refusal =>
  new Refusal(
    403,
    'not_allowed',
    'Your role on this server does not allow this. Ask one of its administrators.',
  )

export const noAccount = (): Refusal =>
  new Refusal(
    404,
    'no_account',
    'There is nobody like this on the server, or the account is closed.',
  )

export const noGroup = (): Refusal =>
  new Refusal(404, 'no_group', 'There is no such group on this server, or it has no role here.')

export const lastOwner = (): Refusal =>
  new Refusal(409, 'last_owner', 'A tracker needs an owner. Make somebody else an owner first.')

export const notForToken = (): Refusal =>
  new Refusal(
    403,
    'token_not_allowed',
    'This token does not allow this. Use one that was made for it, or sign in.',
  )

export const wrongToken = (): Refusal =>
  new Refusal(
    401,
    'wrong_token',
    'This token is not valid: it may be misspelt, too old or revoked. Make a new one.',
  )

export const noRoute = (): Refusal =>
  new Refusal(404, 'no_route', 'There is nothing here. GET /api/openapi.json lists what there is.')

const WORDS: Readonly<Record<number, readonly [code: string, message: string]>> = {
  400: ['bad_request', 'What was sent is not valid JSON; it may be cut off or damaged.'],
  413: ['too_large', 'The request is too large. Send it in smaller parts.'],
  415: ['wrong_type', 'Send the body as application/json.'],
}

const NOT_STORED = [
  'not_stored',
  'The server cannot store at the moment. What you changed is kept and will be stored; look again in a minute.',
] as const
const UNAVAILABLE = [
  'unavailable',
  'The server is restarting or has too much to do. Try again in a moment.',
] as const
const UNFINISHED = [
  'unfinished',
  'The redaction has begun, and something keeps the server from its end. It goes on by itself, also after a restart; look at the list of redactions in a few minutes.',
] as const
const NEWER_LAYOUT = [
  'newer_layout',
  'This tracker was made by a newer version of Parley and cannot be changed here. Update Parley first.',
] as const

const body = (code: string, message: string): ApiError => ({ error: { code, message } })

/** No detail of a fault leaves the server: `report` keeps it. */
export const answerError = (
  error: Error,
  context: Context,
  report: (error: Error) => void,
): Response => {
  if (error instanceof Refusal) return context.json(body(error.code, error.message), error.status)
  if (error instanceof WeakPassword) return context.json(body('weak_password', error.message), 400)
  if (error instanceof NotStored) return context.json(body(...NOT_STORED), 503)
  if (error instanceof Unavailable) return context.json(body(...UNAVAILABLE), 503)
  if (error instanceof Unfinished) return context.json(body(...UNFINISHED), 503)
  if (error instanceof NewerLayout) return context.json(body(...NEWER_LAYOUT), 409)
  if (error instanceof HTTPException) {
    const [code, message] = WORDS[error.status] ?? ['refused', error.message]
    return context.json(body(code, message), error.status)
  }
  report(error)
  if (error instanceof DamagedError)
    return context.json(body('damaged', CLOSES.damaged.reason), 503)
  if (isUnreachable(error)) return context.json(body(...UNAVAILABLE), 503)
  return context.json(
    body('fault', 'Something went wrong on the server. Nothing was lost; try again.'),
    500,
  )
}
