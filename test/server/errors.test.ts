/** P40: whatever is sent to whichever route, the answer is one in words, and tells nothing of the inside. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ApiError } from '#shared/api.ts'
import type { TrackerId } from '#shared/ids.ts'
import { startServer, type Ask, type Person, type TestServer } from '#test/server/harness.ts'

interface Schema {
  readonly $ref?: string
  readonly type?: string | readonly string[]
  readonly enum?: readonly unknown[]
  readonly properties?: Readonly<Record<string, Schema>>
}
interface Operation {
  readonly parameters?: readonly { readonly name: string; readonly in: string }[]
  readonly requestBody?: {
    readonly content: Readonly<Record<string, { readonly schema?: Schema }>>
  }
}

let server: TestServer
let owner: Person
let tracker: TrackerId

beforeAll(async () => {
  server = await startServer()
  ;({ owner, trackerId: tracker } = await server.createFirstAccount())
})
afterAll(() => server.close())

/** What could only come from the inside: places in files, statements, names of what Parley is built of. */
const INSIDE =
  /\bat .+:\d+|node_modules|\.[jt]s\b|\/(?:work|home|root|tmp|usr|var)\/|\bSELECT\b|\bINSERT\b|constraint|sqlite|postgres|drizzle|hono|zod|better-?auth|\bTypeError|\[object|DATA_DIR|SESSION_SECRET/i

const PARAMETERS = ['__proto__', '%00', '%ff', '..%2f..%2fetc', 'x'.repeat(300), "'%20OR%201=1--"]
const BODIES: readonly string[] = [
  '',
  '{',
  '[]',
  '{"__proto__":{"role":"owner"}}',
  `${'['.repeat(5_000)}${']'.repeat(5_000)}`,
]
const VALUES: readonly unknown[] = [
  null,
  1e308,
  { toString: 'x' },
  "'; DROP TABLE user; --\u0000\uD800",
  'x'.repeat(20_000),
]

interface Description {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> }
}

/** What a body of this kind may hold there: enough to get past the form of it, so that one wrong value is met alone. */
const plausible = ({ enum: values, type }: Schema): unknown => {
  if (values) return values[0]
  if (type === 'number' || type === 'integer') return 1
  if (type === 'boolean') return false
  return type === 'array' ? [] : 'x'
}

/** The path with one of its parameters replaced; the tracker's is else that of a tracker that is there. */
const pathWith = (path: string, name: string, value: string): string =>
  path
    .replace(`{${name}}`, value)
    .replace('/api/trackers/{id}', `/api/trackers/${tracker}`)
    .replaceAll(/\{\w+\}/g, 'nothing')

interface BadRequest {
  readonly method: string
  readonly path: string
  readonly ask: Ask
}

const badRequests = ({ components, paths }: Description): readonly BadRequest[] => {
  const requests: BadRequest[] = []
  for (const [path, item] of Object.entries(paths))
    for (const [name, { parameters = [], requestBody }] of Object.entries(item)) {
      const method = name.toUpperCase()
      const at = pathWith(path, '', '')
      for (const { in: place, name } of parameters)
        for (const value of PARAMETERS)
          requests.push({
            method,
            path: place === 'path' ? pathWith(path, name, value) : `${at}?${name}=${value}`,
            ask: {},
          })
      const [type, content] = Object.entries(requestBody?.content ?? {})[0] ?? []
      if (type === undefined) continue
      const headers = { 'content-type': type }
      for (const body of BODIES) requests.push({ method, path: at, ask: { headers, body } })
      const schema = components.schemas[content?.schema?.$ref?.split('/').at(-1) ?? '']
      const fields = Object.entries(schema?.properties ?? {})
      const good = Object.fromEntries(fields.map(([field, of]) => [field, plausible(of)]))
      for (const [field] of fields)
        for (const value of VALUES)
          requests.push({ method, path: at, ask: { headers, body: { ...good, [field]: value } } })
    }
  return requests
}

test(
  'no route tells anything of the inside, nor fails at what it is sent',
  { timeout: 90_000 },
  async () => {
    const { body: description } = await server.ask<Description>('GET', '/api/openapi.json')
    const requests = badRequests(description)
    const wrong: string[] = []
    for (const { ask, method, path } of requests) {
      const { cookie } = owner
      const { body, status } = await server.ask<ApiError>(method, path, { ...ask, cookie })
      if (status < 400) continue
      const told = JSON.stringify(body)
      const isInWords = body.error?.code !== undefined && body.error.message !== ''
      if (status >= 500 || INSIDE.test(told) || !isInWords)
        wrong.push(`${status} ${method} ${path} ${JSON.stringify(ask.body)}: ${told}`.slice(0, 500))
    }
    expect(wrong).toEqual([])
    expect(requests.length).toBeGreaterThan(1_000)
    expect(server.logged.filter(([event]) => event === 'fault')).toEqual([])
  },
)
