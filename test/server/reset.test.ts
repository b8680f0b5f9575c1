/** Links with which a password is set. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { PersonAdded, ResetLink } from '#shared/api.ts'
import { systemClock } from '#server/live/clock.ts'
import { PASSWORD, startServer, type Person, type TestServer } from '#test/server/harness.ts'

const DAY = 24 * 60 * 60_000
const ANOTHER = 'four quite different words'

let server: TestServer
let ada: Person
let late = 0

beforeAll(async () => {
  server = await startServer({ clock: { ...systemClock, now: () => systemClock.now() + late } })
  ada = (await server.createFirstAccount('Ada')).owner
})
afterAll(() => server.close())

let made = 0
const add = async () => {
  const email = `person-${++made}@example.org`
  const body = { name: 'Ben', email, serverRole: 'member' }
  const added = await server.ask<PersonAdded>('POST', '/api/people', { cookie: ada.cookie, body })
  return { ...added.body, email }
}
const use = async (token: string, password = ANOTHER) =>
  (await server.ask('POST', `/api/reset-links/${token}`, { body: { password } })).status
const another = async (id: string) =>
  (await server.ask<ResetLink>('POST', `/api/people/${id}/reset-link`, { cookie: ada.cookie })).body

test('a link tells whose password it sets, sets it once, and tells nothing else', async () => {
  const { email, link } = await add()
  const { body } = await server.ask('GET', `/api/reset-links/${link.token}`)
  expect(body).toEqual({ name: 'Ben', email })
  const uses = await Promise.all([use(link.token), use(link.token), use(link.token)])
  expect(uses.toSorted()).toEqual([204, 410, 410])
  expect(await server.signIn(email, ANOTHER)).toContain('parley')
  expect((await server.ask('GET', `/api/reset-links/${link.token}`)).status).toBe(410)
})

test('a password that is too weak leaves the link as it is', async () => {
  const { link } = await add()
  expect(await use(link.token, 'short')).toBe(400)
  expect(await use(link.token)).toBe(204)
})

test('using one ends the sessions of the account, and its other links', async () => {
  const { accountId, email, link } = await add()
  const [first, second] = [await another(accountId), await another(accountId)]
  await use(link.token, PASSWORD)
  expect(await use(first.token)).toBe(410)
  const cookie = await server.signIn(email)
  expect(await use(second.token)).toBe(410)
  expect(await use((await another(accountId)).token)).toBe(204)
  expect((await server.ask('GET', '/api/trackers', { cookie })).status).toBe(401)
})

test('an old one, an invented one and one of a closed account are refused alike', async () => {
  const { link } = await add()
  const gone = await add()
  const body = {}
  await server.ask('POST', `/api/people/${gone.accountId}/close`, { cookie: ada.cookie, body })
  late = 3 * DAY
  const refused = await Promise.all(
    [link.token, gone.link.token, 'invented'].map(token =>
      server.ask('POST', `/api/reset-links/${token}`, { body: { password: ANOTHER } }),
    ),
  )
  late = 0
  expect(refused.map(({ status }) => status)).toEqual([410, 410, 410])
  expect(new Set(refused.map(answer => JSON.stringify(answer.body))).size).toBe(1)
})
