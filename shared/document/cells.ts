/** Cells in the document: addressed by issue and party, never created. */
import type * as Y from 'yjs'
import {
  blankCell,
  CELL_FIELDS,
  cellKey,
  FLEXIBILITIES,
  KNOWLEDGE,
  LEVELS,
  SCOPES,
  type Cell,
  type CellField,
  type CellKey,
} from '#shared/cells.ts'
import { oneOf, oneOfOrNull, reference, store, words, type Parse } from '#shared/document/field.ts'
import {
  cellClaimKey,
  cellFieldKey,
  cellsMap,
  parseCellKey,
  parseTextName,
  positionName,
  readText,
} from '#shared/document/layout.ts'
import { storedIn, type Stored } from '#shared/document/stored.ts'
import { emptyText, rewriteText } from '#shared/document/text.ts'
import type { ClaimId, IssueId, PartyId, PointId } from '#shared/ids.ts'

/** How each stored scalar of a cell is read. */
export const cellFields: { readonly [Name in CellField]: Parse<Cell[Name]> } = {
  knowledge: oneOf(KNOWLEDGE, 'unknown'),
  scope: oneOfOrNull(SCOPES),
  scopeNote: words,
  stance: reference<PointId>(),
  aspiration: reference<PointId>(),
  walkAway: reference<PointId>(),
  flexibility: oneOfOrNull(FLEXIBILITIES),
  salience: oneOfOrNull(LEVELS),
  confidence: oneOfOrNull(LEVELS),
}

type Draft = { -readonly [Name in keyof Cell]: Cell[Name] }

const readField = (cell: Draft, field: CellField, stored: unknown): void => {
  cell[field] = cellFields[field](stored) as never
}

/**
 * One cell. The claims of one cell are found by asking for each of `claimIds` (all claims of the tracker):
 * a cell holds no list of its own.
 */
export const cellIn = (
  stored: Stored,
  issueId: IssueId,
  partyId: PartyId,
  claimIds: Iterable<ClaimId>,
): Cell => {
  const cell: Draft = blankCell(issueId, partyId)
  for (const field of CELL_FIELDS)
    readField(cell, field, stored.scalar('cells', cellFieldKey(issueId, partyId, field)))
  cell.position = stored.text(positionName(issueId, partyId))
  cell.claimIds = [...claimIds].filter(
    id => stored.scalar('cells', cellClaimKey(issueId, partyId, id)) === true,
  )
  return cell
}

/** Every cell that holds something, whether or not its issue and party exist, in one walk over what is stored. */
export const readCells = (doc: Y.Doc): ReadonlyMap<CellKey, Cell> => cellsOf(storedIn(doc))

export const cellsOf = (stored: Stored): ReadonlyMap<CellKey, Cell> => {
  const cells = new Map<CellKey, Draft>()
  const cellAt = (issueId: IssueId, partyId: PartyId): Draft => {
    const key = cellKey(issueId, partyId)
    let cell = cells.get(key)
    if (!cell) cells.set(key, (cell = blankCell(issueId, partyId)))
    return cell
  }
  for (const [key, value] of stored.scalars('cells')) {
    const entry = parseCellKey(key)
    if (!entry) continue
    const cell = cellAt(entry.issueId, entry.partyId)
    if ('field' in entry) readField(cell, entry.field, value)
    else if (value === true) cell.claimIds = [...cell.claimIds, entry.claimId].sort()
  }
  for (const name of stored.names()) {
    const owner = parseTextName(name)
    if (!owner || owner.partyId === null) continue
    const position = stored.text(name)
    if (position !== '') cellAt(owner.issueId, owner.partyId).position = position
  }
  return cells
}

/** Sets scalars of a cell. A stance given to a cell of which nothing was known makes it reported. */
export const setCell = (
  doc: Y.Doc,
  issueId: IssueId,
  partyId: PartyId,
  values: Partial<Pick<Cell, CellField>>,
): void =>
  doc.transact(() => {
    for (const field of CELL_FIELDS) {
      const value = values[field]
      if (value !== undefined)
        store(
          cellsMap(doc),
          cellFieldKey(issueId, partyId, field),
          cellFields[field] as Parse<unknown>,
          value,
        )
    }
    if (values.stance && values.knowledge === undefined)
      learned(doc, issueId, partyId, ['unknown', 'agenda_only'])
  })

/** Says that a cell now has a position in words: where nothing was known, something is reported. */
export const noteReported = (doc: Y.Doc, issueId: IssueId, partyId: PartyId): void =>
  doc.transact(() => {
    if (readText(doc, positionName(issueId, partyId)) !== '')
      learned(doc, issueId, partyId, ['unknown'])
  })

const learned = (
  doc: Y.Doc,
  issueId: IssueId,
  partyId: PartyId,
  from: readonly Cell['knowledge'][],
): void => {
  const key = cellFieldKey(issueId, partyId, 'knowledge')
  if (from.includes(cellFields.knowledge(cellsMap(doc).get(key))))
    cellsMap(doc).set(key, 'reported')
}

/** Writes a cell's position by the words that differ from what is there. */
export const setPosition = (
  doc: Y.Doc,
  issueId: IssueId,
  partyId: PartyId,
  position: string,
): void => rewriteText(doc, positionName(issueId, partyId), position)

/** Empties a cell. Its claims and red lines stay: they are evidence and objects, not content. */
export const clearCell = (doc: Y.Doc, issueId: IssueId, partyId: PartyId): void =>
  doc.transact(() => {
    for (const field of CELL_FIELDS) cellsMap(doc).delete(cellFieldKey(issueId, partyId, field))
    emptyText(doc, positionName(issueId, partyId))
  })

export const attachClaim = (
  doc: Y.Doc,
  issueId: IssueId,
  partyId: PartyId,
  claimId: ClaimId,
): void =>
  doc.transact(() => {
    const key = cellClaimKey(issueId, partyId, claimId)
    if (cellsMap(doc).get(key) !== true) cellsMap(doc).set(key, true)
  })

export const detachClaim = (
  doc: Y.Doc,
  issueId: IssueId,
  partyId: PartyId,
  claimId: ClaimId,
): void => cellsMap(doc).delete(cellClaimKey(issueId, partyId, claimId))
