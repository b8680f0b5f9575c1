/** Everybody in a room, and what is said to all of them: edits, presence, and a word now and then. */
import * as Y from 'yjs'
import { CLOSES, type Close } from '#shared/access.ts'
import type { AccountId } from '#shared/ids.ts'
import { encodeFrame, type Pen } from '#shared/wire.ts'
import type { Clock } from '#server/live/clock.ts'
import type { Taken } from '#server/live/intake.ts'
import type { Limits } from '#server/live/limits.ts'
import type { Observer } from '#server/live/observer.ts'
import type { LiveDoc } from '#server/live/live-doc.ts'
import type { Peer } from '#server/live/peer.ts'
import { HEARTBEAT, Presence } from '#server/live/presence.ts'
import { Session } from '#server/live/session.ts'
import type { StateVector } from '#server/live/vector.ts'

export interface AudienceDeps {
  readonly clock: Clock
  readonly limits: Limits
  readonly observer: Observer
  readonly ownerOf: (client: number) => AccountId | undefined
  /** Once everything accepted so far is on disk. */
  readonly say: (act: () => void) => void
  readonly refuse: (session: Session, close: Close, why: string) => void
}

/** How often readers are looked after: while one is behind, and while none is and some may only feel lonely. */
const BEAT = 250
const CALM_BEAT = 2_000

export class Audience {
  readonly #deps: AudienceDeps
  readonly #sessions = new Map<Peer, Session>()
  readonly #presence: Presence
  /** How far each client is that has edited, of what has been spread. */
  readonly #spread = new Map<number, number>()
  #live: LiveDoc | undefined
  #isNewsPlanned = false
  #newsAt = 0
  #stopBeat: (() => void) | undefined
  #isCalm = true

  constructor(deps: AudienceDeps) {
    this.#deps = deps
    this.#presence = new Presence(deps.clock, deps.limits, deps.ownerOf)
  }

  /** The document has come into memory, with what is on disk of it, or has left it. */
  set live(live: LiveDoc | undefined) {
    this.#live = live
    this.#spread.clear()
    if (!live) return
    const { store } = live.doc
    for (const client of store.clients.keys()) this.#spread.set(client, Y.getState(store, client))
  }

  get isEmpty(): boolean {
    return this.#sessions.size === 0
  }

  /** Whether all readers have been sent what there is. */
  get isCurrent(): boolean {
    for (const { reader } of this.#sessions.values()) if (reader.isBehind) return false
    return true
  }

  get sessions(): Iterable<Session> {
    return this.#sessions.values()
  }

  of(peer: Peer): Session | undefined {
    return this.#sessions.get(peer)
  }

  has(session: Session): boolean {
    return this.#sessions.get(session.peer) === session
  }

  enter(peer: Peer): Session {
    const session = new Session(peer, this.#deps.clock, this.#deps.limits)
    this.#sessions.set(peer, session)
    this.tellEverybody(session)
    if (!this.#stopBeat) this.#beat()
    return session
  }

  leave(peer: Peer): void {
    if (!this.#sessions.delete(peer)) return
    this.#presence.leave(peer)
    this.#planNews()
    if (!this.isEmpty) return
    this.#stopBeat?.()
    this.#stopBeat = undefined
  }

  /** Under this client id it writes from now on, and is seen. */
  lend({ peer, reader }: Session, pen: Pen): void {
    this.#presence.lend(peer, pen.client)
    reader.send(encodeFrame({ kind: 'lend', ...pen }))
  }

  /** False for bytes that are no presence. */
  hear({ peer }: Session, update: Uint8Array): boolean {
    const isPresence = this.#presence.hear(peer, update)
    this.#planNews()
    return isPresence
  }

  /** Tells one of all the others. */
  tellEverybody({ peer, reader }: Session): void {
    for (const frame of this.#presence.everybody(peer)) reader.whisper(frame)
  }

  /** A part of the document, for a reader that has everything up to `from`. */
  tell(
    { reader }: Session,
    frame: Uint8Array,
    kind: 'answer' | 'update',
    from: () => StateVector,
  ): void {
    reader.tell(frame, kind, from)
    if (reader.isBehind && this.#isCalm) this.#beat()
  }

  /** What has become durable together goes out as one frame: a socket write costs the same whatever is in it. */
  spread(taken: readonly Taken[]): void {
    const [first] = taken
    if (!first) return
    const update = mergeTree(taken.map(({ update }) => update))
    const frame = encodeFrame({ kind: 'update', update })
    const author = taken.every(({ author }) => author === first.author) ? first.author : null
    const before = (): StateVector => new Map(this.#spread)
    const edits = taken.reduce((sum, { drafts }) => sum + drafts.length, 0)
    for (const session of this.#sessions.values()) {
      if (!session.isLive || session === author) continue
      this.tell(session, frame, 'update', before)
      this.#deps.observer.delivered += edits
    }
    for (const { reached } of taken)
      for (const [client, clock] of reached) this.#spread.set(client, clock)
  }

  #planNews(): void {
    if (this.#isNewsPlanned || !this.#presence.hasNews) return
    this.#isNewsPlanned = true
    const { clock, limits } = this.#deps
    const wait = this.#newsAt + limits.presenceGap - clock.now()
    if (wait > 0) clock.after(Math.min(wait, limits.presenceGap), () => this.#tellNews())
    else clock.turn(() => this.#tellNews())
  }

  #tellNews(): void {
    this.#isNewsPlanned = false
    this.#newsAt = this.#deps.clock.now()
    const news = this.#presence.news()
    for (const { peer, reader } of this.#sessions.values()) {
      for (const frame of news(peer)) reader.whisper(frame)
    }
  }

  #beat(): void {
    this.#stopBeat?.()
    this.#isCalm = this.isCurrent
    this.#stopBeat = this.#deps.clock.after(this.#isCalm ? CALM_BEAT : BEAT, () => {
      this.#stopBeat = undefined
      for (const session of this.#sessions.values()) {
        const { reader } = session
        if (reader.isTooSlow) this.#deps.refuse(session, CLOSES.tooSlow, 'too slow')
        else if (reader.isBehind) this.#catchUp(session)
        else if (reader.isLonely) reader.send(HEARTBEAT)
      }
      if (!this.isEmpty) this.#beat()
    })
  }

  #catchUp(session: Session): void {
    const missed = this.#live && session.reader.catchUp(this.#live.doc)
    if (!missed) return
    this.#deps.say(() => {
      if (!this.has(session)) return
      session.reader.caughtUp(missed)
      this.tellEverybody(session)
    })
  }
}

const WIDTH = 32

/** Merging a long flat list takes Yjs quadratic time; a tree of short ones, linear. */
const mergeTree = (updates: readonly Uint8Array[]): Uint8Array => {
  const [only] = updates
  if (only && updates.length === 1) return only
  const level: Uint8Array[] = []
  for (let at = 0; at < updates.length; at += WIDTH)
    level.push(Y.mergeUpdates(updates.slice(at, at + WIDTH)))
  return mergeTree(level)
}
