/** A stance as a stepped bar on the issue's own scale, the acceptable range as a lighter span, and the label. */
import { pointIndex, scopeLabel, stanceLabel, stanceWords } from '#client/matrix/scale.ts'
import type { Cell } from '#shared/cells.ts'
import type { Issue, ScalePoint } from '#shared/issues.ts'
import '#client/matrix/stance.css'

/** Steps of the colour ramp. */
const STEPS = 5

interface Props {
  readonly cell: Cell
  readonly issue: Issue | undefined
}

/** Drawn once for what it is given: whoever shows it draws it anew. */
export const Stance = ({ cell, issue }: Props) => {
  const points = issue?.scale.points ?? []
  const scope = scopeLabel(cell)
  const label = stanceLabel(cell, points)
  return (
    <div class="stance">
      <StanceBar cell={cell} points={points} />
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
  points,
}: {
  readonly cell: Pick<Cell, 'stance' | 'aspiration' | 'walkAway' | 'scope'>
  readonly points: readonly ScalePoint[]
}) => {
  if (points.length === 0) return null
  const at = pointIndex(points, cell.stance)
  const ends = [cell.aspiration, cell.walkAway]
    .map(id => pointIndex(points, id))
    .filter(index => index >= 0)
  const step = Math.round((Math.max(0, at) / Math.max(1, points.length - 1)) * (STEPS - 1))
  const struck = cell.scope === 'off_table' || cell.scope === 'denies_exists'
  return (
    <span
      class={struck ? 'stance-bar struck' : 'stance-bar'}
      aria-hidden="true"
      style={{
        '--points': points.length,
        '--filled': at + 1,
        '--from': ends.length === 0 ? 0 : Math.min(...ends),
        '--to': ends.length === 0 ? 0 : Math.max(...ends) + 1,
        '--tone': `var(--stance-${step})`,
      }}
    />
  )
}
