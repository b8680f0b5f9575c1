/** On what a cell rests: which of its claims stand, how good and how old they are, and whether they agree. */
import { type Cell } from '#shared/cells.ts'
import { bestGrade, gradeOf, type Claim, type ClaimStatus } from '#shared/claims.ts'
import { latest } from '#shared/dates.ts'
import { evidenceIn, type Origins } from '#shared/evidence/origins.ts'
import { rivalsIn, type Rival } from '#shared/evidence/rivals.ts'
import type { ClaimId, PersonId, SourceId } from '#shared/ids.ts'
import type { Person } from '#shared/people.ts'
import type { Source } from '#shared/sources.ts'
import type { Tracker } from '#shared/tracker.ts'

const FALLEN: ReadonlySet<ClaimStatus> = new Set(['denied', 'retracted', 'superseded', 'withdrawn'])

/** Whether anything can rest on it: what was denied, retracted, superseded or withdrawn holds nothing up any more. */
export const stands = ({ status }: Pick<Claim, 'status'>): boolean => !FALLEN.has(status)

/** Whether somebody still has to settle it. */
export const isPending = ({ status }: Pick<Claim, 'status'>): boolean =>
  status === 'reported' || status === 'disputed'

/** What is asked of a tracker, so that a screen is woken by nothing else. */
export interface Grounds {
  readonly claim: (id: ClaimId) => Claim | undefined
  readonly source: (id: SourceId) => Source | undefined
  readonly person: (id: PersonId) => Person | undefined
  readonly rivalsOf: (id: ClaimId) => readonly Rival[]
  readonly originsOf: (claims: readonly Claim[]) => Origins
}

export const groundsOf = (tracker: Tracker): Grounds => {
  const { claims, conflicts, people, sources } = tracker
  const [claimById, sourceById, personById] = [byId(claims), byId(sources), byId(people)]
  const rivals = rivalsIn(claims, conflicts)
  return {
    claim: id => claimById.get(id),
    source: id => sourceById.get(id),
    person: id => personById.get(id),
    rivalsOf: id => rivals.get(id) ?? [],
    originsOf: evidenceIn(tracker).originsOf,
  }
}

const byId = <T extends { readonly id: string }>(records: readonly T[]): Map<T['id'], T> =>
  new Map(records.map(record => [record.id, record]))

/** Two claims that stand and cannot both be true. Whoever computes with the cell takes it as a range, not a middle. */
export interface Contest {
  /** The assessed one where the team has chosen. */
  readonly upper: ClaimId
  readonly lower: ClaimId
  readonly isChosen: boolean
  readonly reason: string
  readonly note: string
}

export interface Support {
  /** Ids of the claims that stand, and of those that stood. */
  readonly standing: readonly ClaimId[]
  readonly fallen: readonly ClaimId[]
  readonly grade: string | null
  /** How many of those that stand nobody has settled. */
  readonly pending: number
  /** When the oldest and the newest of those that stand was said, else learned; in milliseconds since 1970. */
  readonly oldest: number | undefined
  readonly newest: number | undefined
  /** How many origins stand behind those that stand. */
  readonly origins: Origins
  readonly contests: readonly Contest[]
  /** Something is said, and nothing that stands says it. */
  readonly isUnsupported: boolean
}

export const supportOf = (cell: Cell, grounds: Grounds): Support => {
  const claims = cell.claimIds.flatMap(id => grounds.claim(id) ?? [])
  const standing = claims.filter(stands)
  const { newest, oldest } = endsOf(standing)
  return {
    standing: standing.map(({ id }) => id),
    fallen: claims.filter(claim => !stands(claim)).map(({ id }) => id),
    grade: bestGrade(
      standing.map(claim =>
        gradeOf(claim, claim.sourceId ? grounds.source(claim.sourceId) : undefined),
      ),
    ),
    pending: standing.filter(isPending).length,
    oldest,
    newest,
    origins: grounds.originsOf(standing),
    contests: contestsOf(standing, grounds),
    isUnsupported: saysSomething(cell) && standing.length === 0,
  }
}

/** By when it was said for certain; where nobody knows, by when the team had learned it. */
export const dateOfClaim = ({ learnedAt, saidAt }: Claim): number | undefined =>
  latest(saidAt) ?? latest(learnedAt)

const endsOf = (claims: readonly Claim[]): Pick<Support, 'oldest' | 'newest'> => {
  let oldest: number | undefined
  let newest: number | undefined
  for (const claim of claims) {
    const date = dateOfClaim(claim)
    if (date === undefined) continue
    oldest = Math.min(oldest ?? date, date)
    newest = Math.max(newest ?? date, date)
  }
  return { oldest, newest }
}

/** Whether it holds a value: that a subject is named, or does not apply, needs no evidence here. */
export const saysSomething = (cell: Cell): boolean =>
  cell.position.trim() !== '' ||
  cell.stance !== null ||
  cell.knowledge === 'reported' ||
  cell.knowledge === 'agreed'

/** Whether all that stands goes back to one origin, as far as anybody knows. */
export const hasSingleOrigin = ({ origins, standing }: Support): boolean =>
  standing.length > 0 && origins.origins <= 1

/** The same without all the rest: a claim that nothing contradicts is not even looked at. */
export const isContested = ({ claimIds }: Cell, grounds: Grounds): boolean =>
  claimIds.some(id => grounds.rivalsOf(id).length > 0) &&
  contestsOf(claimIds.flatMap(id => grounds.claim(id) ?? []).filter(stands), grounds).length > 0

const contestsOf = (standing: readonly Claim[], grounds: Grounds): readonly Contest[] => {
  const attached = new Set(standing.map(({ id }) => id))
  const contests: Contest[] = []
  const seen = new Set<string>()
  for (const { id } of standing)
    for (const { chosenId, isDenial, note, otherId, reason } of grounds.rivalsOf(id)) {
      const pair = [id, otherId].toSorted().join()
      const other = grounds.claim(otherId)
      if (seen.has(pair) || !other || !stands(other)) continue
      if (!attached.has(otherId) && !isDenial) continue
      seen.add(pair)
      // Before anything is chosen, what is denied stands over its denial.
      const upper = chosenId ?? (other.deniesClaimId === id || !isDenial ? id : otherId)
      contests.push({
        upper,
        lower: upper === id ? otherId : id,
        isChosen: chosenId !== null,
        reason,
        note,
      })
    }
  return contests
}

const DAY = 24 * 60 * 60 * 1000

/** Whole days; what is still to come counts as of today. */
export const daysSince = (at: number, now: number): number =>
  Math.max(0, Math.floor((now - at) / DAY))

/** All that nobody has settled, and what is kept beside it, the oldest first; what has no date comes last. */
export const pendingIn = (
  claims: readonly Claim[],
  isKept: (id: ClaimId) => boolean = () => false,
): readonly Claim[] =>
  claims
    .filter(claim => isPending(claim) || isKept(claim.id))
    .toSorted((a, b) => compareDates(dateOfClaim(a), dateOfClaim(b)) || (a.id < b.id ? -1 : 1))

const compareDates = (a = Number.MAX_VALUE, b = Number.MAX_VALUE): number => a - b

/** Whole days since anything that holds it up was said; undefined where no date is known. */
export const ageOf = ({ newest }: Support, now: number): number | undefined =>
  newest === undefined ? undefined : daysSince(newest, now)

/** How many days a position may rest on what was last said, unless somebody likes it otherwise. */
export const STALE_AFTER = 14

export const isStale = (support: Support, now: number, days = STALE_AFTER): boolean =>
  (ageOf(support, now) ?? 0) > days
