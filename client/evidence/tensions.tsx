/** Excerpts of one source that do not say the same, as a headline above its own body. */
import { createMemo, createUniqueId, Show } from 'solid-js'
import { useNegotiation } from '#client/live/negotiation.ts'
import { Line } from '#client/matrix/panel/line.tsx'
import { Each } from '#client/ui/each.tsx'
import { Icon } from '#client/ui/icon.tsx'
import { tensionRecords } from '#shared/document/sources.ts'
import { newId, type ExcerptId, type TensionId } from '#shared/ids.ts'
import type { Excerpt } from '#shared/sources.ts'

interface Props {
  readonly excerpts: readonly Excerpt[]
  /** Those that are chosen to be marked: two make a tension. */
  readonly chosen: readonly ExcerptId[]
  readonly onDone: () => void
  readonly onChoose: (id: ExcerptId) => void
}

export const Tensions = (props: Props) => {
  const { act, mayEdit, view } = useNegotiation()
  const byId = createMemo(() => new Map(props.excerpts.map(excerpt => [excerpt.id, excerpt])))
  const tensions = createMemo(() =>
    view.records(tensionRecords).flatMap(tension => {
      const [one, other] = [byId().get(tension.excerptId), byId().get(tension.otherId)]
      return one && other ? [{ id: tension.id, tension, one, other }] : []
    }),
  )
  const Words = (at: { readonly excerpt: Excerpt }) => (
    <button
      type="button"
      class="excerpt-words"
      dir="auto"
      onClick={() => props.onChoose(at.excerpt.id)}
    >
      {at.excerpt.exact}
    </button>
  )
  return (
    <>
      <Show when={props.chosen.length > 0}>
        <Form {...props} />
      </Show>
      <Show when={tensions().length > 0}>
        <h4>In tension with each other</h4>
        <ul class="tensions">
          <Each of={tensions()}>
            {of => (
              <li class="tension">
                <div>
                  <Words excerpt={of().one} />
                  <span class="unseen">does not say the same as</span>
                  <Words excerpt={of().other} />
                  <Line
                    label="In what they differ"
                    value={of().tension.note}
                    placeholder={mayEdit() ? 'In what they differ' : ''}
                    disabled={!mayEdit()}
                    onWrite={note =>
                      void act('note on a tension', doc =>
                        tensionRecords.set(doc, of().id, { note }),
                      )
                    }
                  />
                </div>
                <Show when={mayEdit()}>
                  <button
                    type="button"
                    class="button quiet icon small"
                    aria-label="They are not in tension"
                    data-tip="They are not in tension"
                    onClick={() =>
                      act('remove a tension', doc => tensionRecords.remove(doc, of().id))
                    }
                  >
                    <Icon name="close" />
                  </button>
                </Show>
              </li>
            )}
          </Each>
        </ul>
      </Show>
    </>
  )
}

const Form = (props: Props) => {
  const { act, view } = useNegotiation()
  const id = createUniqueId()
  const isKnown = (): boolean =>
    view
      .records(tensionRecords)
      .some(({ excerptId, otherId }) =>
        [excerptId, otherId].every(one => props.chosen.includes(one)),
      )
  let note: HTMLInputElement | undefined
  const mark = (event: SubmitEvent): void => {
    event.preventDefault()
    const [excerptId, otherId] = props.chosen
    if (!excerptId || !otherId || isKnown()) return
    const words = note?.value.trim() ?? ''
    act('mark a tension', doc =>
      tensionRecords.put(doc, newId<TensionId>(), { excerptId, otherId, note: words }),
    )
    props.onDone()
  }
  return (
    <form class="tension-form" onSubmit={mark}>
      <Show
        when={props.chosen.length === 2}
        fallback={<p class="evidence-note">Choose a second excerpt that does not say the same.</p>}
      >
        <Show when={isKnown()}>
          <p class="evidence-note" role="status">
            These two are marked as in tension already.
          </p>
        </Show>
        <label for={id}>In what they differ</label>
        <input
          id={id}
          ref={note}
          class="input"
          dir="auto"
          maxlength={1_000}
          onKeyDown={event => event.stopPropagation()}
        />
        <div class="panel-row">
          <button type="submit" class="button primary small" disabled={isKnown()}>
            Mark as in tension
          </button>
          <button type="button" class="button quiet small" onClick={() => props.onDone()}>
            Cancel
          </button>
        </div>
      </Show>
    </form>
  )
}
