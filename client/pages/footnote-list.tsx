/** The claims of a page, numbered as the page names them. */
import { Index, Show } from 'solid-js'
import type { Footnote } from '#shared/pages/footnotes.ts'

export const FootnoteList = (props: { readonly footnotes: readonly Footnote[] }) => (
  <Show when={props.footnotes.length > 0}>
    <section class="page-part" aria-labelledby="page-claims">
      <h2 id="page-claims">Claims</h2>
      <ol class="page-footnotes">
        <Index each={props.footnotes}>
          {note => (
            <li
              id={`note-${note().number}`}
              value={note().number}
              tabindex="-1"
              classList={{ fallen: !note().stands }}
            >
              <span class="grade">{note().grade}</span>{' '}
              <bdi class="page-statement">{note().statement || 'A claim without words'}</bdi>
              <Show when={note().hedges}>
                {' '}
                <em dir="auto">{note().hedges}</em>
              </Show>{' '}
              <span class="page-faint" dir="auto">
                ({note().attribution})
              </span>
            </li>
          )}
        </Index>
      </ol>
      <p class="page-faint page-key">
        Letter: reliability of the source, A to F. Number: credibility of the claim, 1 to 6. F and 6
        cannot be judged.
      </p>
    </section>
  </Show>
)
