/** What movements cost on a journal of 20,000 edits, 200 issues by 12 parties. `npm run bench:movements` */
import { openSqlite } from '#server/store/sqlite.ts'
import type { ApiHistory, ApiMovement, MovementsPage, TrackerEntry } from '#shared/api.ts'
import { markKind } from '#shared/document/movements.ts'
import type { TrackerId } from '#shared/ids.ts'
import type { MovementKey } from '#shared/movements.ts'
import { journalOf } from '#test/bench/history.ts'
import { startServer } from '#test/server/harness.ts'
import { stockClient, until } from '#test/server/stock-client.ts'

const EDITS = 20_000
const SNAPSHOTS = 20
const MARKS = 100
const ROUNDS = 15

const server = await startServer()
const { cookie } = (await server.createFirstAccount('Leyla Demir')).owner
const made = await server.ask<TrackerEntry>('POST', '/api/trackers', {
  cookie,
  body: { title: 'Talks' },
})
const id = made.body.id as TrackerId
const path = `/api/trackers/${id}`
const { entries } = journalOf(EDITS)

for (let nth = 0; nth < SNAPSHOTS; nth++) {
  await server.stop()
  const { close, store } = await openSqlite(server.folder)
  const from = Math.floor((nth * EDITS) / SNAPSHOTS)
  const drafts = entries.slice(from, Math.floor(((nth + 1) * EDITS) / SNAPSHOTS))
  await store.append([{ document: id, drafts }])
  await close()
  await server.startAgain()
  await server.ask('POST', `${path}/snapshots`, { cookie, body: { label: `${nth}` } })
}

const ask = async <Body>(rest: string): Promise<Body> => {
  const { body, status } = await server.ask<Body>('GET', `${path}${rest}`, { cookie })
  if (status !== 200) throw new Error(JSON.stringify(body))
  return body
}
const measure = async (what: string, work: () => Promise<unknown>): Promise<void> => {
  const times: number[] = []
  for (let round = 0; round < ROUNDS; round++) {
    const start = performance.now()
    await work()
    times.push(performance.now() - start)
  }
  const [first = 0] = times
  times.sort((a, b) => a - b)
  const figures = [first, times[ROUNDS >> 1] ?? 0, times.at(-1) ?? 0].map(it => it.toFixed(0))
  process.stdout.write(`  ${what.padEnd(52)} ${figures.join(' / ')} ms\n`)
}

process.stdout.write(`${EDITS} edits; the first time, median and worst:\n`)
await measure('the newest 50 movements', () => ask('/movements'))
const { movements } = await ask<MovementsPage>('/movements?limit=200')
const { issueId, partyId } = movements[0] as ApiMovement
const cell = `/movements?issue=${issueId}&party=${partyId}&limit=200`
await measure('all movements of one cell', () => ask(cell))
await measure('the first page of those that are unexplained', () =>
  ask('/movements?unexplained=true'),
)
await measure('the list of snapshots, nothing corrected', () => ask('/snapshots'))

const client = stockClient(server.url, cookie, id)
await until(client.doc, () => client.doc.getMap('issues').size > 0)
client.doc.transact(() => {
  for (const { key } of movements.slice(0, MARKS)) markKind(client.doc, key as MovementKey, 'moved')
})
const reader = stockClient(server.url, cookie, id)
await until(reader.doc, () => reader.doc.getMap('movements').size >= MARKS)
for (const { doc, provider } of [client, reader]) {
  provider.destroy()
  doc.destroy()
}
await measure(`the same, ${MARKS} movements corrected`, () => ask<ApiHistory>('/snapshots'))
await server.close()
