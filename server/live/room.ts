/**
 * One live document and the connections that edit it; it owns no socket. What is accepted is applied at once, and
 * nothing of it leaves before it is on disk: not to others, not in an answer, not as "saved". Where nobody edits, the
 * document leaves memory and the connections stay.
 */
import type * as Y from 'yjs'
import { CLOSES, type Close, type DocumentRef, type Role } from '#shared/access.ts'
import type { Address } from '#shared/document/changed.ts'
import type { AccountId } from '#shared/ids.ts'
import { decodeFrame, encodeFrame, isAnswer, type Pen } from '#shared/wire.ts'
import { Answers } from '#server/live/answers.ts'
import { Audience } from '#server/live/audience.ts'
import type { Clock } from '#server/live/clock.ts'
import { Intake, type Taken } from '#server/live/intake.ts'
import type { Journal } from '#server/live/journal.ts'
import type { Limits } from '#server/live/limits.ts'
import { LiveDoc } from '#server/live/live-doc.ts'
import type { Observer } from '#server/live/observer.ts'
import { Outbox } from '#server/live/outbox.ts'
import type { Peer } from '#server/live/peer.ts'
import type { Pace } from '#server/live/pace.ts'
import type { Pens } from '#server/live/pens.ts'
import { Residence } from '#server/live/residence.ts'
import type { Arrival, Session } from '#server/live/session.ts'
import { DamagedError, type Stored } from '#server/store/store.ts'

/** Edits that have just reached the disk. `doc` may hold later ones already. */
export interface SavedEdits {
  readonly ref: DocumentRef
  readonly doc: Y.Doc
  readonly head: number
  readonly at: number
  readonly accounts: ReadonlySet<AccountId>
  readonly addresses: ReadonlySet<Address>
}

export interface RoomDeps {
  readonly clock: Clock
  readonly journal: Journal
  readonly limits: Limits
  readonly observer: Observer
  readonly pace: Pace
  readonly pens: Pens
  /** What is on disk of the document. */
  readonly load: () => Promise<Stored>
  /** An update that a connection brings along when it begins, as it may come in. */
  readonly brought: (update: Uint8Array) => Uint8Array
  readonly onSaved: (edits: SavedEdits) => void
  /** An error, for the log: never content. */
  readonly onTrouble: (what: string, detail: unknown) => void
  /** The document in memory is in an unknown state: everybody was sent away, and nobody may join this room again. */
  readonly onBroken: (room: Room) => void
}

export class Room {
  readonly ref: DocumentRef
  readonly #deps: RoomDeps
  readonly #answers: Answers
  readonly #audience: Audience
  readonly #intake: Intake
  readonly #outbox: Outbox
  readonly #residence: Residence
  #inbox: Arrival[] = []
  #isTurnPlanned = false
  /** Durable edits on their way out. */
  #spreads: Taken[] = []
  /** Nobody may join any more. */
  #isClosed = false
  #isRetired = false

  /** Throws a DamagedError when what is stored makes no document. */
  constructor(ref: DocumentRef, stored: Stored, deps: RoomDeps) {
    const { clock, limits } = deps
    const { clients, head } = stored
    this.ref = ref
    this.#deps = deps
    this.#outbox = new Outbox(head)
    const isHere = (session: Session): boolean => this.#audience.has(session)
    const refuse = (session: Session, close: Close, why: string): void =>
      this.#refuse(session, close, why)
    this.#intake = new Intake(clients, sizeOf(stored), {
      kind: ref.kind,
      clock,
      limits,
      pens: deps.pens,
      refuse,
      isHere,
      brought: deps.brought,
      isFull: () => deps.journal.isFull(ref.name),
    })
    this.#answers = new Answers({
      limits,
      outbox: this.#outbox,
      isFailing: () => deps.journal.isFailing(ref.name),
      readDisk: async () => open(ref, await deps.load()).state(),
      isHere,
      tell: (session, frame, from) => this.#audience.tell(session, frame, 'answer', () => from),
      refuse,
    })
    this.#audience = new Audience({
      clock,
      limits,
      observer: deps.observer,
      refuse,
      ownerOf: client => this.#intake.ownerOf(client),
      say: act => this.#outbox.say(act),
    })
    this.#residence = new Residence(open(ref, stored), {
      clock,
      read: () => this.#read(),
      moved: live => {
        this.#audience.live = live
        if (live) deps.observer.opened++
      },
    })
  }

  /** Throws while the room rests. */
  get doc(): Y.Doc {
    const { live } = this.#residence
    if (!live) throw new Error(`${this.ref.name} is not in memory`)
    return live.doc
  }

  /** The number of the last journal entry that is on disk. */
  get head(): number {
    return this.#outbox.head
  }

  get isEmpty(): boolean {
    return this.#audience.isEmpty
  }

  /** Whether everything that arrived is on disk. */
  get isClean(): boolean {
    return this.#outbox.isClean && this.#inbox.length === 0
  }

  /** Whether the document could leave memory at this moment. */
  get isIdle(): boolean {
    return this.isClean && this.#audience.isCurrent
  }

  /** Whether the document is not in memory. */
  get isResting(): boolean {
    return this.#residence.live === undefined
  }

  /** Bytes of the document's state, or somewhat more; 0 while the room rests. */
  get size(): number {
    return this.isResting ? 0 : this.#intake.size
  }

  /** When somebody last asked for the document, or edited it. */
  get usedAt(): number {
    return this.#residence.usedAt
  }

  /** Brings the document into memory. Rejects when it cannot be read; the next call tries again. */
  wake(): Promise<void> {
    return this.#residence.wake()
  }

  /** Lets the document go from memory, if all that anybody may still want of it is on disk. */
  rest(): void {
    if (this.isIdle) this.#residence.rest()
  }

  join(peer: Peer): void {
    if (this.#isClosed) return peer.close(CLOSES.unavailable)
    const session = this.#audience.enter(peer)
    // Both sides ask: without ours, what a tab did offline would never arrive.
    this.#withDoc(live => {
      if (this.#audience.has(session)) session.reader.send(live.ask())
    })
  }

  leave(peer: Peer): void {
    this.#audience.leave(peer)
  }

  receive(peer: Peer, bytes: Uint8Array): void {
    const session = this.#audience.of(peer)
    if (!session) return
    const { limits } = this.#deps
    const most = isAnswer(bytes) && !session.hasAnswered ? limits.answer : limits.message
    if (bytes.length > most) return this.#refuse(session, CLOSES.tooLarge, 'a message too large')
    const frame = decodeFrame(bytes)
    switch (frame?.kind) {
      case 'ask':
      case 'answer':
      case 'update':
        this.#inbox.push(session.arrived(frame))
        this.#planTurn()
        break
      case 'presence':
        if (!this.#audience.hear(session, frame.update))
          this.#refuse(session, CLOSES.malformed, 'no presence')
        break
      case 'askPresence':
        this.#audience.tellEverybody(session)
        break
      case 'giveBack':
        this.#takeBack(session, frame)
        break
      default:
        this.#refuse(session, CLOSES.malformed, 'no frame')
    }
  }

  /**
   * An edit by the server itself, in an account's name; answers the number of its last journal entry once that is
   * on disk. When `change` throws nothing has happened.
   */
  async edit(account: AccountId, change: (doc: Y.Doc) => void): Promise<number> {
    this.#residence.use()
    if (this.isResting) await this.wake()
    const { live } = this.#residence
    if (this.#isRetired || !live) throw new Error(`${this.ref.name} has left memory`)
    const stroke = this.#intake.draft(live, account, change)
    try {
      if (stroke) this.#accept(this.#intake.write(live, stroke))
    } catch (error) {
      this.#break(error)
      throw error
    }
    return this.whenDurable()
  }

  /** Resolves with the head when everything that has been accepted is on disk; rejects when it never will be. */
  whenDurable(): Promise<number> {
    return new Promise((resolve, reject) => this.#outbox.say(resolve, reject))
  }

  /** An account's role has changed; null: it has lost access. Who may no longer write comes back as a reader. */
  setRole(account: AccountId, role: Role | null): void {
    for (const session of this.#audience.sessions) {
      if (session.peer.account.id !== account) continue
      if (role === null) {
        this.#refuse(session, CLOSES.notFound, 'lost access')
        continue
      }
      const before = session.role
      const couldWrite = session.mayWrite(this.ref.kind)
      session.become(role)
      if (couldWrite && !session.mayWrite(this.ref.kind))
        this.#refuse(session, CLOSES.notAllowed, 'lost the right to write')
      else if (session.role !== before && session.peer.wantsSaved)
        session.reader.send(encodeFrame({ kind: 'rights' }))
    }
  }

  /** The store will never take what this room has accepted: all of it is void. */
  refused(error: unknown): void {
    this.#outbox.void(error)
    this.#break(error)
  }

  /** Sends everybody away for good; what had arrived is still taken in, unless the document is not in memory. */
  closeAll(why: Close): void {
    this.#isClosed = true
    const { live } = this.#residence
    if (live) this.#runTurn(live)
    for (const session of this.#audience.sessions) this.#drop(session, why)
  }

  /** It has left memory: whoever still holds it must open the document again. */
  retire(): void {
    this.#isClosed = this.#isRetired = true
    for (const session of this.#audience.sessions) this.#drop(session, CLOSES.unavailable)
    this.#inbox = []
    this.#residence.end()
  }

  async #read(): Promise<LiveDoc> {
    const stored = await this.#deps.load()
    if (stored.head !== this.head)
      throw new DamagedError(this.ref.name, `it ends with ${stored.head} instead of ${this.head}`)
    return open(this.ref, stored)
  }

  #withDoc(act: (live: LiveDoc) => void): void {
    this.#residence.with(act, error => this.#break(error))
  }

  #refuse(session: Session, close: Close, why: string): void {
    this.#drop(session, close, why)
  }

  #drop(session: Session, close: Close, why?: string): void {
    this.leave(session.peer)
    session.peer.close(close, why)
  }

  #planTurn(): void {
    if (this.#isTurnPlanned) return
    this.#isTurnPlanned = true
    this.#deps.pace.next(() => this.#withDoc(live => this.#runTurn(live)))
  }

  #runTurn(live: LiveDoc): void {
    this.#isTurnPlanned = false
    if (this.#inbox.length === 0) return
    this.#residence.use()
    this.#measured(() => {
      const arrivals = this.#inbox
      this.#inbox = []
      this.#accept(this.#intake.take(live, arrivals))
      const asks = new Map<Session, Uint8Array>()
      const heard = new Set<Session>()
      for (const arrival of arrivals) {
        const { frame, session } = arrival
        if (!this.#audience.has(session)) continue
        session.handled(arrival)
        heard.add(session)
        if (frame.kind === 'ask') asks.set(session, frame.stateVector)
      }
      for (const [session, stateVector] of asks) {
        this.#answers.give(live, session, stateVector)
        this.#lend(live, session)
      }
      for (const session of heard) this.#saySaved(session)
    })
  }

  #accept(taken: Taken | undefined): void {
    if (!taken) return
    const { addresses, clients, drafts } = taken
    const accounts = new Set(drafts.map(({ account }) => account))
    const at = Math.max(...drafts.map(({ at }) => at))
    this.#outbox.accept(drafts.length)
    this.#deps.observer.accepted += drafts.length
    this.#outbox.say(head => {
      this.#spreads.push(taken)
      this.#deps.onSaved({ ref: this.ref, doc: this.doc, head, at, accounts, addresses })
    })
    this.#deps.journal.append(this.ref.name, drafts, clients, (many, head) =>
      this.#deps.pace.work(() =>
        this.#measured(() => {
          this.#outbox.reached(many, head)
          this.#audience.spread(this.#spreads.splice(0))
        }),
      ),
    )
  }

  #saySaved(session: Session): void {
    if (!session.peer.wantsSaved) return
    const upTo = session.settled
    this.#outbox.say(() => {
      if (this.#audience.has(session)) session.reader.send(encodeFrame({ kind: 'saved', upTo }))
    })
  }

  /** After the answer, so that the tab has all that was written under the client id before it writes on. */
  #lend(live: LiveDoc, session: Session): void {
    const { account, tab } = session.peer
    if (!tab?.wantsPen || session.hasPen || !session.mayWrite(this.ref.kind)) return
    const { pens } = this.#deps
    const pen = pens.lend(account.id, tab.name, client => live.clockOf(client))
    if (!pen) return
    session.hasPen = true
    this.#outbox.say(() => {
      if (this.#audience.has(session)) this.#audience.lend(session, pen)
      else pens.giveBack(account.id, tab.name, pen)
    })
  }

  #takeBack(session: Session, pen: Pen): void {
    const { account, tab } = session.peer
    if (!tab) return this.#refuse(session, CLOSES.malformed, 'nothing was lent')
    if (this.#intake.ownerOf(pen.client) === account.id)
      this.#deps.pens.giveBack(account.id, tab.name, pen)
  }

  /** An error in one room stays in this room. */
  #measured(work: () => void): void {
    const { clock, observer } = this.#deps
    const start = clock.elapsed()
    try {
      work()
    } catch (error) {
      this.#break(error)
    }
    observer.worked('a turn of a room', clock.elapsed() - start)
  }

  /** Yjs threw on bytes that the guard had let in: what is in memory may differ from what is on disk. */
  #break(error: unknown): void {
    if (this.#isRetired) return
    this.#isClosed = this.#isRetired = true
    this.#inbox = []
    for (const session of this.#audience.sessions)
      this.#drop(session, CLOSES.unavailable, 'the document broke')
    this.#deps.onTrouble('the document broke', error)
    this.#deps.onBroken(this)
  }
}

const open = ({ name }: DocumentRef, { checkpoint, entries }: Stored): LiveDoc => {
  try {
    return new LiveDoc(checkpoint, entries)
  } catch (error) {
    throw new DamagedError(name, error instanceof Error ? error.message : String(error))
  }
}

const sizeOf = ({ checkpoint, entries }: Stored): number =>
  entries.reduce((size, { update }) => size + update.length, checkpoint?.state.length ?? 0)
