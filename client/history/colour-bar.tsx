/** What the colours on the matrix mean, and which are chosen. */
import { For, Match, Show, Switch } from 'solid-js'
import type { Authors } from '#client/history/author-names.ts'
import { AGES, COLOURING_LABELS, COLOURINGS, type Colouring } from '#client/history/colouring.ts'
import { MenuButton } from '#client/ui/menu.tsx'
import '#client/history/colour-bar.css'

interface ColourBarProps {
  readonly colouring: Colouring
  readonly authors: Authors
}

export const ColourButton = (props: Pick<ColourBarProps, 'colouring'>) => (
  <MenuButton
    class="button quiet small colour-button"
    label={`Colours of the matrix: ${COLOURING_LABELS[props.colouring.by()]}`}
    entries={() =>
      COLOURINGS.map(by => ({
        label: COLOURING_LABELS[by],
        checked: props.colouring.by() === by,
        run: () => props.colouring.colourBy(by),
      }))
    }
  >
    Colours
  </MenuButton>
)

export const ColourLegend = (props: ColourBarProps) => (
  <Show when={props.colouring.tint()}>
    <ul class="colour-legend" aria-label="What the colours mean">
      <Switch>
        <Match when={props.colouring.by() === 'author'}>
          <For each={props.colouring.authors()}>
            {account => (
              <li>
                <span
                  class={`colour-swatch person-${props.authors.of(account)?.colour ?? 0}`}
                  aria-hidden="true"
                />
                <bdi>{props.authors.of(account)?.name ?? 'somebody'}</bdi>
              </li>
            )}
          </For>
        </Match>
        <Match when={props.colouring.by() === 'age'}>
          <For each={AGES}>
            {({ label }, step) => (
              <li>
                <span class={`colour-swatch age-${step()}`} aria-hidden="true" />
                {label}
              </li>
            )}
          </For>
        </Match>
      </Switch>
    </ul>
  </Show>
)
