/** A stance as a stepped bar on the issue's own scale, the acceptable range as a lighter span, and the label. */
import { barSteps, pointIndex, scopeLabel, stanceLabel, stanceWords } from '#client/matrix/scale.ts'
import type { Cell } from '#shared/cells.ts'
import { NO_SCALE, proportionOf, type Issue, type Scale, type ScalePoint } from '#shared/issues.ts'
import '#client/matrix/stance.css'

/** Steps of the colour ramp. */
const STEPS = 5

interface Props {
  readonly cell: Cell
  readonly issue: Issue | undefined
}

/** Drawn once for what it is given: whoever shows it draws it anew. */
export const Stance = ({ cell, issue }: Props) => {
  const scale = issue?.scale ?? NO_SCALE
  const { points } = scale
  const scope = scopeLabel(cell)
  const label = stanceLabel(cell, points)
  return (
    <div
      class={points.length > 0 ? 'stance scaled' : 'stance'}
      style={points.length > 0 ? { '--points': barSteps(scale) } : undefined}
    >
      <StanceBar cell={cell} scale={scale} />
      <span class="stance-words" dir="auto" title={stanceWords(cell, points)}>
        <span class="stance-label">
          {cell.knowledge === 'agreed' && (
            <span class="agreed" role="img" aria-label="agreed:">
              ✓{' '}
            </span>
          )}
          {label}
        </span>
        {scope !== undefined && (
          <span class="scope" data-scope={cell.scope}>
            {label === '' ? scope : ` · ${scope}`}
          </span>
        )}
      </span>
    </div>
  )
}

export const StanceBar = ({
  cell,
  scale,
}: {
  readonly cell: Pick<Cell, 'stance' | 'aspiration' | 'walkAway' | 'scope'>
  readonly scale: Scale
}) => {
  const { isNumeric, points } = scale
  if (points.length === 0) return null
  const at = proportionOf(scale, cell.stance)
  const step = Math.round((at ?? 0) * (STEPS - 1))
  const struck = cell.scope === 'off_table' || cell.scope === 'denies_exists'
  return (
    <span
      class="stance-bar"
      classList={{ struck, numeric: isNumeric }}
      aria-hidden="true"
      style={{
        ...(isNumeric ? numericSpans(cell, scale) : steppedSpans(cell, points)),
        '--tone': `var(--stance-${step})`,
      }}
    />
  )
}

type Range = Pick<Cell, 'stance' | 'aspiration' | 'walkAway'>

/** Equal steps: on an ordered scale there is no distance. */
const steppedSpans = (cell: Range, points: readonly ScalePoint[]) => {
  const ends = [cell.aspiration, cell.walkAway]
    .map(id => pointIndex(points, id))
    .filter(index => index >= 0)
  return {
    '--points': points.length,
    '--filled': pointIndex(points, cell.stance) + 1,
    '--from': ends.length === 0 ? 0 : Math.min(...ends),
    '--to': ends.length === 0 ? 0 : Math.max(...ends) + 1,
  }
}

/** In proportion to the numbers, in hundredths of the bar; a stance is also a tick, so that the least shows, too. */
const numericSpans = (cell: Range, scale: Scale) => {
  const at = proportionOf(scale, cell.stance)
  const ends = [cell.aspiration, cell.walkAway].flatMap(id => proportionOf(scale, id) ?? [])
  return {
    '--filled': `${(at ?? 0) * 100}%`,
    '--tick': at === undefined ? '0px' : '3px',
    '--from': `${ends.length === 0 ? 0 : Math.min(...ends) * 100}%`,
    '--span': `${ends.length === 0 ? 0 : Math.max(4, (Math.max(...ends) - Math.min(...ends)) * 100)}%`,
  }
}
