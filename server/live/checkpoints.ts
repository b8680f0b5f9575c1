/** Keeps opening fast: folds what is on disk of a document into one state now and then. Without it nothing is lost. */
import type { DocumentName } from '#shared/access.ts'
import { foldHere, type Fold } from '#server/live/folding.ts'
import type { Store } from '#server/store/store.ts'

export interface CheckpointsDeps {
  readonly store: Store
  readonly fold?: Fold | undefined
  /** Journal entries after which a checkpoint is due. */
  readonly every?: number | undefined
  readonly onTrouble: (document: DocumentName, error: unknown) => void
}

const EVERY = 1_000

export class Checkpoints {
  readonly #store: Store
  readonly #fold: Fold
  readonly #every: number
  readonly #onTrouble: CheckpointsDeps['onTrouble']
  /** Up to which entry there is one, or will be soon. */
  readonly #reached = new Map<DocumentName, number>()
  readonly #making = new Set<DocumentName>()

  constructor({ every = EVERY, fold = foldAtOnce, onTrouble, store }: CheckpointsDeps) {
    this.#store = store
    this.#fold = fold
    this.#every = every
    this.#onTrouble = onTrouble
  }

  /** A document that is open has one up to this entry. */
  opened(document: DocumentName, upTo: number): void {
    this.#reached.set(document, upTo)
  }

  closed(document: DocumentName): void {
    this.#reached.delete(document)
  }

  /** Its journal has come to this entry: perhaps it is time. */
  saved(document: DocumentName, head: number): void {
    if (head - (this.#reached.get(document) ?? head) >= this.#every) void this.make(document, head)
  }

  /** Resolves when there is one up to the entry, or none could be made. */
  async make(document: DocumentName, head: number): Promise<void> {
    if (this.#making.has(document) || (this.#reached.get(document) ?? 0) >= head) return
    this.#making.add(document)
    this.#reached.set(document, head)
    try {
      const { checkpoint, entries, head: upTo } = await this.#store.load(document)
      const updates = entries.map(({ update }) => update)
      const state = await this.#fold(checkpoint?.state ?? null, updates)
      await this.#store.checkpoint(document, { upTo, state })
      await this.#store.compact(document)
    } catch (error) {
      this.#onTrouble(document, error)
    }
    this.#making.delete(document)
  }
}

const foldAtOnce: Fold = async (state, updates) => foldHere(state, updates)
