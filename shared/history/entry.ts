/** An edit as the journal keeps it: what every derived view of history is made from. */
import type { AccountId } from '#shared/ids.ts'

export interface Edit {
  readonly account: AccountId
  /** Milliseconds since 1970, by the server's clock; it may step back. */
  readonly at: number
  /** A Yjs update, version 1. */
  readonly update: Uint8Array
}

/** An edit with its place: numbers count from 1, without gaps within a document. */
export interface Entry extends Edit {
  readonly seq: number
}
