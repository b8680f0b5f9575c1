/** A future that is open: how likely, on how good a basis, and what would speak for it or against it. */
import { createMemo, For, Show } from 'solid-js'
import { useNegotiation } from '#client/live/negotiation.ts'
import { Attached } from '#client/matrix/panel/attached.tsx'
import { Choice } from '#client/matrix/panel/choice.tsx'
import { Line } from '#client/matrix/panel/line.tsx'
import { offerUndo } from '#client/matrix/undo-offer.ts'
import { IndicatorRow, NewIndicator } from '#client/outlook/indicators.tsx'
import { Likelihood, LikelihoodShown } from '#client/outlook/likelihood.tsx'
import { Icon } from '#client/ui/icon.tsx'
import { LEVEL_LABELS, LEVELS } from '#shared/cells.ts'
import { indicatorRecords, scenarioRecords } from '#shared/document/outlook.ts'
import { removeScenario } from '#shared/document/scenarios.ts'
import type { IndicatorId } from '#shared/ids.ts'
import type { Indicator, Scenario } from '#shared/scenarios.ts'

interface Props {
  readonly scenario: Scenario
  readonly open: boolean
  readonly onToggle: () => void
}

export const ScenarioCard = (props: Props) => {
  const negotiation = useNegotiation()
  const { mayEdit, view } = negotiation
  const set = (label: string, values: Partial<Omit<Scenario, 'id'>>): void => {
    const { id } = props.scenario
    negotiation.act(label, doc => scenarioRecords.set(doc, id, values))
  }
  const remove = (): void => {
    const { id } = props.scenario
    negotiation.act('remove a scenario', doc => removeScenario(doc, id))
    offerUndo(negotiation, 'Removed a scenario', () => void negotiation.undo())
  }
  const indicators = createMemo(() =>
    view.records(indicatorRecords).filter(({ scenarioId }) => scenarioId === props.scenario.id),
  )
  return (
    <article class="scenario" aria-label={props.scenario.title || 'Untitled scenario'}>
      <header class="scenario-head">
        <h3>
          <button
            type="button"
            class="scenario-fold"
            aria-expanded={props.open}
            onClick={() => props.onToggle()}
          >
            <Icon name={props.open ? 'down' : 'right'} />
            <span dir="auto">{props.scenario.title || 'Untitled scenario'}</span>
          </button>
        </h3>
        <LikelihoodShown value={props.scenario.likelihood} />
        <Show when={!props.open && props.scenario.note}>
          <p class="scenario-note" dir="auto">
            {props.scenario.note}
          </p>
        </Show>
      </header>
      <Show when={props.open}>
        <div class="gap-form">
          <Show
            when={mayEdit()}
            fallback={<p dir="auto">{props.scenario.note || 'No note on it.'}</p>}
          >
            <Line
              label="Scenario"
              labelled
              value={props.scenario.title}
              disabled={false}
              onWrite={title => set('name a scenario', { title })}
            />
            <Line
              label="Note"
              labelled
              value={props.scenario.note}
              placeholder="What would happen"
              disabled={false}
              onWrite={note => set('note on a scenario', { note })}
            />
            <Likelihood
              value={props.scenario.likelihood}
              onChoose={likelihood => set('judge a likelihood', { likelihood })}
            />
          </Show>
          <Choice
            label="Our confidence"
            values={LEVELS}
            labels={LEVEL_LABELS}
            hints={CONFIDENCE_HINTS}
            value={props.scenario.confidence}
            mayBeEmpty
            disabled={!mayEdit()}
            onChoose={confidence => set('set the confidence', { confidence })}
          />
          <h4>Claims about it</h4>
          <Attached to="scenario" subjectId={props.scenario.id} named="this scenario" />
        </div>
      </Show>
      <div class="indicators">
        <Side indicators={indicators()} scenario={props.scenario} isAgainst={false} />
        <Side indicators={indicators()} scenario={props.scenario} isAgainst />
      </div>
      <Show when={props.open && mayEdit()}>
        <button type="button" class="button small danger scenario-remove" onClick={remove}>
          Remove the scenario
        </button>
      </Show>
    </article>
  )
}

const CONFIDENCE_HINTS = {
  low: 'Thin or single basis',
  moderate: 'Credible, not corroborated',
  high: 'Several independent origins',
} as const

const Side = (props: {
  readonly indicators: readonly Indicator[]
  readonly scenario: Scenario
  readonly isAgainst: boolean
}) => {
  const { mayEdit } = useNegotiation()
  const ids = (): readonly IndicatorId[] =>
    props.indicators.filter(({ isAgainst }) => isAgainst === props.isAgainst).map(({ id }) => id)
  return (
    <div>
      <h4>{props.isAgainst ? 'Would speak against it' : 'Would speak for it'}</h4>
      <ul>
        <For each={ids()}>
          {id => (
            <Show when={props.indicators.find(indicator => indicator.id === id)}>
              {indicator => <IndicatorRow indicator={indicator()} />}
            </Show>
          )}
        </For>
      </ul>
      <Show when={ids().length === 0 && !mayEdit()}>
        <p class="field-none">Nothing yet.</p>
      </Show>
      <Show when={mayEdit()}>
        <NewIndicator scenarioId={props.scenario.id} isAgainst={props.isAgainst} />
      </Show>
    </div>
  )
}
