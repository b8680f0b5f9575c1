/** Open questions by what hangs on them, as a screen reads them. */
import type { MatrixView } from '#client/live/view.ts'
import { gapRecords } from '#shared/document/outlook.ts'
import { byUrgency, isOverdue, type Gap } from '#shared/gaps.ts'
import type { IssueId, PartyId } from '#shared/ids.ts'

/** Those of a row and of all its cells. */
export const gapsOn = (view: MatrixView, issueId: IssueId): readonly Gap[] =>
  view.records(gapRecords).filter(gap => gap.issueId === issueId)

/** Those of a cell; without a party those of the whole row, without an issue those of the whole column. */
export const gapsAt = (
  view: MatrixView,
  issueId: IssueId | null,
  partyId: PartyId | null,
): readonly Gap[] =>
  view
    .records(gapRecords)
    .filter(gap => gap.issueId === issueId && gap.partyId === partyId)
    .toSorted(byUrgency)

/** "Verification · Iran"; '' where nothing of the matrix hangs on it. */
export const placeWords = ({ issueId, partyId }: Gap, view: MatrixView): string =>
  [
    issueId && (view.issue(issueId)?.title || 'Untitled issue'),
    partyId && (view.party(partyId)?.name || 'Unnamed party'),
  ]
    .filter(Boolean)
    .join(' · ')

/** What a cell says of its open questions: "2 open questions, 1 overdue"; '' where there is none. */
export const gapWords = (gaps: readonly Gap[], now: number): string => {
  const many = gaps.filter(({ status }) => status === 'open').length
  const late = gaps.filter(gap => isOverdue(gap, now)).length
  if (many === 0) return ''
  const said = many === 1 ? '1 open question' : `${many} open questions`
  return late > 0 ? `${said}, ${late} overdue` : said
}
