/** Keeps opening fast: folds what is on disk of a document into one state now and then. Without it nothing is lost. */
import type { DocumentName } from '#shared/access.ts'
import { foldHere, type Fold } from '#server/live/folding.ts'
import type { Checkpoint, Store } from '#server/store/store.ts'

export interface CheckpointsDeps {
  readonly store: Store
  readonly fold?: Fold | undefined
  /** Journal entries after which a checkpoint is due at the earliest. */
  readonly every?: number | undefined
  readonly onTrouble: (document: DocumentName, error: unknown) => void
}

const EVERY = 1_000
/** A large document is folded more seldom, or its folding would cost more than its edits. */
const BYTES_PER_ENTRY = 64

export class Checkpoints {
  readonly #store: Store
  readonly #fold: Fold
  readonly #every: number
  readonly #onTrouble: CheckpointsDeps['onTrouble']
  /** Of open documents: up to which entry there is one, or will be soon, and how many bytes it has. */
  readonly #last = new Map<DocumentName, { readonly upTo: number; readonly size: number }>()
  readonly #making = new Map<DocumentName, Promise<void>>()

  constructor({ every = EVERY, fold = foldAtOnce, onTrouble, store }: CheckpointsDeps) {
    this.#store = store
    this.#fold = fold
    this.#every = every
    this.#onTrouble = onTrouble
  }

  opened(document: DocumentName, checkpoint: Checkpoint | null): void {
    this.#last.set(document, {
      upTo: checkpoint?.upTo ?? 0,
      size: checkpoint?.state.length ?? 0,
    })
  }

  closed(document: DocumentName): void {
    this.#last.delete(document)
  }

  /** The journal of an open document has come to this entry: perhaps it is time. */
  saved(document: DocumentName, head: number): void {
    const last = this.#last.get(document)
    if (!last) return
    const due = Math.max(this.#every, last.size / BYTES_PER_ENTRY)
    if (head - last.upTo >= due) void this.make(document, head)
  }

  /** Resolves when there is one up to the entry, or none could be made. */
  async make(document: DocumentName, head: number): Promise<void> {
    const last = this.#last.get(document)
    if (!last || last.upTo >= head || this.#making.has(document)) return
    this.#last.set(document, { ...last, upTo: head })
    const making = this.#make(document)
    this.#making.set(document, making)
    await making
    this.#making.delete(document)
  }

  /** Resolves when none is being made of what was stored before. */
  async settled(document: DocumentName): Promise<void> {
    await this.#making.get(document)
  }

  async #make(document: DocumentName): Promise<void> {
    try {
      const { checkpoint, entries, head: upTo } = await this.#store.load(document)
      const updates = entries.map(({ update }) => update)
      const state = await this.#fold(checkpoint?.state ?? null, updates)
      await this.#store.checkpoint(document, { upTo, state })
      if (this.#last.has(document)) this.#last.set(document, { upTo, size: state.length })
      await this.#store.compact(document)
    } catch (error) {
      this.#onTrouble(document, error)
    }
  }
}

const foldAtOnce: Fold = async (state, updates) => foldHere(state, updates)
