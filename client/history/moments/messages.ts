/** What the page asks the history's worker, and what it answers. */
import type { CellKey } from '#shared/cells.ts'
import type { CellCredits } from '#shared/history/credits.ts'
import type { Gone } from '#shared/history/deleted.ts'
import type { HeadCredits } from '#shared/history/head-credits.ts'
import type { Knowledge } from '#shared/history/hindsight.ts'
import type { Patch } from '#shared/history/patch.ts'
import type { TextParts } from '#shared/history/restore-text.ts'
import type { AccountId, IssueId, PartyId, TrackerId } from '#shared/ids.ts'
import type { KindsSaid } from '#shared/compare/summary.ts'
import type { MovementMarks } from '#shared/movements.ts'
import type { Tracker } from '#shared/tracker.ts'

/** What has been read of the journal since the last time. */
export interface News {
  /** The number of the last entry before. */
  readonly after: number
  /** Of each new entry: its time, never earlier than the one before, and the place of its account in `accounts`. */
  readonly times: Float64Array<ArrayBuffer>
  readonly by: Uint16Array<ArrayBuffer>
  /** All accounts so far. */
  readonly accounts: readonly AccountId[]
  /** All moments so far at which somebody was done with something, ascending. */
  readonly stops: Uint32Array<ArrayBuffer>
}

/** Words that are gone, with the name of their place: "Verification · Iran", "Claim". */
export interface FoundWords extends Gone {
  readonly place: string
}

/** The matrix at a time, by what is known now. */
export interface Known {
  readonly tracker: Tracker
  /** The cells of which the team believed something else at the time, with what: "Stance: Oman". */
  readonly differing: ReadonlyMap<CellKey, string>
}

/** Each call with its answer. */
export interface Calls {
  /** Reads what there is of the journal, and what came since. */
  readonly read: (trackerId: TrackerId) => News
  /** What leads from one moment to another. */
  readonly go: (way: { readonly from: number; readonly to: number }) => Patch
  /** Words that once stood there and do not any more, the last to go first. */
  readonly deleted: (words: string) => readonly FoundWords[]
  /** Who stands behind every cell, row and column at a moment. */
  readonly credits: (seq: number) => {
    readonly cells: ReadonlyMap<CellKey, CellCredits>
    readonly heads: ReadonlyMap<IssueId | PartyId, HeadCredits>
  }
  /** What a restore of texts to a moment has to know. */
  readonly parts: (of: { readonly seq: number; readonly names: readonly string[] }) => TextParts
  /** What by all that is known now was so at a time, in milliseconds since 1970. */
  readonly known: (of: { readonly at: number; readonly knowledge: Knowledge }) => Known
  /** What happened after one moment and up to another: who had a part in each thing, and what kinds people have said. */
  readonly between: (of: {
    readonly from: number
    readonly to: number
    readonly marks: MovementMarks
  }) => {
    readonly people: ReadonlyMap<string, readonly AccountId[]>
    readonly said: KindsSaid
  }
  /** The whole tracker at a moment. */
  readonly tracker: (seq: number) => Tracker
}

export type CallName = keyof Calls

export interface Call {
  readonly id: number
  readonly name: CallName
  readonly arg: unknown
}

export type Reply =
  /** How much of a reading is done, from 0 to 1. */
  | { readonly kind: 'progress'; readonly done: number }
  | { readonly kind: 'answer'; readonly id: number; readonly answer: unknown }
  /** In words that can be shown. */
  | { readonly kind: 'refusal'; readonly id: number; readonly message: string }
