/** What every answer tells a browser, whoever gives it, and what becomes of requests that are hardly any. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { once } from 'node:events'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { TrackerId } from '#shared/ids.ts'
import { startServer, type Person, type TestServer } from '#test/server/harness.ts'

let server: TestServer
let clientFolder: string
let owner: Person
let tracker: TrackerId

beforeAll(async () => {
  clientFolder = await mkdtemp(join(tmpdir(), 'parley-web-'))
  await mkdir(join(clientFolder, 'assets'))
  await writeFile(join(clientFolder, 'index.html'), '<!doctype html>')
  await writeFile(join(clientFolder, 'assets/a.js'), 'export {}')
  const environment = { METRICS_TOKEN: 't'.repeat(32), LIMIT_HEADERS_MS: '500' }
  server = await startServer({ clientFolder, environment })
  const first = await server.createFirstAccount()
  owner = first.owner
  tracker = first.trackerId
})
afterAll(async () => {
  await server.close()
  await rm(clientFolder, { recursive: true })
})

/** The answer to bytes that a client of HTTP would not send: its status, and its headers by their names. */
const raw = async (request: string): Promise<{ status: number; headers: Map<string, string> }> => {
  const socket = connect(Number(new URL(server.url).port), '127.0.0.1')
  const closed = once(socket, 'close')
  let answer = ''
  socket.on('data', chunk => (answer += String(chunk)))
  socket.write(request)
  await closed
  const [first = '', ...lines] = (answer.split('\r\n\r\n')[0] ?? '').split('\r\n')
  const headers = lines.map(line => {
    const colon = line.indexOf(':')
    return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()] as const
  })
  return { status: Number(first.split(' ')[1]), headers: new Map(headers) }
}
const CLOSE = 'Host: x\r\nConnection: close\r\n'
const UPGRADE =
  'Host: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n' +
  `Sec-WebSocket-Key: ${'a'.repeat(22)}==\r\n`

const expectProtection = (headers: Map<string, string>): void => {
  const policy = headers.get('content-security-policy') ?? ''
  for (const rule of ["default-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"])
    expect(policy).toContain(rule)
  expect(policy).not.toContain('unsafe')
  expect(Object.fromEntries(headers)).toMatchObject({
    'cross-origin-embedder-policy': 'require-corp',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'permissions-policy': expect.stringContaining('camera=()'),
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
  })
  for (const telling of ['server', 'x-powered-by', 'strict-transport-security'])
    expect([...headers.keys()]).not.toContain(telling)
}

describe('P40 every answer tells browsers what they may not do with it', () => {
  test.each([
    ['a page', '/', 200],
    ['a page that is none', '/nowhere', 404],
    ['a file', '/assets/a.js', 200],
    ['a file that is gone', '/assets/b.js', 404],
    ['a route', '/api/session', 200],
    ['the description', '/api/openapi.json', 200],
    ['a refusal', '/api/trackers', 401],
    ['health', '/healthz', 200],
    ['the metrics', '/metrics', 401],
  ])('%s', async (_name, path, status) => {
    const answer = await server.ask('GET', path)
    expect(answer.status).toBe(status)
    expectProtection(new Map(answer.headers))
  })

  test.each(['export.json', 'export.csv'])(
    'a download, %s: a file and nothing else',
    async name => {
      const answer = await server.ask('GET', `/api/trackers/${tracker}/${name}`, owner)
      expectProtection(new Map(answer.headers))
      expect(answer.headers.get('content-security-policy')).toContain('sandbox')
      expect(answer.headers.get('content-disposition')).toMatch(/^attachment; filename="tracker\./)
      expect(answer.headers.get('cache-control')).toBe('no-store')
    },
  )

  test.each([
    ['too much of a body', 413, 'POST', { body: { email: 'x'.repeat(70_000) } }],
    ['another site', 403, 'POST', { body: {}, headers: { origin: 'https://evil.example' } }],
    ['a body that is none', 400, 'POST', { body: '{' }],
    ['a method that is none', 401, 'PUT', { body: {} }],
  ])('%s', async (_name, status, method, ask) => {
    const answer = await server.ask(method, '/api/auth/sign-in/email', ask)
    expect(answer.status).toBe(status)
    expectProtection(new Map(answer.headers))
  })

  test.each([
    ['an address that is none', 400, `GET http://[ HTTP/1.1\r\n${CLOSE}\r\n`],
    ['no host', 400, 'GET / HTTP/1.1\r\nConnection: close\r\n\r\n'],
    ['a host that is none', 400, 'GET / HTTP/1.1\r\nHost: a b/c\r\nConnection: close\r\n\r\n'],
    ['no HTTP at all', 400, 'hello\r\n\r\n'],
    [
      'two lengths',
      400,
      `POST / HTTP/1.1\r\n${CLOSE}Content-Length: 1\r\nContent-Length: 2\r\n\r\n`,
    ],
    [
      'a length and pieces, which two servers would read as two requests',
      400,
      `POST / HTTP/1.1\r\n${CLOSE}Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
    ],
    ['headers that do not end', 408, 'GET / HTTP/1.1\r\nHost: x\r\n'],
    ['headers above 16 KiB', 431, `GET / HTTP/1.1\r\n${CLOSE}X: ${'x'.repeat(17_000)}\r\n\r\n`],
    ['an address above 16 KiB', 431, `GET /${'x'.repeat(17_000)} HTTP/1.1\r\n${CLOSE}\r\n`],
    ['a wish nobody can fulfil', 417, `GET / HTTP/1.1\r\n${CLOSE}Expect: miracles\r\n\r\n`],
    ['a socket to nowhere', 404, `GET /nowhere HTTP/1.1\r\n${UPGRADE}\r\n`],
    [
      'a socket for another site',
      403,
      `GET /live/t1 HTTP/1.1\r\n${UPGRADE}Origin: https://evil.example\r\n\r\n`,
    ],
  ])('%s: %i', async (_name, status, request) => {
    const answer = await raw(request)
    expect(answer.status).toBe(status)
    expectProtection(answer.headers)
  })

  test('behind TLS, to come by TLS alone for a year', async () => {
    const secure = await startServer({ environment: { PUBLIC_URL: 'https://parley.example' } })
    try {
      const { headers } = await secure.parley.app.request('/healthz')
      expect(headers.get('strict-transport-security')).toBe('max-age=31536000')
    } finally {
      await secure.close()
    }
  })
})
