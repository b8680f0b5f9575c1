/** Of every cell what there is to work on, followed while it changes: a claim wakes the cells that hang on it alone. */
import { createMemo, mapArray, type Accessor } from 'solid-js'
import { staleDays } from '#client/evidence/stale.ts'
import type { MatrixView } from '#client/live/view.ts'
import { coverageOf, type CoverageState } from '#shared/evidence/coverage.ts'
import { ageOf, supportOf } from '#shared/evidence/support.ts'
import type { IssueId, PartyId } from '#shared/ids.ts'

export interface CellCoverage {
  readonly states: readonly CoverageState[]
  /** In days; undefined where no date is known. */
  readonly age: number | undefined
}

export interface CoverageCell {
  readonly issueId: IssueId
  readonly partyId: PartyId
  readonly is: Accessor<CellCoverage>
}

export interface CoverageRow {
  readonly issueId: IssueId
  readonly cells: Accessor<readonly CoverageCell[]>
}

export const createCoverage = (view: MatrixView): Accessor<readonly CoverageRow[]> =>
  mapArray(view.issueIds, issueId => ({
    issueId,
    cells: mapArray(view.partyIds, partyId => ({
      issueId,
      partyId,
      is: createMemo(
        () => {
          const cell = view.cell(issueId, partyId)
          const support = supportOf(cell, view.grounds)
          const now = Date.now()
          return {
            states: coverageOf(cell, support, { now, days: staleDays() }),
            age: ageOf(support, now),
          }
        },
        undefined,
        { equals: (a, b) => a.age === b.age && a.states.join() === b.states.join() },
      ),
    })),
  }))
