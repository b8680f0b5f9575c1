/** History in place: the page's own matrix shows a past moment or a comparison, with the list of moments beside it. */
import { useSearchParams } from '@solidjs/router'
import {
  createEffect,
  createMemo,
  createSignal,
  on,
  onCleanup,
  Show,
  untrack,
  type Accessor,
} from 'solid-js'
import { HistoryBanner } from '#client/history/history-banner.tsx'
import { HistoryPanel } from '#client/history/history-panel.tsx'
import { onHistoryKeys } from '#client/history/keys.ts'
import { momentQuery, parseMoment, sameMoment, type Moment } from '#client/history/moment.ts'
import { createNow } from '#client/history/now.ts'
import { createOpened } from '#client/history/opened.ts'
import { RestoreDialog } from '#client/history/restore-dialog.tsx'
import { createReview, type Review } from '#client/history/review.ts'
import type { HistoryPlaceProps } from '#client/history/shown.ts'
import { createHistory, snapshotStore, type Words } from '#client/history/snapshots.ts'
import { useNegotiation } from '#client/live/negotiation.ts'
import { viewOf } from '#client/live/plain-view.ts'
import { may } from '#shared/access.ts'
import type { SnapshotId } from '#shared/ids.ts'
import type { Tracker } from '#shared/tracker.ts'
import '#client/history/history.css'

export default function HistoryPlace(props: HistoryPlaceProps) {
  const negotiation = useNegotiation()
  const [query, setQuery] = useSearchParams<{ at?: string; compare?: string; tab?: string }>()
  const moment = createMemo(() => parseMoment(query), parseMoment({}), { equals: sameMoment })
  const go = (to: Moment): void =>
    setQuery({ ...momentQuery(to), tab: to.shows === 'now' ? 'history' : undefined })
  const toLive = (): void => go({ shows: 'now' })
  const close = (): void => setQuery({ ...momentQuery({ shows: 'now' }), tab: undefined })

  const history = createHistory(snapshotStore(negotiation.trackerId))
  /** With all that I have written, also what is still on its way. */
  const save = async (words: Words): Promise<void> => {
    await negotiation.whenSaved()
    await history.store.save(words)
    history.refresh()
  }
  const mayRestore = (): boolean => negotiation.mayEdit() && may(negotiation.role(), 'snapshot')
  const [restoring, setRestoring] = createSignal<SnapshotId>()

  const now = createNow(negotiation.view)
  const opened = createOpened(moment, history.store.pasts)
  const review = createMemo((): Review | undefined => {
    const is = opened.latest()
    if (is?.shows !== 'comparison') return undefined
    const { from, to } = is
    return untrack(() => createReview(from, () => to ?? now()))
  })
  const drawn = createMemo((): Tracker | undefined => {
    const is = opened.latest()
    return is?.shows === 'past' ? is.past : review()?.compared().matrix
  })

  const view = viewOf(() => drawn() ?? now())
  onCleanup(view.dispose)
  const tone = createMemo(() => opened.latest()?.shows)
  createEffect(() => {
    const is = tone()
    props.show(is && { view, marks: review()?.marking.marks, tone: is })
  })
  onCleanup(() => props.show(undefined))

  followEdits(now, history.refresh)

  // The newest is on the right, also where an address says it the other way round.
  createEffect(() => {
    const at = moment()
    if (at.shows !== 'comparison' || at.to === 'now') return
    const [from, to] = [history.entry(at.from), history.entry(at.to)]
    if (from && to && from.seq > to.seq)
      setQuery(momentQuery({ ...at, from: at.to, to: at.from }), { replace: true })
  })

  onHistoryKeys({
    escape: () => (moment().shows === 'now' ? close() : toLive()),
    step: by => review()?.walk.step(by),
    neighbour: which => {
      const at = moment()
      const next = at.shows === 'past' ? history[which](at.at) : undefined
      if (next) go({ shows: 'past', at: next.id as SnapshotId })
    },
  })

  return (
    <>
      <HistoryBanner
        history={history}
        moment={moment()}
        opened={opened}
        review={review()}
        now={now}
        mayRestore={mayRestore()}
        go={go}
        restore={setRestoring}
      />
      <HistoryPanel
        history={history}
        moment={moment()}
        review={review()}
        mayChange={mayRestore()}
        go={go}
        restore={setRestoring}
        save={save}
        close={close}
      />
      <Show when={restoring()} keyed>
        {id => (
          <RestoreDialog
            history={history}
            from={id}
            now={now}
            onClose={() => setRestoring(undefined)}
            onRestored={() => {
              setRestoring(undefined)
              history.refresh()
              toLive()
            }}
          />
        )}
      </Show>
    </>
  )
}

/** How long after an edit the list is asked for again, and how often where nothing is seen to happen. */
const AFTER_EDIT = 4_000
const OTHERWISE = 30_000

/** The list says what has changed since: it follows the edits, at a distance, and what others save. */
const followEdits = (now: Accessor<unknown>, refresh: () => void): void => {
  let pending: ReturnType<typeof setTimeout> | undefined
  let due = Number.POSITIVE_INFINITY
  const refreshIn = (wait: number): void => {
    if (Date.now() + wait >= due) return
    due = Date.now() + wait
    clearTimeout(pending)
    pending = setTimeout(() => {
      due = Number.POSITIVE_INFINITY
      if (!document.hidden) refresh()
      refreshIn(OTHERWISE)
    }, wait)
  }
  refreshIn(OTHERWISE)
  createEffect(on(now, () => refreshIn(AFTER_EDIT), { defer: true }))
  addEventListener('focus', refresh)
  onCleanup(() => {
    clearTimeout(pending)
    removeEventListener('focus', refresh)
  })
}
