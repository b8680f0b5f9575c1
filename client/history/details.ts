/** A change in words, field by field: what stood there, and what stands there now. */
import type { CellChange, Comparison, RecordChange } from '#shared/compare/compare.ts'
import {
  FLEXIBILITY_LABELS,
  KNOWLEDGE_LABELS,
  LEVEL_LABELS,
  SCOPE_LABELS,
  type Cell,
  type CellField,
} from '#shared/cells.ts'
import type { IssueId, PointId } from '#shared/ids.ts'
import type { Issue } from '#shared/issues.ts'
import { PARTY_ROLE_LABELS, type Party } from '#shared/parties.ts'
import { RED_LINE_KIND_LABELS, RED_LINE_OPERATOR_LABELS, type RedLine } from '#shared/redlines.ts'
import type { Tracker } from '#shared/tracker.ts'
import type { Stop } from '#client/history/stops.ts'

export interface Detail {
  /** `prose` is written by hand, so worth comparing word by word. */
  readonly kind: 'stance' | 'value' | 'prose' | 'red_line'
  readonly name: string
  /** '' where there was nothing. */
  readonly was: string
  readonly is: string
}

export const FIELD_NAMES: Readonly<Record<CellField, string>> = {
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

const line = (name: string, was: string, is: string, kind: Detail['kind'] = 'value'): Detail => ({
  kind,
  name,
  was,
  is,
})

export const detailsOf = (stop: Stop, { before, after }: Comparison): readonly Detail[] => {
  switch (stop.kind) {
    case 'tracker':
      return stop.fields.map(field =>
        line(field === 'title' ? 'Title' : 'Description', before[field], after[field], 'prose'),
      )
    case 'basket': {
      const { change } = stop
      return [
        ...recordDetails(change, 'Basket', change.before?.title, change.after?.title, 'Title'),
        ...moveDetails(change, before.baskets, after.baskets, ({ title }) => title),
      ]
    }
    case 'party':
      return partyDetails(stop.change, before, after)
    case 'issue':
      return issueDetails(stop.change, before, after)
    case 'cell':
      return cellDetails(stop.change, before, after)
  }
}

const recordDetails = (
  {
    fields,
    status,
  }: Pick<RecordChange<unknown>, 'status'> & { readonly fields: readonly string[] },
  kind: string,
  then: string | undefined,
  now: string | undefined,
  nameOfName: string,
): readonly Detail[] => {
  if (status === 'added') return [line(kind, '', now || 'Untitled')]
  if (status === 'removed') return [line(kind, then || 'Untitled', '')]
  return fields.includes('title') || fields.includes('name')
    ? [line(nameOfName, then ?? '', now ?? '', 'prose')]
    : []
}

const moveDetails = <R extends { readonly id: string }>(
  { id, moved }: RecordChange<R>,
  before: readonly R[],
  after: readonly R[],
  nameOf: (record: R) => string,
): readonly Detail[] => {
  const place = (records: readonly R[]): string => {
    const above = records[records.findIndex(record => record.id === id) - 1]
    return above ? `after ${nameOf(above) || 'an unnamed one'}` : 'first'
  }
  return moved ? [line('Place', place(before), place(after))] : []
}

const rolesOf = (party: Party | undefined): string =>
  [party?.role, party?.alsoRole]
    .flatMap(role => (role ? [PARTY_ROLE_LABELS[role]] : []))
    .join(' and ')

const partyDetails = (
  change: RecordChange<Party>,
  before: Tracker,
  after: Tracker,
): readonly Detail[] => [
  ...recordDetails(change, 'Column', change.before?.name, change.after?.name, 'Name'),
  ...(change.fields.includes('role') || change.fields.includes('alsoRole')
    ? [line('Role', rolesOf(change.before), rolesOf(change.after))]
    : []),
  ...moveDetails(change, before.parties, after.parties, ({ name }) => name),
]

const issueDetails = (
  change: RecordChange<Issue>,
  before: Tracker,
  after: Tracker,
): readonly Detail[] => {
  const { fields, status } = change
  if (status !== 'changed')
    return recordDetails(change, 'Row', change.before?.title, change.after?.title, 'Title')
  const [then, now] = [change.before, change.after]
  return [
    ...recordDetails(change, 'Row', then?.title, now?.title, 'Title'),
    ...(fields.includes('description')
      ? [line('Description', then?.description ?? '', now?.description ?? '', 'prose')]
      : []),
    ...(fields.includes('scale') ? [line('Scale', scaleWords(then), scaleWords(now))] : []),
    ...(change.moved
      ? [line('Place', placeOf(change.id as IssueId, before), placeOf(change.id as IssueId, after))]
      : []),
  ]
}

const scaleWords = (issue: Issue | undefined): string =>
  [
    ...(issue?.scale.name ? [`${issue.scale.name}:`] : []),
    (issue?.scale.points ?? []).map(({ label }) => label).join(' · '),
  ].join(' ')

/** "Nuclear file, after Verification" */
const placeOf = (id: IssueId, { baskets, issues }: Tracker): string => {
  const issue = issues.find(issue => issue.id === id)
  const siblings = issues.filter(({ basketId }) => basketId === issue?.basketId)
  const basket = baskets.find(basket => basket.id === issue?.basketId)?.title || 'No basket'
  const above = siblings[siblings.findIndex(sibling => sibling.id === id) - 1]
  return above ? `${basket}, after ${above.title || 'an untitled row'}` : `${basket}, first`
}

const cellDetails = (
  { after: now, before: then, fields, issueId, redLines }: CellChange,
  before: Tracker,
  after: Tracker,
): readonly Detail[] => {
  const issueThen = before.issues.find(({ id }) => id === issueId)
  const issueNow = after.issues.find(({ id }) => id === issueId)
  return [
    ...fields.flatMap(field => {
      if (field === 'position') return [line('Position', then.position, now.position, 'prose')]
      if (field === 'claimIds') return [line('Claims', claimWords(then), claimWords(now))]
      const [was, is] = [valueWords(then, field, issueThen), valueWords(now, field, issueNow)]
      const kind = field === 'stance' ? 'stance' : field === 'scopeNote' ? 'prose' : 'value'
      return [line(FIELD_NAMES[field], was, is, kind)]
    }),
    ...redLines.map(change =>
      line(
        'Red line',
        lineWords(change.before, issueThen),
        lineWords(change.after, issueNow),
        'red_line',
      ),
    ),
  ]
}

const claimWords = ({ claimIds: { length } }: Cell): string =>
  length === 0 ? '' : length === 1 ? '1 claim' : `${length} claims`

export const pointLabel = (issue: Issue | undefined, id: PointId | null): string =>
  id === null ? '' : (issue?.scale.points.find(point => point.id === id)?.label ?? 'a lost point')

/** A scalar of a cell as the reader knows it. */
export const valueWords = (cell: Cell, field: CellField, issue: Issue | undefined): string => {
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
      return pointLabel(issue, cell[field])
  }
}

/** "Red line: at least Wide access, “No site is closed” (soft)" */
export const lineWords = (redLine: RedLine | undefined, issue: Issue | undefined): string => {
  if (!redLine) return ''
  const { kind, operator, point, soft, statement } = redLine
  const where = point ? `${RED_LINE_OPERATOR_LABELS[operator]} ${pointLabel(issue, point)}` : ''
  const words = [where, statement && `“${statement}”`].filter(Boolean).join(', ')
  return `${RED_LINE_KIND_LABELS[kind]}${words && `: ${words}`}${soft ? ' (soft)' : ''}`
}

/** A change as one sentence: "Stance: Wide access, now Declared sites only; Position edited". */
export const inWords = (details: readonly Detail[]): string =>
  details
    .map(({ is, kind, name, was }) => {
      if (was === '') return kind === 'prose' ? `${name} written` : `${name}: ${is}`
      if (is === '') return kind === 'prose' ? `${name} emptied` : `${name} removed, was ${was}`
      return kind === 'prose' ? `${name} edited` : `${name}: was ${was}, now ${is}`
    })
    .join('; ')

/** What a change is about: "Verification · Iran". */
export const titleOf = (stop: Stop, { before, after }: Comparison): string => {
  switch (stop.kind) {
    case 'tracker':
      return 'The tracker'
    case 'basket':
      return `Basket ${(stop.change.after ?? stop.change.before)?.title || 'untitled'}`
    case 'party':
      return (stop.change.after ?? stop.change.before)?.name || 'Unnamed party'
    case 'issue':
      return (stop.change.after ?? stop.change.before)?.title || 'Untitled issue'
    case 'cell': {
      const { issueId, partyId } = stop.change
      const issue = [...after.issues, ...before.issues].find(({ id }) => id === issueId)
      const party = [...after.parties, ...before.parties].find(({ id }) => id === partyId)
      return `${issue?.title || 'Untitled issue'} · ${party?.name || 'Unnamed party'}`
    }
  }
}
