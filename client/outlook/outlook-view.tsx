/** What is not known and what may come: open questions beside the scenarios that hang on them. */
import { createMemo, createSignal, createUniqueId, For, Show } from 'solid-js'
import type { EvidenceViewProps } from '#client/evidence/views.ts'
import { useNegotiation } from '#client/live/negotiation.ts'
import { GapList } from '#client/outlook/gap-list.tsx'
import { createMembers } from '#client/outlook/members.ts'
import { ScenarioCard } from '#client/outlook/scenario-card.tsx'
import { Segments } from '#client/ui/segments.tsx'
import { gapRecords, scenarioRecords } from '#shared/document/outlook.ts'
import { addScenario } from '#shared/document/scenarios.ts'
import { setLikelihoodRow } from '#shared/document/tracker.ts'
import { byUrgency } from '#shared/gaps.ts'
import { newId, type ScenarioId } from '#shared/ids.ts'
import { LIKELIHOOD_ROW_LABELS } from '#shared/likelihoods.ts'
import { LIKELIHOOD_ROWS } from '#shared/scenarios.ts'
import '#client/matrix/panel/panel.css'
import '#client/redlines/red-lines-view.css'

const NOWHERE = { issueId: null, partyId: null } as const

export default function OutlookView(props: EvidenceViewProps) {
  const { act, mayEdit, view } = useNegotiation()
  const members = createMembers(() => true)
  const gaps = createMemo(() => view.records(gapRecords).toSorted(byUrgency))
  const open = (): number => gaps().filter(({ status }) => status === 'open').length
  const scenarios = createMemo(() => view.records(scenarioRecords))
  const [unfolded, setUnfolded] = createSignal<ScenarioId>()
  return (
    <div class="outlook">
      <section aria-label="Open questions">
        <h2>
          Open questions <span class="radar-many">{open()}</span>
        </h2>
        <Show when={gaps().length === 0}>
          <p class="field-none">
            Write down what nobody knows yet, who sees to it, and by when it is needed.
          </p>
        </Show>
        <GapList gaps={gaps()} members={members} about={NOWHERE} goTo={props.jump} />
      </section>
      <section aria-label="Scenarios">
        <h2>
          Scenarios <span class="radar-many">{scenarios().length}</span>
        </h2>
        <div class="outlook-row">
          <span>Likelihoods are said as</span>
          <Show
            when={mayEdit()}
            fallback={<strong>{LIKELIHOOD_ROW_LABELS[view.likelihoodRow()]}</strong>}
          >
            <Segments
              label="Words for likelihoods, in the whole tracker"
              names={LIKELIHOOD_ROWS}
              labelOf={row => LIKELIHOOD_ROW_LABELS[row]}
              chosen={view.likelihoodRow()}
              onChoose={row =>
                act('choose the words for likelihoods', doc => setLikelihoodRow(doc, row))
              }
            />
          </Show>
        </div>
        <For each={scenarios().map(({ id }) => id)}>
          {id => (
            <Show when={scenarios().find(scenario => scenario.id === id)}>
              {scenario => (
                <ScenarioCard
                  scenario={scenario()}
                  open={unfolded() === id}
                  onToggle={() => setUnfolded(unfolded() === id ? undefined : id)}
                />
              )}
            </Show>
          )}
        </For>
        <Show when={mayEdit()}>
          <NewScenario onAdd={setUnfolded} />
        </Show>
      </section>
    </div>
  )
}

const NewScenario = (props: { readonly onAdd: (id: ScenarioId) => void }) => {
  const { act } = useNegotiation()
  const id = createUniqueId()
  let input: HTMLInputElement | undefined
  const add = (event: SubmitEvent): void => {
    event.preventDefault()
    const title = input?.value.trim() ?? ''
    if (!input || title === '') return input?.focus()
    const added = newId<ScenarioId>()
    act('add a scenario', doc => addScenario(doc, added, { title }))
    input.value = ''
    props.onAdd(added)
  }
  return (
    <form class="gap-new" onSubmit={add}>
      <label class="unseen" for={id}>
        A scenario
      </label>
      <input
        id={id}
        ref={input}
        class="line"
        dir="auto"
        maxlength={1_000}
        placeholder="A future that is open"
      />
      <button type="submit" class="button small">
        Add
      </button>
    </form>
  )
}
