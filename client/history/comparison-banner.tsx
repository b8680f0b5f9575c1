/** Over a comparison: which two states, what changed in one line, and the walk through the changes. */
import { Show } from 'solid-js'
import { titleOf } from '#client/history/details.ts'
import type { Compared } from '#client/history/compared.ts'
import type { Marking } from '#client/history/marking.tsx'
import { labelOf } from '#client/history/sessions.ts'
import type { Walk } from '#client/history/walk.ts'
import { exactly, minuteOf } from '#client/ui/when.ts'
import type { SnapshotEntry } from '#shared/api.ts'

interface ComparisonBannerProps {
  readonly from: SnapshotEntry | undefined
  /** Undefined for a state that is not in the list. */
  readonly to: SnapshotEntry | 'now' | undefined
  readonly compared: Compared
  readonly walk: Walk
  readonly marking: Marking
  readonly mayRestore: boolean
  readonly toLive: () => void
  readonly restore: () => void
}

export const ComparisonBanner = (props: ComparisonBannerProps) => {
  const current = (): string => {
    const stop = props.walk.current()
    return stop ? titleOf(stop, props.compared.comparison) : ''
  }
  return (
    <section class="history-banner comparison" aria-label="Comparison">
      <div class="history-banner-words two-lines">
        <p>
          <Side entry={props.from} />
          <span class="changed-arrow" aria-label="compared with">
            {' '}
            →{' '}
          </span>
          <Side entry={props.to} />
        </p>
        <p class="history-banner-count">
          <Show
            when={props.walk.stops().length > 0}
            fallback="These two states are equal: nothing changed."
          >
            {props.compared.summary}
          </Show>
        </p>
      </div>
      <div class="history-banner-actions">
        <Show when={props.walk.stops().length > 0}>
          <span class="history-walk" role="group" aria-label="Changes">
            <button
              type="button"
              class="button quiet icon small"
              aria-label="Previous change"
              data-tip="Previous change"
              data-keys="p, Shift+F7"
              onClick={() => props.walk.step(-1)}
            >
              <span aria-hidden="true">↑</span>
            </button>
            <span class="history-walk-place" role="status">
              {props.walk.place() || '–'} of {props.walk.stops().length}
              <span class="unseen">: {current()}</span>
            </span>
            <button
              type="button"
              class="button quiet icon small"
              aria-label="Next change"
              data-tip="Next change"
              data-keys="n, F7"
              onClick={() => props.walk.step(1)}
            >
              <span aria-hidden="true">↓</span>
            </button>
          </span>
          <button
            type="button"
            class="button quiet small history-unfold"
            aria-pressed={props.marking.showsUnchanged()}
            onClick={() => props.marking.showUnchanged(!props.marking.showsUnchanged())}
          >
            {props.marking.showsUnchanged() ? 'Fold unchanged' : 'Show unchanged'}
          </button>
          <Show when={props.mayRestore}>
            <button type="button" class="button small" onClick={() => props.restore()}>
              Restore…
            </button>
          </Show>
        </Show>
        <button type="button" class="button primary small" onClick={() => props.toLive()}>
          Back to live <kbd aria-hidden="true">Esc</kbd>
        </button>
      </div>
    </section>
  )
}

const Side = (props: { readonly entry: SnapshotEntry | 'now' | undefined }) => (
  <Show when={props.entry !== 'now' && props.entry} fallback={sideWithout(props.entry)}>
    {entry => (
      <span title={exactly(entry().at)}>
        <strong dir="auto">{labelOf(entry())}</strong>{' '}
        <span class="history-banner-when">{minuteOf(entry().at)}</span>
      </span>
    )}
  </Show>
)

const sideWithout = (entry: SnapshotEntry | 'now' | undefined) => (
  <strong>{entry === 'now' ? 'Now' : 'a past moment'}</strong>
)
