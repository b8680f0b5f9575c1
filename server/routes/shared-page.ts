/** What a share link leads to, for strangers: a page without scripts, never the document and never its history. */
import { readFileSync } from 'node:fs'
import type { IncomingMessage } from 'node:http'
import type { Context } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'
import { createMiddleware } from 'hono/factory'
import { Attempts, beginGuess, type Limit } from '#server/accounts/attempts.ts'
import type { AuditLog } from '#server/audit/audit-log.ts'
import type { Matrices } from '#server/history/matrices.ts'
import type { Moments } from '#server/history/moments.ts'
import { openDoor, type DoorEnv } from '#server/routes/door.ts'
import { limitBody, refuseOtherOrigins } from '#server/routes/protection.ts'
import { OPEN_FOR_MS, Openings } from '#server/sharing/openings.ts'
import { isPasswordOf, type OpenLink, type ShareLinks } from '#server/sharing/share-links.ts'
import {
  busyPage,
  matrixPage,
  nothingPage,
  passwordPage,
  STYLE_PATH,
} from '#server/sharing/shared-html.ts'
import { readTracker } from '#shared/document/tracker.ts'
import { sharedPage } from '#shared/pages/shared-page.ts'
import { LONGEST_SHARE_PASSWORD } from '#shared/sharing-api.ts'
import type { Tracker } from '#shared/tracker.ts'

export interface SharedPageDeps {
  readonly shareLinks: ShareLinks
  readonly matrices: Matrices
  readonly moments: Pick<Moments, 'find'>
  readonly attempts: Attempts
  readonly auditLog: AuditLog
  readonly addressOf: (request: IncomingMessage) => string
  readonly publicUrl: URL | undefined
  readonly now: () => number
}

/** From one address: a page is made anew for each look, and each is noted. */
const LOOKS: Limit = { most: 60, withinMs: 60_000 }

type Door = Context<DoorEnv, '/s/:token'>

const STYLE = readFileSync(new URL('../sharing/shared-page.css', import.meta.url), 'utf8')

export const sharedPageRoutes = (deps: SharedPageDeps) => {
  const { addressOf, attempts, auditLog, now, publicUrl, shareLinks } = deps
  const openings = new Openings(now)
  const looks = new Attempts(now)
  const isSecure = publicUrl?.protocol === 'https:'
  const cookie = isSecure ? '__Secure-parley_share' : 'parley_share'

  const show = async (c: Door, link: OpenLink) => {
    const shown = await shownBy(deps, link)
    // A look at its head is none at the page.
    const mayLook = c.req.method === 'HEAD' || (await shareLinks.countView(link.id))
    if (!shown || !mayLook) return nothing(c)
    if (c.req.method !== 'HEAD')
      await auditLog.add({
        what: 'share viewed',
        by: null,
        from: addressOf(c.env.incoming),
        trackerId: link.trackerId,
        subject: link.id,
      })
    return c.html(
      matrixPage({
        ...shown,
        page: sharedPage(shown.tracker),
        classification: link.classification,
      }),
    )
  }

  return openDoor()
    .use('/s/*', refuseOtherOrigins(publicUrl), limitBody)
    .get(STYLE_PATH, c =>
      c.body(STYLE, 200, {
        'content-type': 'text/css; charset=utf-8',
        'cache-control': 'no-cache',
      }),
    )
    .get('/s/:token', async c => {
      const address = addressOf(c.env.incoming)
      const wait = looks.waitFor(address, LOOKS)
      if (wait > 0) {
        c.header('retry-after', String(Math.ceil(wait / 1_000)))
        return c.html(busyPage, 429)
      }
      looks.begin(address, LOOKS)
      const link = await shareLinks.open(c.req.param('token'))
      if (!link) return nothing(c)
      if (link.password === null || openings.holds(getCookie(c, cookie) ?? '', link.id))
        return show(c, link)
      return askPassword(c, '')
    })
    .post('/s/:token', async c => {
      const token = c.req.param('token')
      const link = await shareLinks.open(token)
      if (!link) return nothing(c)
      const guess = beginGuess(
        attempts,
        addressOf(c.env.incoming),
        `share link ${link.id}`,
        'share link',
      )
      if (typeof guess === 'number') {
        c.header('retry-after', String(Math.ceil(guess / 1_000)))
        return askPassword(c, { minutes: Math.ceil(guess / 60_000) }, 429)
      }
      const { password } = await c.req.parseBody().catch(() => ({ password: undefined }))
      const isRight =
        typeof password === 'string' &&
        password.length <= LONGEST_SHARE_PASSWORD &&
        (await isPasswordOf(link, password))
      if (!isRight) {
        await auditLog.add({
          what: 'share refused',
          by: null,
          from: addressOf(c.env.incoming),
          trackerId: link.trackerId,
          subject: link.id,
        })
        return askPassword(c, 'wrong', 403)
      }
      guess()
      setCookie(c, cookie, openings.add(link.id), {
        path: `/s/${token}`,
        httpOnly: true,
        secure: isSecure,
        sameSite: 'Lax',
        maxAge: OPEN_FOR_MS / 1_000,
      })
      return c.redirect(`/s/${token}`, 303)
    })
}

/** The tracker as the link shows it; undefined where its snapshot is gone. */
const shownBy = async (
  { matrices, moments, now }: SharedPageDeps,
  { snapshotId, trackerId }: OpenLink,
): Promise<
  { readonly tracker: Tracker; readonly at: number; readonly isPast: boolean } | undefined
> => {
  if (snapshotId === null) {
    const { value } = await matrices.read(trackerId, readTracker)
    return { tracker: value, at: now(), isPast: false }
  }
  const past = await moments.find(trackerId, snapshotId)
  return past && { tracker: past.tracker, at: past.at, isPast: true }
}

/** The same for links that are unknown, too old, used up and taken back. */
const nothing = (c: Context) => c.html(nothingPage, 404)

/** Browsers leave out where a form comes from where they must not tell it at all; ours may be told to ourselves. */
const askPassword = (
  c: Context,
  problem: Parameters<typeof passwordPage>[0],
  status: 200 | 403 | 429 = 200,
) => {
  c.header(FORM_REFERRER, 'same-origin')
  return c.html(passwordPage(problem), status)
}

/** Set by a handler, and turned into the real one by `scriptless`, which speaks last. */
const FORM_REFERRER = 'x-form-referrer'

/** Stricter than what holds for all other pages: there is nothing to run and nothing to fetch but a style. */
export const scriptless = createMiddleware(async (context, next) => {
  await next()
  const { headers } = context.res
  const referrer = headers.get(FORM_REFERRER) ?? 'no-referrer'
  context.header(FORM_REFERRER, undefined)
  context.header('referrer-policy', referrer)
  context.header('x-robots-tag', 'noindex, nofollow, noarchive')
  if (!headers.has('cache-control')) context.header('cache-control', 'no-store')
  context.header(
    'content-security-policy',
    "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  )
})
