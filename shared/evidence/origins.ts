/** How many origins stand behind several reports: sources are followed through whom they were seen. */
import type { Citation, Claim, Credibility } from '#shared/claims.ts'
import type { SourceId } from '#shared/ids.ts'
import type { Excerpt, Source } from '#shared/sources.ts'

/** Of a tracker, what tells where a claim comes from. */
export interface EvidenceRecords {
  readonly sources: readonly Source[]
  readonly excerpts: readonly Excerpt[]
  readonly citations: readonly Citation[]
}

export interface Origins {
  /** Different sources that carry the claims. */
  readonly reports: number
  /** Of how many of them no two go back to the same. */
  readonly origins: number
  /** False where a claim names no source, or the chain behind one leads nowhere that is known. */
  readonly isEstablished: boolean
  /** "5 reports, 1 origin", "independence not established". */
  readonly words: string
}

export interface Evidence {
  /** Through whom a source was seen, nearest first: up to the first, or to where the chain turns back on itself. */
  readonly chainOf: (id: SourceId) => readonly Source[]
  /** Sources that were seen through this one directly. */
  readonly seenThrough: (id: SourceId) => readonly Source[]
  /** Whether the two have no ancestor in common, and both chains are known to their ends. */
  readonly areIndependent: (a: SourceId, b: SourceId) => boolean
  /** A claim's own source, and those of the words that it cites. */
  readonly sourcesOf: (claim: Claim) => readonly SourceId[]
  readonly originsOf: (claims: readonly Claim[]) => Origins
  /** Why the claim may not have this credibility, in words that say what to do; null where it may. */
  readonly refusalOf: (claim: Claim, credibility: Credibility) => string | null
}

interface Root {
  /** A person who is two sources is one origin. */
  readonly key: string
  readonly isKnown: boolean
}

export const evidenceIn = ({ citations, excerpts, sources }: EvidenceRecords): Evidence => {
  const byId = new Map(sources.map(source => [source.id, source]))
  const sourceOfExcerpt = new Map(excerpts.map(({ id, sourceId }) => [id, sourceId]))
  const cited = Map.groupBy(citations, ({ claimId }) => claimId)
  const through = Map.groupBy(sources, ({ viaSourceId }) => viaSourceId)

  const chainOf = (id: SourceId): readonly Source[] => {
    const chain: Source[] = []
    const seen = new Set<SourceId>([id])
    let next = byId.get(id)?.viaSourceId
    while (next && !seen.has(next)) {
      seen.add(next)
      const source = byId.get(next)
      if (!source) break
      chain.push(source)
      next = source.viaSourceId
    }
    return chain
  }

  const roots = new Map<SourceId, Root>()
  const rootOf = (id: SourceId): Root => {
    const known = roots.get(id)
    if (known) return known
    const source = byId.get(id)
    const chain = source ? [source, ...chainOf(id)] : []
    const last = chain.at(-1)
    let root: Root = { key: id, isKnown: false }
    if (last?.viaSourceId && !byId.has(last.viaSourceId))
      // It was seen through something that has been removed since.
      root = { key: last.viaSourceId, isKnown: false }
    else if (last?.viaSourceId) {
      // A chain that turns back on itself has no beginning: all that is on it counts as one.
      const circle = [last, ...chainOf(last.id)].map(({ id }) => id)
      root = { key: circle.toSorted()[0] ?? id, isKnown: false }
    } else if (last) root = { key: last.personId ?? last.id, isKnown: true }
    roots.set(id, root)
    return root
  }

  const sourcesOf = (claim: Claim): readonly SourceId[] =>
    [
      ...new Set(
        [
          claim.sourceId,
          ...(cited.get(claim.id) ?? []).map(({ excerptId }) => sourceOfExcerpt.get(excerptId)),
        ].filter(id => id !== null && id !== undefined && byId.has(id)),
      ),
    ] as SourceId[]

  const originsOf = (claims: readonly Claim[]): Origins => {
    const ofClaims = claims.map(sourcesOf)
    const reports = new Set(ofClaims.flat())
    const found = [...reports].map(rootOf)
    const origins = new Set(found.map(({ key }) => key)).size
    const isEstablished =
      ofClaims.every(sources => sources.length > 0) && found.every(({ isKnown }) => isKnown)
    return {
      reports: reports.size,
      origins,
      isEstablished,
      words: originWords(reports.size, origins, isEstablished),
    }
  }

  const areIndependent = (a: SourceId, b: SourceId): boolean => {
    const [one, other] = [rootOf(a), rootOf(b)]
    return one.isKnown && other.isKnown && one.key !== other.key
  }

  return {
    chainOf,
    seenThrough: id => through.get(id) ?? [],
    areIndependent,
    sourcesOf,
    originsOf,
    refusalOf: (claim, credibility) => {
      if (credibility !== 1) return null
      const known = sourcesOf(claim)
        .map(rootOf)
        .filter(({ isKnown }) => isKnown)
      if (new Set(known.map(({ key }) => key)).size > 1) return null
      const { words } = originsOf([claim])
      return `1 means confirmed by independent sources, and here there is ${words}. Cite words of a second source that does not go back to the same origin, or choose 2.`
    },
  }
}

const counted = (count: number, one: string): string => `${count} ${one}${count === 1 ? '' : 's'}`

const originWords = (reports: number, origins: number, isEstablished: boolean): string => {
  if (reports === 0) return 'no source'
  if (reports === 1 && isEstablished) return '1 report, 1 origin'
  const told = `${counted(reports, 'report')}, `
  return isEstablished
    ? `${told}${counted(origins, 'origin')}`
    : reports === 1
      ? `${told}origin not known`
      : `${told}independence not established`
}
