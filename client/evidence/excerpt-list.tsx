/** The excerpts of a source in the order of its text, and which of them do not say the same. */
import { createMemo, createSignal, Show } from 'solid-js'
import type { EvidenceAddress } from '#client/evidence/address.ts'
import type { Marked } from '#client/evidence/reader/blocks.ts'
import { Tensions } from '#client/evidence/tensions.tsx'
import { useNegotiation } from '#client/live/negotiation.ts'
import { offerUndo } from '#client/matrix/undo-offer.ts'
import { Each } from '#client/ui/each.tsx'
import { Icon } from '#client/ui/icon.tsx'
import { citationRecords } from '#shared/document/claims.ts'
import { removeExcerpt } from '#shared/document/evidence.ts'
import type { ExcerptId } from '#shared/ids.ts'
import type { Excerpt, Source } from '#shared/sources.ts'

interface Props {
  readonly source: Source
  readonly excerpts: readonly Excerpt[]
  /** Where they stand in the text; undefined while it is not there. */
  readonly marks: readonly Marked[] | undefined
  readonly current: ExcerptId | undefined
  readonly onChoose: (id: ExcerptId) => void
  readonly address: EvidenceAddress
}

export const ExcerptList = (props: Props) => {
  const negotiation = useNegotiation()
  const { act, mayEdit, view } = negotiation
  const [chosen, setChosen] = createSignal<readonly ExcerptId[]>([])
  const places = createMemo(() => new Map(props.marks?.map(mark => [mark.id, mark.start])))
  const ordered = createMemo(() =>
    props.excerpts.toSorted(
      (a, b) => (places().get(a.id) ?? a.start) - (places().get(b.id) ?? b.start),
    ),
  )
  const claims = (id: ExcerptId) =>
    view
      .records(citationRecords)
      .filter(({ excerptId }) => excerptId === id)
      .flatMap(({ claimId }) => view.claim(claimId) ?? [])
  const turn = (id: ExcerptId): void =>
    void setChosen(all =>
      all.includes(id) ? all.filter(other => other !== id) : [...all, id].slice(-2),
    )
  const remove = (id: ExcerptId): void => {
    act('remove an excerpt', doc => removeExcerpt(doc, id))
    setChosen(all => all.filter(other => other !== id))
    offerUndo(negotiation, 'Removed an excerpt', () => void negotiation.undo())
  }
  return (
    <Show when={props.excerpts.length > 0}>
      <section class="panel-section">
        <h3>Excerpts</h3>
        <ul class="excerpts">
          <Each of={ordered()}>
            {excerpt => (
              <li class="excerpt" classList={{ current: props.current === excerpt().id }}>
                <Show when={mayEdit() && props.excerpts.length > 1}>
                  <input
                    type="checkbox"
                    aria-label="Choose for a tension"
                    data-tip="Choose two that do not say the same"
                    checked={chosen().includes(excerpt().id)}
                    onChange={() => turn(excerpt().id)}
                  />
                </Show>
                <div>
                  <button
                    type="button"
                    class="excerpt-words"
                    dir="auto"
                    lang={props.source.language || undefined}
                    onClick={() => props.onChoose(excerpt().id)}
                  >
                    {excerpt().exact}
                  </button>
                  <Show when={props.marks && !places().has(excerpt().id)}>
                    <p class="evidence-note warning">Not found in this text.</p>
                  </Show>
                  <Each of={claims(excerpt().id)}>
                    {claim => (
                      <button
                        type="button"
                        class="evidence-link"
                        onClick={() => props.address.toClaim(claim().id)}
                      >
                        <span dir="auto">{claim().statement || 'A claim without words'}</span>
                      </button>
                    )}
                  </Each>
                </div>
                <Show when={mayEdit()}>
                  <button
                    type="button"
                    class="button quiet icon small"
                    aria-label="Remove this excerpt"
                    data-tip="Remove this excerpt"
                    onClick={() => remove(excerpt().id)}
                  >
                    <Icon name="close" />
                  </button>
                </Show>
              </li>
            )}
          </Each>
        </ul>
        <Tensions
          excerpts={ordered()}
          chosen={chosen()}
          onDone={() => setChosen([])}
          onChoose={id => props.onChoose(id)}
        />
      </section>
    </Show>
  )
}
