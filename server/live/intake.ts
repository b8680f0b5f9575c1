/** Lets edits into a live document: each is judged by the guard and by its sender's role, and applied once. */
import * as Y from 'yjs'
import { CLOSES, type Close, type DocumentRef } from '#shared/access.ts'
import { docFrom } from '#shared/document/tracker.ts'
import type { AccountId } from '#shared/ids.ts'
import type { Clock } from '#server/live/clock.ts'
import { guard } from '#server/live/guard.ts'
import { forAnswers, type Limits } from '#server/live/limits.ts'
import type { LiveDoc, Merged } from '#server/live/live-doc.ts'
import type { Pens } from '#server/live/pens.ts'
import type { Arrival, Session } from '#server/live/session.ts'
import type { Draft } from '#server/store/store.ts'

/** The edits that one turn of the event loop let in, and all of them as one update. */
export interface Taken extends Merged {
  readonly drafts: readonly Draft[]
  /** Client ids that these edits use for the first time. */
  readonly clients: ReadonlyMap<number, AccountId>
  /** The only connection they come from, which has them already. */
  readonly author: Session | null
}

export interface IntakeDeps {
  readonly kind: DocumentRef['kind']
  readonly clock: Clock
  readonly limits: Limits
  readonly pens: Pens
  /** Sends a connection away; nothing that it sent afterwards is looked at. */
  readonly refuse: (session: Session, close: Close, why: string) => void
  readonly isHere: (session: Session) => boolean
  /** An update that a connection brings along when it begins, as it may come in: of the same shape. */
  readonly brought: (update: Uint8Array) => Uint8Array
  /** Whether so much waits for the disk that nothing more may. */
  readonly isFull: () => boolean
}

/** An edit by the server; `pen` is the client id under which it writes for this account. */
export interface Stroke {
  readonly account: AccountId
  readonly pen: number
  readonly update: Uint8Array
}

interface Turn {
  readonly live: LiveDoc
  readonly drafts: Draft[]
  readonly clients: Map<number, AccountId>
  readonly authors: Set<Session | null>
}

export class Intake {
  readonly #deps: IntakeDeps
  /** For what a connection brings along. */
  readonly #answers: Limits
  readonly #clients: Map<number, AccountId>
  #size: number

  /** `size`: bytes of the stored state, or about that. */
  constructor(clients: ReadonlyMap<number, AccountId>, size: number, deps: IntakeDeps) {
    this.#deps = deps
    this.#answers = forAnswers(deps.limits)
    this.#clients = new Map(clients)
    this.#size = size
  }

  /** Bytes of the document's state, or somewhat more. */
  get size(): number {
    return this.#size
  }

  ownerOf(client: number): AccountId | undefined {
    return this.#clients.get(client)
  }

  /**
   * Takes answers and updates in one transaction, which makes one update of them: a transaction costs time in
   * proportion to all client ids ever seen on every screen. Throws when Yjs does: the document is then in an
   * unknown state.
   */
  take(live: LiveDoc, arrivals: readonly Arrival[]): Taken | undefined {
    return this.#turn(live, turn => {
      for (const arrival of arrivals) {
        const { frame, nth, session } = arrival
        if (frame.kind === 'ask' || !this.#deps.isHere(session)) continue
        this.#edit(session, frame.update, nth, turn)
        if (frame.kind === 'answer' && !session.hasAnswered) {
          session.hasAnswered = true
          for (const held of session.release())
            this.#edit(session, held.update, held.nth, turn, true)
        }
      }
    })
  }

  /** What the server itself changes in an account's name: all of it or, when `change` throws, nothing. */
  draft(live: LiveDoc, account: AccountId, change: (doc: Y.Doc) => void): Stroke | undefined {
    const copy = docFrom(live.state())
    const pen = this.#deps.pens.serverPen(account) ?? copy.clientID
    copy.clientID = pen
    let update: Uint8Array | undefined
    copy.on('update', (bytes: Uint8Array) => (update = bytes))
    copy.transact(() => change(copy))
    copy.destroy()
    return update && { account, pen, update }
  }

  write(live: LiveDoc, { account, pen, update }: Stroke): Taken | undefined {
    const fresh = this.#clients.has(pen) ? [] : [pen]
    this.#deps.pens.keepServerPen(account, pen)
    return this.#turn(live, turn => this.#apply(update, fresh, account, null, turn))
  }

  #turn(live: LiveDoc, run: (turn: Turn) => void): Taken | undefined {
    const turn: Turn = { live, drafts: [], clients: new Map(), authors: new Set() }
    const merged = live.change(() => run(turn))
    const [author = null] = turn.authors.size === 1 ? turn.authors : []
    if (turn.drafts.length === 0) return undefined
    if (!merged) throw new Error('Edits were let in, and Yjs told of none')
    return { drafts: turn.drafts, clients: turn.clients, author, ...merged }
  }

  #edit(
    session: Session,
    bytes: Uint8Array,
    nth: number,
    turn: Turn,
    isBrought = !session.hasAnswered,
  ): void {
    const { clock, isFull, isHere, kind, pens, refuse } = this.#deps
    if (!isHere(session)) return
    const {
      account: { id: account },
      tab,
    } = session.peer
    const isElsewhere = (client: number): boolean => pens.isElsewhere(client, tab?.name)
    const limits = session.hasAnswered ? this.#deps.limits : this.#answers
    const { doc } = turn.live
    const guarded = { doc, kind, clients: this.#clients, limits, isElsewhere, isBrought }
    const verdict = guard(guarded, account, bytes)
    if (verdict.is === 'nothing') return
    if (verdict.is === 'refused') return refuse(session, verdict.close, verdict.why)
    if (!session.mayWrite(kind)) return refuse(session, CLOSES.notAllowed, 'the role may not write')
    if (verdict.is === 'early') {
      if (session.hasAnswered || !session.hold({ update: bytes, nth }, limits.held))
        refuse(session, CLOSES.outOfStep, 'builds on what never came')
      return
    }
    if (isFull()) return refuse(session, CLOSES.unavailable, 'too much waits for the disk')
    const many = verdict.clients.length
    if (session.hasAnswered) session.clientIds += many
    const isDaily = pens.mayBring(account, many, limits.clientIdsADay, clock.now())
    if (session.clientIds > limits.clientIds || !isDaily)
      return refuse(session, CLOSES.tooFast, 'too many client ids')
    if (this.#size + verdict.update.length > limits.document) this.#size = turn.live.weigh()
    if (this.#size + verdict.update.length > limits.document)
      return refuse(session, CLOSES.tooLarge, 'the document is full')
    const update = isBrought ? this.#deps.brought(verdict.update) : verdict.update
    this.#apply(update, verdict.clients, account, session, turn, clock.now())
  }

  #apply(
    update: Uint8Array,
    fresh: readonly number[],
    account: AccountId,
    author: Session | null,
    turn: Turn,
    at = this.#deps.clock.now(),
  ): void {
    Y.applyUpdate(turn.live.doc, update)
    for (const client of fresh) {
      this.#clients.set(client, account)
      turn.clients.set(client, account)
    }
    this.#size += update.length
    turn.drafts.push({ account, at, update })
    turn.authors.add(author)
  }
}
