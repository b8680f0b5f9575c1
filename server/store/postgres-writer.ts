/**
 * The one connection that writes the journal: one piece of work after the other, in the order in which they were
 * asked for. A connection that is lost is followed by a fresh one.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import {
  clientConfig,
  databaseError,
  isRefusal,
  prepare,
  type Address,
} from '#server/store/postgres-connection.ts'
import { OutdatedError } from '#server/store/postgres-lease.ts'

export interface WriterDeps {
  readonly address: Address
  /** By which the database's administrator, and the lease, know its connections. */
  readonly name: string
  /** Run on every connection before it may write; rejects where it may not. */
  readonly onConnected: (client: pg.Client) => Promise<void>
  /** There will never be a connection again. */
  readonly onOutdated: (error: OutdatedError) => void
}

const FIRST_DELAY = 100
const LONGEST_DELAY = 2_000

export class Writer {
  readonly #deps: WriterDeps
  #client: pg.Client | undefined
  #connecting: Promise<pg.Client> | undefined
  #outdated: OutdatedError | undefined
  #isReviving = false
  #closing: Promise<void> | undefined
  #last: Promise<unknown> = Promise.resolve()

  constructor(deps: WriterDeps) {
    this.#deps = deps
  }

  run<T>(work: (client: pg.Client) => Promise<T>): Promise<T> {
    if (this.#closing) return Promise.reject(new Error('The database is closed'))
    const turn = this.#last.then(() => this.#attempt(work))
    this.#last = turn.catch(() => undefined)
    return turn
  }

  /** Resolves when all that was asked for so far has ended, well or not. */
  async settled(): Promise<void> {
    if (this.#closing) throw new Error('The database is closed')
    await this.#last
  }

  close(): Promise<void> {
    this.#closing ??= this.#last.then(async () => {
      const client = this.#client ?? (await this.#connecting?.catch(() => undefined))
      await client?.end()
    })
    return this.#closing
  }

  async #attempt<T>(work: (client: pg.Client) => Promise<T>): Promise<T> {
    const client = this.#client ?? (await this.#connect())
    try {
      return await work(client)
    } catch (error) {
      // Unless the server itself refused, nobody knows what is still under way there.
      if (!isRefusal(error) || client.getTransactionStatus() !== 'I') this.#drop(client)
      throw databaseError(error)
    }
  }

  #connect(): Promise<pg.Client> {
    this.#connecting ??= this.#open().finally(() => (this.#connecting = undefined))
    return this.#connecting
  }

  async #open(): Promise<pg.Client> {
    if (this.#outdated) throw this.#outdated
    const { address, name, onConnected, onOutdated } = this.#deps
    const client = new pg.Client({ ...clientConfig(address), application_name: name })
    // Whoever waits for an answer is told, too; without a listener it would end the process.
    client.on('error', () => this.#drop(client))
    try {
      await client.connect()
      await prepare(client)
      await onConnected(client)
      this.#client = client
      return client
    } catch (error) {
      this.#drop(client)
      if (error instanceof OutdatedError) {
        this.#outdated = error
        onOutdated(error)
      }
      throw databaseError(error)
    }
  }

  #drop(client: pg.Client): void {
    void client.end().catch(() => undefined)
    if (this.#client !== client) return
    this.#client = undefined
    void this.#revive()
  }

  /** At once, and not when the next edit comes: until then another process could take the database over unseen. */
  async #revive(): Promise<void> {
    if (this.#isReviving) return
    this.#isReviving = true
    for (
      let delay = FIRST_DELAY;
      !this.#client && !this.#closing && !this.#outdated;
      delay = Math.min(LONGEST_DELAY, delay * 2)
    ) {
      await sleep(delay, undefined, { ref: false })
      if (!this.#client && !this.#closing) await this.#connect().catch(() => undefined)
    }
    this.#isReviving = false
  }
}
