/** A tracker without rows and columns: what it is made of, and the first of it. */
import { Show } from 'solid-js'
import { useNegotiation } from '#client/live/negotiation.ts'
import type { Selection } from '#client/matrix/selection.ts'
import { Icon } from '#client/ui/icon.tsx'
import { addIssue } from '#shared/document/issues.ts'
import { addParty } from '#shared/document/parties.ts'
import { newId, type IssueId, type PartyId } from '#shared/ids.ts'

export const EmptyTracker = (props: { readonly selection: Selection }) => {
  const negotiation = useNegotiation()
  const begin = (): void => {
    const issueId = newId<IssueId>()
    negotiation.act('begin the matrix', doc => {
      addIssue(doc, issueId, { title: 'First issue', basketId: null })
      for (const name of ['Party A', 'Party B'])
        addParty(doc, newId<PartyId>(), { name, role: 'negotiating_party' })
    })
    props.selection.select({ row: issueId, column: 'head' })
  }
  return (
    <div class="empty-tracker">
      <h2>A row is an issue, a column is a party</h2>
      <p>
        Each cell holds where that party stands on that issue, in words and on a scale that you
        name. What nobody knows yet stays unknown.
      </p>
      <Show when={negotiation.mayEdit()} fallback={<p>Nobody has added anything yet.</p>}>
        <button type="button" class="button primary" onClick={begin}>
          <Icon name="plus" /> Begin with one issue and two parties
        </button>
      </Show>
    </div>
  )
}
