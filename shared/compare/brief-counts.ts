/** A brief in figures, and in one line. */
import type { BriefItem } from '#shared/compare/brief.ts'
import type { CollisionChange } from '#shared/compare/collisions.ts'
import type { Comparison, RecordChange } from '#shared/compare/compare.ts'
import { CLAIM_NEWS, type ClaimNews, type SourceNews } from '#shared/compare/evidence.ts'
import { isMereWords } from '#shared/compare/rank.ts'
import { RED_LINE_TURNS, type RedLineTurn } from '#shared/compare/red-lines.ts'
import {
  counted,
  countedRecords,
  countKinds,
  countsOf,
  KIND_NOUNS,
  NO_CHANGES,
  type KindCounts,
  type RecordCounts,
} from '#shared/compare/summary.ts'

/** Cells by their kind, and with them all else that is mere wording. */
export interface BriefCounts extends KindCounts {
  readonly collisions: Readonly<Record<CollisionChange, number>>
  readonly redLines: Readonly<Record<RedLineTurn, number>>
  readonly claims: Readonly<Record<ClaimNews, number>>
  readonly sources: Readonly<Record<SourceNews, number>>
  readonly issues: RecordCounts
  readonly parties: RecordCounts
  readonly baskets: RecordCounts
  readonly retitled: boolean
}

export const countsOfBrief = (
  items: readonly BriefItem[],
  { baskets, issues, parties, tracker }: Comparison,
  news: {
    readonly claims: readonly ClaimNews[]
    readonly collisions: BriefCounts['collisions']
    readonly sources: readonly SourceNews[]
  },
): BriefCounts => ({
  ...countKinds(items.flatMap(({ kind }) => kind ?? [])),
  worded: items.filter(({ group }) => group === 'wording').length,
  collisions: news.collisions,
  redLines: tally(
    RED_LINE_TURNS,
    items.flatMap(({ turns }) => turns),
  ),
  claims: tally(CLAIM_NEWS, news.claims),
  sources: tally(['regraded', 'changed', 'worded'], news.sources),
  issues: structural(issues),
  parties: structural(parties),
  baskets: structural(baskets),
  retitled: tracker.includes('title'),
})

const tally = <Name extends string>(
  names: readonly Name[],
  found: readonly Name[],
): Readonly<Record<Name, number>> =>
  Object.fromEntries(
    names.map(name => [name, found.filter(it => it === name).length]),
  ) as unknown as Record<Name, number>

/** Rows that are merely described anew count as wording. */
const structural = <R>(changes: readonly RecordChange<R>[]): RecordCounts =>
  countsOf(changes.filter(change => !isMereWords(change)))

/** "1 new collision, 3 movements, 1 red line softened, 2 claims denied, 11 wording edits" */
export const headlineOf = (counts: BriefCounts): string => {
  const { claims, collisions, moved, redLines, sources, worded } = counts
  const kind = (name: 'moved' | 'learned' | 'judged' | 'worded', many: number): string[] =>
    counted(many, ...KIND_NOUNS[name])
  const words = [
    ...counted(collisions.appeared, 'new collision', 'new collisions'),
    ...counted(collisions.dissolved, 'collision dissolved', 'collisions dissolved'),
    ...kind('moved', moved),
    ...RED_LINE_TURNS.flatMap(turn => counted(redLines[turn], ...TURN_NOUNS[turn])),
    ...CLAIM_NEWS.filter(news => news !== 'worded').flatMap(news =>
      counted(claims[news], ...CLAIM_NOUNS[news]),
    ),
    ...counted(sources.regraded, 'source regraded', 'sources regraded'),
    ...counted(sources.changed, 'source changed', 'sources changed'),
    ...kind('learned', counts.learned),
    ...kind('judged', counts.judged),
    ...countedRecords(counts.issues, 'issue', 'issues'),
    ...countedRecords(counts.parties, 'party', 'parties'),
    ...countedRecords(counts.baskets, 'basket', 'baskets'),
    ...(counts.retitled ? ['title changed'] : []),
    ...kind('worded', worded),
  ]
  return words.length === 0 ? NO_CHANGES : words.join(', ')
}

const CLAIM_NOUNS: Readonly<
  Record<Exclude<ClaimNews, 'worded'>, readonly [one: string, more: string]>
> = {
  denied: ['claim denied', 'claims denied'],
  retracted: ['claim retracted', 'claims retracted'],
  withdrawn: ['claim withdrawn', 'claims withdrawn'],
  disputed: ['claim disputed', 'claims disputed'],
  superseded: ['claim superseded', 'claims superseded'],
  removed: ['claim removed', 'claims removed'],
  confirmed: ['claim confirmed', 'claims confirmed'],
  regraded: ['claim regraded', 'claims regraded'],
  corrected: ['claim corrected', 'claims corrected'],
  added: ['new claim', 'new claims'],
}

const TURN_NOUNS: Readonly<Record<RedLineTurn, readonly [one: string, more: string]>> = {
  softened: ['red line softened', 'red lines softened'],
  hardened: ['red line hardened', 'red lines hardened'],
  drawn: ['new red line', 'new red lines'],
  lifted: ['red line lifted', 'red lines lifted'],
  changed: ['red line changed', 'red lines changed'],
}
