/** One of a few values, all of them in sight: a radio group drawn as a row of words. */
import { createUniqueId, For, Show } from 'solid-js'

interface Props<Value extends string> {
  readonly label: string
  readonly values: readonly Value[]
  readonly labels: Readonly<Record<Value, string>>
  /** What each value means, for pointing at. */
  readonly hints?: Readonly<Partial<Record<Value, string>>>
  readonly value: Value | null
  /** Null where the chosen value is chosen again, if the field may be empty. */
  readonly onChoose: (value: Value | null) => void
  readonly mayBeEmpty?: boolean
  readonly disabled: boolean
}

export const Choice = <Value extends string>(props: Props<Value>) => {
  const id = createUniqueId()
  let group: HTMLDivElement | undefined
  const choose = (value: Value): void => {
    if (props.disabled) return
    if (value !== props.value) props.onChoose(value)
    else if (props.mayBeEmpty) props.onChoose(null)
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key]
    const at = props.values.findIndex((_, index) => group?.children[index] === event.target)
    if (step === undefined || at < 0) return
    event.preventDefault()
    const next = (at + step + props.values.length) % props.values.length
    const button = group?.children[next]
    if (button instanceof HTMLElement) button.focus()
  }
  /** One tab stop: the chosen one, else the first. */
  const isStop = (value: Value): boolean => value === (props.value ?? props.values[0])
  return (
    <div class="field">
      <span class="field-label" id={id}>
        {props.label}
      </span>
      <div
        ref={group}
        class="choices"
        role="radiogroup"
        aria-labelledby={id}
        aria-disabled={props.disabled}
        onKeyDown={onKeyDown}
      >
        <For each={props.values}>
          {value => (
            <button
              type="button"
              class="choice"
              role="radio"
              aria-checked={props.value === value}
              aria-disabled={props.disabled}
              tabindex={isStop(value) ? 0 : -1}
              data-tip={props.hints?.[value]}
              onClick={() => choose(value)}
            >
              {props.labels[value]}
            </button>
          )}
        </For>
        <Show when={props.disabled && props.value === null}>
          <span class="field-none">not said</span>
        </Show>
      </div>
    </div>
  )
}
