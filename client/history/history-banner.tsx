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
import { sideOf } from '#client/history/side.ts'
import type { History } from '#client/history/snapshots.ts'
import { notify } from '#client/ui/toaster.tsx'
import type { SnapshotEntry } from '#shared/api.ts'
import type { ApiBrief } from '#shared/brief-api.ts'
import type { SnapshotId } from '#shared/ids.ts'
import { timeIn, type MomentRef } from '#shared/moments.ts'
import type { Tracker } from '#shared/tracker.ts'

interface HistoryBannerProps {
  readonly history: History
  readonly moment: Moment
  readonly opened: Asked<Opened>
  /** Whether a past moment is on the screen that need not be fetched. */
  readonly travels: boolean
  /** Whose edit led to the moment that is shown. */
  readonly author: string
  readonly review: Review | undefined
  /** What the panel tells of the comparison; there the walk through the changes is led, too. */
  readonly brief: ApiBrief | undefined
  readonly now: Accessor<Tracker>
  readonly mayRestore: boolean
  readonly go: (moment: Moment) => void
  readonly restore: (ref: MomentRef) => void
}

export const HistoryBanner = (props: HistoryBannerProps) => {
  const toLive = (): void => props.go({ shows: 'now' })
  const past = createMemo((): MomentRef | undefined => {
    if (props.travels) return props.moment.shows === 'past' ? props.moment.at : undefined
    const is = props.opened.latest()
    return is?.shows === 'past' ? is.moment.at : undefined
  })
  const comparison = () => {
    const is = props.opened.latest()
    return is?.shows === 'comparison' && props.review
      ? { moment: is.moment, review: props.review }
      : undefined
  }
  const stepTo = (entry: SnapshotEntry | undefined) =>
    entry && (() => props.go({ shows: 'past', at: entry.id as SnapshotId }))

  const isAway = createMemo(() => props.moment.shows !== 'now')
  const start = createMemo(on(isAway, () => untrack(props.now)))
  const changesSince = createMemo((): number =>
    past() === undefined || props.now() === start()
      ? 0
      : compared(start(), props.now()).stops.length,
  )

  return (
    <Show when={props.moment.shows !== 'now'}>
      <Switch fallback={<section class="history-banner past" aria-busy="true" />}>
        <Match when={!props.travels && props.opened.failed()}>
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
          {ref => (
            <PastBanner
              at={timeIn(ref()) ?? props.history.entry(ref())?.at}
              entry={props.history.entry(ref())}
              author={props.author}
              changesSince={changesSince()}
              mayRestore={props.mayRestore}
              older={stepTo(props.history.predecessor(ref()))}
              newer={stepTo(props.history.successor(ref()))}
              toLive={toLive}
              compareWithNow={() => props.go({ shows: 'comparison', from: ref(), to: 'now' })}
              restore={() => props.restore(ref())}
              copyLink={() => void copyLink()}
            />
          )}
        </Match>
        <Match when={comparison()}>
          {shown => (
            <ComparisonBanner
              from={
                props.brief
                  ? { is: 'time', at: props.brief.since.at }
                  : sideOf(props.history, shown().moment.from)
              }
              to={sideOf(props.history, shown().moment.to)}
              compared={shown().review.compared()}
              walk={shown().review.walk}
              walks={!props.brief}
              summary={props.brief?.headline ?? shown().review.compared().summary}
              marking={shown().review.marking}
              isFiltered={shown().review.filtering.isOn()}
              aspect={shown().review.aspect()}
              showAspect={shown().review.showAspect}
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

/** The address says it all: whoever may read the tracker sees the same. */
const copyLink = async (): Promise<void> => {
  try {
    await navigator.clipboard.writeText(location.href)
    notify({ text: 'The link to this moment is copied. Members of this tracker can open it.' })
  } catch {
    notify({
      tone: 'warning',
      text: 'The browser did not allow copying. Copy the address instead.',
    })
  }
}
