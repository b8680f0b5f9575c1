/** Claims were settled: does that change what the team holds? Asked until a cell is changed, or somebody says that it stands. */
import { For, Show } from 'solid-js'
import { Dynamic } from 'solid-js/web'
import { Status } from '#client/evidence/chips.tsx'
import type { Reconsidered } from '#client/evidence/reconsidered.ts'
import type { EvidenceViewProps } from '#client/evidence/views.ts'
import { useNegotiation } from '#client/live/negotiation.ts'
import { dateOf, exactly } from '#client/ui/when.ts'
import { assessmentRecords } from '#shared/document/claims.ts'
import type { Settled } from '#shared/evidence/settled.ts'
import { newId, type AccountId, type AssessmentId } from '#shared/ids.ts'
import '#client/evidence/evidence.css'
import '#client/evidence/reconsider.css'

interface Props {
  readonly reconsidered: Reconsidered
  /** Undefined where the cell in question is the one that is shown. */
  readonly jump?: EvidenceViewProps['jump']
}

export const Reconsider = (props: Props) => (
  <Show when={props.reconsidered.settled()?.length ? props.reconsidered.settled() : undefined}>
    {settled => (
      <section class="reconsider" aria-label="Settled claims">
        <Dynamic component={props.jump ? 'h2' : 'h3'}>Does this change the assessment?</Dynamic>
        <ul>
          <For each={settled()}>
            {one => (
              <For each={one.cells}>
                {place => <Entry {...props} settled={one} place={place} />}
              </For>
            )}
          </For>
        </ul>
      </section>
    )}
  </Show>
)

const Entry = (
  props: Props & { readonly settled: Settled; readonly place: Settled['cells'][number] },
) => {
  const { act, mayEdit, me, view } = useNegotiation()
  const issue = () => view.issue(props.place.issueId)?.title || 'Untitled issue'
  const party = () => view.party(props.place.partyId)?.name || 'Unnamed party'
  const writer = (): string => {
    const account = props.reconsidered.writerOf(props.place)
    if (!account) return ''
    return account.id === me.id ? 'You wrote the position' : `${account.name} wrote the position`
  }
  const stands = (): void => {
    const { issueId, partyId } = props.place
    const claimEventId = props.settled.event.id
    act('let a position stand', doc =>
      assessmentRecords.put(doc, newId<AssessmentId>(), {
        claimEventId,
        issueId,
        partyId,
        by: me.id as AccountId,
        at: Date.now(),
      }),
    )
  }
  return (
    <li class="reconsider-entry">
      <div>
        <Show when={props.jump}>
          {jump => (
            <p>
              <button
                type="button"
                class="evidence-link"
                data-tip="Go to this cell"
                onClick={() => jump()(props.place.issueId, props.place.partyId)}
              >
                <span>
                  <bdi>{issue()}</bdi> · <bdi>{party()}</bdi>
                </span>
              </button>
            </p>
          )}
        </Show>
        <p>
          <Status status={props.settled.event.status} />{' '}
          <bdi>{props.settled.claim.statement || 'A claim without words'}</bdi>
        </p>
        <p class="evidence-note">
          <time title={exactly(props.settled.event.at)}>{dateOf(props.settled.event.at)}</time>
          <Show when={props.settled.event.reason}>
            {reason => (
              <>
                {': '}
                <bdi>{reason()}</bdi>
              </>
            )}
          </Show>
          <Show when={writer()}>
            {words => (
              <>
                {' · '}
                <bdi>{words()}</bdi>
              </>
            )}
          </Show>
        </p>
      </div>
      <Show when={mayEdit()}>
        <button type="button" class="button small" onClick={stands}>
          No, it stands<span class="unseen">{`: ${issue()}, ${party()}`}</span>
        </button>
      </Show>
    </li>
  )
}
