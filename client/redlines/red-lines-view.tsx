/** The radar: wherever what a party would accept lies beyond a red line, and all red lines there are. */
import { createMemo, createSignal, For, Show } from 'solid-js'
import type { EvidenceViewProps } from '#client/evidence/views.ts'
import { useNegotiation } from '#client/live/negotiation.ts'
import { RedLineCard } from '#client/matrix/panel/red-line-card.tsx'
import { crossingsIn, sameCrossings, type Crossing } from '#client/redlines/collisions.ts'
import { CrossingCard } from '#client/redlines/crossing.tsx'
import { Icon } from '#client/ui/icon.tsx'
import { MenuButton, type MenuEntry } from '#client/ui/menu.tsx'
import { collisionKey } from '#shared/analysis/collisions.ts'
import type { IssueId, PartyId, RedLineId } from '#shared/ids.ts'
import type { RedLine } from '#shared/redlines.ts'
import '#client/matrix/panel/panel.css'
import '#client/redlines/red-lines-view.css'

export default function RedLinesView(props: EvidenceViewProps) {
  const { view } = useNegotiation()
  const [party, setParty] = createSignal<PartyId>()
  const nameOf = (id: PartyId): string => view.party(id)?.name || 'Unnamed party'
  const shownFor = (): string => {
    const id = party()
    return id === undefined ? 'All parties' : nameOf(id)
  }
  const parties = (): readonly MenuEntry[] => [
    { label: 'All parties', checked: party() === undefined, run: () => setParty(undefined) },
    null,
    ...view.partyIds().map(id => ({
      label: nameOf(id),
      checked: party() === id,
      run: () => setParty(id),
    })),
  ]
  const crossings = createMemo(() => view.issueIds().flatMap(id => crossingsIn(view, id)), [], {
    equals: sameCrossings,
  })
  const shownCrossings = (): readonly Crossing[] =>
    crossings().filter(
      ({ crosser, holder }) => party() === undefined || crosser === party() || holder === party(),
    )
  const lines = createMemo(() =>
    view.issueIds().flatMap(issueId =>
      view
        .partyIds()
        .filter(id => party() === undefined || id === party())
        .flatMap(id => view.redLines(issueId, id)),
    ),
  )
  const withLines = (): readonly IssueId[] => [...new Set(lines().map(({ issueId }) => issueId))]
  return (
    <div class="radar">
      <header class="radar-head">
        <p>
          A collision is an option that one party would accept and another’s line rules out, whoever
          sits at the table. What nobody knows collides with nothing.
        </p>
        <MenuButton class="button small" label={`Whose: ${shownFor()}`} entries={parties}>
          <bdi>{shownFor()}</bdi>
          <Icon name="down" />
        </MenuButton>
      </header>
      <section aria-label="Collisions">
        <h2>
          Collisions <span class="radar-many">{shownCrossings().length}</span>
        </h2>
        <Show when={shownCrossings().length === 0}>
          <p class="field-none">
            {lines().length === 0
              ? 'No red line is recorded: draw one beside a cell of the matrix.'
              : 'Nobody is known to accept what lies beyond a line.'}
          </p>
        </Show>
        <For each={shownCrossings().map(collisionKey)}>
          {key => (
            <Show when={shownCrossings().find(it => collisionKey(it) === key)}>
              {crossing => (
                <div>
                  <h3 class="radar-issue" dir="auto">
                    {view.issue(crossing().issueId)?.title || 'Untitled issue'}
                  </h3>
                  <CrossingCard crossing={crossing()} goTo={props.jump} />
                </div>
              )}
            </Show>
          )}
        </For>
      </section>
      <section aria-label="Red lines">
        <h2>
          Red lines <span class="radar-many">{lines().length}</span>
        </h2>
        <For each={withLines()}>
          {issueId => (
            <div>
              <h3 class="radar-issue" dir="auto">
                {view.issue(issueId)?.title || 'Untitled issue'}
              </h3>
              <LinesOf lines={lines().filter(line => line.issueId === issueId)} goTo={props.jump} />
            </div>
          )}
        </For>
      </section>
    </div>
  )
}

const LinesOf = (props: {
  readonly lines: readonly RedLine[]
  readonly goTo: EvidenceViewProps['jump']
}) => {
  const { view } = useNegotiation()
  const [open, setOpen] = createSignal<RedLineId>()
  return (
    <ul class="radar-lines">
      <For each={props.lines.map(({ id }) => id)}>
        {id => (
          <Show when={props.lines.find(line => line.id === id)}>
            {line => (
              <li>
                <button
                  type="button"
                  class="crossing-party"
                  data-tip="Show it in the matrix"
                  onClick={() => props.goTo(line().issueId, line().partyId)}
                >
                  <bdi>{view.party(line().partyId)?.name || 'Unnamed party'}</bdi>
                </button>
                <RedLineCard
                  line={line()}
                  issue={view.issue(line().issueId)}
                  open={open() === id}
                  onToggle={() => setOpen(open() === id ? undefined : id)}
                />
              </li>
            )}
          </Show>
        )}
      </For>
    </ul>
  )
}
