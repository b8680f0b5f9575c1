/** What beside cells rests on a claim, or is spoken against by it: red lines, events, scenarios and their indicators. */
import { createMemo, createSignal, Show } from 'solid-js'
import { Finder } from '#client/ui/finder.tsx'
import { useNegotiation } from '#client/live/negotiation.ts'
import { Each } from '#client/ui/each.tsx'
import { Icon } from '#client/ui/icon.tsx'
import type { Attachment } from '#shared/claims.ts'
import { attachmentRecords } from '#shared/document/claims.ts'
import { eventRecords } from '#shared/document/events.ts'
import { indicatorRecords, scenarioRecords } from '#shared/document/outlook.ts'
import { redLineRecords } from '#shared/document/redlines.ts'
import { newId, type AttachmentId, type ClaimId } from '#shared/ids.ts'

interface Subject {
  readonly id: string
  readonly to: Attachment['to']
  readonly label: string
  /** What it is, and whose. */
  readonly note: string
}

export const ClaimOthers = (props: { readonly id: ClaimId }) => {
  const { act, mayEdit, view } = useNegotiation()
  const [finding, setFinding] = createSignal(false)
  const subjects = createMemo((): readonly Subject[] => [
    ...view.records(redLineRecords).map(({ id, issueId, partyId, statement }) => ({
      id,
      to: 'redLine' as const,
      label: statement || view.issue(issueId)?.title || 'Untitled issue',
      note: `red line of ${view.party(partyId)?.name || 'an unnamed party'}`,
    })),
    ...view.records(eventRecords).map(({ id, title }) => ({
      id,
      to: 'event' as const,
      label: title || 'Untitled event',
      note: 'event',
    })),
    ...view.records(scenarioRecords).map(({ id, title }) => ({
      id,
      to: 'scenario' as const,
      label: title || 'Untitled scenario',
      note: 'scenario',
    })),
    ...view.records(indicatorRecords).map(({ id, text }) => ({
      id,
      to: 'indicator' as const,
      label: text || 'An indicator without words',
      note: 'indicator',
    })),
  ])
  const attached = createMemo(() =>
    view
      .records(attachmentRecords)
      .filter(({ claimId }) => claimId === props.id)
      .flatMap(({ id, isAgainst, subjectId, to }) => {
        const subject = subjects().find(it => it.to === to && it.id === subjectId)
        return subject ? [{ id, isAgainst, subject }] : []
      }),
  )
  const free = () =>
    subjects().filter(({ id }) => !attached().some(({ subject }) => subject.id === id))
  const attach = (id: string): void => {
    setFinding(false)
    const subject = subjects().find(it => it.id === id)
    if (!subject) return
    act('attach a claim', doc =>
      attachmentRecords.put(doc, newId<AttachmentId>(), {
        claimId: props.id,
        to: subject.to,
        subjectId: id,
      }),
    )
  }
  return (
    <Show when={subjects().length > 0}>
      <section class="panel-section">
        <h3>What else rests on it</h3>
        <ul class="claim-cells">
          <Each of={attached()}>
            {of => (
              <li>
                <span>
                  <span dir="auto">{of().subject.label}</span>{' '}
                  <span class="evidence-note" dir="auto">
                    {of().isAgainst
                      ? `speaks against this ${of().subject.note}`
                      : of().subject.note}
                  </span>
                </span>
                <Show when={mayEdit()}>
                  <button
                    type="button"
                    class="button quiet icon small"
                    aria-label={`Detach from ${of().subject.label}`}
                    data-tip="Detach"
                    onClick={() =>
                      act('detach a claim', doc => attachmentRecords.remove(doc, of().id))
                    }
                  >
                    <Icon name="close" />
                  </button>
                </Show>
              </li>
            )}
          </Each>
        </ul>
        <Show when={attached().length === 0}>
          <p class="field-none">No red line, event or scenario yet.</p>
        </Show>
        <Show when={mayEdit()}>
          <Show
            when={finding()}
            fallback={
              <button type="button" class="add" onClick={() => setFinding(true)}>
                <Icon name="link" /> Attach to something else
              </button>
            }
          >
            <Finder
              label="The red line, event or scenario that rests on this claim"
              placeholder="A red line, an event, a scenario"
              items={free()}
              onChoose={attach}
              onClose={() => setFinding(false)}
            />
          </Show>
        </Show>
      </section>
    </Show>
  )
}
