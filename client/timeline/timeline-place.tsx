/** The place of events and meetings in time: drawn, or as a list, with one of them at length beside it. */
import { useSearchParams } from '@solidjs/router'
import { createEffect, createMemo, Match, Show, Switch } from 'solid-js'
import { createMeetings } from '#client/history/meetings.ts'
import { labelOf } from '#client/history/sessions.ts'
import { createHistory, snapshotStore } from '#client/history/snapshots.ts'
import { useNegotiation } from '#client/live/negotiation.ts'
import type { PlaceProps } from '#client/matrix/workspace.tsx'
import { Drawing } from '#client/timeline/drawing.tsx'
import type { Chosen } from '#client/timeline/drawn-lane.tsx'
import { EventPanel } from '#client/timeline/event-panel.tsx'
import { createItems } from '#client/timeline/items.ts'
import type { LaneId } from '#client/timeline/laid.ts'
import { List } from '#client/timeline/list.tsx'
import { MeetingPanel } from '#client/timeline/meeting/meeting-panel.tsx'
import { Report } from '#client/timeline/meeting/report.tsx'
import { createTray, Tray } from '#client/timeline/tray.tsx'
import { createAbout } from '#client/timeline/about.ts'
import { Icon } from '#client/ui/icon.tsx'
import { Segments } from '#client/ui/segments.tsx'
import { eventRecords } from '#shared/document/events.ts'
import { meetingRecords } from '#shared/document/meetings.ts'
import type { Event } from '#shared/events.ts'
import { newId, type EventId, type MeetingId, type PartyId } from '#shared/ids.ts'
import '#client/matrix/panel/panel.css'
import '#client/timeline/timeline.css'
import '#client/timeline/meeting/meeting.css'

const VIEWS = ['drawn', 'list'] as const
const VIEW_LABELS = { drawn: 'Drawn', list: 'List' }

/** Where a line would have no room, the list is what one wants first. */
const NARROW = '(max-width: 640px)'

export default function TimelinePlace(props: PlaceProps) {
  const negotiation = useNegotiation()
  const { act, mayEdit, view } = negotiation
  const [query, setQuery] = useSearchParams<{
    view?: string
    event?: string
    meeting?: string
    report?: string
  }>()
  const items = createItems(view)
  const shows = (): (typeof VIEWS)[number] =>
    VIEWS.find(name => name === query.view) ?? (matchMedia(NARROW).matches ? 'list' : 'drawn')

  const chosen = createMemo((): Chosen | undefined => {
    if (query.event !== undefined) return { kind: 'event', id: query.event }
    return query.meeting === undefined ? undefined : { kind: 'meeting', id: query.meeting }
  })
  const choose = (item: Chosen | undefined): void =>
    void setQuery(
      {
        event: item?.kind === 'event' ? item.id : undefined,
        meeting: item?.kind === 'meeting' ? item.id : undefined,
        report: undefined,
      },
      { replace: chosen() !== undefined },
    )
  const event = createMemo(() => items.events().find(({ id }) => id === query.event))
  const meeting = createMemo(() => items.meetings().find(({ id }) => id === query.meeting))
  const isEmpty = (): boolean => items.events().length === 0 && items.meetings().length === 0
  const add = (values: Partial<Event>): void => {
    const id = newId<EventId>()
    if (act('add an event', doc => eventRecords.put(doc, id, values))) choose({ kind: 'event', id })
  }

  const plan = (): void => {
    const id = newId<MeetingId>()
    if (act('plan a meeting', doc => meetingRecords.put(doc, id, {})))
      choose({ kind: 'meeting', id })
  }

  const lanes = createMemo<readonly LaneId[]>(() => ['meetings', ...view.partyIds(), 'nobody'])
  const nameOf = (lane: LaneId): string => {
    if (lane === 'meetings') return 'Meetings'
    return lane === 'nobody' ? 'No single party' : (view.party(lane)?.name ?? '')
  }
  /** Where nothing has a date, days are counted from T0. */
  const zero = (): string | undefined => {
    const t0 = items.t0()
    return items.dated().length === 0 && t0 ? items.titleOf(t0.id) : undefined
  }
  const drawn = () => (zero() === undefined ? items.dated() : items.fromT0())
  const tray = createTray(items, drawn)
  const history = createHistory(snapshotStore(negotiation.trackerId))
  const meetings = createMeetings(negotiation, history)
  const snapshots = createMemo(() =>
    (history.list()?.snapshots ?? []).map(entry => ({ at: entry.at, label: labelOf(entry) })),
  )
  const aboutOf = createAbout(view)
  const kindName = (): string => (event() ? 'Event' : 'Meeting')

  let place: HTMLDivElement | undefined
  const close = (): void => {
    const key = chosen()
    choose(undefined)
    if (key) place?.querySelector<HTMLElement>(`[data-key="${key.kind}/${key.id}"]`)?.focus()
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    const isTyping = (event.target as HTMLElement).matches('input, textarea, select')
    if (event.key === 'Escape' && chosen()) close()
    else if ((event.ctrlKey || event.metaKey) && !isTyping && event.key.toLowerCase() === 'z') {
      event.preventDefault()
      if (event.shiftKey) negotiation.redo()
      else negotiation.undo()
    }
  }
  // What somebody has removed is no longer looked at.
  createEffect((was: { readonly id: string } | undefined) => {
    const is = event() ?? meeting()
    if (was && !is && (was.id === query.event || was.id === query.meeting)) choose(undefined)
    return is
  })

  return (
    <div ref={place} class="timeline" onKeyDown={onKeyDown}>
      <div class="timeline-main">
        <header class="timeline-head">
          <h2>Timeline</h2>
          <Segments
            label="Show the timeline"
            names={VIEWS}
            labelOf={name => VIEW_LABELS[name]}
            chosen={shows()}
            onChoose={name => setQuery({ view: name }, { replace: true })}
          />
          <Show when={items.t0()}>
            {t0 => (
              <button
                type="button"
                class="button quiet small timeline-t0"
                data-tip="From this other dates are counted"
                onClick={() => choose({ kind: 'event', id: t0().id })}
              >
                <span dir="auto">
                  {items.titleOf(t0().id)}:{' '}
                  {items.whenOf(t0().id).is === 'dated' ? items.wordsOf(t0()) : 'not set'}
                </span>
              </button>
            )}
          </Show>
          <Show when={mayEdit() && !isEmpty()}>
            <div class="timeline-add">
              <button type="button" class="button small" onClick={plan}>
                Plan a meeting
              </button>
              <button type="button" class="button small" onClick={() => add({})}>
                <Icon name="plus" /> Add event
              </button>
            </div>
          </Show>
        </header>
        <Switch>
          <Match when={query.report !== undefined && meeting()}>
            {meeting => (
              <Report
                meeting={meeting()}
                history={history}
                onClose={() => setQuery({ report: undefined })}
              />
            )}
          </Match>
          <Match when={isEmpty()}>
            <div class="timeline-empty">
              <h3>Nothing in time yet</h3>
              <p>
                Events may be dated as loosely as the record leaves them: “within days”, “after the
                talks”. Begin with T0, the moment of the report from which such dates are counted;
                it can be set later.
              </p>
              <Show when={mayEdit()}>
                <div class="timeline-empty-deeds">
                  <button type="button" class="button primary" onClick={() => add({ title: 'T0' })}>
                    Add T0
                  </button>
                  <button type="button" class="button" onClick={() => add({})}>
                    Add another event
                  </button>
                </div>
              </Show>
            </div>
          </Match>
          <Match when={shows() === 'list'}>
            <List
              items={items}
              chosen={chosen()}
              partyName={id => (id === null ? '' : (view.party(id as PartyId)?.name ?? ''))}
              aboutOf={aboutOf}
              onChoose={choose}
            />
          </Match>
          <Match when={shows() === 'drawn'}>
            <Drawing
              items={drawn()}
              lanes={lanes()}
              nameOf={nameOf}
              zero={zero()}
              snapshots={snapshots()}
              chosen={chosen()}
              onChoose={choose}
            />
            <Tray items={tray()} chosen={chosen()} onChoose={choose} />
          </Match>
        </Switch>
      </div>
      <Show when={(event() ?? meeting())?.id} keyed>
        <aside class="panel timeline-panel" aria-label={kindName()}>
          <header class="panel-head">
            <p class="panel-over">{kindName()}</p>
            <button
              type="button"
              class="button quiet icon small"
              aria-label={`Close the ${kindName().toLowerCase()}`}
              data-tip="Close"
              data-keys="Esc"
              onClick={close}
            >
              <Icon name="close" />
            </button>
          </header>
          <div class="panel-body">
            <Show when={event()}>
              {event => <EventPanel event={event()} items={items} openCell={props.jump} />}
            </Show>
            <Show when={meeting()}>
              {meeting => (
                <MeetingPanel
                  meeting={meeting()}
                  meetings={meetings}
                  jump={props.jump}
                  onReport={() => setQuery({ report: 'yes' })}
                />
              )}
            </Show>
          </div>
        </aside>
      </Show>
    </div>
  )
}
