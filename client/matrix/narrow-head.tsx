/** What a small screen shows one of, and the way to the next one. */
import { For } from 'solid-js'
import { Icon } from '#client/ui/icon.tsx'

export type Way = 'party' | 'issue'

interface Props {
  readonly way: Way
  readonly onWay: (way: Way) => void
  readonly title: string
  /** Opens the list of all at the element. */
  readonly onChoose: (at: Element) => void
  readonly onStep: (by: 1 | -1) => void
  readonly onPage: () => void
}

export const NarrowHead = (props: Props) => (
  <header class="narrow-head">
    <div class="narrow-ways" role="group" aria-label="What to show one of">
      <For each={['party', 'issue'] as const}>
        {name => (
          <button
            type="button"
            class="choice"
            aria-pressed={props.way === name}
            onClick={() => props.onWay(name)}
          >
            {name === 'party' ? 'One party' : 'One issue'}
          </button>
        )}
      </For>
      <button type="button" class="button quiet small" onClick={() => props.onPage()}>
        Page
      </button>
    </div>
    <div class="narrow-pager">
      <button
        type="button"
        class="button quiet icon"
        aria-label={`Previous ${props.way}`}
        onClick={() => props.onStep(-1)}
      >
        <span class="backwards">
          <Icon name="right" />
        </span>
      </button>
      <button
        type="button"
        class="narrow-title"
        aria-haspopup="menu"
        onClick={event => props.onChoose(event.currentTarget)}
      >
        <span dir="auto">{props.title}</span>
        <Icon name="down" />
      </button>
      <button
        type="button"
        class="button quiet icon"
        aria-label={`Next ${props.way}`}
        onClick={() => props.onStep(1)}
      >
        <Icon name="right" />
      </button>
    </div>
  </header>
)
