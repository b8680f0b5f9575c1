/** The change that the reader stands on, in full: the cell in the matrix shows only an excerpt. */
import { For, Match, Show, Switch } from 'solid-js'
import { ChangedWords } from '#client/history/changed-cell.tsx'
import type { Compared } from '#client/history/compared.ts'
import { titleOf } from '#shared/compare/details.ts'
import type { Stop } from '#shared/compare/stops.ts'

interface ChangeCardProps {
  readonly stop: Stop
  readonly compared: Compared | undefined
}

export const ChangeCard = (props: ChangeCardProps) => (
  <Show when={props.compared}>
    {compared => (
      <section
        class="change-card"
        classList={{ 'of-cell': props.stop.kind === 'cell' }}
        aria-label="This change"
      >
        <h3 dir="auto">{titleOf(props.stop, compared().comparison)}</h3>
        <dl>
          <For each={compared().details[props.stop.address] ?? []}>
            {detail => (
              <>
                <dt>{detail.name}</dt>
                <dd dir="auto" class="changed-words">
                  <Switch
                    fallback={
                      <>
                        <Show when={detail.was}>
                          <del>{detail.was}</del>
                        </Show>
                        <Show when={detail.was && detail.is}> → </Show>
                        <Show when={detail.is}>
                          <ins>{detail.is}</ins>
                        </Show>
                      </>
                    }
                  >
                    <Match when={detail.kind === 'prose'}>
                      <ChangedWords was={detail.was} is={detail.is} show="whole" />
                    </Match>
                  </Switch>
                </dd>
              </>
            )}
          </For>
        </dl>
      </section>
    )}
  </Show>
)
