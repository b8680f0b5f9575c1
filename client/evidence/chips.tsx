/** Grades and statuses as small marks: never by colour alone. */
import { CREDIBILITY_LABELS, type ClaimStatus, type Credibility } from '#shared/claims.ts'
import { toneOf } from '#shared/evidence/grades.ts'
import { RELIABILITY_LABELS, type Reliability } from '#shared/sources.ts'

export const STATUS_LABELS: Readonly<Record<ClaimStatus, string>> = {
  reported: 'Reported',
  confirmed: 'Confirmed',
  denied: 'Denied',
  disputed: 'Disputed',
  retracted: 'Retracted',
  superseded: 'Superseded',
  withdrawn: 'Withdrawn',
}

/** What one mark of a grade means. */
export const meaningOf = (mark: string): string =>
  Object.hasOwn(RELIABILITY_LABELS, mark)
    ? RELIABILITY_LABELS[mark as Reliability]
    : (CREDIBILITY_LABELS[Number(mark) as Credibility] ?? '')

/** A letter, a digit, or both: each in the tone of its own. */
export const Grade = (props: { readonly grade: string }) => {
  const marks = () => [...props.grade]
  return (
    <span class="evidence-grade" title={marks().map(meaningOf).join('; ')}>
      <span class="unseen">Grade </span>
      {marks().map(mark => (
        <span data-tone={toneOf(mark)}>{mark}</span>
      ))}
    </span>
  )
}

export const Status = (props: { readonly status: ClaimStatus }) => (
  <span class="evidence-status" data-status-of={props.status}>
    {STATUS_LABELS[props.status]}
  </span>
)
