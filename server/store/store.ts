/**
 * The journal's store: the contract that every backend keeps. Its comments are promises; each has a number in
 * test/contract/store.ts, which runs on all of them.
 */
import type { DocumentName } from '#shared/access.ts'
import type { Chapter } from '#shared/history/chapter.ts'
import type { Edit, Entry } from '#shared/history/entry.ts'
import type { AccountId } from '#shared/ids.ts'

/** One edit as it came from one connection: canonical update bytes, with the account that made it. */
export type Draft = Edit

export type { Entry } from '#shared/history/entry.ts'

/** The edits of one document that belong into one transaction, in order. */
export interface Batch {
  readonly document: DocumentName
  readonly drafts: readonly Draft[]
  /** Yjs client ids that these edits used for the first time in this document. */
  readonly clients?: ReadonlyMap<number, AccountId>
}

/** The full state (update V1) after the entry `upTo`. */
export interface Checkpoint {
  readonly upTo: number
  readonly state: Uint8Array
}

export interface Stored {
  readonly checkpoint: Checkpoint | null
  /** Entries after the checkpoint, ascending. */
  readonly entries: readonly Entry[]
  /** The number of the last entry, 0 for an unknown document. */
  readonly head: number
  /** To whom each Yjs client id in the document belongs. */
  readonly clients: ReadonlyMap<number, AccountId>
}

/** What a redaction makes of a document: other words in the same places. */
export interface Rewriting {
  /** Updates that take the places of those of the entries with these numbers; accounts and times stay. */
  readonly updates: ReadonlyMap<number, Uint8Array>
  /** Takes the place of the checkpoint up to the same entry; any other checkpoint goes. */
  readonly checkpoint: Checkpoint | null
}

export interface Store {
  /**
   * An unknown document is empty, not an error. Damaged entries reject with a DamagedError; a damaged checkpoint is
   * passed over, because the journal holds everything.
   */
  readonly load: (document: DocumentName) => Promise<Stored>
  /**
   * Appends batches of many documents in ONE transaction that is on disk when the promise resolves: all or none.
   * Answers the new head of each document. A client id that belongs to another account already rejects it all, with
   * a ForeignClientError. After any other error it may be stored all the same, the answer lost: appending it again
   * is harmless, and only the answered head tells where it went.
   */
  readonly append: (batches: readonly Batch[]) => Promise<ReadonlyMap<DocumentName, number>>
  /**
   * Entries after `seq`, up to `upTo` where that is given, ascending, without gaps. They stay readable after a
   * checkpoint.
   */
  readonly readSince: (
    document: DocumentName,
    seq: number,
    upTo?: number,
  ) => Promise<readonly Entry[]>
  /** The same entries in chapters, for whoever takes them far; the first may begin with earlier ones. */
  readonly chapters: (document: DocumentName, seq: number) => Promise<readonly Chapter[]>
  /** Replaces the checkpoint by a later one; an earlier or equal one, or one beyond the head, changes nothing. */
  readonly checkpoint: (document: DocumentName, checkpoint: Checkpoint) => Promise<void>
  /**
   * Binds the document's older entries into chapters, each in one transaction, and leaves the tail that still grows.
   * Nothing that can be read changes, whenever the process dies. Damaged entries reject with a DamagedError and stay
   * as they are.
   */
  readonly compact: (document: DocumentName) => Promise<void>
  /**
   * The one change of what was appended, in ONE transaction that is on disk when the promise resolves. Numbers that
   * the document does not have change nothing. Damaged entries reject with a DamagedError and change nothing.
   */
  readonly rewrite: (document: DocumentName, rewriting: Rewriting) => Promise<void>
  /**
   * Leaves no byte of what was replaced or deleted in what the backend itself keeps, tables other than the journal's
   * included. Takes time in proportion to all that is stored, and everybody's edits wait.
   */
  readonly scrub: () => Promise<void>
  readonly close: () => Promise<void>
}

/** An append was refused because a client id in it belongs to another account. Trying again will not help. */
export class ForeignClientError extends Error {
  override readonly name = 'ForeignClientError'
  readonly document: DocumentName
  readonly client: number
  constructor(document: DocumentName, client: number) {
    super(`Client ${client} of document ${document} belongs to another account`)
    this.document = document
    this.client = client
  }
}

/** What is stored of a document cannot be read back as it was written. */
export class DamagedError extends Error {
  override readonly name = 'DamagedError'
  readonly document: DocumentName
  readonly what: string
  constructor(document: DocumentName, what: string) {
    super(`Document ${document} is damaged: ${what}`)
    this.document = document
    this.what = what
  }
}
