/** Claims as numbered footnotes of a page: each once, in the order in which the page first leans on them. */
import { gradeOf } from '#shared/claims.ts'
import { attributed } from '#shared/evidence/hedged.ts'
import { stands, type Grounds } from '#shared/evidence/support.ts'
import type { ClaimId } from '#shared/ids.ts'

export interface Footnote {
  readonly number: number
  readonly claimId: ClaimId
  /** The source's letter and the claim's number. */
  readonly grade: string
  readonly statement: string
  /** The hedging words that belong to it; '' for none. */
  readonly hedges: string
  /** "unnamed official, via Axios, 4 Feb 2026, unconfirmed" */
  readonly attribution: string
  /** False where it holds nothing up any more. */
  readonly stands: boolean
}

export interface Footnotes {
  /** The numbers of the claims; one that the tracker does not hold any more has none. */
  readonly of: (claimIds: readonly ClaimId[]) => readonly number[]
  readonly all: () => readonly Footnote[]
}

export const createFootnotes = (grounds: Grounds): Footnotes => {
  const notes = new Map<ClaimId, Footnote>()
  const numberOf = (claimId: ClaimId): readonly number[] => {
    const known = notes.get(claimId)
    if (known) return [known.number]
    const claim = grounds.claim(claimId)
    if (!claim) return []
    const number = notes.size + 1
    notes.set(claimId, {
      number,
      claimId,
      grade: gradeOf(claim, claim.sourceId ? grounds.source(claim.sourceId) : undefined),
      statement: claim.statement,
      hedges: claim.hedges,
      attribution: attributed(claim, grounds),
      stands: stands(claim),
    })
    return [number]
  }
  return { of: claimIds => claimIds.flatMap(numberOf), all: () => [...notes.values()] }
}
