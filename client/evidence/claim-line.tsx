/** One claim in a line: its grade, its words, and what became of it. */
import { Show } from 'solid-js'
import { Grade, Status } from '#client/evidence/chips.tsx'
import { useNegotiation } from '#client/live/negotiation.ts'
import { ATTRIBUTION_LABELS, gradeOf, type Claim } from '#shared/claims.ts'

interface Props {
  readonly claim: Claim
  readonly isCurrent?: boolean
  readonly onOpen: () => void
}

/** "unnamed official, via Reuters, reportedly" */
export const originLine = (claim: Claim, source: string | undefined): string =>
  [
    ATTRIBUTION_LABELS[claim.attribution],
    source === undefined ? 'no source' : `via ${source || 'an untitled source'}`,
    claim.hedges,
  ]
    .filter(Boolean)
    .join(', ')

export const ClaimLine = (props: Props) => {
  const { view } = useNegotiation()
  const source = () => (props.claim.sourceId ? view.source(props.claim.sourceId) : undefined)
  const cells = () =>
    view.cellsOf(props.claim.id).filter(at => view.issue(at.issueId) && view.party(at.partyId))
      .length
  return (
    <li>
      <button
        type="button"
        class="evidence-item"
        aria-current={props.isCurrent ? 'true' : undefined}
        onClick={() => props.onOpen()}
      >
        <Grade grade={gradeOf(props.claim, source())} />
        <span class="evidence-item-words">
          <span class="evidence-item-title" dir="auto">
            {props.claim.statement || 'A claim without words'}
          </span>
          <span class="evidence-item-note">
            <Show when={props.claim.status !== 'reported'}>
              <Status status={props.claim.status} />{' '}
            </Show>
            <span dir="auto">{originLine(props.claim, source()?.title)}</span>
            <span>
              {' · '}
              {cells() === 0 ? 'in no cell' : cells() === 1 ? '1 cell' : `${cells()} cells`}
            </span>
          </span>
        </span>
      </button>
    </li>
  )
}
