/** Over the slider: by which clock a moment is shown, which changes of a comparison are, and what the colours mean. */
import { Show } from 'solid-js'
import type { Authors } from '#client/history/author-names.ts'
import { ClockSwitch } from '#client/history/clock-switch.tsx'
import type { Clock, Hindsight } from '#client/history/clocks.ts'
import { ColourLegend } from '#client/history/colour-bar.tsx'
import type { Colouring } from '#client/history/colouring.ts'
import { FilterBar } from '#client/history/filter-bar.tsx'
import type { Moment } from '#client/history/moment.ts'
import type { Review } from '#client/history/review.ts'

interface MomentBarProps {
  readonly shows: Moment['shows']
  readonly clock: Clock
  readonly turnTo: (clock: Clock) => void
  readonly hindsight: Hindsight
  /** A comparison whose changes may be chosen from. */
  readonly review: Review | undefined
  readonly colouring: Colouring
  readonly authors: Authors
}

export const MomentBar = (props: MomentBarProps) => (
  <div class="moment-bar" classList={{ away: props.shows !== 'now' }}>
    <Show when={props.shows === 'past'}>
      <ClockSwitch
        clock={props.clock}
        differing={props.hindsight.differing()}
        turnTo={props.turnTo}
      />
    </Show>
    <Show when={props.review}>
      {is => (
        <FilterBar
          filtering={is().filtering}
          authors={props.authors}
          matrix={is().compared().matrix}
        />
      )}
    </Show>
    <Show when={!props.hindsight.shown()}>
      <ColourLegend colouring={props.colouring} authors={props.authors} />
    </Show>
  </div>
)
