/** One connection, as the room sees it, and what is sent to it: no reader, however slow, makes the server grow. */
import * as Y from 'yjs'
import type { Close, Role } from '#shared/access.ts'
import type { PresentAccount } from '#shared/presence.ts'
import { encodeFrame } from '#shared/wire.ts'
import type { Clock } from '#server/live/clock.ts'
import type { Limits } from '#server/live/limits.ts'
import type { TabName } from '#server/live/pens.ts'
import { encodeVector, type StateVector } from '#server/live/vector.ts'

/** Owned by the socket edge; a test hands the room an array instead. */
export interface Peer {
  readonly account: PresentAccount
  /** The role on arrival; later changes come through `Room.setRole`. */
  readonly role: Role
  /** However high its role becomes, it may do no more than this one. */
  readonly ceiling?: Role | undefined
  /** Whether it asked to be told what is on disk. */
  readonly wantsSaved: boolean
  /** The page behind it, where that may be lent a client id, and whether it wants one now. */
  readonly tab?: { readonly name: TabName; readonly wantsPen: boolean } | undefined
  readonly send: (frame: Uint8Array) => void
  /** `because`: for the log, in fixed words; without it nothing was refused. */
  readonly close: (why: Close, because?: string) => void
  /** Bytes that the socket has not taken yet. */
  readonly buffered: () => number
}

/** A reader that fell behind: it has everything up to `from`, and waits for an answer or for an update. */
interface Behind {
  readonly from: StateVector
  readonly kind: 'answer' | 'update'
  readonly since: number
}

export class Reader {
  readonly #peer: Peer
  readonly #clock: Clock
  readonly #limits: Limits
  #behind: Behind | undefined
  /** The lag that the frame under way makes up for. */
  #making: Behind | undefined
  #lastSentAt: number

  constructor(peer: Peer, clock: Clock, limits: Limits) {
    this.#peer = peer
    this.#clock = clock
    this.#limits = limits
    this.#lastSentAt = clock.now()
  }

  get isBehind(): boolean {
    return this.#behind !== undefined
  }

  /** Whether it has not heard anything for as long as a client bears. */
  get isLonely(): boolean {
    return this.#clock.now() - this.#lastSentAt >= this.#limits.silence
  }

  get isTooSlow(): boolean {
    return (
      this.#peer.buffered() > this.#limits.tooSlow ||
      (this.#behind !== undefined && this.#clock.now() - this.#behind.since > this.#limits.stalled)
    )
  }

  send(frame: Uint8Array): void {
    this.#lastSentAt = this.#clock.now()
    this.#peer.send(frame)
  }

  /** Presence: what a slow reader misses of it is told again when it has caught up. */
  whisper(frame: Uint8Array): void {
    if (!this.#behind && this.#peer.buffered() <= this.#limits.slow) this.send(frame)
  }

  /** A part of the document, for a reader that has everything up to `from`. */
  tell(frame: Uint8Array, kind: Behind['kind'], from: () => StateVector): void {
    if (!this.#behind && this.#peer.buffered() <= this.#limits.slow) return this.send(frame)
    const since = this.#behind?.since ?? this.#clock.now()
    if (!this.#behind || kind === 'answer') this.#behind = { from: from(), kind, since }
  }

  /** Once the socket has drained: what brings the reader up to the document's present state. */
  catchUp(doc: Y.Doc): Uint8Array | undefined {
    if (!this.#behind || this.#making) return undefined
    if (this.#peer.buffered() > this.#limits.drained) return undefined
    this.#making = this.#behind
    const { from, kind } = this.#behind
    const update = Y.encodeStateAsUpdate(doc, encodeVector(from))
    return encodeFrame({ kind, update })
  }

  caughtUp(frame: Uint8Array): void {
    // A later ask may have come meanwhile: that one still waits for its own answer.
    if (this.#behind === this.#making) this.#behind = undefined
    this.#making = undefined
    this.send(frame)
  }
}
