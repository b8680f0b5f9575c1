/** A comparison in one line: "2 stances moved, 5 texts edited, 1 issue added · Iran, Sanctions relief". */
import type { CellChange, Comparison, RecordChange } from '#shared/compare/compare.ts'

export interface RecordCounts {
  readonly added: number
  readonly removed: number
  /** Moved, renamed or described anew. */
  readonly changed: number
}

export interface Summary {
  /** Cells whose stance, range or scope changed. */
  readonly stances: number
  readonly redLines: number
  /** Cells whose knowledge, judgement or claims changed and whose stance did not. */
  readonly assessments: number
  /** Cells in which words alone changed. */
  readonly wording: number
  readonly issues: RecordCounts
  readonly parties: RecordCounts
  readonly baskets: RecordCounts
  /** Whether the tracker itself was renamed or described anew. */
  readonly retitled: boolean
  /** Names of the parties and issues concerned, the most concerned first. */
  readonly about: readonly string[]
}

export const summarise = (comparison: Comparison): Summary => {
  const { baskets, cells, issues, parties } = comparison
  return {
    stances: cells.filter(isMovement).length,
    redLines: cells.filter(({ redLines }) => redLines.length > 0).length,
    assessments: cells.filter(
      change => !isMovement(change) && change.fields.some(field => field !== 'position'),
    ).length,
    wording: cells.filter(
      ({ fields, redLines }) =>
        redLines.length === 0 && fields.every(field => field === 'position'),
    ).length,
    issues: countsOf(issues),
    parties: countsOf(parties),
    baskets: countsOf(baskets),
    retitled: comparison.tracker.length > 0,
    about: namesOf(comparison),
  }
}

const countsOf = (changes: readonly Pick<RecordChange<unknown>, 'status'>[]): RecordCounts => {
  const many = (wanted: RecordChange<unknown>['status']): number =>
    changes.filter(({ status }) => status === wanted).length
  return { added: many('added'), removed: many('removed'), changed: many('changed') }
}

const isMovement = ({ fields }: CellChange): boolean =>
  fields.some(field => ['stance', 'aspiration', 'walkAway', 'scope'].includes(field))

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
    stances: figure(summary['stances']),
    redLines: figure(summary['redLines']),
    assessments: figure(summary['assessments']),
    wording: figure(summary['wording']),
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

const counted = (many: number, one: string, more: string): string[] =>
  many === 0 ? [] : [`${many} ${many === 1 ? one : more}`]

const countedRecords = (counts: RecordCounts, one: string, more: string): string[] =>
  (['added', 'removed', 'changed'] as const).flatMap(how =>
    counted(counts[how], `${one} ${how}`, `${more} ${how}`),
  )

/** The summary in words; "No changes" where there are none. */
export const describeSummary = (summary: Summary): string => {
  const what = [
    ...counted(summary.stances, 'stance moved', 'stances moved'),
    ...counted(summary.redLines, 'red line changed', 'red lines changed'),
    ...counted(summary.assessments, 'assessment changed', 'assessments changed'),
    ...counted(summary.wording, 'text edited', 'texts edited'),
    ...countedRecords(summary.issues, 'issue', 'issues'),
    ...countedRecords(summary.parties, 'party', 'parties'),
    ...countedRecords(summary.baskets, 'basket', 'baskets'),
    ...(summary.retitled ? ['title or description changed'] : []),
  ]
  if (what.length === 0) return 'No changes'
  const about = summary.about.slice(0, 3).join(', ')
  return about === '' ? what.join(', ') : `${what.join(', ')} · ${about}`
}
