/** What a room remembers of one connection. */
import { lowerRole, may, writeAction, type DocumentRef, type Role } from '#shared/access.ts'
import type { Frame } from '#shared/wire.ts'
import type { Clock } from '#server/live/clock.ts'
import type { Limits } from '#server/live/limits.ts'
import { Reader, type Peer } from '#server/live/peer.ts'

/** The frames that `saved` counts. */
export type SyncFrame = Extract<Frame, { kind: 'ask' | 'answer' | 'update' }>

export interface Arrival {
  readonly session: Session
  readonly frame: SyncFrame
  /** Its number among the connection's sync frames, from 1. */
  readonly nth: number
}
/** An edit that came before what it builds on. */
export interface Held {
  readonly update: Uint8Array
  readonly nth: number
}

export class Session {
  readonly peer: Peer
  readonly reader: Reader
  role: Role
  /** Whether it has answered our ask: only until then may an edit come before what it builds on. */
  hasAnswered = false
  /** Whether it has been given the document, so that updates follow. */
  isLive = false
  /** Whether it has been lent a client id. */
  hasPen = false
  /** Yjs client ids that it has brought since. */
  clientIds = 0
  #received = 0
  #handled = 0
  #held: Held[] = []
  #heldBytes = 0

  constructor(peer: Peer, clock: Clock, limits: Limits) {
    this.peer = peer
    this.role = peer.role
    this.reader = new Reader(peer, clock, limits)
  }

  /** Within what it may do at most. */
  become(role: Role): void {
    this.role = lowerRole(role, this.peer.ceiling)
  }

  mayWrite(kind: DocumentRef['kind']): boolean {
    return may(this.role, writeAction(kind))
  }

  arrived(frame: SyncFrame): Arrival {
    return { session: this, frame, nth: ++this.#received }
  }

  handled({ nth }: Arrival): void {
    this.#handled = nth
  }

  /** Of the sync frames that came, the first so many have been dealt with. */
  get settled(): number {
    return (this.#held[0]?.nth ?? this.#handled + 1) - 1
  }

  /** False when too much is being held. */
  hold(held: Held, most: number): boolean {
    this.#held.push(held)
    this.#heldBytes += held.update.length
    return this.#heldBytes <= most
  }

  release(): readonly Held[] {
    this.#heldBytes = 0
    return this.#held.splice(0)
  }
}
