/** What the thread that owns the SQLite file can be asked, and how it answers. */
import type { DocumentName } from '#shared/access.ts'
import type { AccountId } from '#shared/ids.ts'
import type { Updates } from '#server/store/rewriting.ts'
import type { CheckpointRow, PackedRow } from '#server/store/rows.ts'

export interface Statement {
  readonly sql: string
  readonly params: readonly (null | number | bigint | string | Uint8Array)[]
  readonly method: 'run' | 'all' | 'values' | 'get'
}

/** A row as values in column order; for `get` the one row, or undefined. */
export type Row = readonly unknown[]
export interface Rows {
  readonly rows: readonly Row[] | Row | undefined
}

export interface PackedBatch {
  readonly document: DocumentName
  readonly count: number
  readonly packed: Uint8Array
  readonly clients: readonly (readonly [client: number, account: AccountId])[]
}

export interface StoredRows {
  readonly head: number
  readonly checkpoint: CheckpointRow | null
  readonly rows: readonly PackedRow[]
  readonly clients: readonly (readonly [client: number, account: AccountId])[]
}

export interface Calls {
  /** Answers when the file is open. */
  readonly ready: () => void
  readonly statement: (statement: Statement) => Rows
  /** All or none. */
  readonly batch: (statements: readonly Statement[]) => readonly Rows[]
  readonly append: (
    batches: readonly PackedBatch[],
  ) => readonly (readonly [document: DocumentName, head: number])[]
  readonly load: (document: DocumentName) => StoredRows
  readonly readSince: (document: DocumentName, seq: number, upTo?: number) => readonly PackedRow[]
  readonly checkpoint: (
    document: DocumentName,
    seq: number,
    checksum: number,
    state: Uint8Array,
  ) => void
  /**
   * Binds the next chapter, after the one that ends with entry `bound` where that is known, and answers with which
   * entry it ends; null when the tail is too short for one.
   */
  readonly compact: (document: DocumentName, bound: number | null) => number | null
  /** `state` takes the place of the checkpoint up to the entry `seq`; null: there is none any more. */
  readonly rewrite: (
    document: DocumentName,
    updates: Updates,
    checkpoint: CheckpointRow | null,
  ) => void
  /** Waits for copies that are under way. */
  readonly scrub: () => void
  /** Writes a consistent copy to a new file, in steps between which other calls are answered. */
  readonly backup: (file: string) => void
  readonly close: () => void
}

export interface Call<Kind extends keyof Calls = keyof Calls> {
  readonly id: number
  readonly kind: Kind
  readonly args: Parameters<Calls[Kind]>
}

/** Errors do not keep their class from thread to thread: what matters of them goes as data. */
export type Refusal =
  | { readonly kind: 'foreignClient'; readonly document: DocumentName; readonly client: number }
  | { readonly kind: 'damaged'; readonly document: DocumentName; readonly what: string }
  | { readonly kind: 'sqlite'; readonly message: string; readonly code: number }
  | { readonly kind: 'other'; readonly message: string }

export type Reply =
  | { readonly id: number; readonly answer: unknown }
  | { readonly id: number; readonly refusal: Refusal }
