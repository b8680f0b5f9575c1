/** The snapshots of a tracker beside its matrix: to save one, open one, or choose two to compare. */
import { createMemo, For, Match, Show, Switch } from 'solid-js'
import { wordsOf } from '#client/api.ts'
import { Authors, namesOf } from '#client/history/authors.tsx'
import { createChoice, type Choice } from '#client/history/choice.ts'
import { HistoryEntry } from '#client/history/history-entry.tsx'
import { MeetingHead } from '#client/history/meeting-head.tsx'
import type { MeetingDeeds } from '#client/history/meeting-menu.tsx'
import type { Moment } from '#client/history/moment.ts'
import { retentionWords } from '#client/history/retention.ts'
import { byDay, type Session } from '#client/history/sessions.ts'
import type { History } from '#client/history/snapshots.ts'
import { clockOf, zoneOf } from '#client/ui/when.ts'
import type { ApiHistory, SnapshotEntry } from '#shared/api.ts'
import { describeSummary, NO_CHANGES } from '#shared/compare/summary.ts'
import type { SnapshotId } from '#shared/ids.ts'
import type { Meeting } from '#shared/meetings.ts'
import type { MomentRef } from '#shared/moments.ts'

interface HistoryListProps {
  readonly history: History
  readonly meetings: readonly Meeting[]
  readonly moment: Moment
  /** My account's id. */
  readonly me: string
  readonly mayChange: boolean
  /** Why what it tells of was done, as far as somebody has said. */
  readonly reasonsOf: (snapshot: SnapshotEntry) => readonly string[]
  readonly meetingDeeds: MeetingDeeds | undefined
  readonly go: (moment: Moment) => void
  readonly restore: (ref: MomentRef) => void
}

export const HistoryList = (props: HistoryListProps) => (
  <Switch
    fallback={
      <p class="history-loading" aria-busy="true">
        Loading the snapshots …
      </p>
    }
  >
    <Match when={props.history.failed()}>
      <div class="history-empty" role="alert">
        <p>{wordsOf(props.history.failed())}</p>
        <button type="button" class="button" onClick={() => props.history.refresh()}>
          Try again
        </button>
      </div>
    </Match>
    <Match when={props.history.list()}>{list => <Moments {...props} list={list()} />}</Match>
  </Switch>
)

const Moments = (props: HistoryListProps & { readonly list: ApiHistory }) => {
  const snapshots = createMemo(() => props.list.snapshots)
  const days = createMemo(() => byDay(snapshots(), props.meetings))
  const choice = createChoice(snapshots)
  const compareChosen = (): void => {
    const from = choice.older()
    if (from) props.go({ shows: 'comparison', from, to: choice.newer() })
  }
  return (
    <>
      <div class="history-choice">
        <span aria-hidden="true">from</span>
        <span aria-hidden="true">to</span>
        <button
          type="button"
          class="button small"
          disabled={!choice.older()}
          onClick={compareChosen}
        >
          Compare
        </button>
      </div>
      <div class="history-days" onKeyDown={event => moveByKeys(event, props.go)}>
        <div class="history-row" classList={{ shown: props.moment.shows === 'now' }}>
          <span />
          <input
            type="radio"
            class="history-radio"
            name="history-newer"
            aria-label="Compare up to now"
            checked={choice.newer() === 'now'}
            onChange={() => choice.chooseNewer('now')}
          />
          <Present list={props.list} moment={props.moment} go={props.go} />
        </div>
        {/* By names and ids: when the list is asked for again, what somebody has the focus in stays. */}
        <For each={days().map(({ name }) => name)}>
          {name => (
            <Show when={days().find(day => day.name === name)}>
              {day => (
                <section class="history-day">
                  <h3>
                    {name} <span class="history-zone">{zoneOf(day().sessions[0]?.to ?? 0)}</span>
                  </h3>
                  <For each={day().sessions.map(startOf)}>
                    {start => (
                      <Show when={day().sessions.find(session => startOf(session) === start)}>
                        {session => <SessionOf {...props} session={session()} choice={choice} />}
                      </Show>
                    )}
                  </For>
                </section>
              )}
            </Show>
          )}
        </For>
      </div>
      <Show when={snapshots().length === 0}>
        <p class="history-empty">
          A snapshot keeps the matrix as it is at this moment, to look at, compare with and restore
          from later. Parley also takes one by itself after each burst of work.
        </p>
      </Show>
      <p class="history-retention">{retentionWords(props.list.retention)}</p>
    </>
  )
}

/** A session grows at its newer end. */
const startOf = ({ snapshots }: Session): string | undefined => snapshots.at(-1)?.id

const SessionOf = (
  props: HistoryListProps & { readonly session: Session; readonly choice: Choice },
) => (
  <div classList={{ 'meeting-snapshots': props.session.meeting !== undefined }}>
    <For each={props.session.ended.map(({ id }) => id)}>
      {id => (
        <Show when={props.session.ended.find(meeting => meeting.id === id)}>
          {meeting => (
            <MeetingHead
              meeting={meeting()}
              history={props.history}
              moment={props.moment}
              deeds={props.meetingDeeds}
              go={props.go}
            />
          )}
        </Show>
      )}
    </For>
    <Show when={props.session.snapshots.length > 1 && !props.session.meeting}>
      <p class="history-session-head">
        {clockOf(props.session.from)}–{clockOf(props.session.to)}
        <Show when={props.session.authors.length > 0}> · {namesOf(props.session.authors)}</Show>
      </p>
    </Show>
    <ul>
      <For each={props.session.snapshots.map(({ id }) => id as SnapshotId)}>
        {id => (
          <Show when={props.session.snapshots.find(snapshot => snapshot.id === id)}>
            {snapshot => (
              <HistoryEntry
                snapshot={snapshot()}
                history={props.history}
                choice={props.choice}
                moment={props.moment}
                me={props.me}
                mayChange={props.mayChange}
                reasons={props.reasonsOf(snapshot())}
                go={props.go}
                restore={props.restore}
              />
            )}
          </Show>
        )}
      </For>
    </ul>
  </div>
)

/** What is not in any snapshot yet. */
const Present = (props: {
  readonly list: ApiHistory
  readonly moment: Moment
  readonly go: (moment: Moment) => void
}) => (
  <div class="history-entry">
    <button
      type="button"
      class="history-open"
      aria-current={props.moment.shows === 'now' ? 'true' : undefined}
      onClick={() => props.go({ shows: 'now' })}
    >
      <span class="history-line">
        <strong>Now</strong>
        <Authors authors={props.list.sinceThen.authors} />
      </span>
      <span class="history-summary">{sinceWords(props.list.sinceThen)}</span>
    </button>
  </div>
)

const sinceWords = ({ edits, summary }: ApiHistory['sinceThen']): string => {
  if (edits === 0) return 'Nothing changed since the newest snapshot'
  const changes = describeSummary(summary)
  // Such as evidence, or the beginning of a meeting.
  return changes === NO_CHANGES
    ? 'Nothing in the matrix changed since the newest snapshot'
    : `Since then: ${changes}`
}

/** Arrows go from entry to entry, c compares the one that has the focus with now; Enter opens it, as on any button. */
const moveByKeys = (
  event: KeyboardEvent & { readonly currentTarget: HTMLElement },
  go: (moment: Moment) => void,
): void => {
  const button = event.target instanceof Element && event.target.closest('.history-open')
  if (!(button instanceof HTMLButtonElement)) return
  if (event.ctrlKey || event.metaKey || event.altKey) return
  const buttons = [...event.currentTarget.querySelectorAll<HTMLButtonElement>('.history-open')]
  const at = buttons.indexOf(button)
  const { snapshot } = button.dataset
  if (event.key === 'ArrowDown') buttons[at + 1]?.focus()
  else if (event.key === 'ArrowUp') buttons[at - 1]?.focus()
  else if (event.key === 'Home') buttons[0]?.focus()
  else if (event.key === 'End') buttons.at(-1)?.focus()
  else if (event.key === 'c' && snapshot)
    go({ shows: 'comparison', from: snapshot as SnapshotId, to: 'now' })
  else return
  event.preventDefault()
}
