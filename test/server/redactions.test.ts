/** P22: what an owner has redacted is nowhere any more, and nobody brings it back. */
import { gunzipSync, zstdDecompressSync } from 'node:zlib'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import * as Y from 'yjs'
import { auditFile } from '#server/store/sqlite-audit.ts'
import type {
  ApiError,
  ApiHistory,
  RedactionDone,
  RedactionFindings,
  SnapshotEntry,
  TrackerEntry,
} from '#shared/api.ts'
import { setPosition } from '#shared/document/cells.ts'
import { claimRecords } from '#shared/document/claims.ts'
import { issueRecords } from '#shared/document/issues.ts'
import { positionName } from '#shared/document/layout.ts'
import { partyRecords } from '#shared/document/parties.ts'
import { excerptRecords, sourceRecords } from '#shared/document/sources.ts'
import { describeTracker } from '#shared/document/tracker.ts'
import { decodeChapters } from '#shared/history/chapter.ts'
import { findInJournal, findInState } from '#shared/history/redact/find.ts'
import type {
  ClaimId,
  ExcerptId,
  IssueId,
  PartyId,
  SourceId,
  TextHash,
  TrackerId,
} from '#shared/ids.ts'
import type { Redaction } from '#shared/redactions.ts'
import type { TextTaken } from '#shared/text-api.ts'
import type { Tracker } from '#shared/tracker.ts'
import { encodeFrame } from '#shared/wire.ts'
import { holdsText } from '#test/contract/files.ts'
import { startServer, type Person, type TestServer } from '#test/server/harness.ts'
import { stockClient, until } from '#test/server/stock-client.ts'

vi.setConfig({ testTimeout: 30_000 })

const SECRET = 'hunter2 پسورد'
const REASON = 'A password, pasted by accident'
const isOnSqlite = process.env['TEST_POSTGRES'] === undefined

let server: TestServer
let owner: Person
let tracker: TrackerId
let tabs: { doc: Y.Doc; provider: { destroy: () => void } }[]

beforeEach(async () => {
  server = await startServer()
  ;({ owner, trackerId: tracker } = await server.createFirstAccount('Ada'))
  tabs = []
})
afterEach(async () => {
  for (const { provider } of tabs) provider.destroy()
  await server.close()
})

const at = (rest = '') => `/api/trackers/${tracker}${rest}`
const post = <Body>(rest: string, body: unknown = {}, { cookie } = owner) =>
  server.ask<Body & ApiError>('POST', at(rest), { cookie, body })
const get = async <Body>(rest: string): Promise<Body> =>
  (await server.ask<Body>('GET', at(rest), { cookie: owner.cookie })).body
const bytesOf = async (rest: string): Promise<Buffer> => {
  const { cookie } = owner
  const answer = await fetch(new URL(at(rest), server.url), { headers: { cookie } })
  return Buffer.from(await answer.arrayBuffer())
}
const redact = (text = SECRET) => post<RedactionDone>('/redactions', { text, reason: REASON })
const trackerNow = async () => (await get<{ tracker: Tracker }>('')).tracker

/** A tab of a stock client that has loaded the tracker. */
const openTab = async ({ cookie } = owner) => {
  const { doc, provider } = stockClient(server.url, cookie, tracker)
  tabs.push({ doc, provider })
  await new Promise<void>(resolve => provider.once('sync', () => resolve()))
  return { doc, provider }
}
type Tab = Awaited<ReturnType<typeof openTab>>

const someCell = ({ doc }: Tab) => {
  const issue = issueRecords.all(doc)[0]?.id as IssueId
  const party = partyRecords.all(doc)[0]?.id as PartyId
  return { issue, party, text: doc.getText(positionName(issue, party)) }
}

/** Whatever anybody can be told of the tracker, unpacked. */
const everything = async (): Promise<string> => {
  const { snapshots } = await get<ApiHistory>('/snapshots')
  const chapters = decodeChapters(await bytesOf('/journal'), zstdDecompressSync)
  const answers = await Promise.all(
    ['', '/changes', '/movements', '/redactions', '/export.json', '/export.csv', '/authors'].map(
      bytesOf,
    ),
  )
  const file = await get<{ document: string; snapshots: { state: string; tracker: string }[] }>(
    '/export.json',
  )
  const states = await Promise.all(snapshots.map(({ id }) => bytesOf(`/snapshots/${id}/state`)))
  return Buffer.concat([
    Buffer.from(JSON.stringify(snapshots)),
    ...[...chapters].flat().map(({ update }) => update),
    ...answers,
    Buffer.from(file.document, 'base64'),
    ...file.snapshots.flatMap(shot =>
      Object.values(shot)
        .filter(value => typeof value === 'string' && value.startsWith('H4sI'))
        .map(packed => gunzipSync(Buffer.from(packed, 'base64'))),
    ),
    ...states,
    Buffer.from(JSON.stringify(await server.ask('GET', '/api/trackers', { cookie: owner.cookie }))),
  ]).toString('utf8')
}

const expectGone = async (): Promise<void> => {
  expect((await everything()).includes(SECRET)).toBe(false)
  expect(JSON.stringify(server.logged).includes(SECRET)).toBe(false)
  if (isOnSqlite) expect(await holdsText(server.folder, SECRET)).toBe(false)
}

/** In texts that stand and are gone, in one piece and letter by letter, in titles, labels, notes, reasons. */
const spill = async (tab: Tab): Promise<void> => {
  const { issue, party, text } = someCell(tab)
  setPosition(tab.doc, issue, party, `The key is ${SECRET}, keep it`)
  for (const [nth, letter] of SECRET.split('').entries()) text.insert(nth, letter)
  text.delete(2, 4)
  describeTracker(tab.doc, { title: `Talks (${SECRET})` })
  partyRecords.set(tab.doc, party, { name: SECRET })
  const saved = await post<SnapshotEntry>('/snapshots', { label: `With ${SECRET}`, note: SECRET })
  await post(`/snapshots/${saved.body.id}/sign-off`, { note: `${SECRET}!` })
  await post('/meetings', { title: `About ${SECRET}` })
  setPosition(tab.doc, issue, party, 'Nothing to see')
  await until(tab.doc, () => text.toString() === 'Nothing to see')
  // What is answered afterwards has everything of before in it.
  await post('/snapshots', { label: 'Afterwards' })
  await get('/changes')
}

describe('a redaction', () => {
  test('takes a text out of everything, and leaves word of it', async () => {
    const tab = await openTab()
    await spill(tab)
    const before = await trackerNow()
    expect(await everything()).toContain(SECRET)
    const found = await post<RedactionFindings>('/redactions/search', { text: SECRET })
    expect(found.status).toBe(200)
    expect(found.body.places).toContainEqual({
      where: 'the tracker’s title',
      times: 1,
      isThere: true,
    })
    const { snapshots: shots, words } = found.body
    expect(shots).toBeGreaterThanOrEqual(2)
    // Two labels (the meeting's is one), a note, a sign-off, and what summaries name.
    expect(words).toBeGreaterThanOrEqual(4)
    expect(JSON.stringify(await trackerNow())).toBe(JSON.stringify(before))

    const { body, status } = await redact()
    expect(status, JSON.stringify(body)).toBe(201)
    const { redaction, ...told } = body
    expect(told).toEqual(found.body)
    expect(redaction).toMatchObject({ by: 'Ada', reason: REASON })
    expect(redaction.where).toMatch(/more places$/)
    await expectGone()

    const after = await trackerNow()
    const blank = SECRET.replaceAll(/\S/g, '█')
    expect(after.redactions).toEqual([redaction])
    expect(await get('/redactions')).toEqual([{ ...redaction, done: true }])
    const { redactions: _, ...rest } = after
    const { redactions: __, ...was } = before
    expect(JSON.stringify(rest)).toBe(JSON.stringify(was).replaceAll(SECRET, blank))
    const { snapshots } = await get<ApiHistory>('/snapshots')
    expect(snapshots.map(({ label }) => label)).toEqual(
      expect.arrayContaining([`With ${blank}`, `Before About ${blank}`, 'Afterwards']),
    )
    const trackers = await server.ask<TrackerEntry[]>('GET', '/api/trackers', owner)
    expect(trackers.body[0]?.title).toBe(`Talks (${blank})`)
    expect((await redact()).status).toBe(404)

    await server.stop()
    if (isOnSqlite) expect(auditFile(join(server.folder, 'parley.db')).faults).toEqual([])
    await server.startAgain()
    await expectGone()
  })

  test('is not undone by a tab with the old document; what it did meanwhile is saved', async () => {
    const bo = await server.invite(owner, tracker, 'editor', 'Bo')
    const [tab, away] = [await openTab(), await openTab(bo)]
    await spill(tab)
    await until(away.doc, () => someCell(away).text.toString() === 'Nothing to see')
    const { provider } = away
    provider.disconnect()
    const other = partyRecords.all(away.doc)[1]?.id as PartyId
    setPosition(away.doc, someCell(away).issue, other, 'Written on the train')
    // And a piece of honest work right beside the text that is taken out.
    someCell(away).text.insert(0, 'Really: ')
    expect((await redact()).status).toBe(201)
    provider.connect()
    await until(away.doc, () => away.doc.getMap('redactions').size === 1)
    const read = async () => {
      const { cells } = await trackerNow()
      return Object.values(cells).map(({ position }) => position)
    }
    await expect.poll(read).toContain('Written on the train')
    expect(await read()).toContain('Really: Nothing to see')
    // Even one that sends all it has, and what it has is still the old document.
    const all = Y.encodeStateAsUpdate(away.doc)
    expect(Buffer.from(all).includes(SECRET)).toBe(true)
    provider.ws?.send(new Uint8Array(encodeFrame({ kind: 'update', update: all })))
    setPosition(away.doc, someCell(away).issue, other, 'Written afterwards')
    await expect.poll(read).toContain('Written afterwards')
    await expectGone()
  })

  test('is not undone by an undo either, of a tab that was away', async () => {
    const bo = await server.invite(owner, tracker, 'editor', 'Bo')
    const [tab, away] = [await openTab(), await openTab(bo)]
    const { issue, party, text } = someCell(away)
    setPosition(away.doc, issue, party, '')
    // In two pieces, and a letter in between.
    text.insert(0, SECRET.slice(0, 5))
    text.insert(5, SECRET.slice(5))
    text.insert(0, 'Login: ')
    partyRecords.set(away.doc, party, { name: SECRET })
    await until(tab.doc, () => someCell(tab).text.toString() === `Login: ${SECRET}`)
    const undo = new Y.UndoManager([text, away.doc.getMap('parties')], { captureTimeout: 0 })
    text.delete(0, text.length)
    undo.stopCapturing()
    partyRecords.set(away.doc, party, { name: 'Nobody' })
    await until(tab.doc, () => partyRecords.read(tab.doc, party)?.name === 'Nobody')
    away.provider.disconnect()
    undo.undo()
    undo.undo()
    expect(text.toString()).toBe(`Login: ${SECRET}`)
    text.insert(0, 'Honest. ')
    expect((await redact()).status).toBe(201)
    away.provider.connect()
    const blank = SECRET.replaceAll(/\S/g, '█')
    const read = async () =>
      Object.values((await trackerNow()).cells).map(({ position }) => position)
    await expect.poll(read).toContain(`Honest. Login: ${blank}`)
    expect((await trackerNow()).parties.map(({ name }) => name)).toContain(blank)
    await expectGone()
    // Whoever writes it anew has been told, and may.
    someCell(tab).text.insert(0, `${SECRET} again. `)
    await expect.poll(read).toContain(`${SECRET} again. Honest. Login: ${blank}`)
  })

  test('reaches snapshots that were imported, of which the journal knows nothing', async () => {
    await spill(await openTab())
    const file = await get<unknown>('/export.json')
    const { body } = await server.ask<TrackerEntry>('POST', '/api/trackers/import', {
      cookie: owner.cookie,
      body: file,
    })
    await redact()
    tracker = body.id as TrackerId
    expect(await everything()).toContain(SECRET)
    const done = await redact()
    expect(done.body.redaction.where).toContain('more places')
    await expectGone()
  })

  test('takes a part that an excerpt holds out of that excerpt alone: it is a word like any other', async () => {
    const tab = await openTab()
    const sentence = 'The envoy met them in Oman'
    const text = `They say: ${sentence}, once more.`
    const textHash = (await post<TextTaken>('/texts', { text })).body.hash as TextHash
    const { issue, party } = someCell(tab)
    const sourceId = sourceRecords.all(tab.doc)[0]?.id as SourceId
    sourceRecords.set(tab.doc, sourceId, { textHash })
    const start = text.indexOf('Oman')
    const place = { sourceId, textHash, start, end: start + 4 }
    const words = { exact: 'Oman', prefix: 'in ', suffix: ', once' }
    for (const id of ['kept', 'removed'] as ExcerptId[])
      excerptRecords.put(tab.doc, id, { ...place, ...words })
    excerptRecords.remove(tab.doc, 'removed' as ExcerptId)
    partyRecords.set(tab.doc, party, { name: 'Oman' })
    setPosition(tab.doc, issue, party, 'Talks in Oman')
    claimRecords.put(tab.doc, 'told' as ClaimId, { statement: 'Oman sent word', sourceId })
    const known = async () => (await trackerNow()).claims.map(({ id }) => id)
    await expect.poll(known).toContain('told')
    await post('/snapshots', { label: 'From Oman' })
    const file = await get<unknown>('/export.json')

    /** What holds the word in the journal, and in each snapshot. */
    const holders = async () => {
      const chapters = decodeChapters(await bytesOf('/journal'), zstdDecompressSync)
      const updates = [...chapters].flat().map(({ update }) => update)
      const { snapshots } = await get<ApiHistory>('/snapshots')
      const states = await Promise.all(snapshots.map(({ id }) => bytesOf(`/snapshots/${id}/state`)))
      return [
        findInJournal(updates, 'Oman').holders,
        ...states.map(state => findInState(state, 'Oman').holders),
      ]
    }
    const expectTaken = async () => {
      const [before, held] = [await trackerNow(), await holders()]
      expect(held.flat().filter(({ root }) => root === 'excerpts').length).toBeGreaterThan(1)
      const found = await post<RedactionFindings>('/redactions/search', { text: sentence })
      expect((await redact(sentence)).status).toBe(201)
      const { excerpts, redactions: _, ...rest } = await trackerNow()
      const { excerpts: had, redactions: __, ...was } = before
      expect(rest).toEqual(was)
      const blank = { exact: '████', prefix: '██ ' }
      expect(excerpts).toEqual(had.map(it => (it.id === 'kept' ? { ...it, ...blank } : it)))
      expect(await holders()).toEqual(
        held.map(all => all.filter(({ root }) => root !== 'excerpts')),
      )
      const listed = { times: 1, isThere: true }
      expect(found.body.places).toContainEqual({ where: 'an excerpt · exact', ...listed })
      expect(found.body.places).toContainEqual({ where: 'an excerpt · prefix', ...listed })
    }
    await expectTaken()
    // Of an imported snapshot the journal knows nothing.
    const { cookie } = owner
    const copy = await server.ask<TrackerEntry>('POST', '/api/trackers/import', {
      cookie,
      body: file,
    })
    tracker = copy.body.id as TrackerId
    await expectTaken()
  })

  test('is refused in words where there is nothing to do, or too much', async () => {
    const errorOf = async (body: unknown) => (await post('/redactions', body)).body.error
    expect(await errorOf({ text: 'never written', reason: REASON })).toMatchObject({
      code: 'no_text',
    })
    expect((await errorOf({ text: 'Iran', reason: 'Iran has to go' })).code).toBe('reason_tells')
    expect((await errorOf({ text: ' a\n b ', reason: REASON })).message).toContain('at least 4')
    expect((await errorOf({ text: '█'.repeat(9), reason: REASON })).message).toContain('at least 4')
    expect((await errorOf({ text: 'Sanctions', reason: ' ' })).message).toContain('reason')
    expect(await get('/redactions')).toEqual([])
  })

  test('that is interrupted goes on with the next start, before anybody comes in', async () => {
    await spill(await openTab())
    // So that nothing of this waits for the disk.
    await get('')
    server.breakDisk(true)
    const { body, status } = await redact()
    expect([status, body.error.code]).toEqual([503, 'unfinished'])
    expect(await get<(Redaction & { done: boolean })[]>('/redactions')).toMatchObject([
      { done: false },
    ])
    server.breakDisk(false)
    await server.restart()
    expect(await get('/redactions')).toMatchObject([{ done: true, reason: REASON }])
    expect((await trackerNow()).redactions).toMatchObject([{ by: 'Ada', reason: REASON }])
    await expectGone()
  })

  test('keeps everybody’s edits that come while it is under way', async () => {
    const bo = await server.invite(owner, tracker, 'editor', 'Bo')
    const [tab, other] = [await openTab(), await openTab(bo)]
    await spill(tab)
    const { text } = someCell(other)
    const redacted = redact()
    for (let nth = 0; nth < 40; nth++) {
      text.insert(text.length, `${nth},`)
      if (nth % 8 === 0) await get('')
    }
    expect((await redacted).status).toBe(201)
    const written = text.toString()
    const read = async () =>
      Object.values((await trackerNow()).cells).map(({ position }) => position)
    await expect.poll(read, { timeout: 10_000 }).toContain(written)
    await expectGone()
  })
})
