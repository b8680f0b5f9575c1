/** A browser tab as small as it can be: a document, the protocol, undo, and the client's own rule for "saved". */
import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import * as Y from 'yjs'
import { Awareness } from 'y-protocols/awareness'
import { Saving } from '#client/live/saving.ts'
import { TabPen } from '#client/live/tab-pen.ts'
import { decodeFrame, encodeFrame, isAnswer, isSync, type Frame } from '#shared/wire.ts'
import type { Part } from '#test/simulation/cast.ts'
import { hold, placesIn, Work, type Ledger } from '#test/simulation/ledger.ts'
import type { Line } from '#test/simulation/line.ts'

/** The origin of what its user does. */
export const USER = 'user'

/** A screen over a document. */
export interface Screen {
  /** Throws where it shows something else than the document holds. */
  readonly check: () => void
  readonly dispose: () => void
}
export type Watch = (doc: Y.Doc, part: Part) => Screen

interface TabDeps {
  readonly part: Part
  readonly ledger: Ledger
  readonly client: number
  readonly watch: Watch | undefined
  readonly reach: (what: string) => void
}

export class Tab {
  readonly part: Part
  /** What it shows. */
  doc: Y.Doc
  undo: Y.UndoManager
  /** The client id under which it writes; a stock client knows of no other than its own. */
  pen: TabPen | undefined
  saving = new Saving()
  /** What it holds and what is not known to be on disk. */
  work = new Work()
  line: Line | undefined
  screen: Screen | undefined
  /** It waits for an answer: a stock client calls itself synchronised only with one. */
  isAsking = false
  /** It has asked to come in. */
  isArriving = false
  /** It has written in somebody else's name, and is no honest tab until it starts over. */
  isForger = false
  readonly #ledger: Ledger
  readonly #reach: (what: string) => void
  readonly #watch: Watch | undefined
  /** The places that the frame which it takes in deletes. */
  #told: ReadonlySet<number> = new Set()

  constructor({ client, ledger, part, reach, watch }: TabDeps) {
    this.part = part
    this.#ledger = ledger
    this.#reach = reach
    this.#watch = watch
    this.doc = this.#open(client)
    this.undo = undoOf(this.doc)
    this.pen = this.#newPen()
    this.screen = watch?.(this.doc, part)
  }

  /** Starts over with an empty document, as after a reload. */
  reload(client: number): void {
    this.screen?.dispose()
    this.undo.destroy()
    this.doc.destroy()
    this.saving = new Saving()
    this.work = new Work()
    this.isForger = false
    this.doc = this.#open(client)
    this.undo = undoOf(this.doc)
    this.pen = this.#newPen()
    this.screen = this.#watch?.(this.doc, this.part)
  }

  /** The page goes away, and gives its client id back if it may: the client's own rule. */
  leave(): void {
    const given = this.line && this.saving.settled ? this.pen?.giveBack() : undefined
    if (given) this.send({ kind: 'giveBack', ...given })
  }

  connect(line: Line): void {
    this.line = line
    this.saving.opened()
    line.room.join(line.peer)
    this.ask()
    this.#appear()
  }

  ask(): void {
    this.isAsking = true
    this.send({ kind: 'ask', stateVector: Y.encodeStateVector(this.doc) })
  }

  /** Takes in one frame. */
  hear(bytes: Uint8Array): void {
    const frame = decodeFrame(bytes)
    switch (frame?.kind) {
      case 'ask':
        this.send({ kind: 'answer', update: Y.encodeStateAsUpdate(this.doc, frame.stateVector) })
        break
      case 'saved':
        hold(this.part.isStock !== true, `${this.part.name} is told "saved" without asking`)
        this.saving.saved(frame.upTo)
        break
      case 'answer':
      case 'update':
        this.#ledger.witness(this.part.name, frame.update)
        this.#told = new Set(placesIn(Y.decodeUpdate(frame.update).ds))
        if (frame.kind === 'answer') this.isAsking = false
        Y.applyUpdate(this.doc, frame.update, this)
        this.#told = new Set()
        break
      case 'lend': {
        const { client, clock } = frame
        if (this.pen?.take({ client, clock }) === true) this.#reach('a client id is lent')
        else this.send({ kind: 'giveBack', client, clock })
        break
      }
      case 'presence':
        this.#see(frame.update)
        break
      case 'rights':
        hold(this.part.isStock !== true, `${this.part.name} is told of rights without asking`)
        break
      default:
        hold(false, `${this.part.name} is sent what is no frame`)
    }
  }

  send(frame: Frame): void {
    this.sendBytes(encodeFrame(frame))
  }

  sendBytes(bytes: Uint8Array): void {
    if (!this.line || this.line.closed !== undefined) return
    this.line.say(bytes)
    if (isSync(bytes)) this.saving.sent(isAnswer(bytes))
  }

  /** The sign on the screen, held against the disk. */
  check(): void {
    this.screen?.check()
    this.work.settle(this.#ledger)
    const { part, saving, work } = this
    if (part.isStock === true || work.isEmpty) return
    hold(saving.waiting, `${part.name} shows "saved", and it is not on disk`)
    hold(!saving.settled, `${part.name} calls all that it holds saved, and it is not on disk`)
  }

  /** Presence, under somebody else's name: the server must know better. */
  #appear(): void {
    const to = encoding.createEncoder()
    encoding.writeVarUint(to, 1)
    encoding.writeVarUint(to, this.doc.clientID)
    encoding.writeVarUint(to, 1)
    encoding.writeVarString(to, JSON.stringify({ account: { id: 'ada', name: 'ada', colour: 1 } }))
    this.send({ kind: 'presence', update: encoding.toUint8Array(to) })
  }

  #see(update: Uint8Array): void {
    const from = decoding.createDecoder(update)
    for (let left = decoding.readVarUint(from); left > 0; left--) {
      const client = decoding.readVarUint(from)
      decoding.readVarUint(from)
      const state = JSON.parse(decoding.readVarString(from)) as { account: { id: string } } | null
      const owner = this.#ledger.ownerOf(client) ?? state?.account.id
      hold(!state || state.account.id === owner, `${owner} is shown under another name`)
    }
  }

  #newPen(): TabPen | undefined {
    if (this.part.isStock === true) return undefined
    const awareness = new Awareness(this.doc)
    // It would look at the true time now and then.
    awareness.destroy()
    return new TabPen(this.doc, awareness)
  }

  #open(client: number): Y.Doc {
    const doc = new Y.Doc()
    doc.clientID = client
    doc.on('afterTransaction', (transaction: Y.Transaction) => {
      this.work.add(transaction)
      if (transaction.origin !== this) this.#ledger.writes(this.part.account, transaction)
      const own = placesIn(transaction.deleteSet).filter(place => !this.#told.has(place))
      this.#ledger.deletes(this.part.account, own)
    })
    doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin === this) return
      this.send({ kind: 'update', update })
      this.saving.edited(this.line !== undefined && this.line.closed === undefined)
    })
    return doc
  }
}

const undoOf = (doc: Y.Doc): Y.UndoManager =>
  new Y.UndoManager(doc, { trackedOrigins: new Set([USER]), captureTimeout: 0 })
