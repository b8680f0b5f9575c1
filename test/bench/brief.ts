/** What catching up costs on a matrix of 200 issues by 12 parties with 500 changed cells. `npm run bench:brief` */
import { openSqlite } from '#server/store/sqlite.ts'
import type { TrackerEntry } from '#shared/api.ts'
import type { ApiBrief } from '#shared/brief-api.ts'
import { briefOf } from '#shared/compare/brief.ts'
import { readTracker } from '#shared/document/tracker.ts'
import { changesIn } from '#shared/history/changes.ts'
import { Timeline } from '#shared/history/timeline.ts'
import type { TrackerId } from '#shared/ids.ts'
import { journalOf } from '#test/bench/history.ts'
import { startServer } from '#test/server/harness.ts'

const EDITS = 20_000
const CHANGED = 500
const ROUNDS = 15
const AT_ONCE = 200

const { doc, entries } = journalOf(EDITS)
const changes = changesIn(entries)

/** The entry after which so many cells were still to be changed. */
const baseline = ((): number => {
  const cells = new Set<string>()
  for (const { issueId, lastSeq, partyId } of changes.toSorted((a, b) => b.lastSeq - a.lastSeq)) {
    cells.add(`${issueId}/${partyId}`)
    if (cells.size > CHANGED) return lastSeq
  }
  throw new Error('Not so many cells were changed')
})()

const median = async (work: () => unknown): Promise<string> => {
  const times: number[] = []
  for (let round = 0; round < ROUNDS; round++) {
    const start = performance.now()
    await work()
    times.push(performance.now() - start)
  }
  times.sort((a, b) => a - b)
  return `${(times[ROUNDS >> 1] ?? 0).toFixed(1)} ms, ${(times.at(-1) ?? 0).toFixed(1)} ms`
}
const say = (what: string, figure: string): void =>
  void process.stdout.write(`  ${what.padEnd(64)} ${figure}\n`)

const timeline = new Timeline(entries)
const [before, after] = [timeline.trackerAt(baseline), readTracker(doc)]
const between = changes.filter(({ lastSeq }) => lastSeq > baseline)
const { items } = briefOf({ before, after, changes: between })
process.stdout.write(`${EDITS} edits, ${items.length} changed things; median and worst:\n`)
say('the brief of two trackers', await median(() => briefOf({ before, after, changes: between })))

const server = await startServer()
const { cookie } = (await server.createFirstAccount('Leyla Demir')).owner
const made = await server.ask<TrackerEntry>('POST', '/api/trackers', {
  cookie,
  body: { title: 'Talks' },
})
const path = `/api/trackers/${made.body.id}`
await server.ask('PUT', `${path}/visit`, { cookie, body: { arrived: true } })
/** What people write while nobody looks. */
const write = async (from: number, to: number): Promise<void> => {
  await server.stop()
  const { close, store } = await openSqlite(server.folder)
  const drafts = entries.slice(from, to).map(entry => ({ ...entry, at: Date.now() }))
  for (let at = 0; at < drafts.length; at += AT_ONCE)
    await store.append([
      { document: made.body.id as TrackerId, drafts: drafts.slice(at, at + AT_ONCE) },
    ])
  await close()
  await server.startAgain()
}
await write(0, baseline)
const saved = await server.ask<{ id: string }>('POST', `${path}/snapshots`, { cookie, body: {} })
await write(baseline, entries.length)
const brief = async (): Promise<ApiBrief> =>
  (await server.ask<ApiBrief>('GET', `${path}/brief?since=${saved.body.id}`, { cookie })).body
// The record of changes is made first, once.
const { items: told } = await brief()
say(`the brief over HTTP, of ${told.length} things`, await median(brief))
say(
  'the list of trackers, with what is unreviewed',
  await median(() => server.ask('GET', '/api/trackers', { cookie })),
)
await server.close()
