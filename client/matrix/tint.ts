/** Colours over the matrix that tell of the past: who wrote what, or how old it is. The grid asks while it draws. */
import type { IssueId, PartyId } from '#shared/ids.ts'

/** A stretch of a position, with who wrote it. */
export interface TintedWords {
  readonly text: string
  /** The author's colour, 0 to 11. */
  readonly colour: number
  /** "Leyla Aydin, 3 Feb 2026, 18:40" */
  readonly tip: string
}

export type TintedStance = Omit<TintedWords, 'text'>

/** The head of a row or a column. */
export interface TintedHead {
  /** The class of its ground; undefined for none. */
  readonly ground: string | undefined
  /** Who gave it its name; undefined where that is drawn as it is. */
  readonly name: TintedStance | undefined
  /** What the colours say, for who does not see them. */
  readonly said: string
}

/** Every function may read signals; it is called inside a tracking scope. */
export interface Tint {
  /** The class of a cell's ground; undefined for a cell without one. */
  readonly ground: (issueId: IssueId, partyId: PartyId) => string | undefined
  /** The position in stretches, one after the other; undefined where it is drawn as it is. */
  readonly words: (
    issueId: IssueId,
    partyId: PartyId,
    position: string,
  ) => readonly TintedWords[] | undefined
  /** Who gave the stance that stands there. */
  readonly stance: (issueId: IssueId, partyId: PartyId) => TintedStance | undefined
  readonly head: (id: IssueId | PartyId) => TintedHead | undefined
  /** What the colours of a cell say, for who does not see them; '' for nothing. */
  readonly said: (issueId: IssueId, partyId: PartyId) => string
}
