/** Who calls: a person with a session's cookie, or a program with a token, for which cookies count for nothing. */
import type { IncomingMessage } from 'node:http'
import type { Context } from 'hono'
import { createMiddleware } from 'hono/factory'
import type { Accounts } from '#server/accounts/accounts.ts'
import { tokenIn, type Bearer, type Tokens } from '#server/accounts/tokens.ts'
import type { AuditLog } from '#server/audit/audit-log.ts'
import { isForTokens, setCookies, type DoorEnv } from '#server/routes/door.ts'
import { notForToken, signedOut, tooManyAttempts, wrongToken } from '#server/routes/refusal.ts'

export interface CallerDeps {
  readonly accounts: Accounts
  readonly tokens: Tokens
  readonly auditLog: AuditLog
  readonly addressOf: (request: IncomingMessage) => string
}

export const identify = ({ accounts, addressOf, auditLog, tokens }: CallerDeps) =>
  createMiddleware<DoorEnv>(async (context, next) => {
    const address = addressOf(context.env.incoming)
    const token = tokenIn(context.req.raw.headers)
    const bearer = token === undefined ? null : await bearerOf(context, tokens, token, address)
    const session = bearer ? null : await accounts.session(context.req.raw.headers)
    if (session) setCookies(context, session.cookies)
    context.set('bearer', bearer)
    context.set('session', session)
    context.set('asking', { headers: context.req.raw.headers, address })
    context.set('note', (what, about) =>
      auditLog.add({
        what,
        by: (bearer ?? session)?.account ?? null,
        from: address,
        ...about,
        ...(bearer && { detail: withToken(about?.detail, bearer) }),
      }),
    )
    await next()
  })

export const signedIn = createMiddleware<DoorEnv>(async (context, next) => {
  const { bearer, session } = context.var
  const caller = bearer ?? session
  if (!caller) throw signedOut()
  if (bearer && !isForTokens(context.req.method, context.req.path)) throw notForToken()
  context.set('account', caller.account)
  await next()
})

/** What a program did is told from what its account did by itself. */
const withToken = (detail: string | undefined, { id }: Bearer): string =>
  [detail, `with the token ${id}`].filter(Boolean).join('; ')

const bearerOf = async (
  context: Context<DoorEnv>,
  tokens: Tokens,
  token: string,
  address: string,
): Promise<Bearer> => {
  const found = await tokens.present(token, address)
  if (typeof found === 'number') {
    context.header('retry-after', String(Math.ceil(found / 1_000)))
    throw tooManyAttempts(found, 'wrong tokens')
  }
  if (found !== 'wrong') return found
  context.header('www-authenticate', 'Bearer realm="Parley", error="invalid_token"')
  throw wrongToken()
}
