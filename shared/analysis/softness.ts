/** How firm a red line is: by what the team judges it to be, and by what it rests on. */
import type { Attachment, Claim } from '#shared/claims.ts'
import type { ClaimId, RedLineId, SourceId } from '#shared/ids.ts'
import type { RedLine } from '#shared/redlines.ts'
import type { Source } from '#shared/sources.ts'

/** Why a line is drawn softer than others; the first that applies. */
export const SOFTNESS_LABELS = {
  rhetorical: 'said for effect, as the team judges it',
  unsupported: 'rests on no standing claim',
  single_origin: 'rests on one origin',
} as const
export type Softness = keyof typeof SOFTNESS_LABELS

/** What the readers of a tracker have of it; a view answers the same. */
export interface Grounds {
  readonly attachments: readonly Attachment[]
  readonly claim: (id: ClaimId) => Claim | undefined
  readonly source: (id: SourceId) => Source | undefined
}

/** The claims that speak for a line, whatever became of them. */
export const claimsFor = (id: RedLineId, { attachments, claim }: Grounds): readonly Claim[] =>
  attachments
    .filter(it => it.to === 'redLine' && it.subjectId === id && !it.isAgainst)
    .flatMap(({ claimId }) => claim(claimId) ?? [])

const FALLEN: ReadonlySet<Claim['status']> = new Set([
  'denied',
  'retracted',
  'superseded',
  'withdrawn',
])

/** Null where it is hard, and stands on two origins or more. */
export const softnessOf = (line: RedLine, grounds: Grounds): Softness | null => {
  if (line.soft) return 'rhetorical'
  const standing = claimsFor(line.id, grounds).filter(({ status }) => !FALLEN.has(status))
  if (standing.length === 0) return 'unsupported'
  return originsOf(standing, grounds.source) > 1 ? null : 'single_origin'
}

/** Claims that name no source may all come from one place, and from a place that another one names. */
const originsOf = (claims: readonly Claim[], source: Grounds['source']): number => {
  const origins = new Set<SourceId>()
  for (const { sourceId } of claims) if (sourceId) origins.add(originOf(sourceId, source))
  return Math.max(1, origins.size)
}

const originOf = (id: SourceId, source: Grounds['source']): SourceId => {
  const passed = new Set([id])
  for (let at = id; ;) {
    const via = source(at)?.viaSourceId
    // A chain that bites its own tail has its least id for an origin, wherever one steps in.
    if (via && passed.has(via)) return [...passed].sort()[0] as SourceId
    if (!via || !source(via)) return at
    passed.add((at = via))
  }
}
