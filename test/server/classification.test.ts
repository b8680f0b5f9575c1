/** P38: what leaves a tracker carries its classification line, and comes back without harm. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readCsv, writeCsv } from '#server/exchange/csv.ts'
import { readSheet, writeSheet } from '#server/exchange/sheet.ts'
import type { TrackerFile } from '#server/exchange/tracker-file.ts'
import type { ApiError, ImportReport, SnapshotEntry, TrackerEntry } from '#shared/api.ts'
import type { TrackerId } from '#shared/ids.ts'
import { EMPTY_TRACKER } from '#shared/tracker.ts'
import { startServer, type Person, type TestServer } from '#test/server/harness.ts'

const LINE = '=CONFIDENTIAL; "delegation", only'

let server: TestServer
let owner: Person
let tracker: TrackerId

beforeAll(async () => {
  server = await startServer()
  owner = (await server.createFirstAccount()).owner
  // Smaller than the demo: a brief reads its whole journal.
  const made = await server.ask<TrackerEntry>('POST', '/api/trackers', {
    cookie: owner.cookie,
    body: { title: 'Talks', template: 'trade' },
  })
  tracker = made.body.id as TrackerId
  await server.ask('PATCH', `/api/trackers/${tracker}`, {
    cookie: owner.cookie,
    body: { classification: LINE },
  })
})
afterAll(() => server.close())

const get = async <Body>(path: string, headers: Readonly<Record<string, string>> = {}) =>
  (
    await server.ask<Body>('GET', `/api/trackers/${tracker}${path}`, {
      cookie: owner.cookie,
      headers,
    })
  ).body

describe('the classification line', { timeout: 20_000 }, () => {
  test('is in the file, and the tracker that is made of it has it too', async () => {
    const file = await get<TrackerFile>('/export.json')
    expect(file.classification).toBe(LINE)
    const made = await server.ask<TrackerEntry>('POST', '/api/trackers/import', {
      cookie: owner.cookie,
      body: file,
    })
    expect(made.body.classification).toBe(LINE)
    const bad = await server.ask<ApiError>('POST', '/api/trackers/import', {
      cookie: owner.cookie,
      body: { ...file, classification: 'two\nlines' },
    })
    expect([bad.status, bad.body.error.message]).toEqual([
      400,
      expect.stringContaining('classification'),
    ])
  })

  test('stands above the sheet, and an import reads past it', async () => {
    const sheet = await get<string>('/export.csv')
    expect(sheet).toMatch(/^"'=CONFIDENTIAL; ""delegation"", only",/)
    const back = await server.ask<ImportReport>('POST', `/api/trackers/${tracker}/import`, {
      cookie: owner.cookie,
      headers: { 'content-type': 'text/csv' },
      body: sheet,
    })
    expect(back.body).toMatchObject({ cells: 0, issuesAdded: 0, partiesAdded: 0, refused: [] })
  })

  test('is in the exports of a snapshot and above and below a brief', async () => {
    const saved = await server.ask<SnapshotEntry>('POST', `/api/trackers/${tracker}/snapshots`, {
      cookie: owner.cookie,
      body: {},
    })
    const at = `/snapshots/${saved.body.id}`
    expect((await get<TrackerFile>(`${at}/export.json`)).classification).toBe(LINE)
    expect(await get<string>(`${at}/export.csv`)).toContain('CONFIDENTIAL')
    const brief = await get<string>('/brief?format=markdown')
    expect(brief).toMatch(/^\*\*=CONFIDENTIAL; "delegation", only\*\*\n\n# /)
    expect(brief.trimEnd()).toMatch(/\*\*=CONFIDENTIAL; "delegation", only\*\*$/)
  })
})

describe('a sheet with a line above its header', () => {
  const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
  const rows = (text: string) => readSheet(readCsv(bytes(text)))

  test('numbers its rows as a spreadsheet does', () => {
    expect(rows('SECRET,,\r\nBasket,Issue,Iran\r\n,Sanctions,Wants relief\r\n').rows[0]?.row).toBe(
      3,
    )
    expect(rows('Basket,Issue,Iran\r\n,Sanctions,Wants relief\r\n').rows[0]?.row).toBe(2)
  })

  test('is read as another program saves it: with semicolons, and without the empty columns', () => {
    const { parties, rows: read } = rows(
      'SECRET\r\nBasket;Issue;Iran\r\n;Sanctions;Wants relief\r\n',
    )
    expect(parties.map(({ name }) => name)).toEqual(['Iran'])
    expect(read.map(({ title }) => title)).toEqual(['Sanctions'])
  })

  test('loses no issue that is called Issue', () => {
    expect(rows('Issue\r\nIssue\r\n').rows.map(({ title }) => title)).toEqual(['Issue'])
    expect(writeSheet(EMPTY_TRACKER, 'SECRET')).toHaveLength(2)
    expect(writeCsv(writeSheet(EMPTY_TRACKER))).not.toContain('SECRET')
  })
})
