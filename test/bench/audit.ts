/** `npm run bench:audit`: a page of an audit log of 100,000 rows, with each filter; writing a row; the file; the chain. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { audit } from '#drizzle/sqlite/schema.ts'
import { csvPieces } from '#server/audit/audit-file.ts'
import { AuditLog, hashOfRow, NO_ROW } from '#server/audit/audit-log.ts'
import { AuditReading, type AuditQuery } from '#server/audit/audit-reading.ts'
import { systemClock } from '#server/live/clock.ts'
import { auditFile } from '#server/store/sqlite-audit.ts'
import { openSqlite } from '#server/store/sqlite.ts'
import type { Audited } from '#shared/audit.ts'
import type { AccountId } from '#shared/ids.ts'

const ROWS = 100_000
const AT_ONCE = 500
const BEGAN = Date.UTC(2026, 1, 1)
const MINUTE = 60_000
const TIMES = 9
const WRITTEN = 300

const USUAL: readonly Audited[] = ['signed in', 'signed out', 'exported', 'sign-in failed']

const rowsFrom = (first: number, many: number, previous: string) => {
  let last = previous
  return Array.from({ length: many }, (_, index) => {
    const seq = first + index
    const person = seq % 97
    const row = {
      seq,
      at: BEGAN + seq * MINUTE,
      what: seq % 20_011 === 0 ? 'redacted' : (USUAL[seq % USUAL.length] ?? 'exported'),
      by: `person-${person}`,
      byName: `Person ${person}`,
      from: seq % 30_011 === 0 ? '203.0.113.9' : `192.0.2.${seq % 200}`,
      trackerId: seq % 4 === 2 ? `tracker-${seq % 1_000}` : null,
      subject: seq % 25_013 === 0 ? 'rare' : '',
      detail:
        seq % 40_009 === 0 ? 'a word that is rare' : 'the tracker with its snapshots, as JSON',
      previous: last,
    }
    last = hashOfRow(row)
    return { ...row, hash: last }
  })
}

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
const shown = (milliseconds: number): string =>
  milliseconds < 10 ? `${milliseconds.toFixed(1)} ms` : `${Math.round(milliseconds)} ms`
const say = (line: string): void => void process.stdout.write(`${line}\n`)

const timed = async (run: () => Promise<unknown>): Promise<number> => {
  const took: number[] = []
  for (let time = 0; time < TIMES; time++) {
    const begun = performance.now()
    await run()
    took.push(performance.now() - begun)
  }
  return median(took)
}

const folder = await mkdtemp(join(tmpdir(), 'parley-bench-'))
const storage = await openSqlite(folder)
const { db } = storage
let previous = NO_ROW
for (let first = 1; first <= ROWS; first += AT_ONCE) {
  const rows = rowsFrom(first, AT_ONCE, previous)
  await db.insert(audit).values(rows)
  previous = rows.at(-1)?.hash ?? previous
}

const reading = new AuditReading(db)
const QUERIES: readonly (readonly [string, AuditQuery, before?: number])[] = [
  ['the newest', {}],
  ['further back', {}, ROWS / 2],
  ['of one person', { person: 'person-13' }],
  ['of one tracker', { tracker: 'tracker-2' }],
  ['of a kind that is rare', { what: 'redacted' }],
  ['of an address that is rare', { from: '203.0.113.9' }],
  ['done to one', { person: 'rare' }],
  ['with a word that is rare', { text: 'is rare' }],
  ['with a word that is not there', { text: 'nowhere' }],
  ['of the first week', { until: BEGAN + 7 * 24 * 60 * MINUTE }],
]
say(`A page of 50 of ${ROWS.toLocaleString('en')} rows, median of ${TIMES}:`)
for (const [name, query, before] of QUERIES)
  say(`  ${name}: ${shown(await timed(() => reading.page(query, 50, before)))}`)

const file = await timed(async () => {
  for await (const _ of csvPieces(reading, {}));
})
say(`All of it as CSV: ${shown(file)}`)

const log = new AuditLog({ db, clock: systemClock, report: () => undefined })
const by = { id: 'person-1' as AccountId, name: 'Person 1' }
const begun = performance.now()
for (let n = 0; n < WRITTEN; n++) await log.add({ what: 'exported', by, from: '192.0.2.1' })
say(`Writing a row, with its fsync: ${shown((performance.now() - begun) / WRITTEN)}`)
await storage.close()

const looked = performance.now()
const { faults, log: chain } = auditFile(join(folder, 'parley.db'))
say(`Looking through the chain of ${chain?.rows} rows: ${shown(performance.now() - looked)}`)
for (const fault of faults) say(fault)
await rm(folder, { recursive: true })
