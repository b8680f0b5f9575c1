/** A view over plain data: a past state, or two states in one matrix, drawn by what draws the live document. */
import { createMemo, createRoot, type Accessor } from 'solid-js'
import type { CellPlace } from '#client/live/attached.ts'
import type { MatrixView } from '#client/live/view.ts'
import { cellKey, type CellKey } from '#shared/cells.ts'
import type { RecordRoot } from '#shared/document/layout.ts'
import { PLAIN_RECORDS, type PlainRoot } from '#shared/document/registry.ts'
import { groundsOf } from '#shared/evidence/support.ts'
import type { ClaimId } from '#shared/ids.ts'
import type { RedLine } from '#shared/redlines.ts'
import { cellOf, type Tracker } from '#shared/tracker.ts'

/** Readers are woken when the tracker is replaced; an equal object in its place wakes no memo behind them. */
export const viewOf = (tracker: Accessor<Tracker>): MatrixView =>
  createRoot(dispose => {
    const ids = <T extends string>(of: (tracker: Tracker) => readonly { readonly id: T }[]) =>
      createMemo<readonly T[]>(() => of(tracker()).map(({ id }) => id), [], { equals: sameItems })
    const byId = <T extends { readonly id: string }>(of: (tracker: Tracker) => readonly T[]) => {
      const map = createMemo(() => new Map<string, T>(of(tracker()).map(item => [item.id, item])))
      return (id: T['id']): T | undefined => map().get(id)
    }
    const lines = createMemo(() => {
      const byCell = new Map<CellKey, RedLine[]>()
      for (const line of tracker().redLines) {
        const key = cellKey(line.issueId, line.partyId)
        const others = byCell.get(key)
        if (others) others.push(line)
        else byCell.set(key, [line])
      }
      return byCell
    })
    const attached = createMemo(() => {
      const byClaim = new Map<ClaimId, CellPlace[]>()
      for (const { claimIds, issueId, partyId } of Object.values(tracker().cells))
        for (const id of claimIds)
          byClaim.set(id, [...(byClaim.get(id) ?? []), { issueId, partyId }])
      return byClaim
    })
    const records = (root: RecordRoot): readonly { readonly id: string }[] =>
      root in PLAIN_RECORDS ? tracker()[root as PlainRoot] : []
    const grounds = createMemo(() => groundsOf(tracker()))
    return {
      title: () => tracker().title,
      description: () => tracker().description,
      partyIds: ids(({ parties }) => parties),
      basketIds: ids(({ baskets }) => baskets),
      issueIds: ids(({ issues }) => issues),
      party: byId(({ parties }) => parties),
      basket: byId(({ baskets }) => baskets),
      issue: byId(({ issues }) => issues),
      cell: (issueId, partyId) => cellOf(tracker(), issueId, partyId),
      cellsOf: id => attached().get(id) ?? NO_CELLS,
      redLines: (issueId, partyId) => lines().get(cellKey(issueId, partyId)) ?? NO_LINES,
      claims: () => tracker().claims,
      claim: byId(({ claims }) => claims),
      sources: () => tracker().sources,
      source: byId(({ sources }) => sources),
      restores: () => tracker().restores,
      movements: () => tracker().movements,
      reasons: () => tracker().reasons,
      meetings: () => tracker().meetings,
      redactions: () => tracker().redactions,
      questions: () => tracker().questions,
      records: ({ root }) => records(root) as never,
      record: ({ root }, id) => records(root).find(record => record.id === id) as never,
      grounds: {
        claim: id => grounds().claim(id),
        source: id => grounds().source(id),
        person: id => grounds().person(id),
        rivalsOf: id => grounds().rivalsOf(id),
        originsOf: claims => grounds().originsOf(claims),
      },
      likelihoodRow: () => tracker().likelihoodRow,
      tracker,
      common: tracker,
      dispose,
    }
  })

const NO_CELLS: readonly CellPlace[] = []
const NO_LINES: readonly RedLine[] = []

const sameItems = <T>(a: readonly T[], b: readonly T[]): boolean =>
  a.length === b.length && a.every((item, index) => item === b[index])
