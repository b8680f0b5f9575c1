import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import Papa from 'papaparse'
import * as Y from 'yjs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readCsv, writeCsv } from '#server/exchange/csv.ts'
import { merge } from '#server/exchange/merge.ts'
import { rebuild } from '#server/exchange/rebuild.ts'
import { readSheet, writeSheet } from '#server/exchange/sheet.ts'
import { trackerSchema } from '#server/exchange/tracker-schema.ts'
import type { TrackerFile } from '#server/exchange/tracker-file.ts'
import { templates } from '#server/seeds/templates.ts'
import type {
  ApiError,
  ApiHistory,
  ImportReport,
  SnapshotEntry,
  TrackerEntry,
} from '#shared/api.ts'
import { compare, isUnchanged } from '#shared/compare/compare.ts'
import { attachClaim, setCell, setPosition } from '#shared/document/cells.ts'
import { claimRecords } from '#shared/document/claims.ts'
import { issueRecords } from '#shared/document/issues.ts'
import { setNumeric } from '#shared/document/numeric.ts'
import { addParty } from '#shared/document/parties.ts'
import { judgementRecords } from '#shared/document/sources.ts'
import { createTracker, docFrom, readTracker } from '#shared/document/tracker.ts'
import { restorable, restore } from '#shared/history/restore.ts'
import { newId, type ClaimId, type TrackerId } from '#shared/ids.ts'
import type { Meeting } from '#shared/meetings.ts'
import { cellOf, type Tracker } from '#shared/tracker.ts'
import { startServer, type Person, type TestServer } from '#test/server/harness.ts'
import { BEGINNING, edits, make, newDoc, rewind } from '#test/shared/edits.ts'

const SEED = 20_260_204
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)

describe('CSV', () => {
  const words = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 12 }),
    fc
      .tuple(
        fc.constantFrom(
          '=',
          '+',
          '-',
          '@',
          '\t',
          '\r',
          "'=",
          "''-",
          "'",
          '"',
          '＝',
          '﹦',
          ' =',
          '\u00A0+',
          '"=',
          '\u200B@',
          '\u202E-',
          ';',
          'a|b',
          '\n',
        ),
        fc.string({ maxLength: 6 }),
      )
      .map(([sign, rest]) => sign + rest),
  )
  const tables = fc
    .tuple(
      fc.constant(['Basket', 'Issue', 'Description', 'Scale points']),
      fc.array(fc.tuple(fc.constant('row'), words, words, words), { maxLength: 8 }),
    )
    .map(([header, rows]) => [header, ...rows])

  test(`comes back as it went out (seed ${SEED})`, () => {
    fc.assert(
      fc.property(tables, table => {
        expect(readCsv(bytes(writeCsv(table)))).toEqual(table)
      }),
      { seed: SEED, numRuns: 500 },
    )
  })

  test(`holds nothing that a spreadsheet would run (seed ${SEED})`, () => {
    fc.assert(
      fc.property(tables, table => {
        const raw = Papa.parse<readonly string[]>(writeCsv(table).slice(1)).data.flat()
        for (const cell of raw) {
          expect(cell).not.toMatch(/^[\t\r\n\0]/)
          // As a program reads it that trims, drops what has no width, and takes wide signs for narrow ones.
          const trimmed = cell.normalize('NFKC').replace(/^[\s"\p{Cf}]+/u, '')
          expect(trimmed).not.toMatch(/^[=+\-@]/)
        }
      }),
      { seed: SEED, numRuns: 300 },
    )
  })

  test('begins with a byte order mark and ends each row as RFC 4180 says', () => {
    expect(
      writeCsv([
        ['a', 'b, c'],
        ['1', '2'],
      ]),
    ).toBe('\uFEFFa,"b, c"\r\n1,2\r\n')
  })

  test('may have semicolons or tabs between its columns, and come in UTF-16', () => {
    expect(readCsv(bytes('Issue;Iran\r\nRelief;Wants it, now'))).toEqual([
      ['Issue', 'Iran'],
      ['Relief', 'Wants it, now'],
    ])
    const utf16 = Buffer.from('\uFEFFIssue\tIran\nRelief\tبله', 'utf16le')
    expect(readCsv(utf16)).toEqual([
      ['Issue', 'Iran'],
      ['Relief', 'بله'],
    ])
  })

  test.each([
    ['a workbook', Buffer.from('PK\u0003\u0004rest'), 'workbook'],
    ['bytes that are no text', new Uint8Array([0x49, 0xe9, 0x2c]), 'UTF-8'],
    ['text with zeros', bytes('a\0b'), 'UTF-8'],
    ['a quotation mark that stays open', bytes('Issue,Iran\n"Relief,x'), 'quotation mark'],
  ])('%s is refused with words that say what to do', (_, given, word) => {
    expect(() => readCsv(given)).toThrow(word)
  })

  test('a table without a column for issues is no matrix', () => {
    expect(() => readSheet([['Name', 'Age']])).toThrow('“Issue”')
    expect(() => readSheet([])).toThrow('“Issue”')
  })
})

describe('a sheet', () => {
  const trade = (): Y.Doc => {
    const doc = new Y.Doc()
    createTracker(doc, 'Round one')
    templates.trade(doc)
    const { issues, parties } = readTracker(doc)
    const [issue, party] = [issues[0], parties[0]]
    if (!issue || !party) throw new Error('The template is empty')
    setPosition(doc, issue.id, party.id, '=SUM(A1) is not a position\nover two lines')
    setCell(doc, issue.id, party.id, { stance: issue.scale.points[2]?.id ?? null })
    return doc
  }
  const sheetOf = (doc: Y.Doc) => readSheet(readCsv(bytes(writeCsv(writeSheet(readTracker(doc))))))
  const first = ({ issues, parties }: Tracker) => {
    const [issue, party] = [issues[0], parties[0]]
    if (!issue || !party) throw new Error('Nothing there')
    return { issue, party }
  }
  const importing = (doc: Y.Doc, csv: string) => merge(doc, readSheet(readCsv(bytes(csv))))

  test('has a row for each issue and four columns for each party', () => {
    const doc = trade()
    const { issues, parties } = readTracker(doc)
    const [header, ...rows] = writeSheet(readTracker(doc))
    expect(header?.slice(0, 8)).toEqual([
      'Basket',
      'Issue',
      'Description',
      'Scale points',
      'Party A',
      'Party A · stance',
      'Party A · knowledge',
      'Party A · evidence',
    ])
    expect(rows).toHaveLength(issues.length)
    expect(header).toHaveLength(4 + 4 * parties.length)
    expect(rows[0]?.[6]).toBe('Reported')
    expect(rows[1]?.[6]).toBe('Unknown')
  })

  test('says beside a position whose word it is, and takes nothing of that back', () => {
    const doc = trade()
    const { issue, party } = first(readTracker(doc))
    const claimId = newId<ClaimId>()
    claimRecords.put(doc, claimId, {
      statement: 'They accept',
      attribution: 'unnamed_official',
      hedges: 'reportedly, not yet',
    })
    setPosition(doc, issue.id, party.id, 'Accepts most')
    attachClaim(doc, issue.id, party.id, claimId)
    const before = readTracker(doc)
    const [header, row] = writeSheet(before)
    const at = header?.indexOf(`${party.name} · evidence`) ?? -1
    expect(row?.[at]).toBe('unnamed official, unconfirmed; hedged: “reportedly, not yet”')
    expect(row?.[at - 3]).toBe('Accepts most')
    merge(doc, sheetOf(doc))
    expect(readTracker(doc)).toEqual(before)
  })

  test('that comes back unchanged changes nothing', () => {
    const doc = trade()
    const before = readTracker(doc)
    let updates = 0
    const sheet = sheetOf(doc)
    doc.on('update', () => updates++)
    expect(merge(doc, sheet)).toEqual({ cells: 0, issuesAdded: 0, partiesAdded: 0, refused: [] })
    expect(updates).toBe(0)
    expect(readTracker(doc)).toEqual(before)
  })

  test(`of any tracker that comes back unchanged changes nothing (seed ${SEED})`, () => {
    fc.assert(
      fc
        .property(edits(20), random => {
          const doc = newDoc()
          make(doc, BEGINNING)
          make(doc, random)
          const before = readTracker(doc)
          const names = before.parties.map(({ name }) => name)
          fc.pre(names.every(name => /^[\w ]*\w$/.test(name)))
          fc.pre(before.issues.every(({ title }) => title.trim() !== ''))
          const report = merge(doc, sheetOf(doc))
          const now = readTracker(doc)
          expect(report).toMatchObject({ issuesAdded: 0, partiesAdded: 0, refused: [] })
          expect(compare(before, now).issues).toEqual([])
          expect(now.cells).toEqual(before.cells)
        })
        .beforeEach(rewind),
      { seed: SEED, numRuns: 100, maxSkipsPerRun: 1_000 },
    )
  })

  test('brings in what it says: positions, stances by label, knowledge by label', () => {
    const doc = trade()
    const report = importing(
      doc,
      'Issue,Party B,Party B · stance,Party B · knowledge\n' +
        'industrial tariffs,Accepts most,most lines, long phase-out,\n'.replace(
          'most lines, long phase-out',
          '"most lines, long phase-out"',
        ) +
        'Agricultural access,Has not said,,on the agenda\n',
    )
    expect(report).toEqual({ cells: 2, issuesAdded: 0, partiesAdded: 0, refused: [] })
    const now = readTracker(doc)
    const [tariffs, farms] = now.issues
    const party = now.parties[1]
    if (!tariffs || !farms || !party) throw new Error('Nothing there')
    expect(cellOf(now, tariffs.id, party.id)).toMatchObject({
      position: 'Accepts most',
      stance: tariffs.scale.points[2]?.id,
      knowledge: 'reported',
    })
    expect(cellOf(now, farms.id, party.id)).toMatchObject({
      position: 'Has not said',
      stance: null,
      knowledge: 'agenda_only',
    })
  })

  test('on a scale of numbers a number in the sheet is its point, which is made where there is none', () => {
    const doc = trade()
    const { issue, party } = first(readTracker(doc))
    issueRecords.set(doc, issue.id, { scaleUnit: '%' })
    setNumeric(doc, issue.id, true)
    const csv = `Issue,Scale points,Party A,Party A · stance\n${issue.title},40 %,A fifth,"12,5 %"\n`
    expect(importing(doc, csv).refused).toEqual([])
    const now = readTracker(doc)
    const { points } = now.issues[0]?.scale ?? expect.fail()
    expect(points.map(({ label }) => label).slice(0, 2)).toEqual(['12.5 %', '40 %'])
    expect(cellOf(now, issue.id, party.id).stance).toBe(points[0]?.id)
    importing(doc, csv)
    expect(readTracker(doc).issues[0]?.scale.points).toHaveLength(points.length)
  })

  test('of ten thousand numbers on one scale makes a point of each, in their order', () => {
    const doc = trade()
    const { issue } = first(readTracker(doc))
    setNumeric(doc, issue.id, true)
    const numbers = Array.from({ length: 10_000 }, (_, nth) => nth + 1)
    const csv = `Issue,Scale points\n${issue.title},${numbers.toReversed().join(' | ')}\n`
    expect(importing(doc, csv).refused).toEqual([])
    const values = readTracker(doc).issues[0]?.scale.points.flatMap(({ value }) => value ?? [])
    expect(values).toEqual(numbers)
  })

  test('adds rows with their basket and scale, and columns, that are not there', () => {
    const doc = trade()
    const rows = readTracker(doc).issues.length
    const report = importing(
      doc,
      'Basket,Issue,Description,Scale points,Party A,Newcomer,Newcomer · stance\n' +
        'Fisheries,Quotas,Who may fish,None | Some | All,,Wants all,All\n' +
        'Rules,Standards,,,,,\n',
    )
    expect(report).toEqual({ cells: 1, issuesAdded: 2, partiesAdded: 1, refused: [] })
    const now = readTracker(doc)
    expect(now.issues).toHaveLength(rows + 2)
    const quotas = now.issues.find(({ title }) => title === 'Quotas')
    const newcomer = now.parties.at(-1)
    if (!quotas || !newcomer) throw new Error('Nothing was added')
    expect(newcomer.name).toBe('Newcomer')
    expect(quotas.description).toBe('Who may fish')
    expect(quotas.scale.points.map(({ label }) => label)).toEqual(['None', 'Some', 'All'])
    expect(now.baskets.find(({ id }) => id === quotas.basketId)?.title).toBe('Fisheries')
    expect(cellOf(now, quotas.id, newcomer.id).stance).toBe(quotas.scale.points[2]?.id)
    const rules = now.baskets.find(({ title }) => title === 'Rules')
    expect(now.issues.findLast(({ basketId }) => basketId === rules?.id)?.title).toBe('Standards')
  })

  test('loses nothing by blank cells, nor by “Unknown” where it says nothing else', () => {
    const doc = trade()
    const before = readTracker(doc)
    importing(
      doc,
      'Basket,Issue,Description,Scale points,Party A,Party A · stance,Party A · knowledge\n' +
        ',Industrial tariffs,,,,,Unknown\n',
    )
    expect(readTracker(doc)).toEqual(before)
  })

  test('says what fitted nothing, with its row and column', () => {
    const doc = trade()
    const report = importing(
      doc,
      'Issue,Party A,Party A · stance,Party A · knowledge\n' +
        'Industrial tariffs,Text,No such point,Rumoured\n' +
        ',Homeless,,\n',
    )
    expect(report.refused).toEqual([
      { row: 2, column: 'Party A · stance', value: 'No such point' },
      { row: 2, column: 'Party A · knowledge', value: 'Rumoured' },
      { row: 3, column: 'Issue', value: '' },
    ])
    const now = readTracker(doc)
    const { issue, party } = first(now)
    expect(cellOf(now, issue.id, party.id)).toMatchObject({ position: 'Text' })
    expect(cellOf(now, issue.id, party.id).stance).not.toBeNull()
  })

  test('tells two parties of one name apart by their order', () => {
    const doc = new Y.Doc()
    createTracker(doc, '')
    addParty(doc, newId(), { name: 'Delegation' })
    addParty(doc, newId(), { name: 'Delegation' })
    importing(doc, 'Issue,Delegation,Delegation\nRelief,Wants it,Opposes it\n')
    const now = readTracker(doc)
    expect(now.parties).toHaveLength(2)
    expect(
      now.parties.map(({ id }) => cellOf(now, now.issues[0]?.id ?? newId(), id).position),
    ).toEqual(['Wants it', 'Opposes it'])
  })

  test('is taken back by restoring the snapshot before it', () => {
    const doc = trade()
    const then = readTracker(doc)
    importing(doc, 'Issue,Party A,Newcomer\nIndustrial tariffs,Changed,New\nAdded,x,y\n')
    restore(doc, then, restorable(compare(then, readTracker(doc))))
    expect(isUnchanged(compare(then, readTracker(doc)))).toBe(true)
  })

  test('of two thousand rows is brought in within a few seconds', () => {
    const doc = trade()
    const rows = Array.from(
      { length: 1_900 },
      (_, i) => `Basket ${i % 9},Issue ${i},a | b | c,Words ${i},b`,
    )
    const report = importing(
      doc,
      `Basket,Issue,Scale points,Party A,Party A · stance\n${rows.join('\n')}\n`,
    )
    expect(report).toMatchObject({ cells: 1_900, issuesAdded: 1_900 })
  })
})

describe('a rebuilt tracker', () => {
  test(`says what the first one said, under one client id (seed ${SEED})`, () => {
    fc.assert(
      fc
        .property(edits(30), random => {
          const doc = newDoc()
          createTracker(doc, 'Round one', 'Described')
          make(doc, BEGINNING)
          make(doc, random)
          const tracker = readTracker(doc)
          const copy = newDoc()
          rebuild(copy, trackerSchema.parse(JSON.parse(JSON.stringify(tracker))))
          const now = readTracker(copy)
          expect(isUnchanged(compare(tracker, now))).toBe(true)
          expect(now.cells).toEqual(tracker.cells)
          expect(now.redLines).toEqual(tracker.redLines)
          expect([now.claims, now.sources]).toEqual([tracker.claims, tracker.sources])
          expect(now.issues.map(({ id }) => id)).toEqual(tracker.issues.map(({ id }) => id))
          expect(copy.store.clients.size).toBe(1)
        })
        .beforeEach(rewind),
      { seed: SEED, numRuns: 150 },
    )
  })
})

describe('through the server', () => {
  let server: TestServer
  let owner: Person
  let demo: TrackerId

  beforeAll(async () => {
    server = await startServer()
    ;({ owner, trackerId: demo } = await server.createFirstAccount('Ada'))
  })
  afterAll(() => server.close())

  const get = async <Body>(path: string, cookie = owner.cookie) => {
    const answer = await server.ask<Body>('GET', path, { cookie })
    expect(answer.status).toBe(200)
    return answer
  }
  const exported = async (id: TrackerId) =>
    (await get<TrackerFile>(`/api/trackers/${id}/export.json`)).body
  const importFile = (body: unknown) =>
    server.ask<TrackerEntry & ApiError>('POST', '/api/trackers/import', {
      cookie: owner.cookie,
      body,
    })
  const importCsv = (id: TrackerId, body: string, type = 'text/csv; charset=utf-8') =>
    server.ask<ImportReport & ApiError>('POST', `/api/trackers/${id}/import`, {
      cookie: owner.cookie,
      body,
      headers: { 'content-type': type },
    })
  const live = async (id: TrackerId) =>
    (await get<{ tracker: Tracker }>(`/api/trackers/${id}`)).body.tracker

  test('a tracker goes out and comes back as a new one, with its snapshots', async () => {
    const file = await exported(demo)
    expect(file).toMatchObject({ format: 'parley', version: 1 })
    expect(file.snapshots).toHaveLength(5)
    expect(readTracker(docFrom(Buffer.from(file.document, 'base64'), 2))).toEqual(file.tracker)

    const { body: entry, status } = await importFile(file)
    expect(status).toBe(201)
    expect(entry).toMatchObject({ title: file.tracker.title, role: 'owner', people: 1 })
    const id = entry.id as TrackerId
    expect(id).not.toBe(demo)
    expect(isUnchanged(compare(file.tracker, await live(id)))).toBe(true)

    const [before, after] = await Promise.all(
      [demo, id].map(tracker => get<ApiHistory>(`/api/trackers/${tracker}/snapshots`)),
    )
    const told = (history: ApiHistory | undefined) =>
      history?.snapshots.map(({ at, kind, label, summary }) => ({ at, kind, label, summary }))
    expect(told(after?.body)).toEqual(told(before?.body))
    expect(after?.body.snapshots[0]?.note).toContain('Imported. Saved by Mediation support')
    expect(after?.body.sinceThen.authors.map(({ name }) => name)).toEqual(['Ada'])
    const then = before?.body.snapshots.at(-1) as SnapshotEntry
    const again = after?.body.snapshots.at(-1) as SnapshotEntry
    const [was, is] = await Promise.all([
      get<{ tracker: Tracker }>(`/api/trackers/${demo}/snapshots/${then.id}`),
      get<{ tracker: Tracker }>(`/api/trackers/${id}/snapshots/${again.id}`),
    ])
    expect(isUnchanged(compare(was.body.tracker, is.body.tracker))).toBe(true)
    expect(is.body.tracker.claims).toEqual(was.body.tracker.claims)
  })

  test('pins and sign-offs come along, the latter as words: nobody here has signed', async () => {
    const original = await exported(demo)
    const { body: copy } = await importFile(original)
    const base = `/api/trackers/${copy.id}/snapshots`
    const [newest] = (await get<ApiHistory>(base)).body.snapshots
    const path = `${base}/${newest?.id}`
    const { cookie } = owner
    await server.ask('PATCH', path, { cookie, body: { pinned: true } })
    await server.ask('POST', `${path}/sign-off`, { cookie, body: { note: ' With the ministry ' } })
    const file = await exported(copy.id as TrackerId)
    expect(file.snapshots.at(-1)).toMatchObject({
      pinned: true,
      signOffs: [{ by: 'Ada', note: 'With the ministry' }],
    })
    const { body: again } = await importFile({
      ...file,
      snapshots: file.snapshots.map(it => ({ ...it, standsFor: 7 })),
    })
    const { snapshots } = (await get<ApiHistory>(`/api/trackers/${again.id}/snapshots`)).body
    expect(snapshots[0]).toMatchObject({ pinned: true, signOffs: [], standsFor: 7 })
    expect(snapshots[0]?.note).toMatch(/ Signed off by Ada, \d+ \w+ \d{4}: With the ministry\.$/)
    expect(snapshots[1]).toMatchObject({ pinned: false })

    // As they were written before there were any of these.
    const older = original.snapshots.map(({ pinned, signOffs, standsFor, ...it }) => {
      expect({ pinned, signOffs, standsFor }).toEqual({ pinned: false, signOffs: [], standsFor: 0 })
      return it
    })
    const { meetings: _, ...tracker } = original.tracker
    expect((await importFile({ ...original, tracker, snapshots: older })).status).toBe(201)
  })

  test('meetings come along, with the snapshots that they stand between', async () => {
    const { body: entry } = await importFile(await exported(demo))
    const { cookie } = owner
    const body = { title: 'Plenary' }
    const begun = await server.ask<Meeting>('POST', `/api/trackers/${entry.id}/meetings`, {
      cookie,
      body,
    })
    const { body: again } = await importFile(await exported(entry.id as TrackerId))
    const meeting = (await live(again.id as TrackerId)).meetings.find(
      ({ title }) => title === 'Plenary',
    )
    const { snapshots } = (await get<ApiHistory>(`/api/trackers/${again.id}/snapshots`)).body
    expect(meeting).toEqual({ ...begun.body, before: snapshots[0]?.id })
    expect(snapshots[0]).toMatchObject({ label: 'Before Plenary', kind: 'meeting' })
  })

  test('what others have signed in a file is nobody’s here, and two stay two', async () => {
    const file = await exported(demo)
    const { body: entry } = await importFile({
      ...file,
      tracker: {
        ...file.tracker,
        judgements: ['ada', 'bo', owner.id].map((by, nth) => ({
          ...judgementRecords.blank,
          id: `j${nth}`,
          subjectId: 's',
          grade: 'B',
          by,
        })),
      },
    })
    const { claimEvents, judgements, notes } = await live(entry.id as TrackerId)
    const [ada, bo, mine] = judgements.map(({ by }) => by)
    expect(mine).toBe(owner.id)
    expect(new Set([ada, bo, 'ada', 'bo', owner.id]).size).toBe(5)
    const signers = new Set(
      [...file.tracker.claimEvents, ...file.tracker.notes].map(({ by }) => by),
    )
    signers.delete(owner.id)
    expect(signers.size).toBeGreaterThan(0)
    for (const { by } of [...claimEvents, ...notes]) expect(signers).not.toContain(by)
  })

  test('one snapshot goes out by itself, in the formats of the whole', async () => {
    const base = `/api/trackers/${demo}/snapshots`
    const { snapshots } = (await get<ApiHistory>(base)).body
    const istanbul = snapshots.find(({ label }) => label === 'Friday in Istanbul')
    const { body: view } = await get<{ tracker: Tracker }>(`${base}/${istanbul?.id}`)
    const { body: file, headers } = await get<TrackerFile>(`${base}/${istanbul?.id}/export.json`)
    expect(file).toMatchObject({ format: 'parley', version: 1, snapshots: [] })
    expect(file.tracker).toEqual(view.tracker)
    expect(readTracker(docFrom(Buffer.from(file.document, 'base64'), 2))).toEqual(view.tracker)
    expect(decodeURIComponent(headers.get('content-disposition') ?? '')).toMatch(
      /US–Iran nuclear talks.*, 2026-02-02 \d\d\.\d\d Friday in Istanbul\.json$/,
    )
    const { body: entry } = await importFile(file)
    expect(isUnchanged(compare(view.tracker, await live(entry.id as TrackerId)))).toBe(true)

    const sheet = await get<string>(`${base}/${istanbul?.id}/export.csv`)
    expect(sheet.headers.get('content-type')).toBe('text/csv; charset=utf-8')
    // Reading a text from the answer takes its byte order mark away.
    expect(`\uFEFF${sheet.body}`).toBe(writeCsv(writeSheet(view.tracker)))
    for (const format of ['json', 'csv'])
      expect(
        (await server.ask('GET', `${base}/none/export.${format}`, { cookie: owner.cookie })).status,
      ).toBe(404)
  })

  test('a file is named after its tracker', async () => {
    const { headers } = await get(`/api/trackers/${demo}/export.csv`)
    expect(headers.get('content-type')).toBe('text/csv; charset=utf-8')
    expect(headers.get('content-disposition')).toContain('US%E2%80%93Iran%20nuclear%20talks')
  })

  test('a file that is not what it says is refused with words, and makes nothing', async () => {
    const file = await exported(demo)
    const bomb = gzipSync(Buffer.alloc(40 * 1024 * 1024, ' ')).toString('base64')
    const withSnapshot = (tracker: string) => ({
      ...file,
      snapshots: [{ ...file.snapshots[0], tracker }],
    })
    const signedAt = (at: number) => ({
      ...file,
      snapshots: [{ ...file.snapshots[0], signOffs: [{ by: 'Ada', at, note: '' }] }],
    })
    const cell = Object.values(file.tracker.cells)[0]
    const faulty: readonly (readonly [unknown, string])[] = [
      [{ format: 'parley' }, 'not a tracker exported from Parley'],
      [{ format: 'excel', version: 1 }, 'not a tracker exported from Parley'],
      [{ ...file, version: 2 }, 'newer version'],
      [{ ...file, tracker: { ...file.tracker, layout: 99 } }, 'newer version'],
      [{ ...file, tracker: { ...file.tracker, title: 7 } }, 'tracker.title'],
      [{ ...file, tracker: { ...file.tracker, parties: [{ id: '__proto__' }] } }, 'parties.0.id'],
      [{ ...file, tracker: { ...file.tracker, cells: { 'a/b': cell } } }, 'no row or column'],
      [withSnapshot('no base64!'), 'snapshots.0'],
      [signedAt(Number.MAX_SAFE_INTEGER), 'snapshots.0.signOffs.0.at'],
      [withSnapshot(Buffer.from('no gzip').toString('base64')), 'cannot be unpacked'],
      [withSnapshot(gzipSync('{').toString('base64')), 'is not JSON'],
      [withSnapshot(gzipSync('{}').toString('base64')), 'layout'],
      [withSnapshot(bomb), 'too large'],
    ]
    const before = (await get<readonly TrackerEntry[]>('/api/trackers')).body.length
    for (const [body, word] of faulty) {
      const answer = await importFile(body)
      expect(answer.status, word).toBe(400)
      expect(answer.body.error.message).toContain(word)
    }
    expect((await get<readonly TrackerEntry[]>('/api/trackers')).body).toHaveLength(before)
  })

  test('a sheet comes in as one edit of mine, after a snapshot that takes it back', async () => {
    const { body: entry } = await importFile(await exported(demo))
    const id = entry.id as TrackerId
    const before = await live(id)
    const answer = await importCsv(id, 'Issue,Iran,Oman\nSanctions relief,Wants it first,Hosts\n')
    expect(answer.status).toBe(200)
    expect(answer.body).toMatchObject({ cells: 2, issuesAdded: 0, partiesAdded: 1, refused: [] })
    const { snapshots, sinceThen } = (await get<ApiHistory>(`/api/trackers/${id}/snapshots`)).body
    expect(snapshots[0]).toMatchObject({ id: answer.body.safety, kind: 'before_import' })
    expect(sinceThen).toMatchObject({ edits: 1, authors: [{ name: 'Ada' }] })
    const safety = await get<{ tracker: Tracker }>(
      `/api/trackers/${id}/snapshots/${answer.body.safety}`,
    )
    expect(isUnchanged(compare(before, safety.body.tracker))).toBe(true)
    const doc = new Y.Doc()
    rebuild(doc, await live(id))
    const then = safety.body.tracker
    restore(doc, then, restorable(compare(then, readTracker(doc))))
    expect(isUnchanged(compare(before, readTracker(doc)))).toBe(true)
  })

  test('a sheet that is none is refused with words, before any snapshot', async () => {
    const { snapshots } = (await get<ApiHistory>(`/api/trackers/${demo}/snapshots`)).body
    expect((await importCsv(demo, 'Name,Age\nAda,36\n')).body.error.message).toContain('“Issue”')
    expect((await importCsv(demo, 'PK\u0003\u0004')).status).toBe(400)
    expect((await importCsv(demo, '{}', 'application/json')).status).toBe(415)
    expect((await importCsv(demo, `Issue\n${'x'.repeat(5 * 1024 * 1024)}`)).status).toBe(413)
    const after = (await get<ApiHistory>(`/api/trackers/${demo}/snapshots`)).body
    expect(after.snapshots).toHaveLength(snapshots.length)
  })

  test('snapshots are saved, read, labelled and handed out through the routes', async () => {
    const base = `/api/trackers/${demo}/snapshots`
    const { cookie } = owner
    const saved = await server.ask<SnapshotEntry>('POST', base, {
      cookie,
      body: { label: ' Before the call ' },
    })
    expect(saved.status).toBe(201)
    expect(saved.body).toMatchObject({ label: 'Before the call', by: { name: 'Ada' } })
    const note = { note: 'With the ministry' }
    const noted = await server.ask('PATCH', `${base}/${saved.body.id}`, { cookie, body: note })
    expect(noted.body).toMatchObject(note)
    const view = await get<{ tracker: Tracker }>(`${base}/${saved.body.id}`)
    expect(view.body.tracker).toEqual(await live(demo))
    const state = await fetch(new URL(`${base}/${saved.body.id}/state`, server.url), {
      headers: { cookie },
    })
    expect(state.headers.get('content-type')).toBe('application/octet-stream')
    const update = new Uint8Array(await state.arrayBuffer())
    expect(readTracker(docFrom(update, 2))).toEqual(view.body.tracker)
    const missing = await server.ask<ApiError>('GET', `${base}/nothing`, { cookie })
    expect(missing.status).toBe(404)
    expect(missing.body.error.code).toBe('no_snapshot')
  })
})
