/** Beside the matrix: the change that the reader stands on, and the list of moments. */
import { createEffect, createMemo, createSignal, Show, untrack, type JSX } from 'solid-js'
import type { Asking } from '#client/history/asking.ts'
import { CatchUpPanel } from '#client/history/catch-up-panel.tsx'
import type { CatchUp } from '#client/history/catch-up.ts'
import { ChangeCard } from '#client/history/change-card.tsx'
import { HistoryList } from '#client/history/history-list.tsx'
import { HistoryTools } from '#client/history/history-tools.tsx'
import { MeetingDialog } from '#client/history/meeting-dialog.tsx'
import type { MeetingDeeds } from '#client/history/meeting-menu.tsx'
import type { Meetings } from '#client/history/meetings.ts'
import type { Moment } from '#client/history/moment.ts'
import type { Span } from '#client/history/movements/span.ts'
import { OpenMeetings } from '#client/history/open-meetings.tsx'
import { OpenQuestions } from '#client/history/questions.tsx'
import type { Review } from '#client/history/review.ts'
import { isListed } from '#client/history/sessions.ts'
import type { History, Words } from '#client/history/snapshots.ts'
import type { Spot } from '#client/matrix/marks.ts'
import { Icon } from '#client/ui/icon.tsx'
import type { SnapshotEntry } from '#shared/api.ts'
import type { MeetingId } from '#shared/ids.ts'
import { hasBegun, type Meeting } from '#shared/meetings.ts'
import type { MomentRef } from '#shared/moments.ts'
import '#client/history/meetings.css'

interface HistoryPanelProps {
  readonly history: History
  readonly meetings: Meetings
  readonly moment: Moment
  readonly review: Review | undefined
  /** Between what it compares. */
  readonly span: Span | undefined
  readonly catchUp: CatchUp
  readonly asking: Asking
  readonly select: (spot: Spot) => void
  readonly choose: (since: string) => void
  /** My account's id. */
  readonly me: string
  readonly mayChange: boolean
  readonly reasonsOf: (snapshot: SnapshotEntry) => readonly string[]
  readonly go: (moment: Moment) => void
  readonly restore: (ref: MomentRef) => void
  readonly save: (words: Words) => Promise<unknown>
  readonly close: () => void
  /** What stands above the list. */
  readonly children: JSX.Element
  /** And under it. */
  readonly foot?: JSX.Element
}

export const HistoryPanel = (props: HistoryPanelProps) => {
  const [changed, setChanged] = createSignal<MeetingId>()
  const changedMeeting = createMemo(() => props.meetings.all().find(({ id }) => id === changed()))
  /** Those that the list does not show. */
  const openMeetings = (): readonly Meeting[] => {
    const snapshots = props.history.list()?.snapshots
    const held = props.meetings.all().filter(hasBegun)
    return snapshots
      ? held.filter(meeting => !isListed(meeting, snapshots))
      : held.filter(({ endedAt }) => endedAt === 0)
  }
  const deeds = createMemo((): MeetingDeeds | undefined =>
    props.mayChange
      ? { change: ({ id }) => setChanged(id), remove: props.meetings.remove }
      : undefined,
  )
  // On a small screen the list makes room for what was chosen in it.
  const [folded, setFolded] = createSignal(false)
  createEffect(() => setFolded(props.moment.shows !== 'now'))
  return (
    <aside class="history-panel" classList={{ folded: folded() }} aria-label="History">
      <header class="history-head">
        <h2>{props.catchUp.since() === undefined ? 'History' : 'Catch up'}</h2>
        <button
          type="button"
          class="button quiet small history-fold"
          aria-expanded={!folded()}
          onClick={() => setFolded(!folded())}
        >
          {foldWords(props.catchUp.since() !== undefined, folded())}
        </button>
        <button
          type="button"
          class="button quiet icon small"
          aria-label="Close history"
          data-tip="Close history"
          data-keys="Esc"
          onClick={() => props.close()}
        >
          <Icon name="close" />
        </button>
      </header>
      <Show
        when={props.catchUp.since() === undefined}
        fallback={
          <CatchUpPanel
            catchUp={props.catchUp}
            asking={props.asking}
            history={props.history}
            meetings={props.meetings}
            me={props.me}
            choose={props.choose}
          />
        }
      >
        <Show when={props.review?.walk.current()}>
          {stop => (
            <ChangeCard stop={stop()} compared={props.review?.compared()} span={props.span} />
          )}
        </Show>
        <OpenQuestions asking={props.asking} select={props.select} />
        <OpenMeetings meetings={openMeetings()} deeds={deeds()} end={props.meetings.end} />
        <HistoryTools
          moment={props.moment}
          mayChange={props.mayChange}
          save={props.save}
          startMeeting={props.meetings.start}
          catchUp={() => props.choose(props.catchUp.usual())}
        />
        <div class="history-body">
          {props.children}
          <HistoryList
            history={props.history}
            meetings={props.meetings.all()}
            moment={props.moment}
            me={props.me}
            mayChange={props.mayChange}
            reasonsOf={props.reasonsOf}
            meetingDeeds={deeds()}
            go={props.go}
            restore={props.restore}
          />
          {props.foot}
        </div>
      </Show>
      {/* By its id: what somebody is writing stays while others change the same one. */}
      <Show when={changedMeeting()?.id} keyed>
        <MeetingDialog
          meeting={untrack(changedMeeting) as Meeting}
          history={props.history}
          meetings={props.meetings}
          onClose={() => setChanged()}
        />
      </Show>
    </aside>
  )
}

const foldWords = (isBrief: boolean, isFolded: boolean): string =>
  `${isFolded ? 'Show' : 'Hide'} ${isBrief ? 'list' : 'moments'}`
