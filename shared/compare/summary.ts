/** A comparison in one line: "2 movements, 5 wording edits, 1 issue added · Iran, Sanctions relief". */
import type { CellKey } from '#shared/cells.ts'
import type { CellChange, Comparison, RecordChange } from '#shared/compare/compare.ts'
import { proposedKind, traitsBetween } from '#shared/compare/kind.ts'
import { MOVEMENT_KINDS, type MovementKind } from '#shared/movements.ts'

export interface RecordCounts {
  readonly added: number
  readonly removed: number
  /** Moved, renamed or described anew. */
  readonly changed: number
}

/** How many cells changed in which way. */
export type KindCounts = Readonly<Record<MovementKind, number>>

export interface Summary extends KindCounts {
  /** Cells whose red lines changed; each is of some kind too. */
  readonly redLines: number
  readonly issues: RecordCounts
  readonly parties: RecordCounts
  readonly baskets: RecordCounts
  /** Whether the tracker itself was renamed or described anew. */
  readonly retitled: boolean
  /** Names of the parties and issues concerned, the most concerned first. */
  readonly about: readonly string[]
}

/** What people have said of cells' changes between two moments, over what is proposed. */
export type KindsSaid = ReadonlyMap<CellKey, MovementKind>

export const kindBetween = (change: CellChange, said: KindsSaid): MovementKind =>
  said.get(change.key) ?? proposedKind(traitsBetween(change))

export const summarise = (comparison: Comparison, said: KindsSaid = new Map()): Summary => {
  const { baskets, cells, issues, parties } = comparison
  return {
    ...countKinds(cells.map(change => kindBetween(change, said))),
    redLines: cells.filter(({ redLines }) => redLines.length > 0).length,
    issues: countsOf(issues),
    parties: countsOf(parties),
    baskets: countsOf(baskets),
    retitled: comparison.tracker.length > 0,
    about: namesOf(comparison),
  }
}

export const countKinds = (kinds: readonly MovementKind[]): KindCounts => {
  const counts: Record<MovementKind, number> = { moved: 0, learned: 0, judged: 0, worded: 0 }
  for (const kind of kinds) counts[kind]++
  return counts
}

export const countsOf = (
  changes: readonly Pick<RecordChange<unknown>, 'status'>[],
): RecordCounts => {
  const many = (wanted: RecordChange<unknown>['status']): number =>
    changes.filter(({ status }) => status === wanted).length
  return { added: many('added'), removed: many('removed'), changed: many('changed') }
}

/** A line has no room for more, and a summary is stored with each snapshot. */
const MOST_NAMED = 12

const namesOf = ({ after, cells, issues, parties }: Comparison): readonly string[] => {
  const weights = new Map<string, number>()
  const mention = (name: string | undefined): void => {
    if (name) weights.set(name, (weights.get(name) ?? 0) + 1)
  }
  const nameOf = new Map<string, string>([
    ...after.parties.map(({ id, name }) => [id, name] as const),
    ...after.issues.map(({ id, title }) => [id, title] as const),
  ])
  for (const { issueId, partyId } of cells) {
    mention(nameOf.get(partyId))
    mention(nameOf.get(issueId))
  }
  for (const change of parties) mention((change.after ?? change.before)?.name)
  for (const change of issues) mention((change.after ?? change.before)?.title)
  return [...weights]
    .sort((a, b) => b[1] - a[1])
    .slice(0, MOST_NAMED)
    .map(([name]) => name)
}

/** A summary as some version stored it: what this one does not find there counts as nothing. */
export const readSummary = (stored: unknown): Summary => {
  const summary = recordOf(stored)
  const counts = (value: unknown): RecordCounts => {
    const { added, changed, removed } = recordOf(value)
    return { added: figure(added), removed: figure(removed), changed: figure(changed) }
  }
  const { about } = summary
  return {
    // Before changes had kinds, stances, assessments and texts were counted.
    moved: figure(summary['moved'] ?? summary['stances']),
    learned: figure(summary['learned']),
    judged: figure(summary['judged'] ?? summary['assessments']),
    worded: figure(summary['worded'] ?? summary['wording']),
    redLines: figure(summary['redLines']),
    issues: counts(summary['issues']),
    parties: counts(summary['parties']),
    baskets: counts(summary['baskets']),
    retitled: summary['retitled'] === true,
    about: Array.isArray(about) ? about.filter(name => typeof name === 'string') : [],
  }
}

const recordOf = (stored: unknown): Readonly<Record<string, unknown>> =>
  typeof stored === 'object' && stored !== null ? (stored as Record<string, unknown>) : {}

const figure = (stored: unknown): number =>
  typeof stored === 'number' && Number.isSafeInteger(stored) && stored >= 0 ? stored : 0

/** "2 movements"; nothing for none. */
export const counted = (many: number, one: string, more: string): string[] =>
  many === 0 ? [] : [`${many} ${many === 1 ? one : more}`]

export const countedRecords = (counts: RecordCounts, one: string, more: string): string[] =>
  (['added', 'removed', 'changed'] as const).flatMap(how =>
    counted(counts[how], `${one} ${how}`, `${more} ${how}`),
  )

export const KIND_NOUNS: Readonly<Record<MovementKind, readonly [one: string, more: string]>> = {
  moved: ['movement', 'movements'],
  learned: ['new finding', 'new findings'],
  judged: ['new judgement', 'new judgements'],
  worded: ['wording edit', 'wording edits'],
}

/** "2 movements", "1 red line changed", "11 wording edits", each where there are some. */
export const describeKinds = (
  counts: KindCounts & { readonly redLines: number },
): readonly string[] =>
  MOVEMENT_KINDS.flatMap(kind => [
    ...counted(counts[kind], ...KIND_NOUNS[kind]),
    ...(kind === 'moved' ? counted(counts.redLines, 'red line changed', 'red lines changed') : []),
  ])

export const NO_CHANGES = 'No changes'

/** The summary in words. */
export const describeSummary = (summary: Summary): string => {
  const what = [
    ...describeKinds(summary),
    ...countedRecords(summary.issues, 'issue', 'issues'),
    ...countedRecords(summary.parties, 'party', 'parties'),
    ...countedRecords(summary.baskets, 'basket', 'baskets'),
    ...(summary.retitled ? ['title or description changed'] : []),
  ]
  if (what.length === 0) return NO_CHANGES
  const about = summary.about.slice(0, 3).join(', ')
  return about === '' ? what.join(', ') : `${what.join(', ')} · ${about}`
}
