/** The rows of the matrix that a meeting is about, in order. */
import { createMemo, For, Show } from 'solid-js'
import { useNegotiation } from '#client/live/negotiation.ts'
import { Pick } from '#client/timeline/pick.tsx'
import { Icon } from '#client/ui/icon.tsx'
import { agendaItemRecords, putOnAgenda } from '#shared/document/meetings.ts'
import {
  newId,
  type AgendaItemId,
  type IssueId,
  type MeetingId,
  type PartyId,
} from '#shared/ids.ts'

interface Props {
  readonly meetingId: MeetingId
  readonly jump: (issueId: IssueId, partyId: PartyId | null) => void
}

export const Agenda = (props: Props) => {
  const { act, mayEdit, view } = useNegotiation()
  const items = createMemo(() =>
    view.records(agendaItemRecords).filter(({ meetingId }) => meetingId === props.meetingId),
  )
  const put = (id: AgendaItemId, issueId: IssueId, index?: number): void =>
    void act('set the agenda', doc =>
      putOnAgenda(doc, id, { issueId, meetingId: props.meetingId }, index),
    )
  const titleOf = (id: IssueId): string => view.issue(id)?.title || 'An issue that is gone'
  const others = () =>
    view
      .issueIds()
      .filter(id => !items().some(({ issueId }) => issueId === id))
      .map(id => ({ value: id, label: titleOf(id) }))
  return (
    <section class="panel-section">
      <h3>Agenda</h3>
      <ol class="meeting-agenda">
        <For each={items().map(({ id }) => id)}>
          {(id, index) => (
            <Show when={items().find(item => item.id === id)}>
              {item => (
                <li>
                  <button
                    type="button"
                    class="event-link"
                    dir="auto"
                    disabled={!view.issue(item().issueId)}
                    data-tip="Show in the matrix"
                    onClick={() => props.jump(item().issueId, null)}
                  >
                    {titleOf(item().issueId)}
                  </button>
                  <Show when={mayEdit()}>
                    <span class="meeting-agenda-deeds">
                      <button
                        type="button"
                        class="button quiet icon small"
                        aria-label={`Move ${titleOf(item().issueId)} up`}
                        disabled={index() === 0}
                        onClick={() => put(id, item().issueId, index() - 1)}
                      >
                        ↑
                      </button>
                      <button
                        type="button"
                        class="button quiet icon small"
                        aria-label={`Move ${titleOf(item().issueId)} down`}
                        disabled={index() === items().length - 1}
                        onClick={() => put(id, item().issueId, index() + 1)}
                      >
                        ↓
                      </button>
                      <button
                        type="button"
                        class="button quiet icon small"
                        aria-label={`Take ${titleOf(item().issueId)} off the agenda`}
                        onClick={() =>
                          void act('set the agenda', doc => agendaItemRecords.remove(doc, id))
                        }
                      >
                        <Icon name="close" />
                      </button>
                    </span>
                  </Show>
                </li>
              )}
            </Show>
          )}
        </For>
      </ol>
      <Show when={items().length === 0 && !mayEdit()}>
        <p class="field-none">Nothing on it.</p>
      </Show>
      <Show when={mayEdit() && others().length > 0}>
        <Pick
          label="Put an issue on the agenda"
          bare
          none="Add an issue …"
          options={others()}
          value=""
          onChoose={id => id !== '' && put(newId<AgendaItemId>(), id as IssueId)}
        />
      </Show>
    </section>
  )
}
