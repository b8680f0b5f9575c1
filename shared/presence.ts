/** What a tab tells of itself through awareness, and what the server writes into it. */
import type { AccountId, IssueId, PartyId } from '#shared/ids.ts'

/** Twelve colours for people, as names of custom properties: `--person-0` to `--person-11`. */
export const PERSON_COLOURS = 12

/** Written by the server from the connection's account: nobody can appear as somebody else. */
export interface PresentAccount {
  readonly id: AccountId
  readonly name: string
  /** 0 to 11. */
  readonly colour: number
}

/** Where a tab is: the cell (or, without a party, the issue) that is active in it. */
export interface Place {
  readonly issueId: IssueId
  readonly partyId: PartyId | null
  readonly editing: boolean
}

export interface PresenceState {
  /** Missing until the server has written it. */
  readonly account?: PresentAccount
  readonly place?: Place | null
  /** y-codemirror.next's carets: relative positions as JSON. */
  readonly cursor?: unknown
  readonly idle?: boolean
}

/** The colour of an account, the same everywhere and always. */
export const colourOf = (id: AccountId): number => {
  let hash = 0
  for (const character of id) hash = (hash * 31 + (character.codePointAt(0) ?? 0)) >>> 0
  return hash % PERSON_COLOURS
}
