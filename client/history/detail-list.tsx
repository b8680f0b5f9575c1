/** What changed, field by field: old to new, in long texts the words that differ. */
import { For, Match, Show, Switch } from 'solid-js'
import { ChangedWords } from '#client/history/changed-cell.tsx'
import type { Detail } from '#shared/compare/detail.ts'

interface Props {
  readonly details: readonly Detail[]
  /** From how many characters on only what stands around a change is shown of a text. */
  readonly longest?: number
}

export const DetailList = (props: Props) => {
  const isShort = ({ is, was }: Detail): boolean =>
    is.length + was.length <= (props.longest ?? Number.POSITIVE_INFINITY)
  return (
    <dl class="detail-list">
      <For each={props.details}>
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
                  <ChangedWords
                    was={detail.was}
                    is={detail.is}
                    {...(isShort(detail) && { show: 'whole' })}
                  />
                </Match>
              </Switch>
            </dd>
          </>
        )}
      </For>
    </dl>
  )
}
