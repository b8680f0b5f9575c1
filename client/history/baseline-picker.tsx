/** Since when to catch up: my last visit, what I have reviewed, a meeting, a snapshot, or a time. */
import { createEffect, createMemo, createSignal, createUniqueId, For, on, Show } from 'solid-js'
import type { Meetings } from '#client/history/meetings.ts'
import { labelOf } from '#client/history/sessions.ts'
import type { History } from '#client/history/snapshots.ts'
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

const AT_A_TIME = 'time'

export const BaselinePicker = (props: BaselinePickerProps) => {
  const id = createUniqueId()
  const [wantsTime, setWantsTime] = createSignal(false)
  createEffect(
    on(
      () => props.since,
      () => setWantsTime(timeIn(props.since) !== undefined),
    ),
  )
  const time = (): number | undefined => timeIn(props.since) ?? props.brief?.since.at
  const meetings = createMemo(() =>
    props.meetings.all().toSorted((a, b) => b.startedAt - a.startedAt),
  )
  const snapshots = () => props.history.list()?.snapshots ?? []
  const since = (): string => {
    const is = props.brief?.since
    return is && is.is === 'last-visit' ? `, ${shortlyOf(is.at)}` : ''
  }
  const choose = (chosen: string): void => {
    setWantsTime(chosen === AT_A_TIME)
    if (chosen !== AT_A_TIME) props.choose(chosen)
  }
  const shown = (): string => (wantsTime() ? AT_A_TIME : props.since)
  return (
    <div class="catch-up-since">
      <label for={id}>Since</label>
      <select
        id={id}
        class="input"
        value={shown()}
        onChange={event => choose(event.currentTarget.value)}
      >
        <option value="last-visit" selected={shown() === 'last-visit'}>
          my last visit{since()}
        </option>
        <option value="last-review" selected={shown() === 'last-review'}>
          what I reviewed last
        </option>
        <option value={AT_A_TIME} selected={shown() === AT_A_TIME}>
          a date and time
        </option>
        <Show when={meetings().length > 0}>
          <optgroup label="Meetings">
            <For each={meetings()}>
              {meeting => (
                <option value={meeting.id} selected={shown() === meeting.id}>
                  {meeting.title || 'Untitled meeting'}
                  {meeting.endedAt > 0 ? `, ${shortlyOf(meeting.endedAt)}` : ', goes on'}
                </option>
              )}
            </For>
          </optgroup>
        </Show>
        <Show when={snapshots().length > 0}>
          <optgroup label="Snapshots">
            <For each={snapshots()}>
              {snapshot => (
                <option value={snapshot.id} selected={shown() === snapshot.id}>
                  {labelOf(snapshot)}, {minuteOf(snapshot.at)}
                </option>
              )}
            </For>
          </optgroup>
        </Show>
      </select>
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

/** As the field wants it: this machine's time, without a zone. */
const localOf = (at: number): string => {
  const date = new Date(at)
  return new Date(at - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16)
}
