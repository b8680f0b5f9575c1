/** How firm a red line is: by what the team judges it to be, and by what it rests on. */
import type { Attachment, Claim } from '#shared/claims.ts'
import type { Evidence } from '#shared/evidence/origins.ts'
import { stands } from '#shared/evidence/support.ts'
import type { ClaimId, RedLineId } from '#shared/ids.ts'
import type { RedLine } from '#shared/redlines.ts'

/** Why a line is drawn softer than others; the first that applies. */
export const SOFTNESS_LABELS = {
  rhetorical: 'said for effect, as the team judges it',
  unsupported: 'rests on no standing claim',
  single_origin: 'rests on one origin',
  unestablished: 'rests on sources whose independence is not established',
} as const
export type Softness = keyof typeof SOFTNESS_LABELS

/** What the readers of a tracker have of it; a view answers the same. */
export interface LineGrounds {
  readonly attachments: readonly Attachment[]
  readonly claim: (id: ClaimId) => Claim | undefined
  readonly originsOf: Evidence['originsOf']
}

/** The claims that speak for a line, whatever became of them. */
export const claimsFor = (id: RedLineId, { attachments, claim }: LineGrounds): readonly Claim[] =>
  attachments
    .filter(it => it.to === 'redLine' && it.subjectId === id && !it.isAgainst)
    .flatMap(({ claimId }) => claim(claimId) ?? [])

/** Null where it is hard, and stands on two origins or more. */
export const softnessOf = (line: RedLine, grounds: LineGrounds): Softness | null => {
  if (line.soft) return 'rhetorical'
  const standing = claimsFor(line.id, grounds).filter(stands)
  if (standing.length === 0) return 'unsupported'
  // A claim that names no source takes nothing from those that do.
  const sourced = standing.filter(claim => grounds.originsOf([claim]).reports > 0)
  const { isEstablished, origins } = grounds.originsOf(sourced)
  if (origins <= 1)
    return sourced.length === 0 && standing.length > 1 ? 'unestablished' : 'single_origin'
  return isEstablished ? null : 'unestablished'
}
