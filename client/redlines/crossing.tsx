/** A collision at length: what the one would accept and what the other rules out, in their words, each with its grade. */
import { createMemo, For, Show } from 'solid-js'
import { useNegotiation } from '#client/live/negotiation.ts'
import {
  crossingsIn,
  groundsIn,
  sameCrossings,
  softnessIn,
  type Crossing,
} from '#client/redlines/collisions.ts'
import { claimsFor, SOFTNESS_LABELS } from '#shared/analysis/softness.ts'
import { bestGrade, gradeOf, type Claim } from '#shared/claims.ts'
import { optionWords } from '#shared/compare/collisions.ts'
import { pointWords } from '#shared/compare/red-lines.ts'
import { stands } from '#shared/evidence/support.ts'
import type { IssueId, PartyId } from '#shared/ids.ts'
import { RED_LINE_OPERATOR_LABELS } from '#shared/redlines.ts'
import '#client/redlines/crossing.css'

/** Those in which a cell has a part. */
export const CellCrossings = (props: { readonly issueId: IssueId; readonly partyId: PartyId }) => {
  const { view } = useNegotiation()
  const crossings = createMemo(
    () =>
      crossingsIn(view, props.issueId).filter(
        ({ crosser, holder }) => crosser === props.partyId || holder === props.partyId,
      ),
    [],
    { equals: sameCrossings },
  )
  return (
    <Show when={crossings().length > 0}>
      <section class="panel-section">
        <h3>Collisions</h3>
        <For each={crossings()}>{crossing => <CrossingCard crossing={crossing} />}</For>
      </section>
    </Show>
  )
}

interface CardProps {
  readonly crossing: Crossing
  /** Shows a cell in the matrix; without it the names are no links. */
  readonly goTo?: ((issueId: IssueId, partyId: PartyId) => void) | undefined
}

export const CrossingCard = (props: CardProps) => {
  const { view } = useNegotiation()
  const issue = () => view.issue(props.crossing.issueId)
  const accepts = (): string => {
    const found = issue()
    return found ? optionWords(props.crossing, found) : ''
  }
  const cell = () => view.cell(props.crossing.issueId, props.crossing.crosser)
  const ofCrosser = (): readonly Claim[] =>
    cell()
      .claimIds.flatMap(id => view.claim(id) ?? [])
      .filter(stands)
  const ofLine = (): readonly Claim[] =>
    claimsFor(props.crossing.lineId, groundsIn(view)).filter(stands)
  const softness = () => softnessIn(view, props.crossing.line)
  return (
    <article class="crossing-card" classList={{ soft: props.crossing.isSoft }}>
      <Side
        crossing={props.crossing}
        partyId={props.crossing.crosser}
        says={`would accept ${props.crossing.isWhole ? 'only ' : ''}${accepts()}`}
        quote={cell().position}
        claims={ofCrosser()}
        goTo={props.goTo}
      />
      <Side
        crossing={props.crossing}
        partyId={props.crossing.holder}
        says={`accepts ${RED_LINE_OPERATOR_LABELS[props.crossing.line.operator]} ${pointWords(issue(), props.crossing.line.point)}`}
        quote={props.crossing.line.statement}
        claims={ofLine()}
        goTo={props.goTo}
      />
      <Show when={softness()}>
        {why => <p class="crossing-soft">A soft line: {SOFTNESS_LABELS[why()]}.</p>}
      </Show>
    </article>
  )
}

interface SideProps extends CardProps {
  readonly partyId: PartyId
  readonly says: string
  readonly quote: string
  readonly claims: readonly Claim[]
}

const Side = (props: SideProps) => {
  const { view } = useNegotiation()
  const name = (): string => view.party(props.partyId)?.name || 'Unnamed party'
  const grade = (): string | null =>
    bestGrade(
      props.claims.map(claim =>
        gradeOf(claim, claim.sourceId ? view.source(claim.sourceId) : undefined),
      ),
    )
  return (
    <div class="crossing-side">
      <span
        class="grade"
        data-tip={grade() ? 'The best grade of its claims that stand' : 'No claim behind it stands'}
      >
        <span class="unseen">{grade() ? 'Best grade ' : 'No claim'}</span>
        {grade() ?? <span aria-hidden="true">–</span>}
      </span>
      <div>
        <p>
          <Show when={props.goTo} fallback={<strong dir="auto">{name()}</strong>}>
            {goTo => (
              <button
                type="button"
                class="crossing-party"
                data-tip="Show it in the matrix"
                onClick={() => goTo()(props.crossing.issueId, props.partyId)}
              >
                <bdi>{name()}</bdi>
              </button>
            )}
          </Show>{' '}
          <span dir="auto">{props.says}</span>
        </p>
        <Show when={props.quote}>
          <p class="crossing-quote" dir="auto">
            {props.quote}
          </p>
        </Show>
      </div>
    </div>
  )
}
