import type { CellCoverage } from '#client/evidence/coverage-cells.ts'
import { daysOld } from '#client/matrix/cell-support.tsx'
import { COVERAGE_LABELS } from '#shared/evidence/coverage.ts'

/** "Contested, stale (20 days old)" */
export const coverageWords = ({ age, states }: CellCoverage): string => {
  const words = states
    .map(state =>
      state === 'stale' && age !== undefined
        ? `${COVERAGE_LABELS.stale} (${daysOld(age)})`
        : COVERAGE_LABELS[state],
    )
    .join(', ')
  return `${words.charAt(0)}${words.slice(1).toLowerCase()}`
}
