/** Beside the slider: whether a past moment is shown as the team believed it was, or as it now knows it was. */
import { For } from 'solid-js'
import { CLOCK_LABELS, CLOCKS, type Clock } from '#client/history/clocks.ts'
import '#client/history/clock-switch.css'

interface ClockSwitchProps {
  readonly clock: Clock
  /** In how many cells the two differ, where that is known. */
  readonly differing: number | undefined
  readonly turnTo: (clock: Clock) => void
}

export const ClockSwitch = (props: ClockSwitchProps) => (
  <>
    <div class="clock-switch" role="group" aria-label="By which clock">
      <For each={CLOCKS}>
        {clock => (
          <button
            type="button"
            class="clock-choice"
            aria-pressed={props.clock === clock}
            onClick={() => props.turnTo(clock)}
          >
            {CLOCK_LABELS[clock]}
          </button>
        )}
      </For>
    </div>
    <span class="clock-differing" role="status">
      {wordsFor(props.differing)}
    </span>
  </>
)

const wordsFor = (differing: number | undefined): string => {
  if (differing === undefined) return ''
  if (differing === 0) return 'No cell differs'
  return differing === 1 ? '1 cell differs' : `${differing} cells differ`
}
