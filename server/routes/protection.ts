/** What holds for every request: where it may come from, how large it may be, what a browser may do with the answer. */
import type { Context } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { createMiddleware } from 'hono/factory'
import { secureHeaders } from 'hono/secure-headers'
import type { DoorEnv } from '#server/routes/door.ts'
import { isOwnOrigin } from '#server/routes/origin.ts'
import { Refusal } from '#server/routes/refusal.ts'

const KIB = 1_024
const MIB = 1_024 * KIB

/** The import routes take whole trackers and whole sheets; nothing else is long. */
const LIMITS: readonly (readonly [path: RegExp, most: number])[] = [
  [/^\/api\/trackers\/import$/, 32 * MIB],
  [/^\/api\/trackers\/[^/]+\/import$/, 4 * MIB],
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
  const [, most] = LIMITS.find(([path]) => path.test(context.req.path)) ?? [undefined, LIMIT]
  return limiters.get(most)?.(context, next)
})

const SAFE_METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS'])

export const refuseOtherOrigins = (publicUrl: URL | undefined) =>
  createMiddleware(async (context, next) => {
    const { method, raw } = context.req
    if (!SAFE_METHODS.has(method) && !isOwnOrigin(raw.headers, publicUrl))
      throw new Refusal(
        403,
        'other_origin',
        'This request comes from another site. Open Parley at its own address and try again.',
      )
    await next()
  })

/** `unsafe-inline` for styles only: the text editor makes its style sheets while it runs. */
export const protectAnswers = (publicUrl: URL | undefined) =>
  secureHeaders({
    contentSecurityPolicy: {
      defaultSrc: ["'self'"],
      styleSrc: ["'self'", "'unsafe-inline'"],
      objectSrc: ["'none'"],
      baseUri: ["'none'"],
      formAction: ["'self'"],
      frameAncestors: ["'none'"],
    },
    referrerPolicy: 'no-referrer',
    xFrameOptions: 'DENY',
    crossOriginOpenerPolicy: 'same-origin',
    strictTransportSecurity: publicUrl?.protocol === 'https:' ? 'max-age=31536000' : false,
  })

/** Who asks, for limits: the proxy's word counts only when the proxy is the one that was named. */
export const addressOf =
  (trustedProxy: string | undefined) =>
  (context: Context<DoorEnv>): string => {
    // Requests that tests make have no socket.
    const socket = (context.env as DoorEnv['Bindings'] | undefined)?.incoming?.socket
    const address = (socket?.remoteAddress ?? '').replace(/^::ffff:/, '')
    const forwarded = context.req.header('x-forwarded-for')?.split(',').at(-1)?.trim()
    return networkOf(address === trustedProxy && forwarded ? forwarded : address)
  }

/** One visitor has a whole /64 of IPv6 addresses to choose from. */
const networkOf = (address: string): string =>
  address.includes(':') ? address.split(':').slice(0, 4).join(':') : address
