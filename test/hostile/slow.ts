/** Readers that stop reading while much is written: what they cost the server, and what becomes of them. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { isDeepStrictEqual } from 'node:util'
import * as Y from 'yjs'
import { cellsMap } from '#shared/document/layout.ts'
import { readTracker } from '#shared/document/tracker.ts'
import { seededMatrix } from '#test/bench/load/matrix.ts'
import { quantiles } from '#test/bench/peers/ledger.ts'
import { passed, startServer, type Seat } from '#test/bench/peers/machine.ts'
import {
  accountsIn,
  makeHouse,
  storeTrackers,
  type HouseAccount,
} from '#test/bench/peers/parley.ts'
import { Guest } from '#test/hostile/guest.ts'

export interface SlowPlan {
  readonly seat: Seat
  /** How many stop reading; half of them go on later. */
  readonly stopping: number
  /** Bytes that are written, and would have been sent to each of them: more than a kernel holds for a connection. */
  readonly traffic: number
  readonly seconds: number
  /** Milliseconds after which a reader that takes nothing is cut off. */
  readonly stalledMs: number
}

export interface SlowRun {
  /** Bytes of memory at the most, garbage collected, and from an edit to its `saved`. */
  readonly peak: number
  readonly savedP99: number
}

export interface SlowReport {
  readonly without: SlowRun
  readonly withThem: SlowRun
  /** Of those that never read again, who were cut off; of the others, who have everything. */
  readonly cut: number
  readonly current: number
}

const DOCUMENT = 'slow'
const WRITERS = 4
const READERS = 4
/** Characters of one edit. */
const SIZE = 60_000
/** Collecting garbage holds the server up: not too often. */
const SAMPLE_EVERY = 5_000
/** Milliseconds in which the server notices that somebody stands still. */
const MARGIN = 3_000
const MAIN = fileURLToPath(new URL('../../server/main.ts', import.meta.url))

export const slowReaders = async (plan: SlowPlan): Promise<SlowReport> => {
  const folder = await mkdtemp(join(tmpdir(), 'parley-slow-'))
  try {
    await makeHouse(folder, WRITERS + 2, plan.seat)
    const { client, state } = seededMatrix({ issues: 8, parties: 8, words: 40 })
    await storeTrackers(folder, [
      { name: DOCUMENT, edits: [{ account: 0, update: state }], clients: new Map([[client, 0]]) },
    ])
    const without = await run({ ...plan, stopping: 0 }, folder, state)
    const withThem = await run(plan, folder, state)
    const { cut, current } = withThem
    return { without, withThem, cut, current }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

const run = async (
  { seat, seconds, stalledMs, stopping, traffic }: SlowPlan,
  folder: string,
  state: Uint8Array,
) => {
  const accounts = await accountsIn(folder)
  const server = await startServer({
    entry: [MAIN],
    environment: {
      DATA_DIR: folder,
      LOG_LEVEL: 'error',
      LIMIT_STALLED_MS: String(stalledMs),
      LIMIT_MESSAGES_AT_ONCE: '100000',
      LIMIT_MESSAGES_PER_SECOND: '100000',
    },
    seat,
  })
  try {
    const waits: number[] = []
    const guest = ({ cookie }: HouseAccount): Guest =>
      new Guest({ url: server.url, document: DOCUMENT, cookie, onSaved: ms => waits.push(ms) })
    const [first, second] = accounts
    if (!first || !second) throw new Error('Nobody is there')
    const writers = accounts.slice(0, WRITERS).map(guest)
    const readers = Array.from({ length: READERS }, () => guest(first))
    const stopped = Array.from({ length: stopping }, () => guest(second))
    const truth = guest(first)
    for (const reader of [truth, ...stopped]) reader.doc = new Y.Doc()
    await Promise.all([...writers, ...readers, ...stopped, truth].map(({ joined }) => joined))
    for (const { client } of stopped) client.socket.pause()

    const edits = Math.ceil(traffic / SIZE)
    const hands = writers.map((writer, nth) => ({ writer, write: authorOf(state, nth) }))
    let peak = 0
    const begun = performance.now()
    let sampledAt = 0
    for (let nth = 0; nth < edits; nth++) {
      const hand = hands[nth % hands.length]
      hand?.writer.write(hand.write(nth))
      const due = begun + ((nth + 1) * seconds * 1_000) / edits
      if (performance.now() - sampledAt > SAMPLE_EVERY) {
        sampledAt = performance.now()
        peak = Math.max(peak, await server.memory())
      }
      await passed(Math.max(0, due - performance.now()))
      if (nth >= edits / 2) for (const { client } of halfOf(stopped)) client.socket.resume()
    }
    peak = Math.max(peak, await server.memory())
    await until(() => writers.every(({ waiting }) => waiting === 0))
    await until(() =>
      halfOf(stopped).every(({ client, doc }) => client.closed || isSame(doc, truth.doc)),
    )
    await passed(Math.max(0, begun + seconds * 1_000 + stalledMs + MARGIN - performance.now()))
    // What the network holds for them comes first, then the end of the connection.
    for (const { client } of restOf(stopped)) client.socket.resume()
    await until(() => restOf(stopped).every(({ client }) => client.closed))
    return {
      peak,
      savedP99: quantiles(waits).p99,
      cut: restOf(stopped).filter(({ client }) => client.closed).length,
      current: halfOf(stopped).filter(({ client, doc }) => !client.closed && isSame(doc, truth.doc))
        .length,
    }
  } finally {
    await server.stop()
  }
}

/** Waits for it, but not for ever: whoever asked looks again. */
const until = async (isSo: () => boolean): Promise<void> => {
  for (const end = performance.now() + 10_000; performance.now() < end && !isSo();) await passed(50)
}

const isSame = (a: Y.Doc | undefined, b: Y.Doc | undefined): boolean =>
  a !== undefined && b !== undefined && isDeepStrictEqual(readTracker(a), readTracker(b))

const halfOf = (guests: readonly Guest[]): readonly Guest[] =>
  guests.slice(0, Math.floor(guests.length / 2))
const restOf = (guests: readonly Guest[]): readonly Guest[] =>
  guests.slice(Math.floor(guests.length / 2))

/**
 * Writes long values over and over into cells of its own: much goes over the wire, also where several edits go out
 * together, and the document does not grow.
 */
const authorOf = (state: Uint8Array, nth: number): ((edit: number) => Uint8Array) => {
  const doc = new Y.Doc()
  Y.applyUpdate(doc, state)
  const cells = [...new Set([...cellsMap(doc).keys()].map(key => key.split('/', 2).join('/')))]
  const own = cells.filter((_, index) => index % WRITERS === nth)
  let update = new Uint8Array()
  doc.on('update', (bytes: Uint8Array) => (update = bytes as Uint8Array<ArrayBuffer>))
  return edit => {
    const cell = own[Math.floor(edit / WRITERS) % own.length]
    cellsMap(doc).set(`${cell}/scopeNote`, `${edit} `.padEnd(SIZE, 'x'))
    return update
  }
}
