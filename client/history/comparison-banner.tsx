/** Over a comparison: which two states, what changed in one line, and the walk through the changes. */
import { createMemo, Show } from 'solid-js'
import { titleOf } from '#shared/compare/details.ts'
import type { Compared } from '#client/history/compared.ts'
import { ASPECTS, type Aspect } from '#client/history/review.ts'
import type { Side } from '#client/history/side.ts'
import type { Marking } from '#client/history/marking.tsx'
import { labelOf } from '#client/history/sessions.ts'
import type { Walk } from '#client/history/walk.ts'
import { Segments } from '#client/ui/segments.tsx'
import { exactly, minuteOf } from '#client/ui/when.ts'

interface ComparisonBannerProps {
  readonly from: Side
  readonly to: Side
  readonly compared: Compared
  readonly walk: Walk
  readonly walks: boolean
  readonly summary: string
  readonly marking: Marking
  readonly isFiltered: boolean
  readonly aspect: Aspect
  readonly showAspect: (aspect: Aspect) => void
  readonly mayRestore: boolean
  readonly toLive: () => void
  readonly restore: () => void
}

export const ComparisonBanner = (props: ComparisonBannerProps) => {
  const current = (): string => {
    const stop = props.walk.current()
    return stop ? titleOf(stop, props.compared.comparison) : ''
  }
  const labelOfAspect = (aspect: Aspect): string => {
    if (aspect === 'both') return 'Both'
    if (aspect === 'before') return 'Then'
    return props.to.is === 'now' ? 'Now' : 'Later'
  }
  return (
    <section class="history-banner comparison" aria-label="Comparison">
      <div class="history-banner-words two-lines">
        <p>
          <SideName side={props.from} />
          <span class="changed-arrow" aria-label="compared with">
            {' '}
            →{' '}
          </span>
          <SideName side={props.to} />
        </p>
        <p class="history-banner-count">
          <Show
            when={props.walk.stops().length > 0}
            fallback={
              props.isFiltered
                ? 'Nothing that changed is of that kind.'
                : 'These two states are equal: nothing changed.'
            }
          >
            {props.summary}
          </Show>
        </p>
      </div>
      <div class="history-banner-actions">
        <Show when={props.walk.stops().length > 0}>
          <Segments
            label="What the matrix shows"
            names={ASPECTS}
            labelOf={labelOfAspect}
            chosen={props.aspect}
            onChoose={props.showAspect}
            keys="t"
          />
          <Show when={props.walks}>
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
          </Show>
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

const SideName = (props: { readonly side: Side }) => {
  const parts = createMemo(() => {
    const { side } = props
    switch (side.is) {
      case 'now':
        return { name: 'Now' }
      case 'unlisted':
        return { name: 'a past moment' }
      case 'time':
        return { name: minuteOf(side.at), at: side.at }
      case 'snapshot':
        return { name: labelOf(side.entry), at: side.entry.at, when: minuteOf(side.entry.at) }
    }
  })
  return (
    <span title={parts().at === undefined ? undefined : exactly(parts().at ?? 0)}>
      <strong dir="auto">{parts().name}</strong>
      <Show when={parts().when}>{when => <span class="history-banner-when"> {when()}</span>}</Show>
    </span>
  )
}
