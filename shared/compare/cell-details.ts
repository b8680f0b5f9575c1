/** What changed in a cell, field by field, in the words of its issue's scale. */
import { line, type Detail } from '#shared/compare/detail.ts'
import {
  FLEXIBILITY_LABELS,
  KNOWLEDGE_LABELS,
  LEVEL_LABELS,
  SCOPE_LABELS,
  type Cell,
  type CellField,
} from '#shared/cells.ts'
import type { CellChange } from '#shared/compare/compare.ts'
import { lineWords, pointWords } from '#shared/compare/red-lines.ts'
import type { Issue } from '#shared/issues.ts'
import type { Tracker } from '#shared/tracker.ts'

const FIELD_NAMES: Readonly<Record<CellField, string>> = {
  knowledge: 'What is known',
  scope: 'Scope',
  scopeNote: 'Note on the scope',
  stance: 'Stance',
  aspiration: 'Hopes for',
  walkAway: 'Would still take',
  flexibility: 'Flexibility',
  salience: 'Weight',
  confidence: 'Confidence',
}

/** What matters most comes first. */
const FIELD_ORDER: readonly CellChange['fields'][number][] = [
  'stance',
  'scope',
  'scopeNote',
  'position',
  'aspiration',
  'walkAway',
  'knowledge',
  'flexibility',
  'confidence',
  'salience',
  'claimIds',
]

export const cellDetails = (
  { after: now, before: then, fields, issueId, redLines }: CellChange,
  before: Tracker,
  after: Tracker,
): readonly Detail[] => {
  const issueThen = before.issues.find(({ id }) => id === issueId)
  const issueNow = after.issues.find(({ id }) => id === issueId)
  const lines = FIELD_ORDER.filter(field => fields.includes(field)).map(field => {
    if (field === 'position') return line('Position', then.position, now.position, 'prose')
    if (field === 'claimIds') return line('Claims', claimWords(then), claimWords(now))
    const [was, is] = [valueWords(then, field, issueThen), valueWords(now, field, issueNow)]
    const kind = field === 'stance' ? 'stance' : field === 'scopeNote' ? 'prose' : 'value'
    return line(FIELD_NAMES[field], was, is, kind)
  })
  const limits = redLines.map(change =>
    line(
      'Red line',
      lineWords(change.before, issueThen),
      lineWords(change.after, issueNow),
      'red_line',
    ),
  )
  const stance = lines.filter(({ kind }) => kind === 'stance')
  return [...stance, ...limits, ...lines.filter(({ kind }) => kind !== 'stance')]
}

/** That something is reported once it is written goes without saying. */
export const worthSaying = (
  details: readonly Detail[],
  before: Cell,
  after: Cell,
): readonly Detail[] =>
  details.length > 1 && before.knowledge === 'unknown' && after.knowledge === 'reported'
    ? details.filter(({ name }) => name !== FIELD_NAMES.knowledge)
    : details

const claimWords = ({ claimIds: { length } }: Cell): string =>
  length === 0 ? '' : length === 1 ? '1 claim' : `${length} claims`

const valueWords = (cell: Cell, field: CellField, issue: Issue | undefined): string => {
  switch (field) {
    case 'knowledge':
      return KNOWLEDGE_LABELS[cell.knowledge]
    case 'scope':
      return cell.scope ? SCOPE_LABELS[cell.scope] : ''
    case 'scopeNote':
      return cell.scopeNote
    case 'flexibility':
      return cell.flexibility ? FLEXIBILITY_LABELS[cell.flexibility] : ''
    case 'salience':
    case 'confidence': {
      const level = cell[field]
      return level ? LEVEL_LABELS[level] : ''
    }
    case 'stance':
    case 'aspiration':
    case 'walkAway':
      return pointWords(issue, cell[field])
  }
}
