/** Bringing back one cell: its scalars and words, its red lines, and the claims that it had. */
import type * as Y from 'yjs'
import { CELL_FIELDS, cellKey, type Cell } from '#shared/cells.ts'
import { attachClaim, setCell } from '#shared/document/cells.ts'
import { claimRecords } from '#shared/document/claims.ts'
import { sourceRecords } from '#shared/document/sources.ts'
import { issueRecords } from '#shared/document/issues.ts'
import { positionName } from '#shared/document/layout.ts'
import { partyRecords } from '#shared/document/parties.ts'
import { redLineRecords } from '#shared/document/redlines.ts'
import type { ClaimId, IssueId, PartyId } from '#shared/ids.ts'
import type { RedLine } from '#shared/redlines.ts'
import { cellOf, type Tracker } from '#shared/tracker.ts'

/** Makes a text say what it said. */
export type BringBack = (name: string, wanted: string) => void
export type RestoreCell = (issueId: IssueId, partyId: PartyId) => void

/** For the length of one restore: what is looked up for every cell is gathered once. */
export const cellRestorer = (doc: Y.Doc, then: Tracker, bringBack: BringBack): RestoreCell => {
  const linesThen = Map.groupBy(then.redLines, keyOf)
  const linesNow = Map.groupBy(redLineRecords.all(doc), keyOf)
  const claims = new Map(then.claims.map(claim => [claim.id, claim]))
  const sources = new Map(then.sources.map(source => [source.id, source]))

  /** A claim that was removed since returns with its source; one that is there keeps what was learned of it. */
  const restoreClaim = (id: ClaimId): void => {
    const claim = claims.get(id)
    if (!claim || claimRecords.has(doc, id)) return
    const source = claim.sourceId === null ? undefined : sources.get(claim.sourceId)
    if (source && !sourceRecords.has(doc, source.id)) sourceRecords.put(doc, source.id, source)
    claimRecords.put(doc, id, claim)
  }

  const restoreLines = (key: string): void => {
    const lines = linesThen.get(key) ?? []
    const kept = new Set(lines.map(({ id }) => id))
    for (const { id } of linesNow.get(key) ?? []) {
      if (kept.has(id)) continue
      // Another cell may have won it back in the meantime.
      const line = redLineRecords.read(doc, id)
      if (line && keyOf(line) === key) redLineRecords.remove(doc, id)
    }
    for (const line of lines) redLineRecords.put(doc, line.id, line)
  }

  /** Nothing where the issue or the party does not exist: a cell comes back with its row or column. */
  return (issueId, partyId) => {
    if (!issueRecords.has(doc, issueId) || !partyRecords.has(doc, partyId)) return
    const cell = cellOf(then, issueId, partyId)
    const scalars = CELL_FIELDS.map(field => [field, cell[field]] as const)
    setCell(doc, issueId, partyId, Object.fromEntries(scalars) as Partial<Cell>)
    bringBack(positionName(issueId, partyId), cell.position)
    for (const claimId of cell.claimIds) {
      restoreClaim(claimId)
      attachClaim(doc, issueId, partyId, claimId)
    }
    restoreLines(cellKey(issueId, partyId))
  }
}

const keyOf = ({ issueId, partyId }: RedLine): string => cellKey(issueId, partyId)
