/** A stance as a stepped bar on the issue's own scale, the acceptable range as a lighter span, and the label. */
import { Show } from 'solid-js'
import { pointIndex, pointLabel } from '#client/matrix/scale.ts'
import { SCOPE_LABELS, type Cell } from '#shared/cells.ts'
import type { Issue, ScalePoint } from '#shared/issues.ts'
import '#client/matrix/stance.css'

/** Steps of the colour ramp. */
const STEPS = 5

interface Props {
  readonly cell: Cell
  readonly issue: Issue | undefined
}

export const Stance = (props: Props) => {
  const points = (): readonly ScalePoint[] => props.issue?.scale.points ?? []
  return (
    <div class="stance">
      <StanceBar cell={props.cell} points={points()} />
      <span class="stance-label" dir="auto">
        <Show when={props.cell.knowledge === 'agreed'}>
          <span class="agreed" role="img" aria-label="agreed:">
            ✓{' '}
          </span>
        </Show>
        {stanceLabel(props.cell, points())}
      </span>
      <Show when={scopeLabel(props.cell)}>
        {label => (
          <span class="scope" data-scope={props.cell.scope}>
            {label()}
          </span>
        )}
      </Show>
    </div>
  )
}

const stanceLabel = (cell: Cell, points: readonly ScalePoint[]): string => {
  const label = pointLabel(points, cell.stance)
  if (label !== undefined) return label
  if (cell.stance !== null) return 'a point no longer on the scale'
  if (cell.knowledge === 'agenda_only') return 'on the agenda'
  if (cell.knowledge === 'agreed') return 'agreed'
  return ''
}

const scopeLabel = ({ scope, scopeNote }: Cell): string | undefined => {
  if (scope === null || scope === 'on_table') return undefined
  if (scope === 'only_after' && scopeNote !== '') return `only after ${scopeNote}`
  return SCOPE_LABELS[scope].toLowerCase()
}

export const StanceBar = (props: {
  readonly cell: Pick<Cell, 'stance' | 'aspiration' | 'walkAway' | 'scope' | 'knowledge'>
  readonly points: readonly ScalePoint[]
}) => {
  const at = (): number => pointIndex(props.points, props.cell.stance)
  const range = (): readonly [number, number] | undefined => {
    const ends = [props.cell.aspiration, props.cell.walkAway]
      .map(id => pointIndex(props.points, id))
      .filter(index => index >= 0)
    return ends.length === 0 ? undefined : [Math.min(...ends), Math.max(...ends)]
  }
  const step = (): number =>
    Math.round((Math.max(0, at()) / Math.max(1, props.points.length - 1)) * (STEPS - 1))
  return (
    <Show when={props.points.length > 0}>
      <span
        class="stance-bar"
        classList={{
          struck: props.cell.scope === 'off_table' || props.cell.scope === 'denies_exists',
        }}
        aria-hidden="true"
        style={{
          '--points': props.points.length,
          '--filled': at() + 1,
          '--from': range()?.[0] ?? 0,
          '--to': range() ? (range()?.[1] ?? 0) + 1 : 0,
          '--tone': `var(--stance-${step()})`,
        }}
      />
    </Show>
  )
}
