/**
 * What happened between two moments of a tracker, ranked for whoever was away: every change of their comparison and of
 * the evidence once, with who made it and why. Of the two moments and the record between them alone: for everybody who
 * asks the same.
 */
import type { Claim } from '#shared/claims.ts'
import { countsOfBrief, headlineOf, type BriefCounts } from '#shared/compare/brief-counts.ts'
import { collisionNews, type BriefCollision } from '#shared/compare/collisions.ts'
import { compare, type CellChange, type Comparison } from '#shared/compare/compare.ts'
import type { Detail } from '#shared/compare/detail.ts'
import { detailsOf, titleOf } from '#shared/compare/details.ts'
import {
  claimDetails,
  compareEvidence,
  gradeIn,
  newsOfClaim,
  newsOfSource,
  sourceDetails,
  type ClaimNews,
  type SourceNews,
} from '#shared/compare/evidence.ts'
import { merged } from '#shared/compare/merged.ts'
import {
  BRIEF_GROUPS,
  rankOfCell,
  rankOfClaim,
  rankOfRecord,
  rankOfSource,
  type BriefGroup,
  type Rank,
} from '#shared/compare/rank.ts'
import { turnOf, type RedLineTurn } from '#shared/compare/red-lines.ts'
import { spotOf, stopsOf, type Stop } from '#shared/compare/stops.ts'
import { kindBetween } from '#shared/compare/summary.ts'
import { attributedWithHedges } from '#shared/evidence/hedged.ts'
import { groundsOf, type Grounds } from '#shared/evidence/support.ts'
import type { Change } from '#shared/history/changes.ts'
import { markedKinds, movementsIn, type Movement } from '#shared/history/movements.ts'
import { touched, type ItemAddress } from '#shared/history/touched.ts'
import type { AccountId, ClaimId, IssueId, PartyId } from '#shared/ids.ts'
import type { MovementKind } from '#shared/movements.ts'
import type { Tracker } from '#shared/tracker.ts'

/** What one account did to an item in that time. */
export interface BriefCredit {
  readonly account: AccountId
  readonly firstAt: number
  readonly lastAt: number
  readonly lastSeq: number
}

/** A claim on which a changed cell rests. */
export interface BriefClaim {
  readonly id: ClaimId
  readonly statement: string
  readonly grade: string
  readonly status: Claim['status']
  /** "unnamed official, via Axios, 4 Feb 2026, unconfirmed; hedged: “expected”" */
  readonly attribution: string
  /** Whether the cell has won it in that time. */
  readonly isNew: boolean
}

export interface BriefItem {
  readonly address: ItemAddress
  readonly group: BriefGroup
  /** Of a cell: as somebody has said, or as proposed. */
  readonly kind: MovementKind | null
  readonly title: string
  /** Where it stands in the matrix; a claim where the first cell rests on it. */
  readonly issueId: IssueId | null
  readonly partyId: PartyId | null
  readonly turns: readonly RedLineTurn[]
  readonly details: readonly Detail[]
  /** The latest first. */
  readonly credits: readonly BriefCredit[]
  readonly reasons: readonly string[]
  /** New ones first. */
  readonly evidence: readonly BriefClaim[]
}

export interface Brief {
  readonly counts: BriefCounts
  /** "1 new collision, 3 movements, 1 red line softened, 2 claims denied, 11 wording edits" */
  readonly headline: string
  /** What the changes of `items` led to: the new ones first, and of many only so many: `counts` has all. */
  readonly collisions: readonly BriefCollision[]
  /** In the order in which they are read. */
  readonly items: readonly BriefItem[]
}

export interface BriefSources {
  readonly before: Tracker
  readonly after: Tracker
  /** The record of changes of what lies between the two. */
  readonly changes: readonly Change[]
}

export const briefOf = ({ after, before, changes }: BriefSources): Brief => {
  const comparison = compare(before, after)
  const evidence = compareEvidence(before, after)
  const rows = touched(changes)
  const movements = movementsIn(changes)
  const said = markedKinds(movements, after.movements)
  const reasons = reasonsIn(movements, after)
  const grounds = groundsOf(after)
  const ranked: { readonly item: BriefItem; readonly rank: Rank }[] = []
  const add = (rank: Rank, item: Omit<BriefItem, 'group' | 'credits'>): void => {
    const credits = creditsIn(rows.get(item.address) ?? [])
    ranked.push({ rank, item: { ...item, group: rank.group, credits } })
  }

  const matrix = merged(comparison)
  for (const stop of stopsOf(comparison, matrix)) {
    const common = { ...PLAIN, address: stop.address, ...wordsOf(stop, comparison) }
    if (stop.kind !== 'cell') add(rankOfRecord(stop), common)
    else {
      const kind = kindBetween(stop.change, said)
      const turns = turnsIn(stop.change, after)
      add(rankOfCell(stop.change, kind, turns), {
        ...common,
        kind,
        turns,
        reasons: [...(reasons.get(stop.change.key) ?? [])],
        evidence: claimsOf(stop.change, after, grounds),
      })
    }
  }

  const holders = holdersIn(after, before, matrix)
  const isAttached = new Set(Object.values(after.cells).flatMap(({ claimIds }) => claimIds))
  const ofClaims: ClaimNews[] = []
  const ofSources: SourceNews[] = []
  for (const change of evidence.claims) {
    const id = change.id as ClaimId
    const news = newsOfClaim(change)
    ofClaims.push(news)
    // The cells tell of it.
    if (change.status === 'added' && isAttached.has(id)) continue
    add(rankOfClaim(news), {
      ...PLAIN,
      ...holders.get(id),
      address: `claim/${id}`,
      title: `Claim “${cut((change.after ?? change.before)?.statement ?? '')}”`,
      details: claimDetails(change, before, after),
    })
  }
  const newClaims = evidence.claims.filter(({ status }) => status === 'added')
  for (const change of evidence.sources) {
    // The claims that come with it name it.
    const isNamed = newClaims.some(({ after }) => after?.sourceId === change.id)
    if (change.status === 'added' && isNamed) continue
    const news = newsOfSource(change)
    ofSources.push(news)
    add(rankOfSource(news), {
      ...PLAIN,
      address: `source/${change.id}` as ItemAddress,
      title: `Source “${cut((change.after ?? change.before)?.title ?? '')}”`,
      details: sourceDetails(change, before, after),
    })
  }

  const items = inOrder(ranked)
  const collisions = collisionNews(before, after)
  const news = { claims: ofClaims, collisions: collisions.counts, sources: ofSources }
  const counts = countsOfBrief(items, comparison, news)
  return { counts, headline: headlineOf(counts), collisions: collisions.told, items }
}

const PLAIN = {
  kind: null,
  issueId: null,
  partyId: null,
  turns: [],
  reasons: [],
  evidence: [],
} as const

const wordsOf = (stop: Stop, comparison: Comparison) => ({
  title: titleOf(stop, comparison),
  details: detailsOf(stop, comparison),
  ...spotOf(stop),
})

/** By group and weight; what weighs the same in the order in which it stands in the matrix. */
const inOrder = (
  ranked: readonly { readonly item: BriefItem; readonly rank: Rank }[],
): readonly BriefItem[] =>
  ranked
    .toSorted(
      ({ rank: a }, { rank: b }) =>
        BRIEF_GROUPS.indexOf(a.group) - BRIEF_GROUPS.indexOf(b.group) || a.place - b.place,
    )
    .map(({ item }) => item)

const turnsIn = ({ issueId, redLines }: CellChange, after: Tracker): readonly RedLineTurn[] => {
  const issue = redLines.length > 0 ? after.issues.find(({ id }) => id === issueId) : undefined
  return redLines.map(change => turnOf(change, issue))
}

const creditsIn = (changes: readonly Change[]): readonly BriefCredit[] =>
  [...Map.groupBy(changes, ({ account }) => account)]
    .map(([account, own]) => ({
      account,
      firstAt: Math.min(...own.map(({ firstAt }) => firstAt)),
      lastAt: Math.max(...own.map(({ lastAt }) => lastAt)),
      lastSeq: Math.max(...own.map(({ lastSeq }) => lastSeq)),
    }))
    .sort((a, b) => b.lastSeq - a.lastSeq || (a.account < b.account ? -1 : 1))

const reasonsIn = (
  movements: readonly Movement[],
  { movements: marks, reasons }: Tracker,
): ReadonlyMap<string, ReadonlySet<string>> => {
  const texts = new Map(reasons.map(({ id, text }) => [id, text]))
  const byCell = new Map<string, Set<string>>()
  for (const { issueId, key, partyId } of movements) {
    const id = marks[key]?.reasonId
    const text = id && texts.get(id)
    const cell = `${issueId}/${partyId}`
    if (text) byCell.set(cell, (byCell.get(cell) ?? new Set()).add(text))
  }
  return byCell
}

const claimsOf = (
  { after, before }: CellChange,
  tracker: Tracker,
  grounds: Grounds,
): readonly BriefClaim[] =>
  tracker.claims
    .filter(({ id }) => after.claimIds.includes(id))
    .map(claim => ({
      id: claim.id,
      statement: claim.statement,
      grade: gradeIn(claim, tracker),
      status: claim.status,
      attribution: attributedWithHedges(claim, grounds),
      isNew: !before.claimIds.includes(claim.id),
    }))
    .sort((a, b) => Number(b.isNew) - Number(a.isNew))

/** Of every claim the first cell that rests on it, or did. */
const holdersIn = (
  after: Tracker,
  before: Tracker,
  { issues, parties }: Tracker,
): ReadonlyMap<ClaimId, { readonly issueId: IssueId; readonly partyId: PartyId }> => {
  const holders = new Map<ClaimId, { issueId: IssueId; partyId: PartyId }>()
  for (const { cells } of [after, before])
    for (const { id: issueId } of issues)
      for (const { id: partyId } of parties)
        for (const id of cells[`${issueId}/${partyId}`]?.claimIds ?? [])
          if (!holders.has(id)) holders.set(id, { issueId, partyId })
  return holders
}

const MOST_OF_TITLE = 80

const cut = (text: string): string =>
  text.length > MOST_OF_TITLE ? `${text.slice(0, MOST_OF_TITLE).trimEnd()}…`.toWellFormed() : text
