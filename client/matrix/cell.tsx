/** One cell of the matrix, drawn from as few elements as its content needs. */
import { createMemo, For, type Accessor } from 'solid-js'
import { drawCell, drawRedLine } from '#client/matrix/cell-content.tsx'
import { createCellSupport, supportMark } from '#client/matrix/cell-support.tsx'
import { useGrid } from '#client/matrix/grid.ts'
import type { RowNotes } from '#client/redlines/notes.tsx'
import { reckoning, sameNotes } from '#client/redlines/reckoning.ts'
import type { IssueId, PartyId } from '#shared/ids.ts'
import type { Issue } from '#shared/issues.ts'
import '#client/matrix/cell.css'

interface Props {
  readonly issueId: IssueId
  readonly issue: Accessor<Issue | undefined>
  /** What the row says of collisions and open questions. */
  readonly notes: Accessor<RowNotes | undefined>
  readonly row: Accessor<number>
  readonly partyId: PartyId
}

export const MatrixCell = (props: Props) => {
  const grid = useGrid()
  const { issueId, partyId } = props
  const column = (): number => grid.sheet.columnIndex(partyId)
  const cell = createMemo(() => grid.view.cell(issueId, partyId))
  const support = createCellSupport(
    () => grid.view,
    cell,
    () => grid.isLive,
  )
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
  const notes = createMemo(() => reckoning()?.notesAt(props.notes(), partyId), undefined, {
    equals: sameNotes,
  })
  const ground = createMemo(() => grid.tint()?.ground(issueId, partyId))
  const className = (): string => {
    if (grid.marks() === undefined) return ground() ? `cell ${ground()}` : 'cell'
    return `cell${isCurrent() ? ' current' : ''}${mark() ? '' : ' unmarked'}`
  }
  // All of it anew when any of it changes: a cell is drawn more often by scrolling than by editing.
  const drawn = createMemo(() => {
    const { view } = grid
    const marked = mark()
    const issue = props.issue()
    // Outside the markup: Solid makes a boolean of a condition that stands in it.
    const noted = notes()
    const own = marked ? grid.marks()?.renderCell?.(issueId, partyId) : undefined
    return (
      <>
        {marked && <span class="unseen">{marked.label}: </span>}
        {own ?? drawCell(view, grid.sheet.sizes(), cell(), issue, support(), grid.tint())}
        {view.redLines(issueId, partyId).map(line => drawRedLine(view, line, issue))}
        {noted && reckoning()?.drawNotes(noted, view)}
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
      data-support={grid.marks() === undefined ? supportMark(support()) : undefined}
      data-tip={ground() && grid.tint()?.said(issueId, partyId)}
      style={{ 'inset-inline-start': `${grid.sheet.columnLeft(partyId)}px` }}
    >
      {drawn()}
      {grid.isLive && <Others issueId={issueId} partyId={partyId} />}
    </div>
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
