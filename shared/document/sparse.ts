/**
 * Yjs walks all the client ids that a document has ever seen, several times in each transaction, though most
 * transactions touch one or two of them; and for each text that it encodes it walks the roots until it meets that one,
 * though a tracker has thousands. A sparse document lets it walk only what it needs.
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

  /** Of all, whatever Yjs is shown at this moment. */
  stateVector(): Map<number, number> {
    return new Map([...this].map(([client, structs]) => [client, endOf(structs) ?? 0]))
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

type Root = Y.AbstractType<Y.YEvent<Y.AbstractType<unknown>>>

/** So many roots are wanted again and again, between others that are wanted once. */
const RECENT = 8

/** Roots are encoded about in the order in which they came: after the recent ones a search goes on where it ended. */
class Roots extends Map<string, Root> {
  readonly #names: string[] = []
  #recent: string[] = []
  #next = 0

  override set(name: string, type: Root): this {
    if (!this.has(name)) this.#names.push(name)
    return super.set(name, type)
  }

  override *entries(): MapIterator<[string, Root]> {
    let name: string | undefined
    try {
      for (name of this.#recent) yield this.#entry(name)
      for (let left = this.#names.length; left > 0; left--) {
        name = this.#names[this.#next] ?? ''
        this.#next = (this.#next + 1) % this.#names.length
        if (!this.#recent.includes(name)) yield this.#entry(name)
      }
      name = undefined
    } finally {
      // Whoever stops before the end has found what was wanted.
      if (name !== undefined && name !== this.#recent[0])
        this.#recent = [name, ...this.#recent.filter(other => other !== name)].slice(0, RECENT)
    }
  }

  #entry(name: string): [string, Root] {
    const type = this.get(name)
    if (!type) throw new Error(`No root ${name}`)
    return [name, type]
  }
}

class SparseDoc extends Y.Doc {
  readonly #clients = new Clients()
  /** Between the birth of a sparse transaction and its first step. */
  #isStarting = false

  constructor() {
    super()
    this.store.clients = this.#clients
    this.share = new Roots()
    // An observer of a sparse transaction may begin another one, which is not.
    this.on('beforeTransaction', (transaction: Y.Transaction) => {
      if (this.#clients.before && !this.#isStarting)
        transaction.beforeState = this.#clients.stateVector()
    })
  }

  /** For one's own changes, which then cost no more either. */
  override transact<Value>(run: (transaction: Y.Transaction) => Value, origin?: unknown): Value {
    return this.transactSparsely(run, origin ?? null, true)
  }

  transactSparsely<Value>(
    run: (transaction: Y.Transaction) => Value,
    origin: unknown,
    local: boolean,
  ): Value {
    const clients = this.#clients
    if (this._transaction || clients.before) return Y.transact(this, run, origin, local)
    clients.before = new Before(clients)
    clients.walk = 'touched'
    this.#isStarting = true
    try {
      return Y.transact(
        this,
        transaction => {
          this.#isStarting = false
          if (clients.before) transaction.beforeState = clients.before
          // Yjs compares both vectors for the document's own id, and takes another one when they differ.
          clients.get(this.clientID)
          clients.walk = 'all'
          try {
            return run(transaction)
          } finally {
            clients.walk = 'touched'
          }
        },
        origin,
        local,
      )
    } finally {
      this.#isStarting = false
      clients.walk = 'all'
      clients.before = undefined
    }
  }
}

export const sparseDoc = (): Y.Doc => new SparseDoc()

/**
 * `Y.transact` of a remote change, on a sparse document at a cost in proportion to what `run` touches: the transaction's
 * state vectors hold only the clients that it has touched.
 */
export const transactSparsely = (doc: Y.Doc, run: () => void, origin: unknown): void =>
  doc instanceof SparseDoc
    ? doc.transactSparsely(run, origin, false)
    : Y.transact(doc, run, origin, false)
