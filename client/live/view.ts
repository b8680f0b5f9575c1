/** A tracker as a screen reads it, over whatever stores it: each reader is woken by what it read and by nothing else. */
import { batch, createMemo, createRoot } from 'solid-js'
import { cellKey, type Cell, type CellKey } from '#shared/cells.ts'
import type { Claim } from '#shared/claims.ts'
import { cellIn } from '#shared/document/cells.ts'
import type { Grounds } from '#shared/evidence/support.ts'
import type { Address } from '#shared/document/changed.ts'
import { claimRecords } from '#shared/document/claims.ts'
import { sourceRecords } from '#shared/document/sources.ts'
import { words } from '#shared/document/field.ts'
import { basketRecords, issueOf, issuesOf } from '#shared/document/issues.ts'
import { meetingRecords } from '#shared/document/meetings.ts'
import { marksOf, reasonRecords } from '#shared/document/movements.ts'
import { partyRecords } from '#shared/document/parties.ts'
import type { RecordKind } from '#shared/document/record.ts'
import { questionRecords } from '#shared/document/questions.ts'
import { redactionRecords } from '#shared/document/redactions.ts'
import { redLineRecords } from '#shared/document/redlines.ts'
import { pointsOf } from '#shared/document/scales.ts'
import type { Stored } from '#shared/document/stored.ts'
import { likelihoodRow, projectTracker } from '#shared/document/tracker.ts'
import { restoreRecords } from '#shared/document/restores.ts'
import { createGrounds } from '#client/live/grounds.ts'
import { attachedClaims, type CellPlace } from '#client/live/attached.ts'
import { Triggers } from '#client/live/triggers.ts'
import type { BasketId, ClaimId, IssueId, PartyId, SourceId } from '#shared/ids.ts'
import type { Basket, Issue, ScalePoint } from '#shared/issues.ts'
import type { Meeting } from '#shared/meetings.ts'
import type { MovementMarks, Reason } from '#shared/movements.ts'
import type { Party } from '#shared/parties.ts'
import type { Question } from '#shared/questions.ts'
import type { Redaction } from '#shared/redactions.ts'
import type { RedLine } from '#shared/redlines.ts'
import type { Source } from '#shared/sources.ts'
import type { LikelihoodRow } from '#shared/scenarios.ts'
import type { Restore, Tracker } from '#shared/tracker.ts'

/** Lists answer ids, which stay equal while only what is inside the records changes. */
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
  /** The cells that a claim is attached to, also of rows and columns that are gone. */
  readonly cellsOf: (id: ClaimId) => readonly CellPlace[]
  readonly redLines: (issueId: IssueId, partyId: PartyId) => readonly RedLine[]
  readonly claims: () => readonly Claim[]
  readonly claim: (id: ClaimId) => Claim | undefined
  readonly sources: () => readonly Source[]
  readonly source: (id: SourceId) => Source | undefined
  readonly restores: () => readonly Restore[]
  /** What people have said of movements. */
  readonly movements: () => MovementMarks
  readonly reasons: () => readonly Reason[]
  readonly meetings: () => readonly Meeting[]
  readonly redactions: () => readonly Redaction[]
  readonly questions: () => readonly Question[]
  /** All records of a kind, in their order. */
  readonly records: <Id extends string, T extends object>(
    kind: RecordKind<Id, T>,
  ) => readonly (T & { readonly id: Id })[]
  readonly record: <Id extends string, T extends object>(
    kind: RecordKind<Id, T>,
    id: Id,
  ) => (T & { readonly id: Id }) | undefined
  /** What tells on what a cell rests. */
  readonly grounds: Grounds
  readonly likelihoodRow: () => LikelihoodRow
  /** The whole as plain data; woken by every change, so not for a cell. */
  readonly tracker: () => Tracker
  /** The same without what is in compartments: what everybody in the tracker sees, and what its history is of. */
  readonly common: () => Tracker
  readonly dispose: () => void
}

/** What a change has touched; `cellKeys` are those of the root `cells`. */
export interface Changed {
  readonly addresses: ReadonlySet<Address>
  readonly cellKeys: Iterable<string>
}

/**
 * `listen` is told of every change when it is done, and answers how to stop that. `common` is the part of it that everybody
 * in the tracker sees.
 */
export const createView = (
  stored: Stored,
  listen: (changed: (changed: Changed) => void) => () => void,
  common = stored,
): MatrixView =>
  createRoot(disposeRoot => {
    const triggers = new Triggers<Address | typeof ANYTHING | `attached/${ClaimId}`>()
    const attached = attachedClaims(stored)
    const scales = gatheredScales(stored)

    const unlisten = listen(({ addresses, cellKeys }) => {
      const moved = attached.update(cellKeys)
      scales.update(addresses)
      if (addresses.size === 0) return
      batch(() => {
        for (const address of addresses) triggers.wake(address)
        for (const id of moved) triggers.wake(`attached/${id}`)
        triggers.wake(ANYTHING)
      })
    })

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
      for (const line of redLineRecords.allOf(stored)) {
        triggers.track(`record/${line.id}`)
        const key = cellKey(line.issueId, line.partyId)
        lines.set(key, [...(lines.get(key) ?? []), line])
      }
      return lines
    })
    const gathered = <T extends { readonly id: string }>(
      address: Address,
      read: () => readonly T[],
    ) =>
      reading(address, () => {
        const records = read()
        for (const { id } of records) triggers.track(`record/${id}`)
        return records
      })

    const view: Omit<MatrixView, 'grounds'> = {
      title: reading('tracker', () => words(stored.scalar('tracker', 'title'))),
      description: reading('tracker', () => words(stored.scalar('tracker', 'description'))),
      partyIds: ids(['records/parties'], () => idsOf(partyRecords.allOf(stored))),
      basketIds: ids(['records/baskets'], () => idsOf(basketRecords.allOf(stored))),
      issueIds: ids(['records/issues', 'records/baskets'], () => idsOf(issuesOf(stored))),
      party: id => record(id, () => partyRecords.readOf(stored, id)),
      basket: id => record(id, () => basketRecords.readOf(stored, id)),
      issue: id => {
        triggers.track('records/points')
        triggers.track('records/baskets')
        const issue = record(id, () => issueOf(stored, id, scales.points()))
        for (const point of issue?.scale.points ?? []) triggers.track(`record/${point.id}`)
        return issue
      },
      cell: (issueId, partyId) => {
        const key = cellKey(issueId, partyId)
        triggers.track(`cell/${key}`)
        triggers.track('records/claims')
        const claimIds = [...attached.to(key)].filter(id => stored.record('claims', id)).sort()
        return cellIn(stored, issueId, partyId, claimIds)
      },
      cellsOf: id => {
        triggers.track(`attached/${id}`)
        return attached.cellsOf(id)
      },
      redLines: (issueId, partyId) => linesByCell().get(cellKey(issueId, partyId)) ?? NO_LINES,
      claims: reading('records/claims', () => claimRecords.allOf(stored)),
      claim: id => record(id, () => claimRecords.readOf(stored, id)),
      sources: reading('records/sources', () => sourceRecords.allOf(stored)),
      source: id => record(id, () => sourceRecords.readOf(stored, id)),
      restores: reading('records/restores', () => restoreRecords.allOf(stored)),
      movements: reading('movements', () => marksOf(stored)),
      reasons: gathered('records/reasons', () => reasonRecords.allOf(stored)),
      meetings: gathered('records/meetings', () => meetingRecords.allOf(stored)),
      redactions: reading('records/redactions', () => redactionRecords.allOf(stored)),
      questions: gathered('records/questions', () => questionRecords.allOf(stored)),
      records: kind => gathered(`records/${kind.root}`, () => kind.allOf(stored))() as never,
      record: (kind, id) => record(id, () => kind.readOf(stored, id)),
      likelihoodRow: reading('tracker', () =>
        likelihoodRow(stored.scalar('tracker', 'likelihoodRow')),
      ),
      tracker: () => {
        triggers.track(ANYTHING)
        return projectTracker(stored)
      },
      common: () => {
        triggers.track(ANYTHING)
        return projectTracker(common)
      },
      dispose: () => {
        unlisten()
        disposeRoot()
      },
    }
    return { ...view, grounds: createGrounds(view) }
  })

/** Woken by every change. */
const ANYTHING = 'anything'

const NO_LINES: readonly RedLine[] = []

/** The points of all scales, gathered once until one changes: every row and cell asks for those of its issue. */
const gatheredScales = (stored: Stored) => {
  let points: ReadonlyMap<IssueId, readonly ScalePoint[]> | undefined
  let addresses = new Set<string>()
  return {
    points: () => {
      if (!points) {
        points = pointsOf(stored)
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
