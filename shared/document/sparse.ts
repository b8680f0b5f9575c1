/**
 * Yjs walks all the client ids that a document has ever seen, several times in each transaction, though most
 * transactions touch one or two of them. A sparse document lets it walk those alone.
 */
import * as Y from 'yjs'

type Structs = (Y.Item | Y.GC)[]

/** What Yjs finds when it walks: everybody, or only whom the transaction has touched so far. */
type Walk = 'all' | 'touched'

class Clients extends Map<number, Structs> {
  walk: Walk = 'all'
  /** While it is there: how far each client was when the transaction first looked at it. */
  before: Before | undefined

  override get(client: number): Structs | undefined {
    const structs = super.get(client)
    // Yjs cannot add to a client's structs without having asked for them here.
    this.before?.note(client, structs)
    return structs
  }

  override forEach(visit: (structs: Structs, client: number, map: Map<number, Structs>) => void) {
    if (this.walk === 'all') return super.forEach(visit)
    for (const client of this.before?.touched ?? []) {
      const structs = super.get(client)
      if (structs) visit(structs, client, this)
    }
  }

  clockOf(client: number): number | undefined {
    return endOf(super.get(client))
  }
}

/** A transaction's state vector of before: of the clients that it has touched; it knows the others when asked. */
class Before extends Map<number, number> {
  readonly touched = new Set<number>()
  readonly #clients: Clients

  constructor(clients: Clients) {
    super()
    this.#clients = clients
  }

  note(client: number, structs: Structs | undefined): void {
    if (this.touched.has(client)) return
    this.touched.add(client)
    const end = endOf(structs)
    if (end !== undefined) this.set(client, end)
  }

  override get(client: number): number | undefined {
    return this.touched.has(client) ? super.get(client) : this.#clients.clockOf(client)
  }
}

const endOf = (structs: Structs | undefined): number | undefined => {
  const last = structs?.at(-1)
  return last && last.id.clock + last.length
}

export const sparseDoc = (): Y.Doc => {
  const doc = new Y.Doc()
  doc.store.clients = new Clients()
  return doc
}

/**
 * `Y.transact` of a remote change, on a sparse document at a cost in proportion to what `run` touches: the transaction's
 * state vectors hold only the clients that it has touched.
 */
export const transactSparsely = (doc: Y.Doc, run: () => void, origin: unknown): void => {
  const { clients } = doc.store
  if (!(clients instanceof Clients)) return Y.transact(doc, run, origin, false)
  clients.before = new Before(clients)
  clients.walk = 'touched'
  try {
    Y.transact(
      doc,
      transaction => {
        if (clients.before) transaction.beforeState = clients.before
        // Yjs compares both vectors for the document's own id, and takes another one when they differ.
        clients.get(doc.clientID)
        clients.walk = 'all'
        try {
          run()
        } finally {
          clients.walk = 'touched'
        }
      },
      origin,
      false,
    )
  } finally {
    clients.walk = 'all'
    clients.before = undefined
  }
}
