/** Beside the slider: whether a past moment is shown as the team believed it was, or as it now knows it was. */
import { CLOCK_LABELS, CLOCKS, type Clock } from '#client/history/clocks.ts'
import { Segments } from '#client/ui/segments.tsx'
import '#client/history/clock-switch.css'

interface ClockSwitchProps {
  readonly clock: Clock
  /** In how many cells the two differ, where that is known. */
  readonly differing: number | undefined
  readonly turnTo: (clock: Clock) => void
}

export const ClockSwitch = (props: ClockSwitchProps) => (
  <>
    <Segments
      label="By which clock"
      names={CLOCKS}
      labelOf={clock => CLOCK_LABELS[clock]}
      chosen={props.clock}
      onChoose={props.turnTo}
    />
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
