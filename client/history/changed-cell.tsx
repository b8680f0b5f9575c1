/** A cell that changed, as it was and as it is: choices old to new, words struck and underlined. */
import { createMemo, For, Match, Show, Switch, type JSX } from 'solid-js'
import { worthSaying } from '#shared/compare/cell-details.ts'
import type { Detail } from '#shared/compare/detail.ts'
import { excerpt } from '#client/history/excerpt.ts'
import { StanceBar } from '#client/matrix/stance.tsx'
import type { Cell } from '#shared/cells.ts'
import { compareWords } from '#shared/compare/words.ts'
import type { Scale } from '#shared/issues.ts'

/** A cell with the scale that its stance stands on. */
export interface Placed {
  readonly cell: Cell
  readonly scale: Scale
}

interface ChangedCellProps {
  readonly details: readonly Detail[]
  readonly before: Placed
  readonly after: Placed
}

export const ChangedCell = (props: ChangedCellProps) => {
  /** Its position where that stayed, for the reader to know what is spoken of. */
  const context = (): string =>
    props.details.some(({ name }) => name === 'Position') ? '' : props.after.cell.position
  return (
    <div class="changed">
      <For each={worthSaying(props.details, props.before.cell, props.after.cell)}>
        {detail => (
          <Switch fallback={<ChangedValue detail={detail} />}>
            <Match when={detail.kind === 'stance'}>
              <ChangedValue
                detail={detail}
                was={<Bar placed={props.before} />}
                is={<Bar placed={props.after} />}
              />
            </Match>
            <Match when={detail.kind === 'prose'}>
              <p class="changed-prose" dir="auto">
                <Show when={detail.name !== 'Position'}>
                  <span class="changed-name">{detail.name} </span>
                </Show>
                <ChangedWords was={detail.was} is={detail.is} />
              </p>
            </Match>
          </Switch>
        )}
      </For>
      <Show when={context()}>
        <p class="changed-context" dir="auto">
          {context()}
        </p>
      </Show>
    </div>
  )
}

const Bar = (props: { readonly placed: Placed }) => (
  <Show when={props.placed.cell.stance}>
    <StanceBar cell={props.placed.cell} scale={props.placed.scale} />
  </Show>
)

interface ChangedValueProps {
  readonly detail: Detail
  /** Pictures beside the words. */
  readonly was?: JSX.Element
  readonly is?: JSX.Element
}

const ChangedValue = (props: ChangedValueProps) => (
  <p
    class="changed-value"
    classList={{
      stance: props.detail.kind === 'stance',
      'red-line': props.detail.kind === 'red_line',
    }}
  >
    <span classList={{ 'changed-name': true, unseen: props.detail.kind === 'stance' }}>
      {props.detail.name}{' '}
    </span>
    <Show when={props.detail.was}>
      <span class="changed-side">
        {props.was}
        <del dir="auto">{props.detail.was}</del>
      </span>
    </Show>
    <Show when={props.detail.is}>
      <span class="changed-side">
        <Show when={props.detail.was}>
          <span class="changed-arrow" aria-hidden="true">
            →
          </span>
        </Show>
        {props.is}
        <ins dir="auto">{props.detail.is}</ins>
      </span>
    </Show>
  </p>
)

export const ChangedWords = (props: {
  readonly was: string
  readonly is: string
  /** With all the words that stayed, or as it is now: without those that are gone. */
  readonly show?: 'whole' | 'now'
}) => {
  const parts = createMemo(() => {
    if (props.show === undefined) return excerpt(props.was, props.is)
    const all = compareWords(props.was, props.is)
    return props.show === 'now' ? all.filter(({ kind }) => kind !== 'deleted') : all
  })
  return (
    <For each={parts()}>
      {part => (
        <Switch fallback={part.text}>
          <Match when={part.kind === 'deleted'}>
            <del>{part.text}</del>
          </Match>
          <Match when={part.kind === 'inserted'}>
            <ins>{part.text}</ins>
          </Match>
        </Switch>
      )}
    </For>
  )
}
