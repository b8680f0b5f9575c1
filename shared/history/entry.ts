/** An edit as the journal keeps it: what every derived view of history is made from. */
import type { AccountId } from '#shared/ids.ts'

export interface Entry {
  /** Counts from 1, without gaps within a document. */
  readonly seq: number
  readonly account: AccountId
  /** Milliseconds since 1970, by the server's clock; it may step back. */
  readonly at: number
  /** A Yjs update, version 1. */
  readonly update: Uint8Array
}
