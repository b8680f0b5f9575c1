/** Above the matrix while it shows anything but the present. */
import { createMemo, Match, on, Show, Switch, untrack, type Accessor } from 'solid-js'
import { wordsOf } from '#client/api.ts'
import type { Asked } from '#client/history/asked.ts'
import { compared } from '#client/history/compared.ts'
import { ComparisonBanner } from '#client/history/comparison-banner.tsx'
import type { Moment } from '#client/history/moment.ts'
import type { Opened } from '#client/history/opened.ts'
import { PastBanner } from '#client/history/past-banner.tsx'
import type { Review } from '#client/history/review.ts'
import type { History } from '#client/history/snapshots.ts'
import type { SnapshotEntry } from '#shared/api.ts'
import type { SnapshotId } from '#shared/ids.ts'
import type { Tracker } from '#shared/tracker.ts'

interface HistoryBannerProps {
  readonly history: History
  readonly moment: Moment
  readonly opened: Asked<Opened>
  readonly review: Review | undefined
  readonly now: Accessor<Tracker>
  readonly mayRestore: boolean
  readonly go: (moment: Moment) => void
  readonly restore: (id: SnapshotId) => void
}

export const HistoryBanner = (props: HistoryBannerProps) => {
  const toLive = (): void => props.go({ shows: 'now' })
  const past = () => {
    const is = props.opened.latest()
    return is?.shows === 'past' ? is.moment.at : undefined
  }
  const comparison = () => {
    const is = props.opened.latest()
    return is?.shows === 'comparison' && props.review
      ? { moment: is.moment, review: props.review }
      : undefined
  }
  const stepTo = (entry: SnapshotEntry | undefined) =>
    entry && (() => props.go({ shows: 'past', at: entry.id as SnapshotId }))

  const start = createMemo(
    on(
      () => props.moment,
      () => untrack(props.now),
    ),
  )
  const changesSince = createMemo((): number =>
    past() === undefined || props.now() === start()
      ? 0
      : compared(start(), props.now()).stops.length,
  )

  return (
    <Show when={props.moment.shows !== 'now'}>
      <Switch fallback={<section class="history-banner past" aria-busy="true" />}>
        <Match when={props.opened.failed()}>
          <section class="history-banner past" role="alert">
            <p class="history-banner-words">{wordsOf(props.opened.failed())}</p>
            <div class="history-banner-actions">
              <button type="button" class="button small" onClick={() => props.opened.again()}>
                Try again
              </button>
              <button type="button" class="button primary small" onClick={toLive}>
                Back to live
              </button>
            </div>
          </section>
        </Match>
        <Match when={past()}>
          {id => (
            <PastBanner
              entry={props.history.entry(id())}
              changesSince={changesSince()}
              mayRestore={props.mayRestore}
              older={stepTo(props.history.predecessor(id()))}
              newer={stepTo(props.history.successor(id()))}
              toLive={toLive}
              compareWithNow={() => props.go({ shows: 'comparison', from: id(), to: 'now' })}
              restore={() => props.restore(id())}
            />
          )}
        </Match>
        <Match when={comparison()}>
          {shown => (
            <ComparisonBanner
              from={props.history.entry(shown().moment.from)}
              to={
                shown().moment.to === 'now'
                  ? 'now'
                  : props.history.entry(shown().moment.to as SnapshotId)
              }
              compared={shown().review.compared()}
              walk={shown().review.walk}
              marking={shown().review.marking}
              mayRestore={props.mayRestore}
              toLive={toLive}
              restore={() => props.restore(shown().moment.from)}
            />
          )}
        </Match>
      </Switch>
    </Show>
  )
}
