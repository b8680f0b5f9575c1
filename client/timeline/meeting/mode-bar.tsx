/** While a meeting goes on: its agenda, and a line in which what is said is caught by keyboard. Stays on every place. */
import { createMemo, createSignal, For, onCleanup, Show } from 'solid-js'
import { wordsOf } from '#client/api.ts'
import { snapshotStore } from '#client/history/snapshots.ts'
import { whenSaved } from '#client/history/when-saved.ts'
import { useNegotiation } from '#client/live/negotiation.ts'
import { Pick } from '#client/timeline/pick.tsx'
import { notesOf } from '#client/timeline/meeting/notes.tsx'
import { notify } from '#client/ui/toaster.tsx'
import { clockOf } from '#client/ui/when.ts'
import { agendaItemRecords, noteRecords } from '#shared/document/meetings.ts'
import { MAX_FIELD_LENGTH } from '#shared/document/field.ts'
import { personRecords } from '#shared/document/people.ts'
import {
  newId,
  type AccountId,
  type IssueId,
  type MeetingId,
  type NoteId,
  type PartyId,
} from '#shared/ids.ts'
import type { Meeting } from '#shared/meetings.ts'
import '#client/timeline/meeting/meeting.css'

interface Props {
  readonly meeting: Meeting
  readonly jump: (issueId: IssueId, partyId: PartyId | null) => void
  /** To the meeting's page, or to its report. */
  readonly open: (id: MeetingId, report: boolean) => void
}

export default function ModeBar(props: Props) {
  const negotiation = useNegotiation()
  const { act, mayEdit, me, view } = negotiation
  const [folded, setFolded] = createSignal(false)
  const [busy, setBusy] = createSignal(false)
  const [speaker, setSpeaker] = createSignal('')
  const [issueId, setIssue] = createSignal('')
  const [text, setText] = createSignal('')
  let words: HTMLInputElement | undefined
  let first: HTMLInputElement | undefined

  const agenda = createMemo(() =>
    view
      .records(agendaItemRecords)
      .filter(({ issueId, meetingId }) => meetingId === props.meeting.id && view.issue(issueId)),
  )
  const notes = createMemo(() => notesOf(view.records(noteRecords), props.meeting.id))
  const titleOf = (id: IssueId): string => view.issue(id)?.title || 'Untitled issue'
  /** Those of the agenda first. */
  const issues = () => {
    const onAgenda = agenda().map(({ issueId }) => issueId)
    return [...new Set([...onAgenda, ...view.issueIds()])].map(id => ({
      value: id as string,
      label: titleOf(id),
    }))
  }
  const people = createMemo(() => view.records(personRecords).filter(({ name }) => name !== ''))
  const partyOf = (name: string): PartyId | null => {
    const same = (other: string | undefined): boolean =>
      other !== undefined && other.trim().toLowerCase() === name.trim().toLowerCase()
    return (
      view.partyIds().find(id => same(view.party(id)?.name)) ??
      people().find(person => same(person.name))?.partyId ??
      null
    )
  }
  const capture = (event: SubmitEvent): void => {
    event.preventDefault()
    const said = text().trim()
    if (said === '') return
    const done = act('take a note', doc =>
      noteRecords.put(doc, newId<NoteId>(), {
        meetingId: props.meeting.id,
        speaker: speaker().trim(),
        partyId: partyOf(speaker()),
        issueId: (issueId() || null) as IssueId | null,
        text: said,
        by: me.id as AccountId,
        at: Date.now(),
      }),
    )
    if (!done) return
    setText('')
    words?.focus()
  }
  const end = async (): Promise<void> => {
    setBusy(true)
    // Once it has ended there is no bar any more, nor what was handed to it.
    const { open } = props
    const { id } = props.meeting
    try {
      await whenSaved(negotiation)
      await snapshotStore(negotiation.trackerId).endMeeting(id)
      open(id, true)
    } catch (error) {
      notify({ tone: 'warning', text: wordsOf(error) })
      setBusy(false)
    }
  }
  const onKey = (event: KeyboardEvent): void => {
    // A Mac's Option makes another letter of it.
    if (!event.altKey || event.code !== 'KeyM' || event.ctrlKey || event.metaKey) return
    event.preventDefault()
    setFolded(false)
    ;(speaker() === '' ? first : words)?.focus()
  }
  document.addEventListener('keydown', onKey)
  onCleanup(() => document.removeEventListener('keydown', onKey))

  return (
    <section class="mode" aria-label={`Meeting ${props.meeting.title}`}>
      <div class="mode-head">
        <span class="mode-live" aria-hidden="true" />
        <button
          type="button"
          class="mode-title"
          onClick={() => props.open(props.meeting.id, false)}
          dir="auto"
        >
          {props.meeting.title || 'Untitled meeting'}
        </button>
        <span class="mode-since">
          <Show when={props.meeting.startedAt > 0}>since {clockOf(props.meeting.startedAt)}</Show>
        </span>
        <ol class="mode-agenda" aria-label="Agenda">
          <For each={agenda()}>
            {item => (
              <li>
                <button
                  type="button"
                  class="choice"
                  dir="auto"
                  aria-pressed={issueId() === item.issueId}
                  data-tip="Notes are on this issue; shows it in the matrix"
                  onClick={() => {
                    setIssue(item.issueId)
                    props.jump(item.issueId, null)
                  }}
                >
                  {titleOf(item.issueId)}
                </button>
              </li>
            )}
          </For>
        </ol>
        <button
          type="button"
          class="button quiet small"
          aria-expanded={!folded()}
          onClick={() => setFolded(!folded())}
        >
          {folded() ? 'Take notes' : 'Fold'}
        </button>
        <Show when={mayEdit()}>
          <button type="button" class="button small" disabled={busy()} onClick={() => void end()}>
            {busy() ? 'Ending …' : 'End meeting'}
          </button>
        </Show>
      </div>
      <Show when={mayEdit() && !folded()}>
        <form class="mode-capture" aria-label="Take a note" onSubmit={capture}>
          <input
            ref={first}
            class="line mode-speaker"
            aria-label="Who says it"
            placeholder="Who"
            list="mode-speakers"
            autocomplete="off"
            dir="auto"
            maxlength={200}
            value={speaker()}
            onInput={event => setSpeaker(event.currentTarget.value)}
            onKeyDown={event => {
              if (event.key !== 'Enter' || text() !== '') return
              event.preventDefault()
              words?.focus()
            }}
          />
          <datalist id="mode-speakers">
            <For each={view.partyIds()}>{id => <option value={view.party(id)?.name} />}</For>
            <For each={people()}>
              {({ name, office }) => <option value={name}>{office}</option>}
            </For>
          </datalist>
          <Pick
            label="On which issue"
            bare
            none="On no issue"
            options={issues()}
            value={issueId()}
            onChoose={setIssue}
          />
          <input
            ref={words}
            class="line mode-words"
            aria-label="What is said"
            placeholder="What is said; Enter keeps it"
            data-keys="Alt+M"
            autocomplete="off"
            dir="auto"
            maxlength={MAX_FIELD_LENGTH}
            value={text()}
            onInput={event => setText(event.currentTarget.value)}
          />
          <button type="submit" class="button small" disabled={text().trim() === ''}>
            Keep
          </button>
          <span class="mode-count" role="status">
            {notes().length === 0
              ? ''
              : notes().length === 1
                ? '1 note'
                : `${notes().length} notes`}
          </span>
        </form>
      </Show>
    </section>
  )
}
