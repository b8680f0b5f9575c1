/**
 * The client id under which this tab writes. Every new one costs each browser time for ever, so a tab takes over one
 * that an earlier tab has given back, if the server lends it before the first edit, and gives it back when it goes.
 */
import { uint32 } from 'lib0/random'
import { removeAwarenessStates, type Awareness } from 'y-protocols/awareness'
import * as Y from 'yjs'
import { newId } from '#shared/ids.ts'
import type { Pen } from '#shared/wire.ts'

export class TabPen {
  /** What this tab is called, on each of its connections. */
  readonly tab: string = newId()
  readonly #doc: Y.Doc
  readonly #awareness: Awareness
  #lent: number | undefined

  constructor(doc: Y.Doc, awareness: Awareness) {
    this.#doc = doc
    this.#awareness = awareness
    // Yjs takes a fresh id by itself when it meets its own in a stranger's hand.
    doc.on('afterTransactionCleanup', () => this.#follow())
  }

  /** Whether another id could take the place of mine, which was not lent to me and has no edit under it. */
  get isWanted(): boolean {
    const { client, clock } = this.#pen
    return client !== this.#lent && clock === 0
  }

  /** From now on I write under this id; or false: it is of no use to me, and nothing was written under it. */
  take({ client, clock }: Pen): boolean {
    // An end that I do not have would be written over.
    if (!this.isWanted || Y.getState(this.#doc.store, client) !== clock) return false
    this.#lent = client
    this.#writeAs(client)
    return true
  }

  /**
   * Lets go of the id, and never writes under it again, also when the page comes back from the browser's memory.
   * Only while all that I wrote is saved. Undefined where there is nothing that anybody could go on with.
   */
  giveBack(): Pen | undefined {
    if (this.isWanted) return undefined
    const pen = this.#pen
    this.#lent = undefined
    this.#writeAs(uint32())
    return pen
  }

  get #pen(): Pen {
    const { clientID, store } = this.#doc
    return { client: clientID, clock: Y.getState(store, clientID) }
  }

  #writeAs(client: number): void {
    this.#doc.clientID = client
    this.#follow()
  }

  /** Awareness keeps the id with which it began, and the provider throws where the two differ. */
  #follow(): void {
    const { clientID } = this.#doc
    const before = this.#awareness.clientID
    if (before === clientID) return
    const state = this.#awareness.getLocalState()
    // In this order nobody sees me leave.
    this.#awareness.clientID = clientID
    this.#awareness.setLocalState(state)
    removeAwarenessStates(this.#awareness, [before], 'local')
  }
}
