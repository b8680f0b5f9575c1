/** Answers to those who ask what they miss: whole documents, mostly, and only of what is on disk. */
import * as Y from 'yjs'
import { CLOSES, type Close } from '#shared/access.ts'
import { encodeFrame } from '#shared/wire.ts'
import type { Limits } from '#server/live/limits.ts'
import type { LiveDoc } from '#server/live/live-doc.ts'
import type { Outbox } from '#server/live/outbox.ts'
import type { Session } from '#server/live/session.ts'
import { readVector, type StateVector } from '#server/live/vector.ts'

export interface AnswersDeps {
  readonly limits: Limits
  readonly outbox: Outbox
  /** Whether the disk takes nothing at present. */
  readonly isFailing: () => boolean
  /** The document's state as it lies on disk. */
  readonly readDisk: () => Promise<Uint8Array>
  readonly isHere: (session: Session) => boolean
  /** Sends an answer to a reader that has everything up to `from`. */
  readonly tell: (session: Session, frame: Uint8Array, from: StateVector) => void
  readonly refuse: (session: Session, close: Close, why: string) => void
}

export class Answers {
  readonly #deps: AnswersDeps

  constructor(deps: AnswersDeps) {
    this.#deps = deps
  }

  give(live: LiveDoc, session: Session, stateVector: Uint8Array): void {
    const { isFailing, outbox, refuse } = this.#deps
    const from = this.#read(live, stateVector)
    if (!from) return refuse(session, CLOSES.malformed, 'no state vector')
    if (isFailing()) return void this.#giveFromDisk(session, stateVector, from)
    const frame =
      from.size === 0
        ? live.answer()
        : encodeFrame({ kind: 'answer', update: Y.encodeStateAsUpdate(live.doc, stateVector) })
    outbox.say(() => {
      session.isLive = true
      this.#tell(session, frame, from)
    })
  }

  /** While the disk takes nothing, what it already has can still be read. */
  async #giveFromDisk(session: Session, stateVector: Uint8Array, from: StateVector): Promise<void> {
    // At once: what reaches the disk from here on must not be missed.
    session.isLive = true
    try {
      const update = Y.diffUpdate(await this.#deps.readDisk(), stateVector)
      this.#tell(session, encodeFrame({ kind: 'answer', update }), from)
    } catch {
      if (this.#deps.isHere(session))
        this.#deps.refuse(session, CLOSES.unavailable, 'the disk cannot be read')
    }
  }

  #tell(session: Session, frame: Uint8Array, from: StateVector): void {
    if (this.#deps.isHere(session)) this.#deps.tell(session, frame, from)
  }

  /** An honest vector is about as long as the document's own. */
  #read(live: LiveDoc, bytes: Uint8Array): StateVector | undefined {
    const most = this.#deps.limits.stateVector + live.doc.store.clients.size * 16
    return bytes.length > most ? undefined : readVector(bytes)
  }
}
