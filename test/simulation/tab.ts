/** A browser tab as small as it can be: a document, the protocol, and the rule by which it calls itself saved. */
import * as Y from 'yjs'
import { CLOSES, type Close, type Role } from '#shared/access.ts'
import type { AccountId } from '#shared/ids.ts'
import { decodeFrame, encodeFrame, type Frame } from '#shared/wire.ts'
import type { Peer } from '#server/live/peer.ts'
import type { Room } from '#server/live/room.ts'

/** A connection: frames travel in order, and arrive when the dice say so. */
export interface Line {
  readonly peer: Peer
  readonly room: Room
  readonly up: Uint8Array[]
  readonly down: Uint8Array[]
  /** Why the server ended it. */
  closed: Close | undefined
  /** Sync frames sent, how many of them are saved, and the number of the answer among them (0: none yet). */
  sent: number
  saved: number
  answered: number
}

export class Tab {
  readonly name: string
  readonly account: AccountId
  /** What it shows. */
  doc: Y.Doc
  /** What it has been told, and nothing of its own. */
  heard = new Y.Doc()
  line: Line | undefined
  /** A planted bug: the server asks late, and the tab does not wait to be asked before it says "saved". */
  readonly isHasty: boolean

  constructor(name: string, account: AccountId, client: number, isHasty: boolean) {
    this.name = name
    this.account = account
    this.isHasty = isHasty
    this.doc = this.#open(client)
  }

  /** Starts over with an empty document, as after a reload. */
  reload(client: number): void {
    this.line = undefined
    this.doc.destroy()
    this.doc = this.#open(client)
    this.heard = new Y.Doc()
  }

  connect(room: Room, role: Role): void {
    const late: Uint8Array[] = []
    const line: Line = {
      peer: {
        account: { id: this.account, name: this.name, colour: 0 },
        role,
        wantsSaved: true,
        send: frame => {
          const kind = decodeFrame(frame)?.kind
          if (this.isHasty && kind === 'ask') late.push(frame)
          else line.down.push(frame)
          if (kind === 'saved') line.down.push(...late.splice(0))
        },
        close: why => {
          line.closed ??= why
        },
        buffered: () => 0,
      },
      room,
      up: [],
      down: [],
      closed: undefined,
      sent: 0,
      saved: 0,
      answered: 0,
    }
    this.line = line
    room.join(line.peer)
    this.#send({ kind: 'ask', stateVector: Y.encodeStateVector(this.doc) })
  }

  cut(): void {
    this.line?.room.leave(this.line.peer)
    this.line = undefined
  }

  /** Takes in one frame. */
  hear(bytes: Uint8Array): void {
    const frame = decodeFrame(bytes)
    if (!this.line || !frame) return
    if (frame.kind === 'ask') {
      this.#send({ kind: 'answer', update: Y.encodeStateAsUpdate(this.doc, frame.stateVector) })
      this.line.answered ||= this.line.sent
    } else if (frame.kind === 'saved') this.line.saved = frame.upTo
    else if (frame.kind === 'answer' || frame.kind === 'update') {
      Y.applyUpdate(this.doc, frame.update, this)
      Y.applyUpdate(this.heard, frame.update)
    }
  }

  /** The sign on the screen: everything I have done is on the server's disk. */
  get saysSaved(): boolean {
    const { line } = this
    if (!line || line.saved < line.sent) return false
    return this.isHasty ? line.sent > 0 : line.answered > 0
  }

  /** Whether the server will never let this document in: the tab must start over. */
  get isRefused(): boolean {
    return this.line?.closed?.code === CLOSES.notAllowed.code
  }

  #open(client: number): Y.Doc {
    const doc = new Y.Doc()
    doc.clientID = client
    doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin !== this) this.#send({ kind: 'update', update })
    })
    return doc
  }

  #send(frame: Frame): void {
    if (!this.line) return
    this.line.up.push(encodeFrame(frame))
    this.line.sent++
  }
}
