/** Bringing a sheet into a tracker: what it says is written, what it leaves blank stays, what fits nothing is told. */
import type * as Y from 'yjs'
import {
  INNER_BAR,
  type Sheet,
  type SheetCell,
  type SheetParty,
  type SheetRow,
} from '#server/exchange/sheet.ts'
import { MAX_TEXT_LENGTH } from '#server/exchange/tracker-schema.ts'
import type { ImportReport } from '#shared/api.ts'
import { cellKey, KNOWLEDGE, KNOWLEDGE_LABELS, type Knowledge } from '#shared/cells.ts'
import { noteReported, setCell, setPosition } from '#shared/document/cells.ts'
import { MAX_FIELD_LENGTH } from '#shared/document/field.ts'
import { addBasket, issueRecords } from '#shared/document/issues.ts'
import { descriptionName } from '#shared/document/layout.ts'
import { addParty } from '#shared/document/parties.ts'
import { ranksAt, type Ranked } from '#shared/document/rank.ts'
import { byRank } from '#shared/document/record.ts'
import { pointRecords } from '#shared/document/scales.ts'
import { rewriteText } from '#shared/document/text.ts'
import { readTracker } from '#shared/document/tracker.ts'
import {
  newId,
  type BasketId,
  type IssueId,
  type PartyId,
  type PointId,
  type Rank,
} from '#shared/ids.ts'
import { parseNumber, type Issue, type Scale } from '#shared/issues.ts'
import type { Party } from '#shared/parties.ts'
import type { Tracker } from '#shared/tracker.ts'

export type Merged = Omit<ImportReport, 'safety'>

const REFUSED_SHOWN = 200

/** Rows are matched by their issue's title, columns by their party's name; the second of a name is the second. */
export const merge = (doc: Y.Doc, sheet: Sheet): Merged => {
  const before = readTracker(doc)
  const work: Work = {
    doc,
    baskets: new Map(before.baskets.map(({ id, title }) => [fold(title), id])),
    titles: new Map(before.baskets.map(({ id, title }) => [id, fold(title)])),
    last: new Map(before.issues.map(issue => [issue.basketId, issue])),
    issuesAdded: 0,
    partiesAdded: 0,
    refused: [],
  }
  doc.transact(() => {
    const parties = partiesFor(work, before.parties, sheet.parties)
    const issueOf = matcher(before.issues, ({ title }) => title)
    for (const row of sheet.rows)
      if (row.title !== '' && row.title.length <= MAX_FIELD_LENGTH)
        mergeRow(work, row, issueOf(row.title), parties)
      else if (row.title !== '' || hasWords(row)) refuse(work, row.row, 'Issue', row.title)
  })
  const { issuesAdded, partiesAdded, refused } = work
  return { cells: changedCells(before, readTracker(doc)), issuesAdded, partiesAdded, refused }
}

interface Work {
  readonly doc: Y.Doc
  /** By folded title. */
  readonly baskets: Map<string, BasketId>
  /** The folded titles of those that were there. */
  readonly titles: ReadonlyMap<BasketId, string>
  /** The last issue of each basket, behind which new ones are placed. */
  readonly last: Map<BasketId | null, Ranked>
  issuesAdded: number
  partiesAdded: number
  readonly refused: ImportReport['refused']
}

const refuse = ({ refused }: Work, row: number, column: string, value: string): void => {
  refused.push({ row, column, value: value.slice(0, REFUSED_SHOWN) })
}

/** What people and spreadsheets change without meaning to; a sheet cannot hold the bar inside a point's label. */
const fold = (words: string): string =>
  words.trim().normalize('NFC').toLowerCase().replaceAll('|', INNER_BAR)

/** Each record is found once, so that the second row of a name finds the second record of it. */
const matcher = <R>(records: readonly R[], nameOf: (record: R) => string) => {
  const left = Map.groupBy(records, record => fold(nameOf(record)))
  return (name: string): R | undefined => left.get(fold(name))?.shift()
}

const hasWords = ({ basket, cells, description, points }: SheetRow): boolean =>
  [basket, description, ...points].some(words => words !== '') ||
  cells.some(({ position, stance }) => position !== '' || stance !== '')

interface Column extends SheetParty {
  readonly id: PartyId
}

const partiesFor = (
  work: Work,
  known: readonly Party[],
  parties: readonly SheetParty[],
): readonly Column[] => {
  const partyOf = matcher(known, ({ name }) => name)
  return parties.map(party => {
    const id = partyOf(party.name)?.id
    if (id !== undefined) return { ...party, id }
    const fresh = newId<PartyId>()
    const name = party.name.slice(0, MAX_FIELD_LENGTH)
    addParty(work.doc, fresh, { name, role: 'negotiating_party' })
    work.partiesAdded++
    return { ...party, id: fresh }
  })
}

const mergeRow = (
  work: Work,
  row: SheetRow,
  known: Issue | undefined,
  parties: readonly Column[],
): void => {
  const { doc } = work
  const id = known?.id ?? newId<IssueId>()
  const basketId = basketFor(work, row.basket, known?.basketId ?? null)
  if (!known) work.issuesAdded++
  if (!known || known.basketId !== basketId) {
    const rank = rankBehind(work.last.get(basketId))
    issueRecords.put(doc, id, { basketId, rank, title: row.title })
    work.last.set(basketId, { id, rank })
  }
  if (row.description.length > MAX_TEXT_LENGTH)
    refuse(work, row.row, 'Description', row.description)
  else if (row.description !== '') rewriteText(doc, descriptionName(id), row.description)
  const pointFor = mergeScale(doc, id, known?.scale, row.points)
  for (const [index, cell] of row.cells.entries()) {
    const party = parties[index]
    if (party) mergeCell(work, row.row, cell, party, id, pointFor)
  }
}

const rankBehind = (last: Ranked | undefined): Rank =>
  ranksAt(last ? [last] : [], 1, 1).ranks[0] as Rank

const basketFor = (work: Work, title: string, now: BasketId | null): BasketId | null => {
  const { baskets, doc, titles } = work
  if (title === '' || (now !== null && titles.get(now) === fold(title))) return now
  const known = baskets.get(fold(title))
  if (known) return known
  const id = newId<BasketId>()
  addBasket(doc, id, title.slice(0, MAX_FIELD_LENGTH))
  baskets.set(fold(title), id)
  return id
}

/** What a label of the sheet stands for; undefined for one that the scale does not have. */
type PointFor = (label: string) => PointId | undefined

/**
 * The points of the scale by folded label; those that only the sheet has are added at the high end. On a scale of numbers a
 * number needs no point to be there, and gets one in its place.
 */
const mergeScale = (
  doc: Y.Doc,
  issueId: IssueId,
  scale: Scale | undefined,
  labels: readonly string[],
): PointFor => {
  const known = scale?.points ?? []
  const points = new Map(known.toReversed().map(({ id, label }) => [fold(label), id]))
  const byNumber = new Map(known.toReversed().map(({ id, value }) => [value, id]))
  const numberOf = (label: string): number | undefined =>
    scale?.isNumeric ? parseNumber(label, scale.unit) : undefined
  // Numbers stand in the order of their values.
  let last: Ranked | undefined = known.toSorted(byRank).at(-1)
  const added = (point: { readonly label: string; readonly value?: number }): PointId => {
    const id = newId<PointId>()
    const rank = rankBehind(last)
    pointRecords.put(doc, id, { ...point, issueId, rank })
    last = { id, rank }
    return id
  }
  const atNumber = (value: number): PointId => {
    const id = byNumber.get(value) ?? added({ label: '', value })
    byNumber.set(value, id)
    return id
  }
  for (const label of labels) {
    if (points.has(fold(label))) continue
    const number = numberOf(label)
    points.set(
      fold(label),
      number === undefined ? added({ label: label.slice(0, MAX_FIELD_LENGTH) }) : atNumber(number),
    )
  }
  return label => {
    const point = points.get(fold(label))
    const number = point === undefined ? numberOf(label) : undefined
    return number === undefined ? point : atNumber(number)
  }
}

/** An export says “Unknown” of a cell in which there was nothing: that is blank, too. */
const isNothing = ({ knowledge, position, stance }: SheetCell): boolean =>
  position === '' && stance === '' && knowledgeOf(knowledge || 'unknown') === 'unknown'

const mergeCell = (
  work: Work,
  row: number,
  cell: SheetCell,
  { columns, id: partyId }: Column,
  issueId: IssueId,
  pointFor: PointFor,
): void => {
  if (isNothing(cell)) return
  const { doc } = work
  const { knowledge, position, stance } = cell
  if (position.length > MAX_TEXT_LENGTH) refuse(work, row, columns.position, position)
  else if (position !== '') {
    setPosition(doc, issueId, partyId, position)
    if (knowledge === '') noteReported(doc, issueId, partyId)
  }
  if (stance !== '') {
    const point = pointFor(stance)
    if (point) setCell(doc, issueId, partyId, { stance: point })
    else refuse(work, row, columns.stance, stance)
  }
  if (knowledge !== '') {
    const state = knowledgeOf(knowledge)
    if (state) setCell(doc, issueId, partyId, { knowledge: state })
    else refuse(work, row, columns.knowledge, knowledge)
  }
}

const knowledgeOf = (words: string): Knowledge | undefined =>
  KNOWLEDGE.find(state => [state, KNOWLEDGE_LABELS[state]].map(fold).includes(fold(words)))

const changedCells = (before: Tracker, after: Tracker): number =>
  Object.values(after.cells).filter(
    cell =>
      JSON.stringify(cell) !== JSON.stringify(before.cells[cellKey(cell.issueId, cell.partyId)]),
  ).length
