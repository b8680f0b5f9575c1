/** A page as client/live puts it together, without a browser: its document, its client id, and what it knows to be saved. */
import { Awareness } from 'y-protocols/awareness'
import * as Y from 'yjs'
import { Saving } from '#client/live/saving.ts'
import { TabPen } from '#client/live/tab-pen.ts'
import type { AccountId } from '#shared/ids.ts'
import { decodeFrame, encodeFrame, isAnswer, isSync, type Frame } from '#shared/wire.ts'
import type { Peer } from '#server/live/peer.ts'
import type { Room } from '#server/live/room.ts'

/** What a page could do wrong when it gives back its id. */
export type PageBug = 'goes on writing' | 'says where the saved part ends'

export interface Line {
  readonly peer: Peer
  readonly room: Room
  readonly up: Uint8Array[]
  readonly down: Uint8Array[]
  isClosed: boolean
}

export class Page {
  readonly name: string
  readonly account: AccountId
  readonly doc = new Y.Doc()
  readonly awareness = new Awareness(this.doc)
  readonly pen = new TabPen(this.doc, this.awareness)
  readonly saving = new Saving()
  line: Line | undefined
  isFrozen = false
  readonly #bug: PageBug | undefined
  readonly #note: (what: string) => void
  /** Where the edits under its id ended when all were saved last. */
  #savedClock = 0

  constructor(
    name: string,
    account: AccountId,
    note: (what: string) => void,
    wrote: (page: Page, update: Uint8Array) => void,
    bug: PageBug | undefined,
  ) {
    this.name = name
    this.account = account
    this.#note = note
    this.#bug = bug
    this.doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin === this) return
      wrote(this, update)
      this.#send({ kind: 'update', update })
      this.saving.edited(this.line !== undefined)
    })
  }

  connect(room: Room): void {
    const line: Line = {
      peer: {
        account: { id: this.account, name: this.account, colour: 1 },
        role: 'editor',
        wantsSaved: true,
        tab: { name: this.pen.tab, wantsPen: this.pen.isWanted },
        send: frame => void line.down.push(frame),
        close: () => void (line.isClosed = true),
        buffered: () => 0,
      },
      room,
      up: [],
      down: [],
      isClosed: false,
    }
    this.line = line
    this.saving.opened()
    room.join(line.peer)
    this.#send({ kind: 'ask', stateVector: Y.encodeStateVector(this.doc) })
  }

  hear(bytes: Uint8Array): void {
    const frame = decodeFrame(bytes)
    switch (frame?.kind) {
      case 'ask':
        this.#send({ kind: 'answer', update: Y.encodeStateAsUpdate(this.doc, frame.stateVector) })
        break
      case 'answer':
      case 'update':
        Y.applyUpdate(this.doc, frame.update, this)
        break
      case 'saved':
        this.saving.saved(frame.upTo)
        if (this.saving.settled) this.#savedClock = this.#clock
        break
      case 'lend':
        if (this.pen.take(frame)) {
          this.#savedClock = frame.clock
          this.#note('an id is taken over')
        } else {
          this.#note('an id comes too late')
          this.#send({ ...frame, kind: 'giveBack' })
        }
        break
    }
  }

  /** `pagehide`: for good, or into the browser's memory. */
  leave(): void {
    const isSure = this.saving.settled || this.#bug === 'says where the saved part ends'
    const before = this.doc.clientID
    const given = this.line && isSure ? this.pen.giveBack() : undefined
    if (!given) return
    this.#note('an id is given back')
    if (this.#bug === 'goes on writing') this.doc.clientID = before
    const clock = this.#bug === 'says where the saved part ends' ? this.#savedClock : given.clock
    this.#send({ kind: 'giveBack', client: given.client, clock })
  }

  dispose(): void {
    this.awareness.destroy()
    this.doc.destroy()
  }

  get #clock(): number {
    return Y.getState(this.doc.store, this.doc.clientID)
  }

  #send(frame: Frame): void {
    if (!this.line) return
    const bytes = encodeFrame(frame)
    this.line.up.push(bytes)
    if (isSync(bytes)) this.saving.sent(isAnswer(bytes))
  }
}
