/** One document in memory: what a turn changes in it is one transaction, and its whole state is encoded once. */
import * as Y from 'yjs'
import { changedAddresses, type Address } from '#shared/document/changed.ts'
import { sparseDoc, transactSparsely } from '#shared/document/sparse.ts'
import { encodeFrame } from '#shared/wire.ts'
import type { Checkpoint, Entry } from '#server/store/store.ts'

/** What one transaction brought, as one update. */
export interface Merged {
  readonly update: Uint8Array
  /** How far each client that it touches is with it. */
  readonly reached: ReadonlyMap<number, number>
  readonly addresses: ReadonlySet<Address>
}

export class LiveDoc {
  readonly doc: Y.Doc
  #merged: Merged | undefined
  #isOver = false
  /** The frame that holds the whole document, and how much of it is the document. */
  #answer: Uint8Array | undefined
  #size = 0
  #ask: Uint8Array | undefined

  /** Throws when the journal has a gap, or when Yjs cannot read it. */
  constructor(checkpoint: Checkpoint | null, entries: readonly Entry[]) {
    this.doc = sparseDoc()
    Y.transact(this.doc, () => {
      if (checkpoint) Y.applyUpdate(this.doc, checkpoint.state)
      for (const { update } of entries) Y.applyUpdate(this.doc, update)
    })
    if (this.doc.store.pendingStructs || this.doc.store.pendingDs)
      throw new Error('The journal has a gap')
    this.doc.on(
      'update',
      (update: Uint8Array, _origin: unknown, _doc: Y.Doc, transaction: Y.Transaction) => {
        const { afterState: reached } = transaction
        this.#merged = { update, reached, addresses: changedAddresses(transaction) }
      },
    )
  }

  /** Undefined where nothing changed. Throws when Yjs does: the document is then in an unknown state. */
  change(run: () => void): Merged | undefined {
    // It would take in what nobody is told of, the journal neither.
    if (this.#isOver) throw new Error('The document has left memory')
    this.#merged = undefined
    transactSparsely(this.doc, run, this)
    if (!this.#merged) return undefined
    this.#answer = this.#ask = undefined
    return this.#merged
  }

  /** The whole of it as an update. */
  state(): Uint8Array {
    return this.answer().subarray(-this.#size)
  }

  /** The frame for a client that has nothing yet: a herd of joiners costs one encoding. */
  answer(): Uint8Array {
    if (!this.#answer) {
      const update = Y.encodeStateAsUpdate(this.doc)
      this.#size = update.length
      this.#answer = encodeFrame({ kind: 'answer', update })
    }
    return this.#answer
  }

  /** Where the edits end that were made under a client id. */
  clockOf(client: number): number {
    return Y.getState(this.doc.store, client)
  }

  weigh(): number {
    return Y.encodeStateAsUpdate(this.doc).length
  }

  /** The frame that asks a client for what is not here. */
  ask(): Uint8Array {
    return (this.#ask ??= encodeFrame({
      kind: 'ask',
      stateVector: Y.encodeStateVector(this.doc),
    }))
  }

  destroy(): void {
    this.#isOver = true
    this.doc.destroy()
  }
}
