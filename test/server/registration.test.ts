/** Accounts that people make themselves: only where an administrator has opened the server. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ApiError, ApiSession, ApiWaysIn } from '#shared/api.ts'
import type { Registration } from '#shared/access.ts'
import { personNamed, startServer, type Person, type TestServer } from '#test/server/harness.ts'

let server: TestServer
let ada: Person

beforeAll(async () => {
  server = await startServer()
})
afterAll(() => server.close())

const register = (name: string) =>
  server.ask<ApiSession & ApiError>('POST', '/api/auth/sign-up/email', { body: personNamed(name) })
const open = (registration: Registration) =>
  server.ask('PATCH', '/api/settings', { cookie: ada.cookie, body: { registration } })

test('nobody makes an account by themselves before and after the server is set up', async () => {
  expect((await register('Early')).status).toBe(403)
  ada = (await server.createFirstAccount('Ada')).owner
  const refused = await register('Ben')
  expect(refused.status).toBe(403)
  expect(refused.body.error.message).toContain('invitation')
  const ways = await server.ask<ApiWaysIn>('GET', '/api/ways-in')
  expect(ways.body).toMatchObject({ registration: false, mail: false })
})

test('where it is open, everybody is what the setting says; the setting outlasts a restart', async () => {
  await open('guest')
  await server.restart()
  const ben = await register('Ben')
  expect(ben.body.account).toMatchObject({ name: 'Ben', serverRole: 'guest' })
  await open('member')
  expect((await register('Cyd')).body.account?.serverRole).toBe('member')
  expect((await register('BEN')).status).toBe(409)
  await open('closed')
  expect((await register('Dee')).status).toBe(403)
})

test('a role cannot be asked for', async () => {
  await open('guest')
  const made = await server.ask<ApiSession>('POST', '/api/auth/sign-up/email', {
    body: { ...personNamed('Eve'), serverRole: 'administrator', kind: 'service', role: 'admin' },
  })
  expect(made.body.account?.serverRole).toBe('guest')
})

test('from one address there is an end to it', async () => {
  const statuses: number[] = []
  // Refused for their names, before anything slow is done.
  for (let n = 0; n < 20; n++)
    statuses.push(
      (
        await server.ask('POST', '/api/auth/sign-up/email', {
          body: { ...personNamed(`Many ${n}`), password: 'passwordpassword' },
        })
      ).status,
    )
  expect(statuses[0]).toBe(400)
  expect(statuses.at(-1)).toBe(429)
})
