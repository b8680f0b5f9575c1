/** The guard on trial: mutated updates brought to a document by the thousand, and what became of each. */
import { isDeepStrictEqual } from 'node:util'
import * as Y from 'yjs'
import { readTracker } from '#shared/document/tracker.ts'
import type { AccountId } from '#shared/ids.ts'
import { guard, type Guarded } from '#server/live/guard.ts'
import { LIMITS } from '#server/live/limits.ts'
import { LiveDoc } from '#server/live/live-doc.ts'
import { mutate, type Surroundings } from '#test/hostile/mutations.ts'
import { seededDice, type Dice } from '#test/simulation/dice.ts'
import { editByChance } from '#test/simulation/edits.ts'

/** A document to attack, and to whom its client ids belong. */
export interface Ground {
  readonly state: Uint8Array
  readonly clients: ReadonlyMap<number, AccountId>
}

export interface Trial {
  readonly ground: Ground
  readonly seed: number
  readonly mutations: number
  /** Honest updates to begin with. */
  readonly honest?: number
}

/** Counts of what must never happen, and of what did. */
export interface Outcome {
  mutations: number
  accepted: number
  readonly others: Map<string, number>
  /** Accepted, and then: Yjs threw; something was left waiting; the document did not open again as it was. */
  threw: number
  pending: number
  broken: number
  /** Accepted though they write under a client id that is somebody else's. */
  forged: number
  /** Of the victim's honest edits afterwards, those that were not let in, or did nothing. */
  lost: number
  honest: number
  /** Over 50 ms of this thread, and the slowest, in milliseconds. */
  slow: number
  slowest: number
}

export const SLOW = 50
const attacker = 'mallory' as AccountId
const victim = 'ada' as AccountId
/** Accepted ones that a document takes before it is looked at as a whole, and begun anew. */
const LOOK_AFTER = 40
/** Updates that come in one turn of the event loop, at most. */
const TURN = 4

export const newOutcome = (): Outcome => ({
  mutations: 0,
  accepted: 0,
  others: new Map(),
  threw: 0,
  pending: 0,
  broken: 0,
  forged: 0,
  lost: 0,
  honest: 0,
  slow: 0,
  slowest: 0,
})

export const runTrial = (
  { ground, honest = 300, mutations, seed }: Trial,
  into = newOutcome(),
): Outcome => {
  const dice = seededDice(seed)
  const victimClient = 1_000 + seed
  const target = (): Target => new Target(ground, victimClient)
  const updates = honestUpdates(ground.state, honest, victimClient, dice)
  let current = target()
  const around = surroundings(current.guarded.doc, victimClient, dice)
  for (const end = into.mutations + mutations; into.mutations < end;) {
    const many = Math.min(end - into.mutations, 1 + dice.below(TURN))
    const turn = Array.from({ length: many }, () => mutate(updates, around, dice))
    current.receive(turn, into)
    if (current.accepted < LOOK_AFTER) continue
    current.inspect(dice, into)
    current = target()
  }
  current.inspect(dice, into)
  return into
}

class Target {
  readonly guarded: Guarded
  readonly #live: LiveDoc
  readonly #clients: Map<number, AccountId>
  readonly #victim: number
  accepted = 0

  constructor({ clients, state }: Ground, victimClient: number) {
    this.#live = new LiveDoc({ upTo: 1, state }, [])
    this.#clients = new Map(clients)
    this.#clients.set(victimClient, victim)
    this.#victim = victimClient
    this.guarded = { doc: this.#live.doc, kind: 'matrix', clients: this.#clients, limits: LIMITS }
  }

  /** As in a room: all that comes in one turn is judged and applied in one transaction. */
  receive(turn: readonly Uint8Array[], into: Outcome): void {
    this.#live.change(() => {
      for (const bytes of turn) this.#judge(bytes, into)
    })
    const { pendingDs, pendingStructs } = this.guarded.doc.store
    if (pendingStructs !== null || pendingDs !== null) into.pending++
  }

  #judge(bytes: Uint8Array, into: Outcome): void {
    into.mutations++
    const before = process.threadCpuUsage()
    const start = performance.now()
    const verdict = guard(this.guarded, attacker, bytes)
    if (verdict.is === 'accepted') this.#apply(verdict.update, verdict.clients, into)
    else {
      const name = verdict.is === 'refused' ? verdict.why : verdict.is
      into.others.set(name, (into.others.get(name) ?? 0) + 1)
    }
    const took = performance.now() - start
    if (took < into.slowest / 2) return
    const { system, user } = process.threadCpuUsage(before)
    // The machine may have been busy with something else.
    const own = Math.min(took, (system + user) / 1_000)
    into.slowest = Math.max(into.slowest, own)
    if (own > SLOW) into.slow++
  }

  #apply(update: Uint8Array, fresh: readonly number[], into: Outcome): void {
    if (this.#isForged(update, fresh)) into.forged++
    try {
      Y.applyUpdate(this.guarded.doc, update)
    } catch {
      into.threw++
    }
    for (const client of fresh) this.#clients.set(client, attacker)
    into.accepted++
    this.accepted++
  }

  /** Whether the document opens again as it is, and the victim can still write in it. */
  inspect(dice: Dice, into: Outcome): void {
    const { doc } = this.guarded
    const state = Y.encodeStateAsUpdate(doc)
    const reopened = new Y.Doc()
    try {
      Y.applyUpdate(reopened, state)
      if (!isSame(doc, reopened)) into.broken++
      if (reopened.store.pendingStructs ?? reopened.store.pendingDs) into.broken++
      reopened.clientID = this.#victim
      const vector = Y.encodeStateVector(doc)
      editByChance(reopened, dice, null)
      const honest = Y.encodeStateAsUpdate(reopened, vector)
      const verdict = guard(this.guarded, victim, honest)
      into.honest++
      if (verdict.is !== 'accepted' && verdict.is !== 'nothing') into.lost++
      if (verdict.is === 'accepted') {
        Y.applyUpdate(doc, verdict.update)
        if (!isSame(doc, reopened)) into.lost++
      }
    } catch {
      into.broken++
    }
    reopened.destroy()
    doc.destroy()
  }

  #isForged(update: Uint8Array, fresh: readonly number[]): boolean {
    const written = new Set(Y.decodeUpdate(update).structs.map(({ id }) => id.client))
    return [...written].some(client =>
      fresh.includes(client) ? this.#clients.has(client) : this.#clients.get(client) !== attacker,
    )
  }
}

const isSame = (a: Y.Doc, b: Y.Doc): boolean => isDeepStrictEqual(readTracker(a), readTracker(b))

/** Updates of the victim's and of the attacker's tabs over one state, each of one to six edits. */
const honestUpdates = (
  state: Uint8Array,
  many: number,
  victimClient: number,
  dice: Dice,
): readonly [Uint8Array, ...Uint8Array[]] => {
  const make = (client: number): Uint8Array => {
    const doc = new Y.Doc()
    Y.applyUpdate(doc, state)
    doc.clientID = client
    const before = Y.encodeStateVector(doc)
    for (let many = dice.below(6); many >= 0; many--) editByChance(doc, dice, null)
    const update = Y.encodeStateAsUpdate(doc, before)
    doc.destroy()
    return update
  }
  return [
    make(victimClient),
    ...Array.from({ length: many - 1 }, (_, nth) =>
      make(nth % 4 === 0 ? victimClient : 2_000_000 + nth),
    ),
  ]
}

const surroundings = (doc: Y.Doc, victimClient: number, dice: Dice): Surroundings => {
  const known = [...doc.store.clients.keys()]
  const client = (): number => known[dice.below(known.length)] ?? victimClient
  const id = (): Y.ID => {
    const of = client()
    return Y.createID(of, dice.below(Y.getState(doc.store, of)))
  }
  const [first, ...ids] = Array.from({ length: 400 }, id)
  if (!first) throw new Error('There is nothing to attack')
  return {
    ids: [first, ...ids],
    clients: [victimClient, 2_000_001, 2_000_002, 5, 0, 2 ** 32 - 1, 2 ** 32, ...known],
  }
}

/** Microseconds that the guard takes for one keystroke, and the guard with applying it. */
export const keystrokeCost = ({ clients, state }: Ground, many: number) => {
  const typing = new Y.Doc()
  Y.applyUpdate(typing, state)
  typing.clientID = 77
  const updates: Uint8Array[] = []
  typing.on('update', (update: Uint8Array) => updates.push(update))
  const name = [...typing.share.keys()].find(key => /^text\/.*position$/.test(key))
  if (name === undefined) throw new Error('There is no text to write in')
  const text = typing.getText(name)
  for (let nth = 0; nth < many; nth++) text.insert(Math.floor(text.length / 2), 'e')
  const run = (isGuarded: boolean): number => {
    const doc = new Y.Doc()
    Y.applyUpdate(doc, state)
    const owners = new Map(clients).set(77, victim)
    const guarded: Guarded = { doc, kind: 'matrix', clients: owners, limits: LIMITS }
    const start = performance.now()
    for (const update of updates) {
      if (!isGuarded) {
        Y.applyUpdate(doc, update)
        continue
      }
      const verdict = guard(guarded, victim, update)
      if (verdict.is !== 'accepted') throw new Error(`A keystroke is ${verdict.is}`)
      Y.applyUpdate(doc, verdict.update)
    }
    return ((performance.now() - start) * 1_000) / many
  }
  run(true)
  run(false)
  const [both, apply] = [run(true), run(false)]
  return { both, apply, guard: both - apply }
}
