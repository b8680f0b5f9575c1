/** One party across all issues, as a page to read and to print. */
import { Index, Show } from 'solid-js'
import { PageEntry } from '#client/pages/entry.tsx'
import { FootnoteList } from '#client/pages/footnote-list.tsx'
import { PersonLines } from '#client/pages/person-lines.tsx'
import type { PageRef } from '#client/pages/address.ts'
import type { Place } from '#shared/presence.ts'
import type { PartyPage } from '#shared/pages/party-page.ts'

interface Props {
  readonly page: PartyPage
  readonly hrefOf: (page: PageRef) => string
  readonly onJump: (place: Pick<Place, 'issueId' | 'partyId'>) => void
}

export const PartySheet = (props: Props) => (
  <>
    <Show when={props.page.people.length > 0}>
      <section class="page-part">
        <h2>People</h2>
        <PersonLines people={props.page.people} />
      </section>
    </Show>
    <Show when={props.page.factions.length + props.page.blocs.length > 0}>
      <section class="page-part">
        <h2>Factions and blocs</h2>
        <ul class="page-people">
          <Index each={props.page.factions}>
            {faction => (
              <li dir="auto">
                {faction().name}
                <Show when={faction().note}>: {faction().note}</Show>
              </li>
            )}
          </Index>
          <Index each={props.page.blocs}>
            {bloc => (
              <li dir="auto">
                <Show when={bloc().hasEnded}>Formerly: </Show>
                {bloc().name}
                <Show when={bloc().dates}>, {bloc().dates}</Show>
                <Show when={bloc().others}>
                  <span class="page-faint"> · with {bloc().others}</span>
                </Show>
              </li>
            )}
          </Index>
        </ul>
      </section>
    </Show>
    <Index each={props.page.baskets}>
      {basket => (
        <section class="page-part">
          <h2 dir="auto">{basket().title}</h2>
          <Index each={basket().entries}>
            {entry => (
              <PageEntry
                entry={entry()}
                title={entry().title}
                href={props.hrefOf({ of: 'issue', id: entry().issueId })}
                onJump={() => props.onJump(entry())}
              />
            )}
          </Index>
        </section>
      )}
    </Index>
    <Show when={props.page.unknown.length > 0}>
      <p class="page-unknown" dir="auto">
        <strong>Unknown:</strong> {props.page.unknown.map(({ title }) => title).join(' · ')}
      </p>
    </Show>
    <FootnoteList footnotes={props.page.footnotes} />
  </>
)
