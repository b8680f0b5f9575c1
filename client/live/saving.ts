/**
 * Which of my edits are on the server's disk, told from what was sent on the connection and how much of it the
 * server counts as saved. No clock, no socket.
 */

/** On a connection that has not yet answered the server's step 1, nothing that I send can be counted on. */
const NOT_YET = Infinity

interface Waiter {
  /** The number of sync frames that must be saved before it may resolve. */
  upTo: number
  readonly resolve: () => void
  readonly reject: (reason: Error) => void
}

export class Saving {
  #sent = 0
  #saved = 0
  #answered = NOT_YET
  /** The last of my edits; undefined where nothing of mine waits. */
  #edited: number | undefined
  #waiters: Waiter[] = []

  /** Something of mine is not known to be on disk. */
  get waiting(): boolean {
    return this.#edited !== undefined
  }

  /** All that this document held when the connection began, and all of mine since, is on disk. */
  get settled(): boolean {
    return this.#saved >= this.#answered && !this.waiting
  }

  /** A new connection: what waits can only be saved by the answer that this one gives to the server's step 1. */
  opened(): void {
    this.#sent = 0
    this.#saved = 0
    this.#answered = NOT_YET
    if (this.waiting) this.#edited = NOT_YET
    for (const waiter of this.#waiters) waiter.upTo = NOT_YET
  }

  /** A sync frame went out on the open connection. */
  sent(isAnswer: boolean): void {
    this.#sent++
    if (!isAnswer || this.#answered !== NOT_YET) return
    this.#answered = this.#sent
    if (this.waiting) this.#edited = this.#sent
    for (const waiter of this.#waiters) waiter.upTo = this.#sent
  }

  /** I edited; `out`: the edit went out as the last frame sent. */
  edited(out: boolean): void {
    this.#edited = out && this.#answered !== NOT_YET ? this.#sent : NOT_YET
  }

  /** The server: the first `upTo` sync frames of this connection are on disk. Answers whether that is news. */
  saved(upTo: number): boolean {
    if (upTo <= this.#saved) return false
    this.#saved = upTo
    if (this.#edited !== undefined && this.#edited <= upTo) this.#edited = undefined
    const done = this.#waiters.filter(waiter => waiter.upTo <= upTo)
    this.#waiters = this.#waiters.filter(waiter => waiter.upTo > upTo)
    for (const { resolve } of done) resolve()
    return true
  }

  whenSaved(): Promise<void> {
    const upTo = this.#edited
    if (upTo === undefined) return Promise.resolve()
    return new Promise((resolve, reject) => this.#waiters.push({ upTo, resolve, reject }))
  }

  /** The server will not take what waits. */
  refused(reason: string): void {
    for (const { reject } of this.#waiters.splice(0)) reject(new Error(reason))
  }
}
