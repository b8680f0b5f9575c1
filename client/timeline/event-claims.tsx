/** The claims on which an event rests. */
import { createMemo, For, Show } from 'solid-js'
import { useNegotiation } from '#client/live/negotiation.ts'
import { Icon } from '#client/ui/icon.tsx'
import { MenuButton, type MenuEntry } from '#client/ui/menu.tsx'
import { gradeOf } from '#shared/claims.ts'
import { attachmentRecords } from '#shared/document/claims.ts'
import { newId, type AttachmentId, type ClaimId, type EventId, type SourceId } from '#shared/ids.ts'

/** Of a long list only the newest are offered. */
const OFFERED = 40

export const EventClaims = (props: { readonly eventId: EventId }) => {
  const { act, mayEdit, view } = useNegotiation()
  const attached = createMemo(() =>
    view
      .records(attachmentRecords)
      .filter(({ subjectId, to }) => to === 'event' && subjectId === props.eventId),
  )
  const sourceOf = (id: SourceId | null) => (id ? view.source(id) : undefined)
  const attach = (claimId: ClaimId): void =>
    void act('attach a claim', doc =>
      attachmentRecords.put(doc, newId<AttachmentId>(), {
        claimId,
        to: 'event',
        subjectId: props.eventId,
      }),
    )
  const others = (): readonly MenuEntry[] =>
    view
      .claims()
      .filter(({ id }) => !attached().some(({ claimId }) => claimId === id))
      .slice(-OFFERED)
      .map(({ id, statement }) => ({ label: shortened(statement), run: () => attach(id) }))
  return (
    <section class="panel-section">
      <h3>Claims</h3>
      <ul class="claims">
        <For each={attached()}>
          {({ claimId, id }) => (
            <Show when={view.claim(claimId)}>
              {claim => (
                <li class="claim">
                  <span class="grade">
                    <span class="unseen">Grade </span>
                    {gradeOf(claim(), sourceOf(claim().sourceId))}
                  </span>
                  <p dir="auto">
                    {claim().statement}
                    <Show when={claim().status !== 'reported'}> ({claim().status})</Show>
                  </p>
                  <Show when={mayEdit()}>
                    <button
                      type="button"
                      class="button quiet icon small"
                      aria-label="Detach this claim"
                      onClick={() =>
                        void act('detach a claim', doc => attachmentRecords.remove(doc, id))
                      }
                    >
                      <Icon name="close" />
                    </button>
                  </Show>
                </li>
              )}
            </Show>
          )}
        </For>
      </ul>
      <Show when={attached().length === 0}>
        <p class="field-none">Nothing attached: this rests on nobody’s word yet.</p>
      </Show>
      <Show when={mayEdit() && others().length > 0}>
        <MenuButton class="add" label="Attach a claim that is known" entries={others}>
          <Icon name="link" /> Attach a claim
        </MenuButton>
      </Show>
    </section>
  )
}

const shortened = (text: string): string => (text.length > 70 ? `${text.slice(0, 68)}…` : text)
