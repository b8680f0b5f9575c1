/** What of all that changed is read first: red lines, then what parties stand for, then what is known, words last. */
import type { CellChange, RecordChange } from '#shared/compare/compare.ts'
import { RED_LINE_TURNS, type RedLineTurn } from '#shared/compare/red-lines.ts'
import type { Stop } from '#shared/compare/stops.ts'
import { CLAIM_NEWS, type ClaimNews, type SourceNews } from '#shared/compare/evidence.ts'
import type { MovementKind } from '#shared/movements.ts'

/** From the first to the last. */
export const BRIEF_GROUPS = [
  'red_lines',
  'stances',
  'knowledge',
  'claims',
  'structure',
  'judgements',
  'wording',
] as const
export type BriefGroup = (typeof BRIEF_GROUPS)[number]

export const BRIEF_GROUP_LABELS: Readonly<Record<BriefGroup, string>> = {
  red_lines: 'Red lines',
  stances: 'Stances and ranges',
  knowledge: 'What is known',
  claims: 'Claims and sources',
  structure: 'Rows, columns and baskets',
  judgements: 'Judgements',
  wording: 'Wording',
}

/** A group, and what comes first within it: the lower. */
export interface Rank {
  readonly group: BriefGroup
  readonly place: number
}

const rank = (group: BriefGroup, place = 0): Rank => ({ group, place })

export const rankOfCell = (
  { fields, redLines }: CellChange,
  kind: MovementKind,
  turns: readonly RedLineTurn[],
): Rank => {
  if (kind === 'worded') return rank('wording')
  const has = (...wanted: CellChange['fields'][number][]): boolean =>
    wanted.some(field => fields.includes(field))
  if (redLines.length > 0)
    return rank('red_lines', Math.min(...turns.map(turn => RED_LINE_TURNS.indexOf(turn))))
  if (has('stance', 'scope')) return rank('stances')
  if (has('aspiration', 'walkAway')) return rank('stances', 1)
  if (has('knowledge')) return rank('knowledge')
  if (has('claimIds')) return rank('claims', ATTACHED)
  if (has('flexibility', 'salience', 'confidence')) return rank('judgements')
  // Words alone, of which somebody says that they are more than that.
  return rank(({ moved: 'stances', learned: 'knowledge', judged: 'judgements' } as const)[kind], 2)
}

/** Rows, columns, baskets and the tracker itself. */
export const rankOfRecord = (stop: Exclude<Stop, { kind: 'cell' }>): Rank => {
  if (stop.kind === 'tracker') return rank(stop.fields.includes('title') ? 'structure' : 'wording')
  if (isMereWords(stop.change)) return rank('wording')
  return rank('structure', ['added', 'removed', 'changed'].indexOf(stop.change.status))
}

/** Whether a row was described anew, and nothing else. */
export const isMereWords = ({
  fields,
  moved,
  status,
}: Pick<RecordChange<object>, 'moved' | 'status'> & { readonly fields: readonly string[] }) =>
  status === 'changed' && !moved && fields.every(field => field === 'description')

export const rankOfClaim = (news: ClaimNews): Rank =>
  news === 'worded' ? rank('wording') : rank('claims', CLAIM_NEWS.indexOf(news))

export const rankOfSource = (news: SourceNews): Rank =>
  news === 'worded' ? rank('wording') : rank('claims', CLAIM_NEWS.indexOf('regraded'))

/** Cells that won or lost a claim. */
const ATTACHED = CLAIM_NEWS.length
