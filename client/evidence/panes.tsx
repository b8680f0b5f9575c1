/** A list and the page of what is chosen in it; on a small screen one at a time. */
import { Show, type JSX } from 'solid-js'
import { Icon } from '#client/ui/icon.tsx'

interface Props {
  readonly list: JSX.Element
  readonly isChosen: boolean
  /** Of what is chosen. */
  readonly page: JSX.Element
  /** Stands in place of the page then. */
  readonly hint: JSX.Element
  /** The name of the list, to go back to. */
  readonly back: string
  readonly onBack: () => void
}

export const Panes = (props: Props) => (
  <div class="evidence-panes" classList={{ chosen: props.isChosen }}>
    <div class="evidence-list">{props.list}</div>
    <div class="evidence-page">
      <Show when={props.isChosen} fallback={<div class="evidence-hint">{props.hint}</div>}>
        <button
          type="button"
          class="button quiet small evidence-back"
          onClick={() => props.onBack()}
        >
          <Icon name="left" /> {props.back}
        </button>
        {props.page}
      </Show>
    </div>
  </div>
)
