/** A comparison in one line: "2 stances moved, 5 texts edited, 1 issue added · Iran, Sanctions relief". */
import type { CellChange, Comparison, RecordChange } from '#shared/compare/compare.ts'

export interface Summary {
  /** Cells whose stance, range or scope changed. */
  readonly stances: number
  readonly redLines: number
  /** Cells whose knowledge, judgement or claims changed and whose stance did not. */
  readonly assessments: number
  /** Cells in which words alone changed. */
  readonly wording: number
  readonly added: number
  readonly removed: number
  /** Rows, columns and baskets that were moved, renamed or described anew. */
  readonly rearranged: number
  /** Names of the parties and issues concerned, the most concerned first. */
  readonly about: readonly string[]
}

export const summarise = (comparison: Comparison): Summary => {
  const { baskets, cells, issues, parties } = comparison
  const records: readonly Pick<RecordChange<unknown>, 'status'>[] = [
    ...baskets,
    ...parties,
    ...issues,
  ]
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
    added: records.filter(({ status }) => status === 'added').length,
    removed: records.filter(({ status }) => status === 'removed').length,
    rearranged:
      records.filter(({ status }) => status === 'changed').length + comparison.tracker.length,
    about: namesOf(comparison),
  }
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

const counted = (many: number, one: string, more: string): string[] =>
  many === 0 ? [] : [`${many} ${many === 1 ? one : more}`]

/** The summary in words; "No changes" where there are none. */
export const describeSummary = (summary: Summary): string => {
  const what = [
    ...counted(summary.stances, 'stance moved', 'stances moved'),
    ...counted(summary.redLines, 'red line changed', 'red lines changed'),
    ...counted(summary.assessments, 'assessment changed', 'assessments changed'),
    ...counted(summary.wording, 'text edited', 'texts edited'),
    ...counted(summary.added, 'row or column added', 'rows or columns added'),
    ...counted(summary.removed, 'row or column removed', 'rows or columns removed'),
    ...counted(summary.rearranged, 'row or column rearranged', 'rows or columns rearranged'),
  ]
  if (what.length === 0) return 'No changes'
  const about = summary.about.slice(0, 3).join(', ')
  return about === '' ? what.join(', ') : `${what.join(', ')} · ${about}`
}
