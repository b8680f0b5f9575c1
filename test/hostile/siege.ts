/** A real server in a process of its own, honest people who work on it, and hostile ones who attack it meanwhile. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import { and, eq } from 'drizzle-orm'
import * as Y from 'yjs'
import { members } from '#drizzle/sqlite/schema.ts'
import { openSqlite } from '#server/store/sqlite.ts'
import { parseDocumentName } from '#shared/access.ts'
import { parseTextName } from '#shared/document/layout.ts'
import type { TrackerId } from '#shared/ids.ts'
import { seededMatrix } from '#test/bench/load/matrix.ts'
import { quantiles, type Quantiles } from '#test/bench/peers/ledger.ts'
import { startServer, type Seat, type ServerProcess } from '#test/bench/peers/machine.ts'
import { accountsIn, makeHouse, storeTrackers } from '#test/bench/peers/parley.ts'
import type { AttackPlan, AttackTally } from '#test/hostile/attacker.ts'
import { Arrivals, Honest } from '#test/hostile/honest.ts'
import { seededDice } from '#test/simulation/dice.ts'
import { editByChance } from '#test/simulation/edits.ts'

export interface SiegePlan {
  readonly attacks: number
  readonly seed: number
  readonly atOnce?: number
  readonly seat?: Seat
}

export interface SiegeReport extends AttackTally {
  readonly seconds: number
  readonly isAlive: boolean
  /** Honest edits, those of them that did not reach another screen, and those that are not on disk as written. */
  readonly typed: number
  readonly missing: number
  readonly spoilt: number
  /** Times that the server sent an honest person away, and that an honest person was shown as somebody else. */
  readonly sentAway: number
  readonly impostors: number
  /** Stored under an account that does not own the client id, or by who may not write. */
  readonly forged: number
  readonly latency: Quantiles
  /** Bytes, at the most. */
  readonly peak: number
}

const DOCUMENT = 'siege'
const ANYWHERE: Seat = { core: undefined, isAhead: false }
const HONEST = 4
/** Behind the honest ones: two who may write, one who may read, one who is no member; and a stranger. */
const HOSTILE = 4
/** Milliseconds between two edits of one honest person. */
const PACE = 150
/** What is under attack is what lies behind the door: it lets all of them in as often as they like. */
const OPEN_DOOR = {
  LIMIT_JOINS_AT_ONCE: '1000000',
  LIMIT_JOINS_PER_SECOND: '100000',
  LIMIT_SOCKETS_PER_ACCOUNT: '1000',
  LIMIT_SOCKETS_PER_ADDRESS: '10000',
}
const MAIN = fileURLToPath(new URL('../../server/main.ts', import.meta.url))
const ATTACKER = new URL('attacker.ts', import.meta.url)

export const siege = async (plan: SiegePlan): Promise<SiegeReport> => {
  const { seat = ANYWHERE } = plan
  const folder = await mkdtemp(join(tmpdir(), 'parley-siege-'))
  try {
    await makeHouse(folder, HONEST + HOSTILE, seat)
    const matrix = seededMatrix({ issues: 20, parties: 6, words: 60 })
    await storeTrackers(folder, [
      {
        name: DOCUMENT,
        edits: [{ account: 0, update: matrix.state }],
        clients: new Map([[matrix.client, 0]]),
      },
    ])
    await lowerRoles(folder)
    const server = await startServer({
      entry: [MAIN],
      environment: { DATA_DIR: folder, LOG_LEVEL: 'error', ...OPEN_DOOR },
      seat,
    })
    try {
      return await underAttack(plan, server, folder, matrix.state)
    } finally {
      await server.kill()
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

const lowerRoles = async (folder: string): Promise<void> => {
  const accounts = await accountsIn(folder)
  const { close, db } = await openSqlite(folder)
  const of = (nth: number) =>
    and(
      eq(members.trackerId, DOCUMENT as TrackerId),
      eq(members.accountId, accounts[HONEST + nth]?.id ?? ('' as never)),
    )
  await db.update(members).set({ role: 'viewer' }).where(of(2))
  await db.delete(members).where(of(3))
  await close()
}

const underAttack = async (
  { atOnce = 24, attacks, seed }: SiegePlan,
  server: ServerProcess,
  folder: string,
  state: Uint8Array,
): Promise<SiegeReport> => {
  const accounts = await accountsIn(folder)
  const texts = textsIn(state)
  const people = accounts
    .slice(0, HONEST)
    .map(
      ({ cookie, id }, nth) =>
        new Honest(server.url, DOCUMENT, { account: id, cookie, text: texts[nth] ?? '' }),
    )
  const [first, ...others] = people.map(({ client }) => client)
  if (first === undefined) throw new Error('Nobody is honest')
  await Promise.all(people.map(person => person.synced()))
  const arrivals = new Arrivals(people)
  const watch = watchNames(people)
  const updates = hostileUpdates(state, first, seed)
  // One edit of each, so that all client ids are bound before anybody tries to take one.
  for (const person of people) person.type()
  const typing = people.map(person => setInterval(() => person.type(), PACE))
  const begun = performance.now()
  const tally = await runThread({
    url: server.url,
    document: DOCUMENT,
    cookies: [
      'parley.session_token=made.up',
      ...accounts.slice(HONEST).map(({ cookie }) => cookie),
    ],
    victims: [first, ...others],
    updates,
    attacks,
    atOnce,
    seed,
  })
  const seconds = (performance.now() - begun) / 1_000
  for (const timer of typing) clearInterval(timer)
  await arrived(arrivals)
  const isAlive = await fetch(`${server.url}/healthz`).then(
    ({ ok }) => ok,
    () => false,
  )
  const peak = server.peak()
  const sentAway = people.reduce((sum, { closed }) => sum + closed, 0)
  const impostors = watch()
  for (const person of people) person.leave()
  await server.stop()
  const { forged, spoilt } = await audit(folder, people)
  return {
    ...tally,
    seconds,
    isAlive,
    typed: people.reduce((sum, { written }) => sum + written.length, 0),
    missing: arrivals.missing,
    spoilt,
    sentAway,
    impostors,
    forged,
    latency: quantiles(arrivals.milliseconds),
    peak,
  }
}

const ARRIVE_WITHIN = 20_000

const arrived = async (arrivals: Arrivals): Promise<void> => {
  for (const until = performance.now() + ARRIVE_WITHIN; performance.now() < until;) {
    if (arrivals.missing === 0) return
    await new Promise(resolve => setTimeout(resolve, 20))
  }
}

const runThread = (plan: AttackPlan): Promise<AttackTally> =>
  new Promise((resolve, reject) => {
    const thread = new Worker(ATTACKER, { workerData: plan })
    thread.on('message', (tally: AttackTally) => {
      resolve(tally)
      // Some of its connections wait for an answer that never comes.
      void thread.terminate()
    })
    thread.on('error', reject)
  })

/** Counts how often an honest person is shown to another under a name that is not theirs, or not at all. */
const watchNames = (people: readonly Honest[]): (() => number) => {
  let times = 0
  const owners = new Map(people.map(({ account, client }) => [client, account]))
  for (const { provider } of people)
    provider.awareness.on(
      'change',
      ({ removed, updated }: { removed: readonly number[]; updated: readonly number[] }) => {
        times += removed.filter(client => owners.has(client)).length
        for (const client of updated) {
          const account = provider.awareness.getStates().get(client)?.['account'] as
            | { readonly id: string }
            | undefined
          if (account && owners.has(client) && account.id !== owners.get(client)) times++
        }
      },
    )
  return () => times
}

const textsIn = (state: Uint8Array): readonly string[] => {
  const doc = new Y.Doc()
  Y.applyUpdate(doc, state)
  return [...doc.share.keys()].filter(name => parseTextName(name)?.partyId)
}

const UPDATES = 120

const hostileUpdates = (
  state: Uint8Array,
  victim: number,
  seed: number,
): readonly [Uint8Array, ...Uint8Array[]] => {
  const dice = seededDice(seed)
  const make = (client: number): Uint8Array => {
    const doc = new Y.Doc()
    Y.applyUpdate(doc, state)
    doc.clientID = client
    const before = Y.encodeStateVector(doc)
    for (let many = dice.below(4); many >= 0; many--) editByChance(doc, dice, null)
    return Y.encodeStateAsUpdate(doc, before)
  }
  return [
    make(victim),
    ...Array.from({ length: UPDATES }, (_, nth) =>
      make(nth % 5 === 0 ? victim : 2_000_000 + (nth % 40)),
    ),
  ]
}

/** Reads the database alone: who is written down as the author of what, and whether honest words are as written. */
const audit = async (folder: string, people: readonly Honest[]) => {
  const ref = parseDocumentName(DOCUMENT)
  if (!ref) throw new Error('The document has no name')
  const accounts = await accountsIn(folder)
  const mayNot = new Set(accounts.slice(HONEST + 2).map(({ id }) => id))
  const { close, store } = await openSqlite(folder)
  const { clients } = await store.load(ref.name)
  const entries = await store.readSince(ref.name, 0)
  await close()
  // Keeps the words that somebody has deleted.
  const doc = new Y.Doc({ gc: false })
  let forged = 0
  for (const { account, update } of entries) {
    if (mayNot.has(account)) forged++
    for (const { id } of Y.decodeUpdate(update).structs)
      if (clients.get(id.client) !== account) forged++
    Y.applyUpdate(doc, update)
  }
  let spoilt = 0
  for (const { account, client, written } of people) {
    if (clients.get(client) !== account) forged++
    for (const { clock, word } of written)
      if (wordsAt(doc, client, clock, word.length) !== word) spoilt++
  }
  return { forged, spoilt }
}

const wordsAt = (doc: Y.Doc, client: number, clock: number, length: number): string => {
  let words = ''
  const structs = doc.store.clients.get(client) ?? []
  for (let at = clock; at < clock + length; at++) {
    if (at >= Y.getState(doc.store, client)) return words
    const item = structs[Y.findIndexSS(structs, at)]
    if (item instanceof Y.Item && item.content instanceof Y.ContentString)
      words += item.content.str[at - item.id.clock] ?? ''
  }
  return words
}
