/** A lost password: the link comes by mail, over a real SMTP server, and nobody learns who has an account. */
import { once } from 'node:events'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { text } from 'node:stream/consumers'
import { SMTPServer } from 'smtp-server'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ApiSettings, ApiWaysIn } from '#shared/api.ts'
import type { TrackerId } from '#shared/ids.ts'
import { onFreePort } from '#test/contract/postgres-server.ts'
import { startServer, type Person, type TestServer } from '#test/server/harness.ts'

const ANOTHER = 'four quite different words'

interface Delivered {
  readonly to: readonly string[]
  readonly text: string
}

let server: TestServer
let publicUrl: string
let ada: Person
let demo: TrackerId
let smtp: SMTPServer
const letters: Delivered[] = []
let letterCame = Promise.withResolvers<void>()

beforeAll(async () => {
  smtp = new SMTPServer({
    disabledCommands: ['STARTTLS'],
    onAuth: (auth, _session, done) =>
      auth.password === 'letmein' ? done(null, { user: 'parley' }) : done(new Error('no')),
    allowInsecureAuth: true,
    onData: (stream, { envelope }, done) => {
      void text(stream).then(text => {
        letters.push({ to: envelope.rcptTo.map(({ address }) => address), text })
        letterCame.resolve()
        done()
      })
    },
  })
  smtp.on('error', () => undefined)
  await once(smtp.listen(0, '127.0.0.1'), 'listening')
  const address = smtp.server.address()
  const port = typeof address === 'object' ? address?.port : undefined
  server = await onFreePort(own => {
    publicUrl = `http://localhost:${own}`
    return startServer({
      port: own,
      environment: {
        SMTP_URL: `smtp://parley:letmein@127.0.0.1:${port}`,
        MAIL_FROM: 'Parley <parley@example.org>',
        PUBLIC_URL: publicUrl,
      },
    })
  })
  const first = await server.createFirstAccount('Ada')
  ada = first.owner
  demo = first.trackerId
})
afterAll(async () => {
  await server.close()
  await new Promise<void>(resolve => void smtp.close(() => resolve()))
})

const ask = (email: string) => server.ask('POST', '/api/reset-links', { body: { email } })
const nextLetter = async (): Promise<Delivered> => {
  await letterCame.promise
  letterCame = Promise.withResolvers()
  const letter = letters.at(-1)
  if (!letter) throw new Error('no letter')
  return letter
}
const linkIn = ({ text }: Delivered): string => {
  const whole = text.replaceAll(/=\r\n/g, '')
  return new RegExp(`${publicUrl}/reset/([\\w-]{43})`).exec(whole)?.[1] ?? ''
}

test('whoever has an account gets a link that sets a password, whatever host was asked', async () => {
  const asked = await server.ask('POST', '/api/reset-links', {
    body: { email: 'ADA@example.org' },
    headers: { 'x-forwarded-host': 'evil.example' },
  })
  expect(asked.status).toBe(202)
  const letter = await nextLetter()
  expect(letter.to).toEqual([ada.email])
  expect(letter.text).not.toContain('evil.example')
  const token = linkIn(letter)
  const set = await server.ask('POST', `/api/reset-links/${token}`, { body: { password: ANOTHER } })
  expect(set.status).toBe(204)
  expect((await server.ask('GET', '/api/trackers', { cookie: ada.cookie })).status).toBe(401)
  ada = { ...ada, cookie: await server.signIn(ada.email, ANOTHER) }
})

test('an unknown address gets the same answer, and no letter', async () => {
  const before = letters.length
  const [unknown, known] = [await ask('nobody@example.org'), await ask(ada.email)]
  expect([unknown.status, unknown.body]).toEqual([known.status, known.body])
  expect((await nextLetter()).to).toEqual([ada.email])
  expect(letters.length).toBe(before + 1)
})

test('an account gets few letters, an address asks for few, and both are told nothing more', async () => {
  const statuses: number[] = []
  for (let n = 0; n < 12; n++) statuses.push((await ask(ada.email)).status)
  expect(statuses.slice(0, 7)).toEqual(Array(7).fill(202))
  expect(statuses.at(-1)).toBe(429)
  await nextLetter()
  expect(letters.filter(({ to }) => to.includes(ada.email))).toHaveLength(3)
})

test('that a link was sent is in the audit log, and the link is not', async () => {
  const { body } = await server.ask('GET', '/api/audit', { cookie: ada.cookie })
  const told = JSON.stringify(body)
  expect(told).toContain('by mail')
  for (const letter of letters) expect(told).not.toContain(linkIn(letter))
})

test('administrators see which server takes mail, and not its password; strangers that there is one', async () => {
  const seen = await server.ask<ApiSettings>('GET', '/api/settings', { cookie: ada.cookie })
  expect(seen.body.mail?.from).toBe('Parley <parley@example.org>')
  expect(JSON.stringify(seen.body)).not.toContain('letmein')
  const ways = await server.ask<ApiWaysIn>('GET', '/api/ways-in')
  expect(ways.body.mail).toBe(true)
  expect(JSON.stringify(server.logged)).not.toContain('letmein')
})

test('who signs in at the organisation alone gets no password by mail', async () => {
  const ben = await server.invite(ada, demo, 'viewer', 'Ben')
  await server.stop()
  const database = new DatabaseSync(join(server.folder, 'parley.db'))
  database.prepare(`update account set provider_id = 'organisation' where user_id = ?`).run(ben.id)
  database.close()
  await server.startAgain()
  const before = letters.length
  letterCame = Promise.withResolvers()
  expect((await ask(ben.email)).status).toBe(202)
  await ask(ada.email)
  expect((await nextLetter()).to).toEqual([ada.email])
  expect(letters).toHaveLength(before + 1)
})
