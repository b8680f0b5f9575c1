/** How many origins stand behind several reports: sources are followed through whom they were seen. */
import type { Citation, Claim, Credibility } from '#shared/claims.ts'
import type { SourceId } from '#shared/ids.ts'
import type { Excerpt, Source } from '#shared/sources.ts'

/** Further than this nobody follows a chain: it leads on, and where to is not known. */
export const LONGEST_CHAIN = 64

/** Of a tracker, what tells where a claim comes from. */
export interface EvidenceRecords {
  readonly sources: readonly Source[]
  readonly excerpts: readonly Excerpt[]
  readonly citations: readonly Citation[]
}

export interface Origins {
  /** Different sources that carry the claims. */
  readonly reports: number
  /** In how many groups they fall that have no ancestor in common. */
  readonly origins: number
  /** False where a claim names no source, or the chain behind one leads nowhere that is known. */
  readonly isEstablished: boolean
  /** "5 reports, 1 origin", "independence not established". */
  readonly words: string
}

export interface Evidence {
  /** Through whom a source was seen, nearest first: up to the first, to where the chain turns back, or its longest. */
  readonly chainOf: (id: SourceId) => readonly Source[]
  /** Sources that were seen through this one directly. */
  readonly seenThrough: (id: SourceId) => readonly Source[]
  /** The source and all that was seen through it, over however many others. */
  readonly allThrough: (id: SourceId) => ReadonlySet<SourceId>
  /** Whether the two have no ancestor in common, and both chains are known to their ends. */
  readonly areIndependent: (a: SourceId, b: SourceId) => boolean
  /** A claim's own source, and those of the words that it cites. */
  readonly sourcesOf: (claim: Claim) => readonly SourceId[]
  readonly originsOf: (claims: readonly Claim[]) => Origins
  /** Why the claim may not have this credibility, in words that say what to do; null where it may. */
  readonly refusalOf: (claim: Claim, credibility: Credibility) => string | null
}

/** A source with all that it was seen through, and the people who are any of these: one person twice is one origin. */
interface Ancestry {
  readonly ids: ReadonlySet<string>
  /** Whether the chain is known to its end, and does not turn back on itself. */
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
    while (next && !seen.has(next) && chain.length < LONGEST_CHAIN) {
      seen.add(next)
      const source = byId.get(next)
      if (!source) break
      chain.push(source)
      next = source.viaSourceId
    }
    return chain
  }

  const ancestries = new Map<SourceId, Ancestry>()
  const ancestryOf = (id: SourceId): Ancestry => {
    const known = ancestries.get(id)
    if (known) return known
    const source = byId.get(id)
    const chain = source ? [source, ...chainOf(id)] : []
    const last = chain.at(-1)
    const ids = new Set<string>([id])
    for (const { id, personId } of chain) {
      ids.add(id)
      if (personId !== null) ids.add(personId)
    }
    // What it leads to may have been removed since: others may lead there too.
    if (last?.viaSourceId) ids.add(last.viaSourceId)
    const ancestry = { ids, isKnown: last !== undefined && last.viaSourceId === null }
    ancestries.set(id, ancestry)
    return ancestry
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
    const reports = [...new Set(ofClaims.flat())].map(ancestryOf)
    const origins = countApart(reports)
    const isEstablished =
      ofClaims.every(sources => sources.length > 0) && reports.every(({ isKnown }) => isKnown)
    return {
      reports: reports.length,
      origins,
      isEstablished,
      words: originWords(reports.length, origins, isEstablished),
    }
  }

  return {
    chainOf,
    seenThrough: id => through.get(id) ?? [],
    allThrough: id => {
      const all = new Set([id])
      // What is added on the way is come to as well.
      for (const at of all) for (const { id } of through.get(at) ?? []) all.add(id)
      return all
    },
    areIndependent: (a, b) => {
      const both = [ancestryOf(a), ancestryOf(b)]
      return both.every(({ isKnown }) => isKnown) && countApart(both) === 2
    },
    sourcesOf,
    originsOf,
    refusalOf: (claim, credibility) => {
      if (credibility !== 1) return null
      const known = sourcesOf(claim)
        .map(ancestryOf)
        .filter(({ isKnown }) => isKnown)
      if (countApart(known) > 1) return null
      const { words } = originsOf([claim])
      return `1 means confirmed by independent sources, and here there is ${words}. Cite words of a second source that was not seen through the same, or choose 2.`
    },
  }
}

/** How many groups there are of which no two have an ancestor in common. */
const countApart = (all: readonly Ancestry[]): number => {
  /** Of each report the group that it is in, by way of those that were joined before; a group leads to itself. */
  const groups = all.map((_, index) => index)
  const groupOf = (index: number): number => {
    let [at, group] = [index, groups[index] ?? index]
    while (group !== at) {
      const next = groups[group] ?? group
      groups[at] = next
      ;[at, group] = [group, next]
    }
    return group
  }
  const firsts = new Map<string, number>()
  let count = all.length
  for (const [index, { ids }] of all.entries())
    for (const id of ids) {
      const first = firsts.get(id)
      if (first === undefined) {
        firsts.set(id, index)
        continue
      }
      const [one, other] = [groupOf(first), groupOf(index)]
      if (one === other) continue
      groups[other] = one
      count--
    }
  return count
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
