/** The library that keeps the accounts works on the store's database. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { betterAuth } from 'better-auth'
import { drizzleAdapter } from 'better-auth/adapters/drizzle'
import { expect, onTestFinished, test } from 'vitest'
import * as schema from '#drizzle/sqlite/schema.ts'
import { openSqlite } from '#server/store/sqlite.ts'

test('an account is made, signed in, and known again by its cookie', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'parley-accounts-'))
  const { db, close } = await openSqlite(folder)
  onTestFinished(async () => {
    await close()
    await rm(folder, { recursive: true })
  })
  const auth = betterAuth({
    database: drizzleAdapter(db, { provider: 'sqlite', schema }),
    emailAndPassword: { enabled: true },
    secret: 'a secret of the test, long enough for the library',
    baseURL: 'http://127.0.0.1:3000',
    telemetry: { enabled: false },
  })
  const body = { name: 'Ada', email: 'ada@example.org', password: 'correct horse battery' }

  await auth.api.signUpEmail({ body })
  const signedIn = await auth.api.signInEmail({ body, asResponse: true })
  const cookie = signedIn.headers.get('set-cookie')?.split(';')[0] ?? ''
  const session = await auth.api.getSession({ headers: new Headers({ cookie }) })

  expect(session?.user).toMatchObject({
    name: 'Ada',
    email: 'ada@example.org',
    emailVerified: false,
  })
  expect(session?.session.expiresAt).toBeInstanceOf(Date)
  await expect(auth.api.signUpEmail({ body })).rejects.toThrow(/exist/)
  await expect(
    auth.api.signInEmail({ body: { ...body, password: 'wrong wrong wrong' } }),
  ).rejects.toThrow(/password/)
})
