/** People in a few words, one in a line. */
import { Index, Show } from 'solid-js'
import type { PersonEntry } from '#shared/pages/party-page.ts'

export const PersonLines = (props: { readonly people: readonly PersonEntry[] }) => (
  <ul class="page-people">
    <Index each={props.people}>
      {person => (
        <li dir="auto">
          {person().words}
          <Show when={person().speaksFor}>
            <span class="page-faint"> · {person().speaksFor}</span>
          </Show>
          <Show when={person().faction}>
            <span class="page-faint"> · {person().faction}</span>
          </Show>
        </li>
      )}
    </Index>
  </ul>
)
