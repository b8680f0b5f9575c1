/** What could be observed of a scenario: whether it was, and the claims that say so. */
import { createMemo, createSignal, createUniqueId, Show } from 'solid-js'
import { useNegotiation } from '#client/live/negotiation.ts'
import { Attached } from '#client/matrix/panel/attached.tsx'
import { Choice } from '#client/matrix/panel/choice.tsx'
import { Line } from '#client/matrix/panel/line.tsx'
import { attachmentRecords } from '#shared/document/claims.ts'
import { indicatorRecords } from '#shared/document/outlook.ts'
import { removeIndicator } from '#shared/document/scenarios.ts'
import { newId, type IndicatorId, type ScenarioId } from '#shared/ids.ts'
import { INDICATOR_STATES, type Indicator, type IndicatorState } from '#shared/scenarios.ts'

const STATE_LABELS: Readonly<Record<IndicatorState, string>> = {
  not_seen: 'Not seen',
  seen: 'Seen',
  passed: 'Can no longer be seen',
}
const SIGNS: Readonly<Record<IndicatorState, string>> = { not_seen: '○', seen: '●', passed: '✕' }

export const IndicatorRow = (props: { readonly indicator: Indicator }) => {
  const { act, mayEdit, view } = useNegotiation()
  const [open, setOpen] = createSignal(false)
  const set = (label: string, values: Partial<Omit<Indicator, 'id'>>): void => {
    const { id } = props.indicator
    act(label, doc => indicatorRecords.set(doc, id, values))
  }
  const remove = (): void => {
    const { id } = props.indicator
    act('remove an indicator', doc => removeIndicator(doc, id))
  }
  const claims = createMemo(
    () =>
      view
        .records(attachmentRecords)
        .filter(({ subjectId, to }) => to === 'indicator' && subjectId === props.indicator.id)
        .length,
  )
  return (
    <li class="indicator" data-state={props.indicator.state}>
      <button
        type="button"
        class="indicator-head"
        aria-expanded={open()}
        onClick={() => setOpen(!open())}
      >
        <span class="indicator-sign" aria-hidden="true">
          {SIGNS[props.indicator.state]}
        </span>
        <span dir="auto">{props.indicator.text || 'An indicator without words'}</span>
        <span class="indicator-state">
          {STATE_LABELS[props.indicator.state].toLowerCase()}
          <Show when={claims() > 0}> · {claims() === 1 ? '1 claim' : `${claims()} claims`}</Show>
        </span>
      </button>
      <Show when={open()}>
        <div class="indicator-form">
          <Show when={mayEdit()}>
            <Line
              label="Indicator"
              value={props.indicator.text}
              disabled={false}
              onWrite={text => set('word an indicator', { text })}
            />
          </Show>
          <Choice
            label="Observed"
            values={INDICATOR_STATES}
            labels={STATE_LABELS}
            value={props.indicator.state}
            disabled={!mayEdit()}
            onChoose={state => state && set('say whether an indicator was seen', { state })}
          />
          <Attached to="indicator" subjectId={props.indicator.id} named="this indicator" />
          <Show when={mayEdit()}>
            <button type="button" class="button quiet small" onClick={remove}>
              Remove the indicator
            </button>
          </Show>
        </div>
      </Show>
    </li>
  )
}

export const NewIndicator = (props: {
  readonly scenarioId: ScenarioId
  readonly isAgainst: boolean
}) => {
  const { act } = useNegotiation()
  const id = createUniqueId()
  let input: HTMLInputElement | undefined
  const add = (event: SubmitEvent): void => {
    event.preventDefault()
    const text = input?.value.trim() ?? ''
    if (!input || text === '') return input?.focus()
    const { isAgainst, scenarioId } = props
    act('add an indicator', doc =>
      indicatorRecords.put(doc, newId<IndicatorId>(), {
        scenarioId,
        isAgainst,
        text,
        state: 'not_seen',
      }),
    )
    input.value = ''
  }
  return (
    <form class="gap-new" onSubmit={add}>
      <label class="unseen" for={id}>
        {props.isAgainst ? 'What would speak against it' : 'What would speak for it'}
      </label>
      <input
        id={id}
        ref={input}
        class="line"
        dir="auto"
        maxlength={1_000}
        placeholder="What could be observed"
      />
      <button type="submit" class="button small">
        Add
      </button>
    </form>
  )
}
