/** P24: a text stays as it was taken in, under its hash, for its tracker's people alone. */
import { createHash } from 'node:crypto'
import { request } from 'node:http'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import type { TrackerFile } from '#server/exchange/tracker-file.ts'
import type { ApiError, RedactionFindings, TrackerEntry } from '#shared/api.ts'
import type { ExcerptId, TextHash, TrackerId } from '#shared/ids.ts'
import type { SourceText, TextTaken } from '#shared/text-api.ts'
import { startServer, type Person, type TestServer } from '#test/server/harness.ts'
import { docx, paragraph } from '#test/server/text-files.ts'

vi.setConfig({ testTimeout: 30_000 })

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

describe('with its tracker', () => {
  const LEAK = 'hunter2 پسورد'
  const LEAKY = `Before ${LEAK}, and ${LEAK} after.`
  const LEAKY_HASH = createHash('sha256').update(LEAKY).digest('hex')
  const excerpt = { exact: LEAK, prefix: 'Before ', suffix: ', and ', start: 7, end: 20 }

  /** Begins in the middle of it, and ends in the middle of the second one. */
  const partial = {
    exact: 'ter2 پسورد, and hun',
    prefix: 'Before hun',
    suffix: 'ter2',
    start: 10,
    end: 29,
  }

  const exported = async (id = tracker) =>
    (
      await server.ask<TrackerFile>('GET', `/api/trackers/${id}/export.json`, {
        cookie: owner.cookie,
      })
    ).body
  const imported = async (file: unknown) =>
    server.ask<TrackerEntry & ApiError>('POST', '/api/trackers/import', {
      cookie: owner.cookie,
      body: file,
    })
  /** The demo's file with a source that says this, and an excerpt of it. */
  const withSource = async (): Promise<TrackerFile> => {
    await paste(LEAKY)
    const { body } = await read(LEAKY_HASH)
    const file = await exported()
    const [source] = file.tracker.sources
    if (!source) throw new Error('The demo has no sources')
    const textHash = LEAKY_HASH as TextHash
    const id = source.id
    return {
      ...file,
      tracker: {
        ...file.tracker,
        sources: [{ ...source, title: 'Wire', textHash }, ...file.tracker.sources.slice(1)],
        excerpts: [
          ...file.tracker.excerpts,
          { ...excerpt, id: 'leak' as ExcerptId, sourceId: id, textHash },
          { ...partial, id: 'part' as ExcerptId, sourceId: id, textHash },
        ],
      },
      texts: [
        {
          hash: textHash,
          kind: 'pasted',
          name: 'secret hunter2 پسورد.txt',
          bytes: body.bytes,
          at: 1,
          redactedAt: null,
          text: gzipSync(LEAKY).toString('base64'),
        },
      ],
    }
  }

  test('it comes along in the tracker’s file, and is what its hash says', async () => {
    const { body, status } = await imported(await withSource())
    expect(status).toBe(201)
    const there = await read(LEAKY_HASH, body.id as TrackerId)
    expect(there.body).toMatchObject({ text: LEAKY, at: 1, by: { id: owner.id } })
    const again = await exported(body.id as TrackerId)
    expect(again.texts.map(({ hash }) => hash)).toEqual([LEAKY_HASH])
    expect(again.tracker.excerpts.find(({ id }) => id === 'leak')).toMatchObject(excerpt)
  })

  test.each([
    ['another text', gzipSync('Other words').toString('base64')],
    ['what cannot be unpacked', Buffer.from('x').toString('base64')],
    ['a bomb', gzipSync(Buffer.alloc(50_000_000)).toString('base64')],
  ])('a file with %s under its hash makes nothing', async (_, text) => {
    const file = await withSource()
    const { body, status } = await imported({ ...file, texts: [{ ...file.texts[0], text }] })
    expect(status).toBe(400)
    expect(body.error.message).toMatch(/^This file is damaged \(texts\.0: /)
  })

  test('a redaction takes words out of it, and every place in it stays', async () => {
    const file = await withSource()
    const id = (await imported(file)).body.id as TrackerId
    const post = <Body>(rest: string, body: unknown) =>
      server.ask<Body>('POST', `/api/trackers/${id}${rest}`, { cookie: owner.cookie, body })

    const found = await post<RedactionFindings>('/redactions/search', { text: LEAK })
    expect(found.body.places).toContainEqual({
      where: 'the text of “Wire”',
      times: 2,
      isThere: true,
    })
    expect((await post('/redactions', { text: LEAK, reason: 'By accident' })).status).toBe(201)

    const { body } = await read(LEAKY_HASH, id)
    expect(body.text).toBe('Before ███████ █████, and ███████ █████ after.')
    expect(body.text).toHaveLength(LEAKY.length)
    expect(body.redactedAt).toBeGreaterThan(0)
    const after = await exported(id)
    expect(after.tracker.excerpts.find(({ id }) => id === 'leak')?.exact).toBe('███████ █████')
    expect(after.tracker.excerpts.find(({ id }) => id === 'part')).toMatchObject({
      exact: '████ █████, and ███',
      prefix: 'Before ███',
      suffix: '████',
    })
    expect(JSON.stringify(after)).not.toContain('hunter2')

    // Whoever takes it in again does not bring it back, and the file comes in elsewhere.
    expect((await post<TextTaken>('/texts', { text: LEAKY })).body.hash).toBe(LEAKY_HASH)
    expect((await read(LEAKY_HASH, id)).body.text).not.toContain('hunter2')
    const copy = (await imported(after)).body.id as TrackerId
    expect((await read(LEAKY_HASH, copy)).body).toMatchObject({ text: body.text })
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
