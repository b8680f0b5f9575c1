/** One of many, from the browser's own list. */
import { createUniqueId, For, Show } from 'solid-js'

export interface Option {
  readonly value: string
  readonly label: string
}

interface Props {
  readonly label: string
  readonly options: readonly Option[]
  /** '' where nothing is chosen. */
  readonly value: string
  readonly onChoose: (value: string) => void
  /** What it means that nothing is chosen, where that may be. */
  readonly none?: string
  readonly disabled?: boolean
  /** Its label is only spoken. */
  readonly bare?: boolean
}

export const Pick = (props: Props) => {
  const id = createUniqueId()
  const isKnown = (): boolean =>
    props.value === '' || props.options.some(({ value }) => value === props.value)
  return (
    <div class="field" classList={{ bare: props.bare === true }}>
      <label class={props.bare ? 'unseen' : 'field-label'} for={id}>
        {props.label}
      </label>
      <select
        id={id}
        class="line pick"
        disabled={props.disabled}
        onChange={event => {
          props.onChoose(event.currentTarget.value)
          // What was chosen may have been an order, after which nothing is chosen.
          event.currentTarget.value = props.value
        }}
      >
        <Show when={props.none !== undefined || props.value === ''}>
          <option value="" selected={props.value === ''}>
            {props.none ?? 'Choose …'}
          </option>
        </Show>
        <Show when={!isKnown()}>
          <option value={props.value} selected>
            No longer there
          </option>
        </Show>
        <For each={props.options}>
          {({ label, value }) => (
            <option value={value} selected={value === props.value}>
              {label}
            </option>
          )}
        </For>
      </select>
    </div>
  )
}
