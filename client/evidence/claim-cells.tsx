/** The cells that hang on a claim: to go to, to detach, and to attach more. */
import { createMemo, createSignal, Show } from 'solid-js'
import { Finder, type Findable } from '#client/ui/finder.tsx'
import type { EvidenceViewProps } from '#client/evidence/views.ts'
import type { CellPlace } from '#client/live/attached.ts'
import { useNegotiation } from '#client/live/negotiation.ts'
import { Each } from '#client/ui/each.tsx'
import { Icon } from '#client/ui/icon.tsx'
import { cellKey, type CellKey } from '#shared/cells.ts'
import { attachClaim, detachClaim } from '#shared/document/cells.ts'
import type { ClaimId } from '#shared/ids.ts'

interface Props {
  readonly id: ClaimId
  readonly jump: EvidenceViewProps['jump']
}

export const ClaimCells = (props: Props) => {
  const { act, mayEdit, view } = useNegotiation()
  const [finding, setFinding] = createSignal(false)
  const cells = createMemo(() =>
    view
      .cellsOf(props.id)
      .filter(at => view.issue(at.issueId) && view.party(at.partyId))
      .map(at => ({ ...at, id: cellKey(at.issueId, at.partyId) })),
  )
  const party = (at: CellPlace): string => view.party(at.partyId)?.name || 'Unnamed party'
  const issue = (at: CellPlace): string => view.issue(at.issueId)?.title || 'Untitled issue'
  const places = createMemo(
    () =>
      new Map(
        view
          .issueIds()
          .flatMap(issueId =>
            view
              .partyIds()
              .map(partyId => [cellKey(issueId, partyId), { issueId, partyId }] as const),
          ),
      ),
  )
  const free = createMemo((): readonly Findable<CellKey>[] => {
    if (!finding()) return []
    const taken = new Set(cells().map(({ id }) => id))
    return [...places()]
      .filter(([key]) => !taken.has(key))
      .map(([key, at]) => ({ id: key, label: issue(at), note: party(at) }))
  })
  const attach = (key: CellKey): void => {
    setFinding(false)
    const at = places().get(key)
    if (at) act('attach a claim', doc => attachClaim(doc, at.issueId, at.partyId, props.id))
  }
  const detach = (at: CellPlace): void =>
    void act('detach a claim', doc => detachClaim(doc, at.issueId, at.partyId, props.id))
  return (
    <section class="panel-section">
      <h3>Cells that hang on it</h3>
      <ul class="claim-cells">
        <Each of={cells()}>
          {at => (
            <li>
              <button
                type="button"
                class="evidence-link"
                data-tip="Go to this cell"
                onClick={() => props.jump(at().issueId, at().partyId)}
              >
                <span dir="auto">{issue(at())}</span> <span dir="auto">{party(at())}</span>
              </button>
              <Show when={mayEdit()}>
                <button
                  type="button"
                  class="button quiet icon small"
                  aria-label={`Detach from ${issue(at())}, ${party(at())}`}
                  data-tip="Detach from this cell"
                  onClick={() => detach(at())}
                >
                  <Icon name="close" />
                </button>
              </Show>
            </li>
          )}
        </Each>
      </ul>
      <Show when={cells().length === 0}>
        <p class="field-none">No cell rests on it yet.</p>
      </Show>
      <Show when={mayEdit()}>
        <Show
          when={finding()}
          fallback={
            <button type="button" class="add" onClick={() => setFinding(true)}>
              <Icon name="link" /> Attach to a cell
            </button>
          }
        >
          <Finder
            label="The cell that rests on this claim"
            placeholder="An issue, a party"
            items={free()}
            onChoose={attach}
            onClose={() => setFinding(false)}
          />
        </Show>
      </Show>
    </section>
  )
}
