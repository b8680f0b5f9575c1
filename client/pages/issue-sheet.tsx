/** One issue across all parties, as a page to read and to print. */
import { Index, Show } from 'solid-js'
import { PageEntry } from '#client/pages/entry.tsx'
import { FootnoteList } from '#client/pages/footnote-list.tsx'
import type { PageRef } from '#client/pages/address.ts'
import type { IssuePage } from '#shared/pages/issue-page.ts'
import type { Place } from '#shared/presence.ts'

interface Props {
  readonly page: IssuePage
  readonly hrefOf: (page: PageRef) => string
  readonly onJump: (place: Pick<Place, 'issueId' | 'partyId'>) => void
}

export const IssueSheet = (props: Props) => (
  <>
    <Show when={props.page.description}>
      <p class="page-position" dir="auto">
        {props.page.description}
      </p>
    </Show>
    <Show when={props.page.points.length > 0}>
      <section class="page-part">
        <h2 dir="auto">{props.page.measures || 'Scale'}</h2>
        <ol class="page-points">
          <Index each={props.page.points}>
            {point => (
              <li classList={{ taken: point().parties.length > 0 }}>
                <span dir="auto">{point().label}</span>
                <bdi>{point().parties.join(', ')}</bdi>
              </li>
            )}
          </Index>
        </ol>
      </section>
    </Show>
    <section class="page-part">
      <h2>Positions</h2>
      <Show when={props.page.entries.length === 0}>
        <p class="page-faint">Nothing is known of any party yet.</p>
      </Show>
      <Index each={props.page.entries}>
        {entry => (
          <PageEntry
            entry={entry()}
            title={entry().title}
            href={props.hrefOf({ of: 'party', id: entry().partyId })}
            onJump={() => props.onJump(entry())}
          >
            <p class="page-faint">{entry().roles}</p>
            <Show when={entry().people.length > 0}>
              <p class="page-faint" dir="auto">
                {entry().people.join(' · ')}
              </p>
            </Show>
          </PageEntry>
        )}
      </Index>
    </section>
    <Show when={props.page.unknown.length > 0}>
      <p class="page-unknown" dir="auto">
        <strong>Unknown:</strong> {props.page.unknown.map(({ title }) => title).join(' · ')}
      </p>
    </Show>
    <FootnoteList footnotes={props.page.footnotes} />
  </>
)
