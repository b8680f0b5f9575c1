/** On what a cell rests: claims attached to it, with where they come from and how they are graded. */
import { createMemo, createSignal, For, Show } from 'solid-js'
import { useNegotiation } from '#client/live/negotiation.ts'
import { NewClaim } from '#client/matrix/panel/new-claim.tsx'
import { Icon } from '#client/ui/icon.tsx'
import { MenuButton, type MenuEntry } from '#client/ui/menu.tsx'
import { ATTRIBUTION_LABELS, gradeOf } from '#shared/claims.ts'
import { attachClaim, detachClaim } from '#shared/document/cells.ts'
import { stands } from '#shared/evidence/support.ts'
import type { ClaimId, IssueId, PartyId } from '#shared/ids.ts'

interface Props {
  readonly issueId: IssueId
  readonly partyId: PartyId
  readonly claimIds: readonly ClaimId[]
}

/** Of a long list only the newest are offered. */
const OFFERED = 40

export const Claims = (props: Props) => {
  const { act, mayEdit, view } = useNegotiation()
  const [adding, setAdding] = createSignal(false)
  const attach = (id: ClaimId): void =>
    void act('attach a claim', doc => attachClaim(doc, props.issueId, props.partyId, id))
  const others = (): readonly MenuEntry[] =>
    view
      .claims()
      .filter(({ id }) => !props.claimIds.includes(id))
      .slice(-OFFERED)
      .map(({ id, statement }) => ({ label: shortened(statement), run: () => attach(id) }))
  /** Of what still stands: what was denied or taken back holds nothing up. */
  const origins = createMemo(() => {
    const standing = props.claimIds.flatMap(id => view.claim(id) ?? []).filter(stands)
    return standing.length > 0 ? view.grounds.originsOf(standing).words : ''
  })
  return (
    <section class="panel-section">
      <h3>Claims</h3>
      <Show when={origins()}>
        <p class="field-note">{origins()}</p>
      </Show>
      <ul class="claims">
        <For each={props.claimIds}>
          {id => <ClaimCard id={id} issueId={props.issueId} partyId={props.partyId} />}
        </For>
      </ul>
      <Show when={props.claimIds.length === 0}>
        <p class="field-none">Nothing attached: this rests on nobody’s word yet.</p>
      </Show>
      <Show when={mayEdit()}>
        <Show
          when={adding()}
          fallback={
            <div class="panel-row">
              <button type="button" class="add" onClick={() => setAdding(true)}>
                <Icon name="plus" /> Add a claim
              </button>
              <Show when={others().length > 0}>
                <MenuButton class="add" label="Attach a claim that is known" entries={others}>
                  <Icon name="link" /> Attach
                </MenuButton>
              </Show>
            </div>
          }
        >
          <NewClaim
            issueId={props.issueId}
            partyId={props.partyId}
            onDone={() => setAdding(false)}
          />
        </Show>
      </Show>
    </section>
  )
}

const shortened = (text: string): string => (text.length > 70 ? `${text.slice(0, 68)}…` : text)

const ClaimCard = (props: {
  readonly id: ClaimId
  readonly issueId: IssueId
  readonly partyId: PartyId
}) => {
  const { act, mayEdit, view } = useNegotiation()
  const claim = () => view.claim(props.id)
  const source = () => {
    const id = claim()?.sourceId
    return id ? view.source(id) : undefined
  }
  const detach = (): void =>
    void act('detach a claim', doc => detachClaim(doc, props.issueId, props.partyId, props.id))
  return (
    <Show when={claim()}>
      {found => (
        <li class="claim">
          <span
            class="grade"
            data-tip={`Source ${source()?.reliability ?? 'F'}, information ${found().credibility}`}
            tabindex="0"
          >
            <span class="unseen">Grade </span>
            {gradeOf(found(), source())}
          </span>
          <div>
            <p dir="auto">
              <a class="claim-link" href={`?tab=evidence&view=claims&claim=${found().id}`}>
                {found().statement || 'A claim without words'}
              </a>
            </p>
            <p class="claim-source" dir="auto">
              {[
                source()?.title ?? 'No source',
                ATTRIBUTION_LABELS[found().attribution],
                found().hedges,
                found().status === 'reported' ? '' : found().status,
              ]
                .filter(Boolean)
                .join(' · ')}
            </p>
          </div>
          <Show when={mayEdit()}>
            <button
              type="button"
              class="button quiet icon small"
              aria-label="Detach this claim"
              data-tip="Detach from this cell"
              onClick={detach}
            >
              <Icon name="close" />
            </button>
          </Show>
        </li>
      )}
    </Show>
  )
}
