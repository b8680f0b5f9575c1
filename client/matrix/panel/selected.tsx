/** The whole of what is selected: a cell, an issue, or a party. */
import { createMemo, Match, Show, Switch } from 'solid-js'
import { useNegotiation } from '#client/live/negotiation.ts'
import { CellPanel } from '#client/matrix/panel/cell-panel.tsx'
import { IssuePanel } from '#client/matrix/panel/issue-panel.tsx'
import { PartyPanel } from '#client/matrix/panel/party-panel.tsx'
import { sameSpot, type Selection, type Spot } from '#client/matrix/selection.ts'
import type { IssueId, PartyId } from '#shared/ids.ts'
import '#client/matrix/panel/panel.css'

export type Subject =
  | { readonly kind: 'cell'; readonly issueId: IssueId; readonly partyId: PartyId }
  | { readonly kind: 'issue'; readonly issueId: IssueId }
  | { readonly kind: 'party'; readonly partyId: PartyId }

/** What the panel speaks of; it keeps the last one while a basket or nothing is selected. */
export const useSubject = (selection: Selection) => {
  const { view } = useNegotiation()
  const spot = createMemo(selection.active, undefined, { equals: sameSpot })
  return createMemo<Subject | undefined>(before => {
    const subject = subjectOf(spot())
    const isThere = (of: Subject | undefined): boolean =>
      of !== undefined &&
      (of.kind === 'party' || view.issue(of.issueId) !== undefined) &&
      (of.kind === 'issue' || view.party(of.partyId) !== undefined)
    const next = isThere(subject) ? subject : isThere(before) ? before : undefined
    return sameSubject(next, before) ? before : next
  })
}

const subjectOf = ({ row, column }: Spot): Subject | undefined => {
  if (row === 'top') return column === 'head' ? undefined : { kind: 'party', partyId: column }
  const issueId = row as IssueId
  return column === 'head' ? { kind: 'issue', issueId } : { kind: 'cell', issueId, partyId: column }
}

const sameSubject = (a: Subject | undefined, b: Subject | undefined): boolean =>
  JSON.stringify(a) === JSON.stringify(b)

export const SubjectTitle = (props: { readonly subject: Subject | undefined }) => {
  const { view } = useNegotiation()
  const issue = () =>
    props.subject && props.subject.kind !== 'party'
      ? view.issue(props.subject.issueId)?.title || 'Untitled issue'
      : undefined
  const party = () =>
    props.subject && props.subject.kind !== 'issue'
      ? view.party(props.subject.partyId)?.name || 'Unnamed party'
      : undefined
  return (
    <Switch fallback={<h2>Nothing selected</h2>}>
      <Match when={props.subject?.kind === 'cell'}>
        <p class="panel-over" dir="auto">
          {issue()}
        </p>
        <h2 dir="auto">{party()}</h2>
      </Match>
      <Match when={props.subject?.kind === 'issue'}>
        <h2>Issue</h2>
      </Match>
      <Match when={props.subject?.kind === 'party'}>
        <h2>Party</h2>
      </Match>
    </Switch>
  )
}

export const SubjectBody = (props: { readonly subject: Subject | undefined }) => (
  <Show
    when={props.subject}
    keyed
    fallback={<p class="field-none">Choose a cell, an issue or a party in the matrix.</p>}
  >
    {subject => {
      if (subject.kind === 'cell')
        return <CellPanel issueId={subject.issueId} partyId={subject.partyId} />
      if (subject.kind === 'issue') return <IssuePanel issueId={subject.issueId} />
      return <PartyPanel partyId={subject.partyId} />
    }}
  </Show>
)
