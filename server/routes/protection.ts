/** What holds for every request: where it may come from, how large it may be, what a browser may do with the answer. */
import type { IncomingMessage } from 'node:http'
import { isIPv6 } from 'node:net'
import { bodyLimit } from 'hono/body-limit'
import { createMiddleware } from 'hono/factory'
import { PROTECTION } from '#server/headers.ts'
import { tokenIn } from '#server/accounts/tokens.ts'
import { isOwnOrigin } from '#server/routes/origin.ts'
import { Refusal } from '#server/routes/refusal.ts'
import { MAX_FILE_BYTES } from '#shared/texts.ts'

const KIB = 1_024
const MIB = 1_024 * KIB

/** The import routes take whole trackers and whole sheets, sources are whole files; nothing else is long. */
const LIMITS: readonly (readonly [path: RegExp, most: number])[] = [
  [/^\/api\/trackers\/import$/, 32 * MIB],
  [/^\/api\/trackers\/[^/]+\/import$/, 4 * MIB],
  [/^\/api\/trackers\/[^/]+\/texts$/, MAX_FILE_BYTES],
]
const LIMIT = 64 * KIB

const tooLarge = (most: number) => (): never => {
  const shown = most < MIB ? `${most / KIB} KiB` : `${most / MIB} MiB`
  throw new Refusal(413, 'too_large', `This is too large: the limit is ${shown}.`)
}

const limiters = new Map(
  [LIMIT, ...LIMITS.map(([, most]) => most)].map(maxSize => [
    maxSize,
    bodyLimit({ maxSize, onError: tooLarge(maxSize) }),
  ]),
)

export const limitBody = createMiddleware(async (context, next) => {
  if (context.req.header('content-encoding') !== undefined)
    throw new Refusal(415, 'compressed', 'Send the body as it is, without compression.')
  const [, most] = LIMITS.find(([path]) => path.test(context.req.path)) ?? [undefined, LIMIT]
  return limiters.get(most)?.(context, next)
})

const SAFE_METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS'])

export const refuseOtherOrigins = (publicUrl: URL | undefined) =>
  createMiddleware(async (context, next) => {
    const { method, raw } = context.req
    // Who shows a token is not taken for somebody by a cookie, and no other site can make a browser show one.
    const isSafe = SAFE_METHODS.has(method) || tokenIn(raw.headers) !== undefined
    if (!isSafe && !isOwnOrigin(raw.headers, publicUrl))
      throw new Refusal(
        403,
        'other_origin',
        'This request comes from another site. Open Parley at its own address and try again.',
      )
    await next()
  })

/** What a route says of its own answer goes before what holds for all. */
export const protectAnswers = (publicUrl: URL | undefined) => {
  const headers = Object.entries({
    ...PROTECTION,
    ...(publicUrl?.protocol === 'https:' && { 'strict-transport-security': 'max-age=31536000' }),
  })
  return createMiddleware(async (context, next) => {
    await next()
    for (const [name, value] of headers)
      if (!context.res.headers.has(name)) context.header(name, value)
  })
}

/** Who asks, for limits: the proxy's word counts only when the proxy is the one that was named. */
export const addressOf =
  (trustedProxy: string | undefined) =>
  ({ headers, socket }: IncomingMessage): string => {
    const address = plain(socket.remoteAddress ?? '')
    const forwarded = headers['x-forwarded-for']?.toString().split(',').at(-1)?.trim()
    return networkOf(address === trustedProxy && forwarded ? plain(forwarded) : address)
  }

/** IPv4 as a socket for both families writes it. */
const plain = (address: string): string => address.replace(/^::ffff:(?=[\d.]+$)/, '')

/** One visitor has a whole /64 of IPv6 addresses to choose from. */
const networkOf = (address: string): string =>
  isIPv6(address) ? groupsOf(address).slice(0, 4).join(':') : address

const groupsOf = (address: string): readonly string[] => {
  const [start = '', end] = address.split('%')[0]?.split('::') ?? []
  const before = start.split(':').filter(group => group !== '')
  const after = (end ?? '').split(':').filter(group => group !== '')
  const zeros = end === undefined ? 0 : 8 - before.length - after.length
  return [...before, ...Array.from({ length: zeros }, () => '0'), ...after]
}
