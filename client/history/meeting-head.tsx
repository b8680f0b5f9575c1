/** Over the snapshots of a meeting: its name, when it was, and what moved in it. */
import { createMemo, createSignal, Match, onCleanup, Show, Switch } from 'solid-js'
import { wordsOf } from '#client/api.ts'
import { createAsked } from '#client/history/asked.ts'
import { MeetingMenu, type MeetingDeeds } from '#client/history/meeting-menu.tsx'
import { sameMoment, type Moment } from '#client/history/moment.ts'
import type { History } from '#client/history/snapshots.ts'
import { clockOf, dayOf, minuteOf } from '#client/ui/when.ts'
import { describeSummary } from '#shared/compare/summary.ts'
import type { Meeting } from '#shared/meetings.ts'
import type { MomentRef } from '#shared/moments.ts'

interface MeetingHeadProps {
  readonly meeting: Meeting
  readonly history: History
  readonly moment: Moment
  /** Undefined for those who may only read. */
  readonly deeds: MeetingDeeds | undefined
  readonly go: (moment: Moment) => void
}

export const MeetingHead = (props: MeetingHeadProps) => {
  const [seen, setSeen] = createSignal(false)
  const ends = createMemo(
    () => {
      const { after, before } = props.meeting
      const areListed = before && after && props.history.entry(before) && props.history.entry(after)
      return areListed ? ({ shows: 'comparison', from: before, to: after } as const) : undefined
    },
    undefined,
    { equals: (a, b) => a === b || (a !== undefined && b !== undefined && sameMoment(a, b)) },
  )
  /** What the lines in between say: somebody may correct of which kind a change was, long after the meeting. */
  const lines = createMemo(() => {
    const all = props.history.list()?.snapshots ?? []
    const placeOf = (ref: MomentRef | undefined): number => all.findIndex(({ id }) => id === ref)
    const [newest, oldest] = [placeOf(ends()?.to), placeOf(ends()?.from)]
    return JSON.stringify(all.slice(Math.max(0, newest), oldest).map(({ summary }) => summary))
  })
  const movement = createAsked(
    () => {
      const [is, said] = [ends(), lines()]
      return seen() && is ? { ...is, said } : undefined
    },
    ({ from, said, to }) => props.history.store.summary(from, to, said),
  )
  return (
    <div class="meeting-head" ref={element => onSeen(element, () => setSeen(true))}>
      <h4>
        <bdi>{props.meeting.title}</bdi>
      </h4>
      <MeetingMenu meeting={props.meeting} deeds={props.deeds} />
      <p class="meeting-when">Meeting · {stretchOf(props.meeting)}</p>
      <p class="meeting-movement">
        <Switch fallback={<span aria-busy="true">…</span>}>
          <Match when={!ends()}>
            {props.meeting.before && props.meeting.after
              ? 'One of its snapshots is no longer in the history.'
              : 'What moved shows when it has a snapshot before and one after.'}
          </Match>
          <Match when={movement.failed()}>{wordsOf(movement.failed())}</Match>
          <Match when={movement.latest()}>{summary => describeSummary(summary())}</Match>
        </Switch>
      </p>
      <a class="meeting-page" href={`?tab=timeline&meeting=${props.meeting.id}`}>
        Agenda, notes and report
      </a>
      <Show when={ends()}>
        {comparison => (
          <button
            type="button"
            class="button quiet small"
            aria-label={`Show movement in ${props.meeting.title}`}
            aria-current={sameMoment(props.moment, comparison()) ? 'true' : undefined}
            onClick={() => props.go(comparison())}
          >
            Show movement
          </button>
        )}
      </Show>
    </div>
  )
}

/** A long history has many meetings: what moved is asked for those that are looked at. */
const onSeen = (element: Element, see: () => void): void => {
  if (typeof IntersectionObserver === 'undefined') return see()
  const observer = new IntersectionObserver(entries => {
    if (!entries.some(({ isIntersecting }) => isIntersecting)) return
    observer.disconnect()
    see()
  })
  observer.observe(element)
  onCleanup(() => observer.disconnect())
}

/** "10:00–12:30", with the days where it went on over midnight. */
const stretchOf = ({ endedAt, startedAt }: Meeting): string => {
  if (startedAt === 0) return `until ${clockOf(endedAt)}`
  return dayOf(startedAt) === dayOf(endedAt)
    ? `${clockOf(startedAt)}–${clockOf(endedAt)}`
    : `${minuteOf(startedAt)} – ${minuteOf(endedAt)}`
}
