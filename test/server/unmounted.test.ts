/** P40: the accounts library brings some hundred routes along, and none of them is reached but by ours. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createAuth } from '#server/accounts/auth.ts'
import type { Database } from '#server/store/database.ts'
import { startServer, type Person, type TestServer } from '#test/server/harness.ts'

interface Endpoint {
  readonly path?: string
  readonly options?: { readonly method?: string | readonly string[] }
}

/** What is ours has its path for everybody who knows the library's. */
const OURS: ReadonlySet<string> = new Set([
  'POST /api/auth/sign-in/email',
  'POST /api/auth/sign-up/email',
  'POST /api/auth/sign-out',
])

let server: TestServer
let owner: Person

beforeAll(async () => {
  server = await startServer()
  ;({ owner } = await server.createFirstAccount())
})
afterAll(() => server.close())

const routes = (): readonly string[] => {
  const { api } = createAuth({} as Database, {
    secret: 's'.repeat(32),
    publicUrl: 'http://localhost',
  })
  return Object.values(api as unknown as Record<string, Endpoint>).flatMap(({ options, path }) =>
    path === undefined
      ? []
      : [options?.method ?? 'GET'].flat().map(method => `${method} /api/auth${path}`),
  )
}

test('neither strangers nor people who are signed in reach them', async () => {
  const all = [...new Set(routes())]
  expect(all.length).toBeGreaterThan(20)
  const reached: string[] = []
  for (const route of all.filter(route => !OURS.has(route))) {
    const [method = '', path = ''] = route.split(' ')
    for (const cookie of [undefined, owner.cookie]) {
      const { status } = await server.ask(method, path.replaceAll(/:\w+/g, 'x'), {
        ...(cookie !== undefined && { cookie }),
        ...(method !== 'GET' && { body: {} }),
      })
      if (status !== (cookie === undefined ? 401 : 404)) reached.push(`${status} ${route}`)
    }
  }
  expect(reached).toEqual([])
})
