/** Everybody who is credited, as initials in their colours; their names are read aloud and shown on hover. */
import { For, Show } from 'solid-js'
import { Avatar } from '#client/ui/avatar.tsx'
import type { SnapshotEntry } from '#shared/api.ts'

type Author = SnapshotEntry['authors'][number]

const MOST = 4

/** "Leyla, Mehmet and Ada" */
export const namesOf = (authors: readonly Author[]): string =>
  new Intl.ListFormat('en').format(authors.map(({ name }) => name))

export const Authors = (props: { readonly authors: readonly Author[] }) => (
  <Show when={props.authors.length > 0}>
    <span class="history-authors" data-tip={namesOf(props.authors)}>
      <span class="unseen">by {namesOf(props.authors)}</span>
      <For each={props.authors.slice(0, MOST)}>
        {author => <Avatar small name={author.name} colour={author.colour} />}
      </For>
      <Show when={props.authors.length > MOST}>
        <span class="history-more" aria-hidden="true">
          +{props.authors.length - MOST}
        </span>
      </Show>
    </span>
  </Show>
)
