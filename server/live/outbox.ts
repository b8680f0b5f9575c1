/** What may leave only once the disk has caught up with it, in the order in which it was said. */

/** `seq`: the number of the last journal entry that had been accepted when this was said. */
type Act = (seq: number) => void
/** Told instead, where the disk never will. */
type Lost = (error: unknown) => void

export class Outbox {
  readonly #waiting: { readonly after: number; readonly act: Act; readonly lost: Lost }[] = []
  /** Counts of drafts of this process; `head` is the store's own number. */
  #accepted = 0
  #durable = 0
  #head: number

  constructor(head: number) {
    this.#head = head
  }

  /** The number of the last entry on disk. */
  get head(): number {
    return this.#head
  }

  /** Whether everything that was accepted is on disk, and everything that waited for it has left. */
  get isClean(): boolean {
    return this.#accepted === this.#durable && this.#waiting.length === 0
  }

  accept(many: number): void {
    this.#accepted += many
  }

  /** At once where nothing is pending. */
  say(act: Act, lost: Lost = () => undefined): void {
    if (this.isClean) act(this.#head)
    else this.#waiting.push({ after: this.#accepted, act, lost })
  }

  /** What is pending will never be on disk, and what waited for it is never said. */
  void(error: unknown): void {
    this.#accepted = this.#durable
    for (const { lost } of this.#waiting.splice(0)) lost(error)
  }

  /** So many more are on disk; the last of them has the number `head`. Throws the first error of all that it says. */
  reached(many: number, head: number): void {
    this.#durable += many
    this.#head = head
    const errors: unknown[] = []
    for (
      let next = this.#waiting[0];
      next && next.after <= this.#durable;
      next = this.#waiting[0]
    ) {
      this.#waiting.shift()
      try {
        next.act(head - (this.#durable - next.after))
      } catch (error) {
        errors.push(error)
      }
    }
    if (errors.length > 0) throw errors[0]
  }
}
