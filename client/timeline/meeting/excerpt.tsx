/** One line of a change: what was struck, and what stands there now. */
import { For, Show } from 'solid-js'
import { excerpt } from '#client/history/excerpt.ts'
import type { Detail } from '#shared/compare/detail.ts'

export const Excerpt = (props: { readonly detail: Detail }) => (
  <>
    <span class="meeting-note-about">{props.detail.name}: </span>
    <Show
      when={props.detail.kind === 'prose'}
      fallback={
        <>
          <Show when={props.detail.was !== ''}>
            <s>{props.detail.was}</s> →{' '}
          </Show>
          {props.detail.is || 'nothing'}
        </>
      }
    >
      <For each={excerpt(props.detail.was, props.detail.is)}>
        {({ kind, text }) => {
          if (kind === 'kept') return <span>{text}</span>
          return kind === 'deleted' ? <s>{text}</s> : <ins>{text}</ins>
        }}
      </For>
    </Show>
  </>
)
