/** What stands in a cell, drawn at once for what is given: whoever shows it draws it anew when it changes. */
import type { JSX } from 'solid-js'
import type { MatrixView } from '#client/live/view.ts'
import { drawContest, drawFoot, type CellSupport } from '#client/matrix/cell-support.tsx'
import { hasFoot, hasStanceLine, isCut, type Sizes } from '#client/matrix/measure.ts'
import { Stance } from '#client/matrix/stance.tsx'
import type { Tint } from '#client/matrix/tint.ts'
import { reckoning } from '#client/redlines/reckoning.ts'
import { KNOWLEDGE_LABELS, type Cell } from '#shared/cells.ts'
import type { Issue } from '#shared/issues.ts'
import type { RedLine } from '#shared/redlines.ts'
import '#client/matrix/cell.css'

export const drawCell = (
  view: MatrixView,
  sizes: Sizes,
  cell: Cell,
  issue: Issue | undefined,
  shown?: CellSupport,
  tint?: Tint,
): JSX.Element => {
  const hasStance = hasStanceLine(cell)
  const { issueId, partyId } = cell
  const words = tint?.words(issueId, partyId, cell.position)
  const setter = hasStance ? tint?.stance(issueId, partyId) : undefined
  const said = tint?.said(issueId, partyId)
  const [contest] = sizes.contested > 0 ? (shown?.support.contests ?? []) : []
  const cut = cell.position !== '' && isCut(cell.position, sizes)
  return (
    <>
      {said && <span class="unseen">{said}: </span>}
      {hasStance && !setter && <Stance cell={cell} issue={issue} />}
      {setter && (
        <div class={`tinted-stance person-${setter.colour}`} data-tip={setter.tip}>
          <Stance cell={cell} issue={issue} />
        </div>
      )}
      {cell.position !== '' && (
        <div class={cut ? 'position cut' : 'position'} dir="auto">
          {words?.map(({ colour, text, tip }) => (
            <span class={`tinted person-${colour}`} data-tip={tip}>
              {text}
            </span>
          )) ?? cell.position}
        </div>
      )}
      {cell.position === '' && !hasStance && !contest && (
        <span
          class={cell.knowledge === 'not_applicable' ? 'blank dash' : 'blank'}
          role="img"
          aria-label={BLANK_LABELS[cell.knowledge]}
          title={KNOWLEDGE_LABELS[cell.knowledge]}
        />
      )}
      {contest && drawContest(view, contest)}
      {hasFoot(cell) && drawFoot(cell, shown)}
    </>
  )
}

const BLANK_LABELS = {
  unknown: 'unknown',
  not_applicable: 'not applicable',
  agenda_only: 'on the agenda',
  reported: 'reported, without words',
  agreed: 'agreed, without words',
} as const

/** A line that sets a least guards the low side, one that sets a most the high side of the scale. */
export const drawRedLine = (
  view: MatrixView,
  line: RedLine,
  issue: Issue | undefined,
): JSX.Element => {
  const look = reckoning()?.lineLook(view, line, issue)
  const words = look?.words ?? `Red line: ${line.statement}`
  return (
    <span
      class={(look?.isSoft ?? line.soft) ? 'red-line soft' : 'red-line'}
      data-operator={line.operator}
      role="img"
      aria-label={words}
      title={words}
    />
  )
}
