/** All claims, and the page of one of them. */
import { createMemo, Show } from 'solid-js'
import { ClaimList } from '#client/evidence/claim-list.tsx'
import { ClaimPage } from '#client/evidence/claim-page.tsx'
import { Panes } from '#client/evidence/panes.tsx'
import type { EvidenceViewProps } from '#client/evidence/views.ts'
import { useNegotiation } from '#client/live/negotiation.ts'
import { isoDayOf } from '#client/ui/when.ts'
import { claimRecords } from '#shared/document/claims.ts'
import { newId, type ClaimId } from '#shared/ids.ts'

export default function ClaimsView(props: EvidenceViewProps) {
  const { act, mayEdit, view } = useNegotiation()
  const chosen = createMemo(() => {
    const { claim } = props.address.place()
    return claim !== undefined && view.claim(claim) ? claim : undefined
  })
  const add = (): void => {
    const id = newId<ClaimId>()
    const learnedAt = isoDayOf(Date.now())
    if (act('add a claim', doc => claimRecords.put(doc, id, { learnedAt })))
      props.address.toClaim(id)
  }
  return (
    <Panes
      chosen={chosen()}
      back="All claims"
      onBack={() => props.address.go({ view: 'claims' })}
      list={
        <ClaimList
          chosen={chosen()}
          mayAdd={mayEdit()}
          onAdd={add}
          onChoose={props.address.toClaim}
        />
      }
      page={
        <Show when={chosen()} keyed>
          {id => <ClaimPage id={id} address={props.address} jump={props.jump} />}
        </Show>
      }
      hint={
        <p>
          A claim is what somebody said, in your words: positions stand on claims. Choose one to see
          where it comes from, how it is graded and what became of it.
        </p>
      }
    />
  )
}
