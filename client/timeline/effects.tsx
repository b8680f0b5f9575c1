/** The cells that an event moved, with the way to each of them. */
import { createMemo, createSignal, For, Show } from 'solid-js'
import { useNegotiation } from '#client/live/negotiation.ts'
import { Pick } from '#client/timeline/pick.tsx'
import { Icon } from '#client/ui/icon.tsx'
import { effectRecords } from '#shared/document/events.ts'
import type { Event } from '#shared/events.ts'
import { newId, type EffectId, type IssueId, type PartyId } from '#shared/ids.ts'

interface Props {
  readonly event: Event
  readonly openCell: (issueId: IssueId, partyId: PartyId) => void
}

export const Effects = (props: Props) => {
  const { act, mayEdit, view } = useNegotiation()
  const [issueId, setIssue] = createSignal('')
  const [partyId, setParty] = createSignal<string>()
  const party = (): string => partyId() ?? props.event.partyId ?? ''
  const effects = createMemo(() =>
    view.records(effectRecords).filter(({ eventId }) => eventId === props.event.id),
  )
  const isThere = (): boolean =>
    effects().some(effect => effect.issueId === issueId() && effect.partyId === party())
  const add = (): void => {
    const values = {
      eventId: props.event.id,
      issueId: issueId() as IssueId,
      partyId: party() as PartyId,
    }
    if (isThere()) return
    act('link an event to a cell', doc => effectRecords.put(doc, newId<EffectId>(), values))
    setIssue('')
  }
  const nameOf = (issue: IssueId, party: PartyId): string =>
    `${view.party(party)?.name ?? 'A party that is gone'} · ${view.issue(issue)?.title ?? 'an issue that is gone'}`
  return (
    <section class="panel-section">
      <h3>Cells that it moved</h3>
      <ul class="event-links">
        <For each={effects()}>
          {effect => (
            <li>
              <button
                type="button"
                class="event-link"
                dir="auto"
                disabled={!view.issue(effect.issueId) || !view.party(effect.partyId)}
                data-tip="Show in the matrix"
                onClick={() => props.openCell(effect.issueId, effect.partyId)}
              >
                {nameOf(effect.issueId, effect.partyId)}
              </button>
              <Show when={mayEdit()}>
                <button
                  type="button"
                  class="button quiet icon small"
                  aria-label={`Unlink ${nameOf(effect.issueId, effect.partyId)}`}
                  onClick={() =>
                    void act('unlink a cell', doc => effectRecords.remove(doc, effect.id))
                  }
                >
                  <Icon name="close" />
                </button>
              </Show>
            </li>
          )}
        </For>
      </ul>
      <Show when={effects().length === 0 && !mayEdit()}>
        <p class="field-none">None.</p>
      </Show>
      <Show when={mayEdit()}>
        <div class="event-add">
          <Pick
            label="Party of the cell"
            bare
            none="Party …"
            options={view.partyIds().map(id => ({ value: id, label: view.party(id)?.name ?? '' }))}
            value={party()}
            onChoose={setParty}
          />
          <Pick
            label="Issue of the cell"
            bare
            none="Issue …"
            options={view.issueIds().map(id => ({ value: id, label: view.issue(id)?.title ?? '' }))}
            value={issueId()}
            onChoose={setIssue}
          />
          <button
            type="button"
            class="button small"
            disabled={issueId() === '' || party() === '' || isThere()}
            onClick={add}
          >
            Add cell
          </button>
        </div>
      </Show>
    </section>
  )
}
