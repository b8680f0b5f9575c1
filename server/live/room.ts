/**
 * One live document and the connections that edit it; it owns no socket. What is accepted is applied at once, and
 * nothing of it leaves before it is on disk: not to others, not in an answer, not as "saved".
 */
import * as Y from 'yjs'
import { CLOSES, type Close, type DocumentRef, type Role } from '#shared/access.ts'
import type { Address } from '#shared/document/changed.ts'
import type { AccountId } from '#shared/ids.ts'
import { decodeFrame, encodeFrame } from '#shared/wire.ts'
import { Answers } from '#server/live/answers.ts'
import { Audience } from '#server/live/audience.ts'
import type { Clock } from '#server/live/clock.ts'
import { Intake, type Loaded, type Taken } from '#server/live/intake.ts'
import type { Journal } from '#server/live/journal.ts'
import type { Limits } from '#server/live/limits.ts'
import { Outbox } from '#server/live/outbox.ts'
import type { Peer } from '#server/live/peer.ts'
import type { Arrival, Session } from '#server/live/session.ts'

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
  /** The document's state as it lies on disk. */
  readonly readDisk: () => Promise<Uint8Array>
  readonly onSaved: (edits: SavedEdits) => void
  /** A refusal or an error, for the log: never content. */
  readonly onTrouble: (what: string, detail: unknown) => void
  /** The document in memory is in an unknown state: everybody was sent away, and nobody may join this room again. */
  readonly onBroken: (room: Room) => void
}

/** The longest pause between two turns, when the last one took that long. */
const LONGEST_PAUSE = 16

export class Room {
  readonly ref: DocumentRef
  readonly doc: Y.Doc
  readonly #deps: RoomDeps
  readonly #answers: Answers
  readonly #audience: Audience
  readonly #intake: Intake
  readonly #outbox: Outbox
  #inbox: Arrival[] = []
  #isTurnPlanned = false
  /** Milliseconds that the last work took. */
  #cost = 0
  /** Durable edits on their way out. */
  #spreads: Taken[] = []
  #isRetired = false

  constructor(ref: DocumentRef, loaded: Loaded, deps: RoomDeps) {
    const { clock, limits } = deps
    this.ref = ref
    this.doc = loaded.doc
    this.#deps = deps
    this.#outbox = new Outbox(loaded.head)
    const isHere = (session: Session): boolean => this.#audience.has(session)
    const refuse = (session: Session, close: Close, why: string): void =>
      this.#refuse(session, close, why)
    this.#intake = new Intake(loaded, {
      kind: ref.kind,
      clock,
      limits,
      refuse,
      isHere,
    })
    this.#answers = new Answers({
      doc: this.doc,
      limits,
      outbox: this.#outbox,
      isFailing: () => deps.journal.isFailing(ref.name),
      readDisk: deps.readDisk,
      isHere,
      refuse,
    })
    this.#audience = new Audience({
      doc: this.doc,
      clock,
      limits,
      refuse,
      ownerOf: client => this.#intake.ownerOf(client),
      say: act => this.#outbox.say(act),
    })
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

  join(peer: Peer): void {
    if (this.#isRetired) return peer.close(CLOSES.unavailable)
    const { reader } = this.#audience.enter(peer)
    // Both sides ask: without ours, what a tab did offline would never arrive.
    reader.send(encodeFrame({ kind: 'ask', stateVector: Y.encodeStateVector(this.doc) }))
  }

  leave(peer: Peer): void {
    this.#audience.leave(peer)
  }

  receive(peer: Peer, bytes: Uint8Array): void {
    const session = this.#audience.of(peer)
    if (!session) return
    const { clock, limits } = this.#deps
    if (bytes.length > limits.message)
      return this.#refuse(session, CLOSES.tooLarge, 'a message too large')
    if (!session.spend(clock.now())) return this.#refuse(session, CLOSES.tooFast, 'too fast')
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
      default:
        this.#refuse(session, CLOSES.malformed, 'no frame')
    }
  }

  /**
   * An edit by the server itself, in an account's name; answers the number of its last journal entry once that is
   * on disk. When `change` throws nothing has happened.
   */
  async edit(account: AccountId, change: (doc: Y.Doc) => void): Promise<number> {
    if (this.#isRetired) throw new Error(`${this.ref.name} has left memory`)
    const stroke = this.#intake.draft(account, change)
    try {
      if (stroke) this.#accept(this.#intake.write(stroke))
    } catch (error) {
      this.#break(error)
      throw error
    }
    return this.whenDurable()
  }

  /** Resolves with the head when everything that has been accepted is on disk. */
  whenDurable(): Promise<number> {
    return new Promise(resolve => this.#outbox.say(resolve))
  }

  /** An account's role has changed; null: it has lost access. Who may no longer write comes back as a reader. */
  setRole(account: AccountId, role: Role | null): void {
    for (const session of this.#audience.sessions) {
      if (session.peer.account.id !== account) continue
      if (role === null) {
        this.#refuse(session, CLOSES.notFound, 'lost access')
        continue
      }
      const couldWrite = session.mayWrite(this.ref.kind)
      session.role = role
      if (couldWrite && !session.mayWrite(this.ref.kind))
        this.#refuse(session, CLOSES.notAllowed, 'lost the right to write')
    }
  }

  /** Sends everybody away; what had arrived is still taken in. */
  closeAll(why: Close): void {
    this.#runTurn()
    for (const session of this.#audience.sessions) this.#drop(session, why)
  }

  /** The present state and, once that is on disk, the number of its last entry: what a checkpoint stores. */
  whenSaved(act: (upTo: number, state: Uint8Array) => void): void {
    const state = this.#answers.whole()
    this.#outbox.say(upTo => act(upTo, state))
  }

  /** It has left memory: whoever still holds it must open the document again. */
  retire(): void {
    this.#isRetired = true
    this.doc.destroy()
  }

  #refuse(session: Session, close: Close, why: string): void {
    this.#deps.onTrouble(`refused: ${why}`, session.peer.account.id)
    this.#drop(session, close)
  }

  #drop(session: Session, close: Close): void {
    this.leave(session.peer)
    session.peer.close(close)
  }

  /** At the end of this turn of the event loop; when the last one was long, after a pause as long. */
  #planTurn(): void {
    if (this.#isTurnPlanned) return
    this.#isTurnPlanned = true
    const { clock } = this.#deps
    if (this.#cost > 0) clock.after(this.#cost, () => this.#runTurn())
    else clock.turn(() => this.#runTurn())
  }

  #runTurn(): void {
    this.#isTurnPlanned = false
    if (this.#inbox.length === 0) return
    this.#measured(() => {
      const arrivals = this.#inbox
      this.#inbox = []
      this.#accept(this.#intake.take(arrivals))
      const asks = new Map<Session, Uint8Array>()
      const heard = new Set<Session>()
      for (const arrival of arrivals) {
        const { frame, session } = arrival
        if (!this.#audience.has(session)) continue
        session.handled(arrival)
        heard.add(session)
        if (frame.kind === 'ask') asks.set(session, frame.stateVector)
      }
      for (const [session, stateVector] of asks) this.#answers.give(session, stateVector)
      for (const session of heard) this.#saySaved(session)
    })
  }

  #accept(taken: Taken | undefined): void {
    if (!taken) return
    const { addresses, clients, drafts } = taken
    const accounts = new Set(drafts.map(({ account }) => account))
    const at = Math.max(...drafts.map(({ at }) => at))
    this.#answers.forget()
    this.#outbox.accept(drafts.length)
    this.#outbox.say(head => {
      this.#spreads.push(taken)
      this.#deps.onSaved({ ref: this.ref, doc: this.doc, head, at, accounts, addresses })
    })
    this.#deps.journal.append(this.ref.name, drafts, clients, (many, head) =>
      this.#measured(() => {
        this.#outbox.reached(many, head)
        this.#audience.spread(this.#spreads.splice(0))
      }),
    )
  }

  #saySaved(session: Session): void {
    if (!session.peer.wantsSaved) return
    const upTo = session.settled
    this.#outbox.say(() => {
      if (this.#audience.has(session)) session.reader.send(encodeFrame({ kind: 'saved', upTo }))
    })
  }

  /** An error in one room stays in this room. */
  #measured(work: () => void): void {
    const { clock } = this.#deps
    const start = clock.now()
    try {
      work()
    } catch (error) {
      this.#break(error)
    }
    this.#cost = Math.max(0, Math.min(LONGEST_PAUSE, clock.now() - start))
  }

  /** Yjs threw on bytes that the guard had let in: what is in memory may differ from what is on disk. */
  #break(error: unknown): void {
    if (this.#isRetired) return
    this.#isRetired = true
    this.#inbox = []
    for (const session of this.#audience.sessions) this.#drop(session, CLOSES.unavailable)
    this.#deps.onTrouble('the document broke', error)
    this.#deps.onBroken(this)
  }
}
