/** Yjs meets Solid: one observer of the document wakes exactly the readers of what a transaction changed. */
import { batch, createMemo, createRoot } from 'solid-js'
import type * as Y from 'yjs'
import { cellKey, type Cell, type CellKey } from '#shared/cells.ts'
import type { Claim, Source } from '#shared/claims.ts'
import { readCell } from '#shared/document/cells.ts'
import { changedAddresses, type Address } from '#shared/document/changed.ts'
import { claimRecords, sourceRecords } from '#shared/document/claims.ts'
import { basketRecords, readIssue, readIssues } from '#shared/document/issues.ts'
import { cellsMap, parseCellKey, RECORD_ROOTS, recordsMap } from '#shared/document/layout.ts'
import { partyRecords } from '#shared/document/parties.ts'
import { redLineRecords } from '#shared/document/redlines.ts'
import { pointsByIssue } from '#shared/document/scales.ts'
import {
  readDescription,
  readTitle,
  readTracker,
  restoreRecords,
} from '#shared/document/tracker.ts'
import { Triggers } from '#client/live/triggers.ts'
import type { BasketId, ClaimId, IssueId, PartyId, SourceId } from '#shared/ids.ts'
import type { Basket, Issue, ScalePoint } from '#shared/issues.ts'
import type { Party } from '#shared/parties.ts'
import type { RedLine } from '#shared/redlines.ts'
import type { Restore, Tracker } from '#shared/tracker.ts'

/**
 * A document as a screen reads it. Every read inside a tracking scope is woken by what it read and by nothing
 * else. Lists answer ids, which stay equal while only what is inside the records changes.
 */
export interface MatrixView {
  readonly title: () => string
  readonly description: () => string
  readonly partyIds: () => readonly PartyId[]
  readonly basketIds: () => readonly BasketId[]
  /** In the order of the rows; `issue(id).basketId` tells the basket. */
  readonly issueIds: () => readonly IssueId[]
  readonly party: (id: PartyId) => Party | undefined
  readonly basket: (id: BasketId) => Basket | undefined
  readonly issue: (id: IssueId) => Issue | undefined
  readonly cell: (issueId: IssueId, partyId: PartyId) => Cell
  readonly redLines: (issueId: IssueId, partyId: PartyId) => readonly RedLine[]
  readonly claims: () => readonly Claim[]
  readonly claim: (id: ClaimId) => Claim | undefined
  readonly sources: () => readonly Source[]
  readonly source: (id: SourceId) => Source | undefined
  readonly restores: () => readonly Restore[]
  /** The whole as plain data; woken by every change, so not for a cell. */
  readonly tracker: () => Tracker
  readonly dispose: () => void
}

export const bind = (doc: Y.Doc): MatrixView =>
  createRoot(disposeRoot => {
    const triggers = new Triggers<Address | typeof ANYTHING>()
    const attached = attachedClaims(doc)
    const scales = gatheredScales(doc)

    const wake = (transaction: Y.Transaction): void => {
      attached.update(transaction.changed.get(cellsMap(doc) as never))
      const addresses = changedAddresses(transaction)
      scales.update(addresses)
      if (addresses.size === 0) return
      batch(() => {
        for (const address of addresses) triggers.wake(address)
        triggers.wake(ANYTHING)
      })
    }
    for (const root of RECORD_ROOTS) recordsMap(doc, root)
    doc.on('afterTransaction', wake)

    const reading =
      <T>(address: Address, read: () => T) =>
      (): T => {
        triggers.track(address)
        return read()
      }
    const ids = <T extends string>(addresses: readonly Address[], read: () => readonly T[]) =>
      createMemo<readonly T[]>(
        () => {
          for (const address of addresses) triggers.track(address)
          return read()
        },
        [],
        { equals: sameItems },
      )
    const record = <T>(id: string, read: () => T): T => {
      triggers.track(`record/${id}`)
      return read()
    }
    const idsOf = <T extends { readonly id: string }>(records: readonly T[]): readonly T['id'][] =>
      records.map(({ id }) => id)

    const linesByCell = createMemo(() => {
      triggers.track('records/redLines')
      const lines = new Map<CellKey, RedLine[]>()
      for (const line of redLineRecords.all(doc)) {
        triggers.track(`record/${line.id}`)
        const key = cellKey(line.issueId, line.partyId)
        lines.set(key, [...(lines.get(key) ?? []), line])
      }
      return lines
    })

    return {
      title: reading('tracker', () => readTitle(doc)),
      description: reading('tracker', () => readDescription(doc)),
      partyIds: ids(['records/parties'], () => idsOf(partyRecords.all(doc))),
      basketIds: ids(['records/baskets'], () => idsOf(basketRecords.all(doc))),
      issueIds: ids(['records/issues', 'records/baskets'], () => idsOf(readIssues(doc))),
      party: id => record(id, () => partyRecords.read(doc, id)),
      basket: id => record(id, () => basketRecords.read(doc, id)),
      issue: id => {
        triggers.track('records/points')
        triggers.track('records/baskets')
        const issue = record(id, () => readIssue(doc, id, scales.points()))
        for (const point of issue?.scale.points ?? []) triggers.track(`record/${point.id}`)
        return issue
      },
      cell: (issueId, partyId) => {
        const key = cellKey(issueId, partyId)
        triggers.track(`cell/${key}`)
        triggers.track('records/claims')
        const claimIds = [...attached.of(key)].filter(id => claimRecords.has(doc, id)).sort()
        return readCell(doc, issueId, partyId, claimIds)
      },
      redLines: (issueId, partyId) => linesByCell().get(cellKey(issueId, partyId)) ?? NO_LINES,
      claims: reading('records/claims', () => claimRecords.all(doc)),
      claim: id => record(id, () => claimRecords.read(doc, id)),
      sources: reading('records/sources', () => sourceRecords.all(doc)),
      source: id => record(id, () => sourceRecords.read(doc, id)),
      restores: reading('records/restores', () => restoreRecords.all(doc)),
      tracker: () => {
        triggers.track(ANYTHING)
        return readTracker(doc)
      },
      dispose: () => {
        doc.off('afterTransaction', wake)
        disposeRoot()
      },
    }
  })

/** Woken by every change. */
const ANYTHING = 'anything'

/** Which claims hang on which cell: kept from the keys that change, so that no cell has to ask for every claim. */
const attachedClaims = (doc: Y.Doc) => {
  const byCell = new Map<CellKey, Set<ClaimId>>()
  const look = (key: string): void => {
    const entry = parseCellKey(key)
    if (!entry || !('claimId' in entry)) return
    const cell = cellKey(entry.issueId, entry.partyId)
    const claims = byCell.get(cell) ?? new Set<ClaimId>()
    if (cellsMap(doc).get(key) === true) byCell.set(cell, claims.add(entry.claimId))
    else claims.delete(entry.claimId)
  }
  for (const key of cellsMap(doc).keys()) look(key)
  return {
    of: (cell: CellKey): ReadonlySet<ClaimId> => byCell.get(cell) ?? NO_CLAIMS,
    update: (keys: ReadonlySet<string | null> | undefined): void => {
      for (const key of keys ?? []) if (key !== null) look(key)
    },
  }
}
const NO_CLAIMS: ReadonlySet<ClaimId> = new Set()
const NO_LINES: readonly RedLine[] = []

/** The points of all scales, gathered once until one changes: every row and cell asks for those of its issue. */
const gatheredScales = (doc: Y.Doc) => {
  let points: ReadonlyMap<IssueId, readonly ScalePoint[]> | undefined
  let addresses = new Set<string>()
  return {
    points: () => {
      if (!points) {
        points = pointsByIssue(doc)
        addresses = new Set<string>(['records/points'])
        for (const scale of points.values())
          for (const { id } of scale) addresses.add(`record/${id}`)
      }
      return points
    },
    update: (changed: ReadonlySet<string>): void => {
      if (points && !addresses.isDisjointFrom(changed)) points = undefined
    },
  }
}

const sameItems = <T>(a: readonly T[], b: readonly T[]): boolean =>
  a.length === b.length && a.every((item, index) => item === b[index])
