/** One cell of the matrix, drawn from as few elements as its content needs. */
import { createMemo, For, type Accessor, type JSX } from 'solid-js'
import { useGrid, type Grid } from '#client/matrix/grid.ts'
import { hasFoot, hasStanceLine, isCut } from '#client/matrix/measure.ts'
import { redLineWords } from '#client/matrix/scale.ts'
import { Stance } from '#client/matrix/stance.tsx'
import { KNOWLEDGE_LABELS, LEVEL_LABELS, type Cell } from '#shared/cells.ts'
import { bestGrade, gradeOf } from '#shared/claims.ts'
import type { IssueId, PartyId } from '#shared/ids.ts'
import type { Issue } from '#shared/issues.ts'
import type { RedLine } from '#shared/redlines.ts'
import '#client/matrix/cell.css'

interface Props {
  readonly issueId: IssueId
  readonly issue: Accessor<Issue | undefined>
  readonly row: Accessor<number>
  readonly partyId: PartyId
}

export const MatrixCell = (props: Props) => {
  const grid = useGrid()
  const { issueId, partyId } = props
  const column = (): number => grid.sheet.columnIndex(partyId)
  const cell = createMemo(() => grid.view.cell(issueId, partyId))
  const mark = createMemo(() => grid.marks()?.cell(issueId, partyId))
  const isCurrent = (): boolean => {
    const current = grid.marks()?.current?.()
    return current?.issueId === issueId && current.partyId === partyId
  }
  const isSelected = (): boolean => {
    const { top, bottom, start, end } = grid.range()
    const [row, at] = [props.row(), column()]
    return row >= top && row <= bottom && at >= start && at <= end
  }
  const className = (): string => {
    if (grid.marks() === undefined) return 'cell'
    return `cell${isCurrent() ? ' current' : ''}${mark() ? '' : ' unmarked'}`
  }
  // All of it anew when any of it changes: a cell is drawn more often by scrolling than by editing.
  const drawn = createMemo(() => {
    const marked = mark()
    return (
      <>
        {marked && <span class="unseen">{marked.label}: </span>}
        {(marked && grid.marks()?.renderCell?.(issueId, partyId)) ??
          draw(grid, cell(), props.issue())}
        {grid.view.redLines(issueId, partyId).map(line => drawRedLine(line, props.issue()))}
      </>
    )
  })
  return (
    <div
      class={className()}
      role="gridcell"
      id={grid.elementId({ row: issueId, column: partyId })}
      aria-colindex={column() + 2}
      aria-selected={isSelected()}
      aria-readonly={!grid.mayEdit()}
      data-column={partyId}
      data-knowledge={cell().knowledge}
      data-mark={mark()?.kind}
      style={{ 'inset-inline-start': `${grid.sheet.columnLeft(partyId)}px` }}
    >
      {drawn()}
      {grid.isLive && <Others issueId={issueId} partyId={partyId} />}
    </div>
  )
}

const draw = (grid: Grid, cell: Cell, issue: Issue | undefined): JSX.Element => {
  const hasStance = hasStanceLine(cell)
  const cut = cell.position !== '' && isCut(cell.position, grid.sheet.sizes())
  return (
    <>
      {hasStance && <Stance cell={cell} issue={issue} />}
      {cell.position !== '' && (
        <div class={cut ? 'position cut' : 'position'} dir="auto">
          {cell.position}
        </div>
      )}
      {cell.position === '' && !hasStance && (
        <span
          class={cell.knowledge === 'not_applicable' ? 'blank dash' : 'blank'}
          role="img"
          aria-label={BLANK_LABELS[cell.knowledge]}
          title={KNOWLEDGE_LABELS[cell.knowledge]}
        />
      )}
      {hasFoot(cell) && drawFoot(grid, cell)}
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

const drawFoot = ({ view }: Grid, { claimIds, confidence }: Cell): JSX.Element => {
  const level = confidence && LEVEL_LABELS[confidence].toLowerCase()
  const best = bestGrade(
    claimIds.flatMap(id => {
      const claim = view.claim(id)
      return claim ? [gradeOf(claim, claim.sourceId ? view.source(claim.sourceId) : undefined)] : []
    }),
  )
  const many = claimIds.length
  return (
    <div class="cell-foot">
      {confidence && (
        <span
          class="confidence"
          data-level={confidence}
          role="img"
          aria-label={`confidence ${level}`}
          title={`Confidence: ${level}`}
        />
      )}
      {many > 0 && (
        <span title={`${many === 1 ? 'One claim' : `${many} claims`}, best grade ${best}`}>
          {many} · {best}
        </span>
      )}
    </div>
  )
}

/** A line that sets a least guards the low side, one that sets a most the high side of the scale. */
const drawRedLine = (line: RedLine, issue: Issue | undefined): JSX.Element => {
  const words = redLineWords(line, issue)
  return (
    <span
      class={line.soft ? 'red-line soft' : 'red-line'}
      data-operator={line.operator}
      role="img"
      aria-label={words}
      title={words}
    />
  )
}

const Others = (props: { readonly issueId: IssueId; readonly partyId: PartyId }) => {
  const { negotiation } = useGrid()
  return (
    <For each={negotiation.peopleAt(props.issueId, props.partyId)}>
      {person => (
        <span
          class="here"
          classList={{
            editing: person.place?.editing === true,
            idle: person.idle,
            [`person-${person.account.colour}`]: true,
          }}
        >
          <span class="here-name">
            {person.account.name}
            <span class="unseen">{person.place?.editing ? ' is writing here' : ' is here'}</span>
          </span>
        </span>
      )}
    </For>
  )
}
