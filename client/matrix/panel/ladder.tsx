/** The scale from low to high, with the stance on it and the range that the party would accept. */
import { For, Show } from 'solid-js'
import { NumberField } from '#client/matrix/panel/number-field.tsx'
import { pointIndex } from '#client/matrix/scale.ts'
import type { Cell } from '#shared/cells.ts'
import type { PointId } from '#shared/ids.ts'
import { proportionOf, type Scale } from '#shared/issues.ts'

type Place = 'stance' | 'aspiration' | 'walkAway'

const NUMBERS = [
  { place: 'stance', label: 'Stance' },
  { place: 'aspiration', label: 'Hopes for' },
  { place: 'walkAway', label: 'Would still take' },
] as const

interface Props {
  readonly scale: Scale
  readonly cell: Cell
  readonly disabled: boolean
  readonly onChoose: (place: Place, point: PointId | null) => void
  /** Of a number that was typed, on a scale of numbers. */
  readonly onNumber: (place: Place, value: number) => void
}

const ENDS = [
  { place: 'aspiration', short: 'Hopes for', label: 'Hopes for' },
  { place: 'walkAway', short: 'Would take', label: 'Would still take' },
] as const

export const Ladder = (props: Props) => {
  const range = (): readonly [number, number] => {
    const ends = [props.cell.aspiration, props.cell.walkAway]
      .map(id => pointIndex(props.scale.points, id))
      .filter(index => index >= 0)
    return [Math.min(...ends), Math.max(...ends)]
  }
  const unit = (): string => (props.scale.unit === '' ? '' : `, in ${props.scale.unit}`)
  const toggle = (place: Place, point: PointId): void => {
    if (!props.disabled) props.onChoose(place, props.cell[place] === point ? null : point)
  }
  return (
    <div class="field">
      <span class="field-label">
        Stance
        <Show when={props.scale.name}>
          <span class="field-note" dir="auto">
            {' '}
            · {props.scale.name}
          </span>
        </Show>
      </span>
      <ol class="ladder" aria-label="Stance and acceptable range">
        <li class="ladder-heads" aria-hidden="true">
          <For each={ENDS}>{({ short }) => <span>{short}</span>}</For>
        </li>
        <For each={props.scale.points}>
          {(point, index) => (
            <li
              class="ladder-point"
              classList={{ within: index() >= range()[0] && index() <= range()[1] }}
              style={{
                '--tone': `var(--stance-${Math.round((proportionOf(props.scale, point.id) ?? 0) * 4)})`,
              }}
            >
              <button
                type="button"
                class="ladder-stance"
                aria-pressed={props.cell.stance === point.id}
                aria-disabled={props.disabled}
                onClick={() => toggle('stance', point.id)}
              >
                <span class="ladder-step" aria-hidden="true">
                  {props.scale.isNumeric ? '' : index() + 1}
                </span>
                <span dir="auto">{point.label || 'Unnamed point'}</span>
              </button>
              <For each={ENDS}>
                {({ place, label }) => (
                  <button
                    type="button"
                    class="ladder-end"
                    aria-pressed={props.cell[place] === point.id}
                    aria-disabled={props.disabled}
                    aria-label={`${label}: ${point.label}`}
                    data-tip={label}
                    onClick={() => toggle(place, point.id)}
                  />
                )}
              </For>
            </li>
          )}
        </For>
        <Show when={props.scale.isNumeric && !props.disabled}>
          <li class="ladder-point ladder-numbers">
            <For each={NUMBERS}>
              {({ place, label }) => (
                <NumberField
                  label={`${label}, as a number`}
                  placeholder={place === 'stance' ? `Type a number${unit()}` : '…'}
                  unit={props.scale.unit}
                  onNumber={value => props.onNumber(place, value)}
                />
              )}
            </For>
          </li>
        </Show>
      </ol>
    </div>
  )
}
