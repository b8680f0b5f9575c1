/** One of several people in a concurrent trace, behind a stock client whose network is as slow as the trace says. */
import * as Y from 'yjs'
import type { WebsocketProvider } from 'y-websocket'
import { until } from '#test/server/stock-client.ts'
import { type, type Txn } from '#test/traces/trace.ts'

export class Agent {
  /** What this person has written and seen. */
  readonly #mine = new Y.Doc()
  readonly #text: Y.Text
  /** What has been on the network. */
  readonly #wire: Y.Doc
  /** One update for each of its own transactions. */
  readonly #written: Uint8Array[] = []
  #sent = 0
  #received: Uint8Array[] = []

  constructor(
    { doc, provider }: { doc: Y.Doc; provider: WebsocketProvider },
    textName: string,
    client: number,
  ) {
    this.#wire = doc
    this.#mine.clientID = client
    this.#text = this.#mine.getText(textName)
    this.#mine.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin !== 'seen') this.#written.push(update)
    })
    doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin === provider) this.#received.push(update)
    })
  }

  /** How many transactions it has made. */
  get written(): number {
    return this.#written.length
  }

  write(txn: Txn): void {
    this.#mine.transact(() => type(this.#text, txn))
  }

  /** Lets the first so many of its transactions out; answers them as one update. */
  send(many: number): Uint8Array | undefined {
    if (many <= this.#sent) return undefined
    const update = Y.mergeUpdates(this.#written.slice(this.#sent, many))
    this.#sent = many
    Y.applyUpdate(this.#wire, update, 'sent')
    return update
  }

  /** Takes in what has come, once this has. */
  async see(update: Uint8Array): Promise<void> {
    await until(this.#wire, () => holds(this.#wire, update))
    for (const received of this.#received.splice(0)) Y.applyUpdate(this.#mine, received, 'seen')
  }
}

/** Whether everything in the update has been written and deleted in the document. */
const holds = (doc: Y.Doc, update: Uint8Array): boolean => {
  const { ds, structs } = Y.decodeUpdate(update)
  for (const { id, length } of structs)
    if (Y.getState(doc.store, id.client) < id.clock + length) return false
  for (const [client, ranges] of ds.clients)
    for (const { clock, len } of ranges) if (!isGone(doc, client, clock, clock + len)) return false
  return true
}

const isGone = (doc: Y.Doc, client: number, from: number, to: number): boolean => {
  if (Y.getState(doc.store, client) < to) return false
  const structs = doc.store.clients.get(client) ?? []
  for (let index = Y.findIndexSS(structs, from); ; index++) {
    const struct = structs[index]
    if (!struct || struct.id.clock >= to) return true
    if (!struct.deleted) return false
  }
}
