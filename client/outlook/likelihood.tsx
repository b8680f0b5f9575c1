/** How likely something is: a word of the tracker's row, or a number from which the word follows. */
import { createSignal, createUniqueId, For, Show } from 'solid-js'
import { useNegotiation } from '#client/live/negotiation.ts'
import { Line } from '#client/matrix/panel/line.tsx'
import {
  likelihoodOf,
  LIKELIHOODS,
  likelihoodWords,
  middleOf,
  parseLikelihood,
  rangeWords,
} from '#shared/likelihoods.ts'

interface Props {
  readonly value: number | null
  readonly onChoose: (percent: number | null) => void
}

export const Likelihood = (props: Props) => {
  const { view } = useNegotiation()
  const id = createUniqueId()
  const [refused, setRefused] = createSignal(false)
  const step = () => (props.value === null ? undefined : likelihoodOf(props.value))
  const write = (typed: string): void => {
    const percent = typed === '' ? null : parseLikelihood(typed)
    setRefused(percent === undefined)
    if (percent !== undefined) props.onChoose(percent)
  }
  return (
    <>
      <div class="field">
        <span class="field-label" id={id}>
          Likelihood
        </span>
        <div class="choices" role="group" aria-labelledby={id}>
          <For each={LIKELIHOODS}>
            {choice => (
              <button
                type="button"
                class="choice likelihood-word"
                aria-pressed={step() === choice}
                data-tip={rangeWords(choice)}
                onClick={() => {
                  setRefused(false)
                  props.onChoose(step() === choice ? null : middleOf(choice))
                }}
              >
                {choice[view.likelihoodRow()]}
                <span class="likelihood-range">{rangeWords(choice)}</span>
              </button>
            )}
          </For>
        </div>
      </div>
      <Line
        label="In percent"
        labelled
        value={props.value === null ? '' : `${props.value} %`}
        placeholder="1 to 99"
        disabled={false}
        onWrite={write}
      />
      <Show when={refused()}>
        <p class="field-note" role="alert">
          Write a number from 1 to 99: there is no word for what is impossible or certain.
        </p>
      </Show>
    </>
  )
}

/** The word with its numbers, and where on the way from 1 to 99 it stands. */
export const LikelihoodShown = (props: { readonly value: number | null }) => {
  const { view } = useNegotiation()
  const step = () => (props.value === null ? undefined : likelihoodOf(props.value))
  return (
    <Show
      when={step()}
      fallback={<span class="field-none">Nobody has judged how likely it is.</span>}
    >
      {step => (
        <span class="likelihood">
          <span
            class="likelihood-bar"
            aria-hidden="true"
            style={{
              '--from': `${step().from}%`,
              '--to': `${step().to}%`,
              '--at': `${props.value}%`,
            }}
          />
          <span>
            <strong>{likelihoodWords(props.value ?? 0, view.likelihoodRow())}</strong>{' '}
            <span class="likelihood-range">
              {rangeWords(step())} · judged at {props.value} %
            </span>
          </span>
        </span>
      )}
    </Show>
  )
}
