/** How the built client reaches a browser, and whose address counts when it asks. */
import type { IncomingMessage } from 'node:http'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliCompressSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { isOwnOrigin } from '#server/routes/origin.ts'
import { addressOf } from '#server/routes/protection.ts'
import { startServer, type TestServer } from '#test/server/harness.ts'

describe('the client', () => {
  const PAGE = '<!doctype html><meta property="csp-nonce" nonce="{{nonce}}"><title>Parley</title>'
  const NONCE = /nonce="([\w-]{22})"/
  const SCRIPT = 'export {}'.repeat(200)
  let clientFolder: string
  let server: TestServer

  beforeAll(async () => {
    clientFolder = await mkdtemp(join(tmpdir(), 'parley-client-'))
    await mkdir(join(clientFolder, 'assets'))
    await writeFile(join(clientFolder, 'index.html'), PAGE)
    await writeFile(join(clientFolder, 'assets/main-abc.js'), SCRIPT)
    await writeFile(join(clientFolder, 'assets/main-abc.js.br'), brotliCompressSync(SCRIPT))
    server = await startServer({ clientFolder })
  })
  afterAll(async () => {
    await server.close()
    await rm(clientFolder, { recursive: true })
  })

  test.each([
    '/',
    '/t/some-tracker',
    '/t/some-tracker?at=1',
    '/join/token',
    '/sign-in',
    '/welcome',
  ])('%s is the page, asked for anew each time', async path => {
    const [first, second] = [await server.ask('GET', path), await server.ask('GET', path)]
    const nonces = [first, second].map(({ body }) => NONCE.exec(String(body))?.[1] ?? 'none')
    expect(nonces[0]).not.toBe(nonces[1])
    const { status, headers, body } = second
    expect([status, body]).toEqual([200, PAGE.replace('{{nonce}}', nonces[1] ?? '')])
    expect(headers.get('cache-control')).toBe('private, no-cache')
    expect(headers.get('content-type')).toContain('text/html')
    expect(headers.get('content-security-policy')).toContain(
      `style-src 'self' 'nonce-${nonces[1]}'`,
    )
  })

  test('an address that leads nowhere is the page too, and says 404', async () => {
    const { status, body } = await server.ask('GET', '/nowhere')
    expect([status, body]).toEqual([404, expect.stringMatching(NONCE)])
  })

  test('what has a hash in its name is kept for ever, and comes compressed', async () => {
    const { headers, body } = await server.ask('GET', '/assets/main-abc.js', {
      headers: { 'accept-encoding': 'gzip, br' },
    })
    expect(headers.get('cache-control')).toContain('immutable')
    expect(headers.get('content-encoding')).toBe('br')
    expect(body).toBe(SCRIPT)
  })

  test('a file that a newer version took away is missing, not the page', async () => {
    const { status, headers, body } = await server.ask('GET', '/assets/main-old.js')
    expect(status).toBe(404)
    expect(headers.get('cache-control')).toBe('no-store')
    expect(body).not.toContain('<!doctype')
  })

  test.each(['/..%2fpackage.json', '/assets/..%2f..%2f..%2fetc%2fpasswd', '/%2e%2e/secret'])(
    '%s does not leave the folder',
    async path => {
      const { body } = await server.ask('GET', path)
      expect(JSON.stringify(body)).not.toMatch(/parley"|root:/)
    },
  )
})

describe('whose address counts', () => {
  const from = (remoteAddress: string, forwarded?: string) =>
    ({
      socket: { remoteAddress },
      headers: forwarded === undefined ? {} : { 'x-forwarded-for': forwarded },
    }) as unknown as IncomingMessage

  test("a visitor's own word on it does not", () => {
    expect(addressOf(undefined)(from('203.0.113.5', '198.51.100.1'))).toBe('203.0.113.5')
    expect(addressOf('10.0.0.1')(from('203.0.113.5', '198.51.100.1'))).toBe('203.0.113.5')
  })

  test('the word of the named proxy does: the last, which it wrote itself', () => {
    const address = addressOf('10.0.0.1')
    expect(address(from('10.0.0.1', 'made up, 198.51.100.1'))).toBe('198.51.100.1')
    expect(address(from('::ffff:10.0.0.1', '198.51.100.1'))).toBe('198.51.100.1')
  })

  test('a whole IPv6 network is one visitor, however it is written', () => {
    const address = addressOf(undefined)
    const same = ['2001:db8:0:7::1', '2001:db8::7:9:8:7:6', '2001:db8:0:7:ffff:ffff:ffff:ffff']
    expect(new Set(same.map(each => address(from(each)))).size).toBe(1)
    expect(address(from('2001:db8:0:8::1'))).not.toBe(address(from('2001:db8:0:7::1')))
    expect(address(from('::1'))).not.toBe(address(from('fe80::1%eth0')))
  })
})

describe('whose page asks', () => {
  const own = (headers: Record<string, string>, publicUrl?: string) =>
    isOwnOrigin(new Headers(headers), publicUrl === undefined ? undefined : new URL(publicUrl))

  test('our own, by the address it was asked at', () => {
    expect(own({ origin: 'http://localhost:3000', host: 'localhost:3000' })).toBe(true)
    expect(own({ origin: 'https://parley.example', host: 'Parley.example' })).toBe(true)
    expect(own({ origin: 'http://localhost:3001', host: 'localhost:3000' })).toBe(false)
    expect(own({ origin: 'null', host: 'localhost:3000' })).toBe(false)
    expect(own({ origin: 'http://localhost:3000.evil.example', host: 'localhost:3000' })).toBe(
      false,
    )
  })

  test('where a public address is set, by that one alone', () => {
    const at = 'https://parley.example'
    expect(own({ origin: at, host: 'internal:3000' }, at)).toBe(true)
    expect(own({ origin: 'http://parley.example', host: 'parley.example' }, at)).toBe(false)
    expect(own({ origin: 'https://evil.example', host: 'evil.example' }, at)).toBe(false)
  })
})
