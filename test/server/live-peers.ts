/** Connections for tests of the live engine: peers that are arrays, and tabs that speak the protocol over them. */
import * as encoding from 'lib0/encoding'
import * as Y from 'yjs'
import type { Close } from '#shared/access.ts'
import type { AccountId } from '#shared/ids.ts'
import { decodeFrame, encodeFrame, type Frame } from '#shared/wire.ts'
import type { Peer } from '#server/live/peer.ts'
import type { Room } from '#server/live/room.ts'

export const ada = 'ada' as AccountId
export const bo = 'bo' as AccountId
export const cy = 'cy' as AccountId

type Arrival = Partial<Pick<Peer, 'role' | 'wantsSaved' | 'tab'>>

export class FakePeer implements Peer {
  readonly account
  readonly role
  readonly wantsSaved
  readonly tab
  readonly frames: Frame[] = []
  closed: Close | undefined
  waiting = 0

  constructor(id: AccountId, { role = 'editor', wantsSaved = true, tab }: Arrival = {}) {
    this.account = { id, name: `${id}'s name`, colour: 1 }
    this.role = role
    this.wantsSaved = wantsSaved
    this.tab = tab
  }

  readonly send = (bytes: Uint8Array): void => {
    const frame = decodeFrame(bytes)
    if (!frame) throw new Error('The server sent what is no frame')
    this.frames.push(frame)
  }
  readonly close = (why: Close): void => {
    this.closed ??= why
  }
  readonly buffered = (): number => this.waiting

  of<Kind extends Frame['kind']>(kind: Kind): Extract<Frame, { kind: Kind }>[] {
    return this.frames.filter(
      (frame): frame is Extract<Frame, { kind: Kind }> => frame.kind === kind,
    )
  }

  get saved(): number {
    return this.of('saved').at(-1)?.upTo ?? 0
  }
}

/** A tab with a document of its own: edits go up at once, `read` takes in what came down. */
export class Tab {
  readonly doc = new Y.Doc()
  readonly peer: FakePeer
  readonly #room: Room
  #read = 0

  constructor(room: Room, id: AccountId, options: Arrival = {}) {
    this.peer = new FakePeer(id, options)
    this.#room = room
    room.join(this.peer)
    this.doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin !== this) this.send({ kind: 'update', update })
    })
  }

  send(frame: Frame): void {
    this.#room.receive(this.peer, encodeFrame(frame))
  }

  ask(): void {
    this.send({ kind: 'ask', stateVector: Y.encodeStateVector(this.doc) })
  }

  /** Applies what has come, and answers asks. */
  read(): void {
    for (; this.#read < this.peer.frames.length; this.#read++) {
      const frame = this.peer.frames[this.#read]
      if (frame?.kind === 'answer' || frame?.kind === 'update')
        Y.applyUpdate(this.doc, frame.update, this)
      else if (frame?.kind === 'ask')
        this.send({ kind: 'answer', update: Y.encodeStateAsUpdate(this.doc, frame.stateVector) })
    }
  }

  leave(): void {
    this.#room.leave(this.peer)
  }
}

export type AwarenessEntry = readonly [client: number, clock: number, state: unknown]

/** An awareness update as y-protocols writes it. */
export const awareness = (...states: readonly AwarenessEntry[]): Uint8Array => {
  const to = encoding.createEncoder()
  encoding.writeVarUint(to, states.length)
  for (const [client, clock, state] of states) {
    encoding.writeVarUint(to, client)
    encoding.writeVarUint(to, clock)
    encoding.writeVarString(to, JSON.stringify(state))
  }
  return encoding.toUint8Array(to)
}
