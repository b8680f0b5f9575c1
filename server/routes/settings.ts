/** What the server offers to strangers, and what administrators set of it. */
import { createRoute } from '@hono/zod-openapi'
import { mailServer } from '#server/accounts/mail.ts'
import type { Settings } from '#server/accounts/settings.ts'
import type { Outside } from '#server/outside-settings.ts'
import { answers, jsonBody, mayServe, openDoor, refusals } from '#server/routes/door.ts'
import type { Registration } from '#shared/access.ts'
import { settings, settingsChange, waysIn, type ApiSettings } from '#shared/api.ts'

export interface SettingsDeps {
  readonly settings: Settings
  /** What the environment sets, without its secrets. */
  readonly outside: Omit<ApiSettings, 'registration'>
}

const waysRoute = createRoute({
  method: 'get',
  path: '/api/ways-in',
  summary: 'The ways to come in that this server offers to everybody',
  responses: { 200: answers(waysIn, 'The ways') },
})

/** What may be told of it. */
export const toldOutside = ({ mail, organisation }: Outside): SettingsDeps['outside'] => ({
  mail: mail ? mailServer(mail) : null,
  organisation: organisation
    ? {
        name: organisation.name,
        issuer: organisation.issuer.href,
        joins: organisation.joins ?? null,
        only: organisation.only,
      }
    : null,
})

/** For strangers. */
export const waysInRoutes = ({ outside, settings }: SettingsDeps) =>
  openDoor().openapi(waysRoute, async c => {
    const { registration } = await settings.read()
    const { mail, organisation } = outside
    const password = organisation?.only !== true
    return c.json(
      {
        registration: password && registration !== 'closed',
        mail: password && mail !== null,
        password,
        organisation: organisation?.name ?? null,
      },
      200,
    )
  })

const administrate = mayServe('administrate')

const readRoute = createRoute({
  method: 'get',
  path: '/api/settings',
  summary:
    'The settings of this server; those of its environment are read-only and without secrets',
  middleware: administrate,
  responses: { 200: answers(settings, 'The settings'), ...refusals(401, 403) },
})

const changeRoute = createRoute({
  method: 'patch',
  path: '/api/settings',
  summary: 'Change the settings of this server',
  middleware: administrate,
  request: { body: jsonBody(settingsChange) },
  responses: {
    200: answers(settings, 'The settings as they are now'),
    ...refusals(400, 401, 403, 413, 415),
  },
})

const REGISTERED: Readonly<Record<Registration, string>> = {
  closed: 'accounts by invitation only',
  guest: 'anybody may make an account, as a guest',
  member: 'anybody may make an account, as a member',
}

export const settingsRoutes = ({ outside, settings }: SettingsDeps) =>
  openDoor()
    .openapi(readRoute, async c => c.json({ ...(await settings.read()), ...outside }, 200))
    .openapi(changeRoute, async c => {
      const { registration } = c.req.valid('json')
      await settings.setRegistration(registration)
      await c.var.note('setting changed', { detail: REGISTERED[registration] })
      return c.json({ registration, ...outside }, 200)
    })
