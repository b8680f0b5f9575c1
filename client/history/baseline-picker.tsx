/** Since when to catch up: my last visit, what I have reviewed, a meeting, a snapshot, or a time. */
import { createEffect, createMemo, createSignal, on, Show } from 'solid-js'
import type { Meetings } from '#client/history/meetings.ts'
import { hasBegun } from '#shared/meetings.ts'
import { labelOf } from '#client/history/sessions.ts'
import type { History } from '#client/history/snapshots.ts'
import { Icon } from '#client/ui/icon.tsx'
import { MenuButton, type MenuEntry } from '#client/ui/menu.tsx'
import { minuteOf, shortlyOf } from '#client/ui/when.ts'
import type { ApiBrief } from '#shared/brief-api.ts'
import { timeIn, timeRef } from '#shared/moments.ts'

interface BaselinePickerProps {
  /** As in the address. */
  readonly since: string
  readonly brief: ApiBrief | undefined
  readonly history: History
  readonly meetings: Meetings
  readonly choose: (since: string) => void
}

interface Choice {
  readonly since: string
  readonly label: string
}

const A_TIME = 'a date and time'

export const BaselinePicker = (props: BaselinePickerProps) => {
  const [wantsTime, setWantsTime] = createSignal(false)
  createEffect(
    on(
      () => props.since,
      () => setWantsTime(timeIn(props.since) !== undefined),
    ),
  )
  const time = (): number | undefined => timeIn(props.since) ?? props.brief?.since.at
  const choices = (): readonly Choice[] => [
    { since: 'last-visit', label: `my last visit${visited(props.brief)}` },
    { since: 'last-review', label: 'what I reviewed last' },
  ]
  const meetings = (): readonly Choice[] =>
    props.meetings
      .all()
      .filter(hasBegun)
      .toSorted((a, b) => b.startedAt - a.startedAt)
      .map(({ endedAt, id, title }) => ({
        since: id,
        label: `${title || 'Untitled meeting'}${endedAt > 0 ? `, ${shortlyOf(endedAt)}` : ', goes on'}`,
      }))
  const snapshots = (): readonly Choice[] =>
    (props.history.list()?.snapshots ?? []).map(snapshot => ({
      since: snapshot.id,
      label: `${labelOf(snapshot)}, ${minuteOf(snapshot.at)}`,
    }))
  const chosen = createMemo((): string =>
    wantsTime()
      ? A_TIME
      : ([...choices(), ...meetings(), ...snapshots()].find(({ since }) => since === props.since)
          ?.label ?? 'a past moment'),
  )
  const entryOf = ({ label, since }: Choice): MenuEntry => ({
    label,
    checked: !wantsTime() && since === props.since,
    run: () => {
      setWantsTime(false)
      props.choose(since)
    },
  })
  const groupOf = (heading: string, group: readonly Choice[]): readonly MenuEntry[] =>
    group.length === 0 ? [] : [null, { heading }, ...group.map(entryOf)]
  const entries = (): readonly MenuEntry[] => [
    ...choices().map(entryOf),
    { label: A_TIME, checked: wantsTime(), run: () => setWantsTime(true) },
    ...groupOf('Meetings', meetings()),
    ...groupOf('Snapshots', snapshots()),
  ]
  return (
    <div class="catch-up-since">
      <span class="catch-up-since-word" aria-hidden="true">
        Since
      </span>
      <MenuButton class="button" label={`Since: ${chosen()}`} entries={entries}>
        <bdi>{chosen()}</bdi>
        <Icon name="down" />
      </MenuButton>
      <Show when={wantsTime()}>
        <input
          type="datetime-local"
          class="input"
          aria-label="Date and time"
          value={localOf(time() ?? Date.now())}
          max={localOf(Date.now())}
          onChange={event => {
            const at = new Date(event.currentTarget.value).getTime()
            if (!Number.isNaN(at)) props.choose(timeRef(at))
          }}
        />
      </Show>
    </div>
  )
}

const visited = (brief: ApiBrief | undefined): string =>
  brief?.since.is === 'last-visit' ? `, ${shortlyOf(brief.since.at)}` : ''

/** As the field wants it: this machine's time, without a zone. */
const localOf = (at: number): string => {
  const date = new Date(at)
  return new Date(at - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16)
}
