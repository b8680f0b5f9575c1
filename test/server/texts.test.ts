/** P24: a text stays as it was taken in, under its hash, for its tracker's people alone. */
import { createHash } from 'node:crypto'
import { request } from 'node:http'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ApiError, TrackerEntry } from '#shared/api.ts'
import type { TrackerId } from '#shared/ids.ts'
import type { SourceText, TextTaken } from '#shared/text-api.ts'
import { startServer, type Person, type TestServer } from '#test/server/harness.ts'
import { docx, paragraph } from '#test/server/text-files.ts'

const WORDS = 'به گفتهٔ «منبع»: مذاکرات ادامه دارد.\nSecond line, naïve 🕊.\n'
const HASH = createHash('sha256').update(WORDS).digest('hex')

let server: TestServer
let owner: Person
let tracker: TrackerId

beforeAll(async () => {
  server = await startServer()
  ;({ owner, trackerId: tracker } = await server.createFirstAccount('Ada'))
})
afterAll(() => server.close())

const at = (rest: string, id = tracker) => `/api/trackers/${id}/texts${rest}`
const paste = (text: string, id = tracker) =>
  server.ask<TextTaken & ApiError>('POST', at('', id), { cookie: owner.cookie, body: { text } })
const send = async (bytes: Uint8Array, name: string) => {
  const answer = await fetch(new URL(at(''), server.url), {
    method: 'POST',
    headers: {
      cookie: owner.cookie,
      'content-type': 'application/octet-stream',
      'x-file-name': encodeURIComponent(name),
    },
    body: bytes as Uint8Array<ArrayBuffer>,
  })
  return { status: answer.status, body: (await answer.json()) as TextTaken & ApiError }
}
const read = (hash: string, id = tracker) =>
  server.ask<SourceText & ApiError>('GET', at(`/${hash}`, id), { cookie: owner.cookie })

describe('a text', () => {
  test('that was pasted is handed out as it was, and only as JSON', async () => {
    const taken = await paste(WORDS)
    expect(taken.status).toBe(201)
    expect(taken.body).toMatchObject({ hash: HASH, length: WORDS.length, kind: 'pasted', name: '' })
    const { body, headers, status } = await read(HASH)
    expect(status).toBe(200)
    expect(headers.get('content-type')).toMatch(/^application\/json/)
    expect(body).toMatchObject({ hash: HASH, text: WORDS, redactedAt: null })
    expect(body.by).toEqual({ id: owner.id, name: 'Ada' })
  })

  test('that comes again, in whatever form, is the same text', async () => {
    const first = await paste(WORDS)
    expect((await paste(WORDS.replaceAll('\n', '\r\n'))).body).toEqual(first.body)
    const file = await send(new TextEncoder().encode(`\uFEFF${WORDS}`), 'again.txt')
    expect(file.body).toEqual(first.body)
    const both = await Promise.all([paste('At once'), paste('At once')])
    expect(both[0].body).toEqual(both[1].body)
  })

  test('of a file keeps the file’s name', async () => {
    const name = '../C:\\tmp\\گزارش\u202E.docx'
    const { body, status } = await send(docx(paragraph('From Word')), name)
    expect(status).toBe(201)
    expect(body).toMatchObject({ kind: 'docx', name: 'گزارش.docx', length: 9 })
    expect((await read(body.hash)).body.text).toBe('From Word')
  })

  test('is nobody’s outside of its tracker', async () => {
    const { body } = await server.ask<TrackerEntry>('POST', '/api/trackers', {
      cookie: owner.cookie,
      body: { title: 'Elsewhere' },
    })
    await paste(WORDS)
    const there = await read(HASH, body.id as TrackerId)
    expect([there.status, there.body.error.code]).toEqual([404, 'no_text'])
  })

  test('stays over a restart', async () => {
    await paste(WORDS)
    await server.restart()
    expect((await read(HASH)).body.text).toBe(WORDS)
  })
})

describe('refused in words', () => {
  test.each([
    ['a kind that is not read', 'a.xlsx', 'x', 'unknown_kind'],
    ['what is not what its name says', 'a.pdf', 'x', 'damaged'],
    ['a file without words', 'a.html', '<p hidden>x', 'no_text'],
  ])('%s', async (_, name, content, code) => {
    const { body, status } = await send(new TextEncoder().encode(content), name)
    expect([status, body.error.code]).toEqual([400, code])
    expect(body.error.message).toMatch(/\. .*\.$|; .*\.$/)
  })

  test('too many words', async () => {
    const { body, status } = await paste('x'.repeat(2_000_001))
    expect([status, body.error.code]).toEqual([400, 'too_long'])
    expect((await paste('y'.repeat(2_000_000))).status).toBe(201)
  })

  test('words of blanks, and no words', async () => {
    expect((await paste(' \n ')).body.error.code).toBe('no_text')
    expect((await paste('')).status).toBe(400)
  })

  test('a name that is not encoded, and a body that is neither', async () => {
    const ask = (headers: Record<string, string>) =>
      server.ask<ApiError>('POST', at(''), { cookie: owner.cookie, body: 'x', headers })
    expect((await ask({ 'x-file-name': '%E0%A4%A' })).status).toBe(400)
    expect((await ask({ 'content-type': 'text/plain' })).status).toBe(415)
  })

  test('fifty megabytes, before they are sent', async () => {
    const status = await new Promise<number | undefined>((resolve, reject) => {
      const sending = request(
        new URL(at(''), server.url),
        {
          method: 'POST',
          headers: {
            cookie: owner.cookie,
            'x-file-name': 'large.txt',
            'content-length': 50 * 1_024 * 1_024,
          },
        },
        answer => {
          resolve(answer.statusCode)
          sending.destroy()
        },
      )
      sending.on('error', reject)
      sending.write('The beginning of it')
    })
    expect(status).toBe(413)
  })
})
