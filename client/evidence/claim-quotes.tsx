/** The words on which a claim rests, as they stand in their sources. */
import { Show } from 'solid-js'
import type { EvidenceAddress } from '#client/evidence/address.ts'
import { useNegotiation } from '#client/live/negotiation.ts'
import { Each } from '#client/ui/each.tsx'
import { Icon } from '#client/ui/icon.tsx'
import type { Claim } from '#shared/claims.ts'
import { citationRecords } from '#shared/document/claims.ts'
import { excerptRecords } from '#shared/document/sources.ts'
import type { CitationId } from '#shared/ids.ts'

export const ClaimQuotes = (props: {
  readonly claim: Claim
  readonly address: EvidenceAddress
}) => {
  const { act, mayEdit, view } = useNegotiation()
  const cited = () =>
    view
      .records(citationRecords)
      .filter(({ claimId }) => claimId === props.claim.id)
      .flatMap(({ excerptId, id }) => {
        const excerpt = view.record(excerptRecords, excerptId)
        return excerpt ? [{ id, excerpt }] : []
      })
  const uncite = (id: CitationId): void =>
    void act('cite these words no more', doc => citationRecords.remove(doc, id))
  return (
    <section class="panel-section">
      <h3>The words</h3>
      <Each of={cited()}>
        {quote => (
          <figure class="quote">
            <blockquote dir="auto">{quote().excerpt.exact}</blockquote>
            <figcaption>
              <button
                type="button"
                class="evidence-link"
                onClick={() => props.address.toSource(quote().excerpt.sourceId, quote().excerpt.id)}
              >
                <span dir="auto">
                  {view.source(quote().excerpt.sourceId)?.title || 'Untitled source'}
                </span>
              </button>
              <Show when={mayEdit()}>
                <button
                  type="button"
                  class="button quiet icon small"
                  aria-label="Cite these words no more"
                  data-tip="Cite these words no more"
                  onClick={() => uncite(quote().id)}
                >
                  <Icon name="close" />
                </button>
              </Show>
            </figcaption>
          </figure>
        )}
      </Each>
      <Show when={cited().length === 0}>
        <p class="field-none">
          No words are cited. Select some in the text of a source, and cite them for this claim.
        </p>
      </Show>
    </section>
  )
}
