/** Collisions as a screen reads them: row by row, and in words. */
import type { MatrixView } from '#client/live/view.ts'
import { collisionsOn, type Collision } from '#shared/analysis/collisions.ts'
import { softnessOf, type LineGrounds, type Softness } from '#shared/analysis/softness.ts'
import { optionWords } from '#shared/compare/collisions.ts'
import { lineWords } from '#shared/compare/red-lines.ts'
import { attachmentRecords } from '#shared/document/claims.ts'
import type { IssueId, PartyId } from '#shared/ids.ts'
import type { RedLine } from '#shared/redlines.ts'

export const groundsIn = (view: MatrixView): LineGrounds => ({
  ...view.grounds,
  attachments: view.records(attachmentRecords),
})

export const softnessIn = (view: MatrixView, line: RedLine): Softness | null =>
  softnessOf(line, groundsIn(view))

/** A collision with the line that is crossed. */
export interface Crossing extends Collision {
  readonly line: RedLine
  readonly isSoft: boolean
}

/** In a row: asked of every row that is drawn, so a row without lines is answered at once. */
export const crossingsIn = (view: MatrixView, issueId: IssueId): readonly Crossing[] => {
  const parties = view.partyIds()
  const lines = parties.flatMap(id => view.redLines(issueId, id)).filter(({ point }) => point)
  const issue = lines.length > 0 ? view.issue(issueId) : undefined
  if (!issue) return NONE
  const found = collisionsOn(
    issue,
    lines,
    parties.map(id => view.cell(issueId, id)),
  )
  if (found.length === 0) return NONE
  const grounds = groundsIn(view)
  return found.flatMap(collision => {
    const line = lines.find(({ id }) => id === collision.lineId)
    return line ? [{ ...collision, line, isSoft: softnessOf(line, grounds) !== null }] : []
  })
}
const NONE: readonly Crossing[] = []

export const sameCrossings = (a: readonly Crossing[], b: readonly Crossing[]): boolean =>
  a === b || (a.length === b.length && JSON.stringify(a) === JSON.stringify(b))

/** "United States would accept Some to All, beyond Iran’s line (at least None)", for whoever reads one of the two cells. */
export const crossingWords = (crossing: Crossing, view: MatrixView): string => {
  const issue = view.issue(crossing.issueId)
  const nameOf = (id: PartyId): string => view.party(id)?.name || 'an unnamed party'
  const accepts = issue ? optionWords(crossing, issue) : ''
  const line = lineWords(crossing.line, issue)
  return `${nameOf(crossing.crosser)} would accept ${accepts}, beyond the line of ${nameOf(crossing.holder)}: ${line}`
}
