/** A meeting's name and its two snapshots, for when somebody forgot to press a button in time. */
import { createSignal, Show } from 'solid-js'
import { MeetingTitle } from '#client/history/meeting-form.tsx'
import type { Meetings } from '#client/history/meetings.ts'
import { PanelForm } from '#client/history/panel-form.tsx'
import { byDay, labelOf } from '#client/history/sessions.ts'
import type { History } from '#client/history/snapshots.ts'
import { Dialog } from '#client/ui/dialog.tsx'
import { Icon } from '#client/ui/icon.tsx'
import { MenuButton, type MenuEntry } from '#client/ui/menu.tsx'
import { clockOf, minuteOf } from '#client/ui/when.ts'
import type { SnapshotEntry } from '#shared/api.ts'
import type { SnapshotId } from '#shared/ids.ts'
import type { Meeting } from '#shared/meetings.ts'

interface MeetingDialogProps {
  readonly meeting: Meeting
  readonly history: History
  readonly meetings: Meetings
  readonly onClose: () => void
}

export const MeetingDialog = (props: MeetingDialogProps) => {
  const { meeting } = props
  const [title, setTitle] = createSignal(meeting.title)
  const [before, setBefore] = createSignal(meeting.before)
  const [after, setAfter] = createSignal(meeting.after)
  const snapshots = (): readonly SnapshotEntry[] => props.history.list()?.snapshots ?? []
  /** How far back in the list, newest first. */
  const placeOf = (id: SnapshotId | null): number => snapshots().findIndex(it => it.id === id)
  const isBackwards = (): boolean => {
    const [later, earlier] = [placeOf(after()), placeOf(before())]
    return later >= 0 && earlier >= 0 && later >= earlier
  }
  const save = async (): Promise<void> =>
    props.meetings.change(meeting, { title: title().trim(), before: before(), after: after() })
  return (
    <Dialog open title="Change the meeting" onClose={() => props.onClose()}>
      <PanelForm label="Meeting" verb="Save" onSubmit={save} onDone={props.onClose}>
        <MeetingTitle value={title()} onInput={setTitle} />
        <SnapshotPick
          label="Before"
          snapshots={snapshots()}
          chosen={before()}
          onChoose={setBefore}
        />
        <SnapshotPick
          label="After"
          snapshots={snapshots()}
          chosen={after()}
          onChoose={setAfter}
          none="It is still going on"
          fault={isBackwards() ? 'Choose one that was taken after the first.' : ''}
        />
      </PanelForm>
    </Dialog>
  )
}

interface SnapshotPickProps {
  readonly label: string
  readonly snapshots: readonly SnapshotEntry[]
  readonly chosen: SnapshotId | null
  readonly onChoose: (id: SnapshotId | null) => void
  /** What it means that there is none, where that may be chosen. */
  readonly none?: string
  readonly fault?: string
}

const SnapshotPick = (props: SnapshotPickProps) => {
  const chosen = (): string => {
    const entry = props.snapshots.find(({ id }) => id === props.chosen)
    if (entry) return `${minuteOf(entry.at)} · ${labelOf(entry)}`
    return props.chosen === null ? (props.none ?? 'None') : 'No longer in the history'
  }
  const entries = (): readonly MenuEntry[] => [
    ...(props.none === undefined
      ? []
      : [
          {
            label: props.none,
            checked: props.chosen === null,
            run: () => props.onChoose(null),
          },
        ]),
    ...byDay(props.snapshots).flatMap(({ name, sessions }) => [
      { heading: name },
      ...sessions
        .flatMap(({ snapshots }) => snapshots)
        .map(snapshot => ({
          label: `${clockOf(snapshot.at)} ${labelOf(snapshot)}`,
          checked: snapshot.id === props.chosen,
          run: () => props.onChoose(snapshot.id as SnapshotId),
        })),
    ]),
  ]
  return (
    <div class="history-field">
      <span class="history-field-label">{props.label}</span>
      <MenuButton
        class="input meeting-pick"
        label={`${props.label}: ${chosen()}`}
        entries={entries}
        aria-invalid={props.fault ? true : undefined}
      >
        <bdi>{chosen()}</bdi>
        <Icon name="down" />
      </MenuButton>
      <p class="history-fault" aria-live="polite">
        <Show when={props.fault}>{props.fault}</Show>
      </p>
    </div>
  )
}
