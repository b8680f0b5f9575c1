/** Signing in at the organisation: the way there, and the one path on which the provider sends people back. */
import { createRoute } from '@hono/zod-openapi'
import { z } from 'zod'
import type { Accounts } from '#server/accounts/accounts.ts'
import type { Attempts, Limit } from '#server/accounts/attempts.ts'
import { ORGANISATION } from '#server/accounts/openid.ts'
import type { Organisation } from '#server/accounts/organisation.ts'
import { answers, jsonBody, openDoor, refusals, setCookies } from '#server/routes/door.ts'
import { limitTo, Refusal } from '#server/routes/refusal.ts'
import { elsewhere, wayThere } from '#shared/api.ts'

export interface OrganisationDeps {
  readonly accounts: Accounts
  readonly attempts: Attempts
  /** Undefined where there is none. */
  readonly organisation: Organisation | undefined
}

/** From one address: a whole office may stand behind it. */
const BEGUN: Limit = { most: 200, withinMs: 15 * 60_000 }

const beginRoute = createRoute({
  method: 'post',
  path: '/api/auth/sign-in/organisation',
  summary: 'Begin to sign in at the organisation’s OpenID Connect provider; the answer says where',
  request: { body: jsonBody(wayThere) },
  responses: {
    200: answers(elsewhere, 'Where to go'),
    ...refusals(400, 404, 413, 415, 429, 503),
  },
})

const text = z.string().max(4_000).optional()
const back = z.object({ code: text, state: text, iss: text, error: text, error_description: text })

const backRoute = createRoute({
  method: 'get',
  path: `/api/auth/callback/${ORGANISATION}`,
  summary:
    'Where the provider sends people back; signs in and goes on, or says why not at /sign-in',
  request: { query: back },
  responses: { 302: { description: 'Into the client' }, ...refusals(404) },
})

export const organisationRoutes = ({ accounts, attempts, organisation }: OrganisationDeps) =>
  openDoor()
    .openapi(beginRoute, async c => {
      if (!organisation) throw noOrganisation()
      limitTo(attempts, `organisation ${c.var.asking.address}`, BEGUN)
      const begun = await organisation.begin(c.var.asking, c.req.valid('json').return)
      if (!begun)
        throw new Refusal(
          503,
          'organisation_unreachable',
          'Your organisation’s sign-in cannot be reached. Try again in a moment.',
        )
      setCookies(c, begun.cookies)
      return c.json({ url: begun.url }, 200)
    })
    .openapi(backRoute, async c => {
      if (!organisation) throw noOrganisation()
      const back = await organisation.finish(c.var.asking, c.req.valid('query'))
      setCookies(c, back.cookies)
      const cookie = back.cookies.map(cookie => cookie.split(';', 1)[0]).join('; ')
      const session = back.failed ? null : await accounts.session(new Headers({ cookie }))
      if (!session) {
        const failed = back.failed ?? 'unclear'
        await c.var.note('sign-in failed', { detail: `at the organisation: ${failed}` })
        return c.redirect(`/sign-in?failed=${encodeURIComponent(failed)}`, 302)
      }
      const by = session.account
      const detail = 'at the organisation'
      if (back.isNew)
        await c.var.note('account made', { by, subject: by.id, detail: `${by.email}, ${detail}` })
      await c.var.note('signed in', { by, detail })
      return c.redirect(back.path, 302)
    })

const noOrganisation = (): Refusal =>
  new Refusal(404, 'no_organisation', 'This server knows no organisation to sign in with.')
