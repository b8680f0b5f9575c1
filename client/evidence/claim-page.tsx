/** One claim: what was said, by whom, on which words it rests, what became of it, and what hangs on it. */
import { createMemo, createSignal, Show } from 'solid-js'
import { CompartmentWay } from '#client/compartments/mark.tsx'
import type { EvidenceAddress } from '#client/evidence/address.ts'
import { createAnalysts } from '#client/evidence/analysts.ts'
import { Grade, Status } from '#client/evidence/chips.tsx'
import { ClaimCells } from '#client/evidence/claim-cells.tsx'
import { ClaimEvents } from '#client/evidence/claim-events.tsx'
import { ClaimFacts } from '#client/evidence/claim-facts.tsx'
import { ClaimOthers } from '#client/evidence/claim-others.tsx'
import { ClaimQuotes } from '#client/evidence/claim-quotes.tsx'
import { Paragraph } from '#client/evidence/fields.tsx'
import { Grading } from '#client/evidence/grading.tsx'
import { createEvidence } from '#client/evidence/known.ts'
import type { EvidenceViewProps } from '#client/evidence/views.ts'
import { useNegotiation } from '#client/live/negotiation.ts'
import { offerUndo } from '#client/matrix/undo-offer.ts'
import { gradeOf, type Claim, type Credibility } from '#shared/claims.ts'
import {
  attachmentRecords,
  citationRecords,
  claimEventRecords,
  claimRecords,
} from '#shared/document/claims.ts'
import type { ClaimId } from '#shared/ids.ts'

interface Props {
  readonly id: ClaimId
  readonly address: EvidenceAddress
  readonly jump: EvidenceViewProps['jump']
}

export const ClaimPage = (props: Props) => {
  const negotiation = useNegotiation()
  const { act, mayEdit, view } = negotiation
  const { id } = props
  const evidence = createEvidence()
  const analysts = createAnalysts()
  const claim = createMemo(() => view.claim(id))
  const [article, setArticle] = createSignal<HTMLElement>()
  const source = () => {
    const of = claim()?.sourceId
    return of ? view.source(of) : undefined
  }
  const set = (label: string, values: Partial<Omit<Claim, 'id'>>): void =>
    void act(label, doc => claimRecords.set(doc, id, values))
  /** Nothing rests on it and nothing became of it: else it is withdrawn, and stays to be seen. */
  const speaksOf = (all: readonly { readonly claimId: ClaimId }[]): boolean =>
    all.some(({ claimId }) => claimId === id)
  const isFree = createMemo(
    () =>
      view.cellsOf(id).length === 0 &&
      !speaksOf(view.records(claimEventRecords)) &&
      !speaksOf(view.records(citationRecords)) &&
      !speaksOf(view.records(attachmentRecords)) &&
      view.grounds.rivalsOf(id).length === 0,
  )
  const remove = (): void => {
    act('remove a claim', doc => claimRecords.remove(doc, id))
    offerUndo(negotiation, 'Removed a claim', () => void negotiation.undo())
  }
  // A new claim is worded first.
  queueMicrotask(() => {
    if (claim()?.statement === '' && mayEdit()) article()?.querySelector('textarea')?.focus()
  })
  return (
    <Show when={claim()}>
      {is => (
        <article class="evidence-article" aria-label="Claim" ref={setArticle}>
          <h2 class="unseen">Claim</h2>
          <Paragraph
            label="What is claimed, in our own words"
            large
            value={is().statement}
            placeholder="What was said, in your own words"
            disabled={!mayEdit()}
            onWrite={statement => set('word a claim', { statement })}
          />
          <p class="claim-sum">
            <Grade grade={gradeOf(is(), source())} /> <Status status={is().status} />{' '}
            <span>{evidence().originsOf([is()]).words}</span>
          </p>
          <div class="evidence-columns">
            <div class="evidence-main">
              <ClaimQuotes claim={is()} address={props.address} />
              <ClaimFacts claim={is()} set={set} address={props.address} />
            </div>
            <div class="evidence-side">
              <ClaimEvents claim={is()} analysts={analysts} address={props.address} set={set} />
              <Grading
                about="claim"
                subjectId={id}
                grade={String(is().credibility)}
                reason=""
                analysts={analysts}
                refusalOf={grade => evidence().refusalOf(is(), Number(grade) as Credibility)}
              />
              <ClaimCells id={id} jump={props.jump} />
              <ClaimOthers id={id} />
              <CompartmentWay of={claimRecords} id={id} kind="claim" called={is().statement} />
              <Show when={mayEdit() && isFree()}>
                <button type="button" class="button small danger evidence-remove" onClick={remove}>
                  Remove this claim
                </button>
              </Show>
            </div>
          </div>
        </article>
      )}
    </Show>
  )
}
