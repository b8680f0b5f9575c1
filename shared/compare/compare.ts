/** What changed between two trackers as plain data: columns, rows, cells. Everything is matched by id, never by place. */
import { cellOf, type Tracker } from '#shared/tracker.ts'
import {
  blankCell,
  CELL_FIELDS,
  cellKey,
  type Cell,
  type CellField,
  type CellKey,
} from '#shared/cells.ts'
import { keptInOrder } from '#shared/compare/order.ts'
import type { IssueId, PartyId } from '#shared/ids.ts'
import type { Basket, Issue } from '#shared/issues.ts'
import type { Party } from '#shared/parties.ts'
import type { RedLine } from '#shared/redlines.ts'

export interface RecordChange<R> {
  readonly id: string
  readonly status: 'added' | 'removed' | 'changed'
  /** Undefined where it was added. */
  readonly before: R | undefined
  /** Undefined where it was removed. */
  readonly after: R | undefined
  /** Fields that differ; empty for added, removed and merely moved ones. */
  readonly fields: readonly (keyof R & string)[]
  /** Whether it stands elsewhere among those that stayed; an issue also where it changed its basket. */
  readonly moved: boolean
}

export interface CellChange {
  readonly key: CellKey
  readonly issueId: IssueId
  readonly partyId: PartyId
  readonly before: Cell
  readonly after: Cell
  readonly fields: readonly (CellField | 'position' | 'claimIds')[]
  readonly redLines: readonly RecordChange<RedLine>[]
}

export interface Comparison {
  readonly before: Tracker
  readonly after: Tracker
  /** `title`, `description`. */
  readonly tracker: readonly ('title' | 'description')[]
  readonly baskets: readonly RecordChange<Basket>[]
  readonly parties: readonly RecordChange<Party>[]
  readonly issues: readonly RecordChange<Issue>[]
  /** Only cells whose issue and party exist in both, in the order of the matrix as it is now. */
  readonly cells: readonly CellChange[]
}

export const compare = (then: Tracker, now: Tracker): Comparison => ({
  before: then,
  after: now,
  tracker: (['title', 'description'] as const).filter(field => then[field] !== now[field]),
  baskets: recordChanges(then.baskets, now.baskets, ['title']),
  parties: recordChanges(then.parties, now.parties, ['name', 'role', 'alsoRole']),
  issues: issueChanges(then, now),
  cells: cellChanges(then, now),
})

export const isUnchanged = (comparison: Comparison): boolean =>
  comparison.tracker.length === 0 &&
  comparison.baskets.length === 0 &&
  comparison.parties.length === 0 &&
  comparison.issues.length === 0 &&
  comparison.cells.length === 0

/** Whether two values are equal as plain data. Ranks are how an order is stored: two that give the same order are the same. */
const same = (a: unknown, b: unknown): boolean => {
  if (a === b) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  if (Array.isArray(a) || Array.isArray(b))
    return (
      Array.isArray(a) &&
      Array.isArray(b) &&
      a.length === b.length &&
      a.every((item, at) => same(item, b[at]))
    )
  const [as, bs] = [a as Fields, b as Fields]
  const names = new Set([...Object.keys(as), ...Object.keys(bs)])
  names.delete('rank')
  return names.values().every(name => same(as[name], bs[name]))
}
type Fields = Readonly<Record<string, unknown>>

export const recordChanges = <R extends { readonly id: string }>(
  then: readonly R[],
  now: readonly R[],
  fields: readonly (keyof R & string)[],
  kept = keptInOrder(idsOf(then), idsOf(now)),
): readonly RecordChange<R>[] => {
  const olds = new Map(then.map(record => [record.id, record]))
  const news = new Map(now.map(record => [record.id, record]))
  const changes: RecordChange<R>[] = []
  for (const record of now) {
    const old = olds.get(record.id)
    if (!old) {
      changes.push({
        id: record.id,
        status: 'added',
        before: undefined,
        after: record,
        fields: [],
        moved: false,
      })
      continue
    }
    const changed = fields.filter(field => !same(old[field], record[field]))
    const moved = !kept.has(record.id)
    if (changed.length > 0 || moved)
      changes.push({
        id: record.id,
        status: 'changed',
        before: old,
        after: record,
        fields: changed,
        moved,
      })
  }
  for (const old of then)
    if (!news.has(old.id))
      changes.push({
        id: old.id,
        status: 'removed',
        before: old,
        after: undefined,
        fields: [],
        moved: false,
      })
  return changes
}

const idsOf = (records: readonly { readonly id: string }[]): readonly string[] =>
  records.map(({ id }) => id)

/** An issue moves within its basket or into another; where its basket goes, it only goes along. */
const issueChanges = (then: Tracker, now: Tracker): readonly RecordChange<Issue>[] => {
  const before = Map.groupBy(then.issues, ({ basketId }) => basketId)
  const after = Map.groupBy(now.issues, ({ basketId }) => basketId)
  const kept = new Set<string>()
  for (const [basketId, issues] of after)
    for (const id of keptInOrder(idsOf(before.get(basketId) ?? []), idsOf(issues))) kept.add(id)
  return recordChanges(then.issues, now.issues, ['title', 'description', 'scale'], kept)
}

const cellChanges = (then: Tracker, now: Tracker): readonly CellChange[] => {
  const issuesThen = new Set(then.issues.map(({ id }) => id))
  const partiesThen = new Set(then.parties.map(({ id }) => id))
  const linesThen = linesByCell(then)
  const linesNow = linesByCell(now)
  const changes: CellChange[] = []
  for (const { id: issueId } of now.issues) {
    if (!issuesThen.has(issueId)) continue
    for (const { id: partyId } of now.parties) {
      if (!partiesThen.has(partyId)) continue
      const key = cellKey(issueId, partyId)
      const old = then.cells[key]
      const current = now.cells[key]
      const redLines = recordChanges(
        linesThen.get(key) ?? NONE,
        linesNow.get(key) ?? NONE,
        LINE_FIELDS,
      )
      if (!old && !current && redLines.length === 0) continue
      const fields = changedFields(
        old ?? blankCell(issueId, partyId),
        current ?? blankCell(issueId, partyId),
      )
      if (fields.length === 0 && redLines.length === 0) continue
      changes.push({
        key,
        issueId,
        partyId,
        before: cellOf(then, issueId, partyId),
        after: cellOf(now, issueId, partyId),
        fields,
        redLines,
      })
    }
  }
  return changes
}

const NONE: readonly RedLine[] = []
const LINE_FIELDS = [
  'kind',
  'statement',
  'operator',
  'point',
  'soft',
  'publicity',
  'addressee',
  'since',
  'isInferred',
] as const

const changedFields = (then: Cell, now: Cell): CellChange['fields'] =>
  [...CELL_FIELDS, 'position' as const, 'claimIds' as const].filter(
    field => !same(then[field], now[field]),
  )

const linesByCell = (tracker: Tracker): ReadonlyMap<CellKey, readonly RedLine[]> => {
  const lines = new Map<CellKey, RedLine[]>()
  for (const line of tracker.redLines) {
    const key = cellKey(line.issueId, line.partyId)
    lines.set(key, [...(lines.get(key) ?? []), line])
  }
  return lines
}
