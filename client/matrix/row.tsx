/** One row of the sheet, with the cells of the columns that show. */
import { createMemo, For, Match, Show, Switch } from 'solid-js'
import { Dynamic } from 'solid-js/web'
import { MatrixCell } from '#client/matrix/cell.tsx'
import { useGrid } from '#client/matrix/grid.ts'
import { AddRow, BasketHeader, FoldedRows, IssueHeader } from '#client/matrix/headers.tsx'
import type { Row } from '#client/matrix/rows.ts'
import { createRowNotes, reckoning } from '#client/redlines/reckoning.ts'
import type { IssueId, PartyId } from '#shared/ids.ts'

interface Props {
  readonly row: Row
  readonly columns: readonly PartyId[]
}

export const SheetRow = (props: Props) => {
  const { sheet } = useGrid()
  const { row } = props
  const index = createMemo(() => sheet.rowIndex(row.id))
  const start = (): number => sheet.rowStarts()[index()] ?? 0
  const height = (): number => (sheet.rowStarts()[index() + 1] ?? start()) - start()
  return (
    <div
      class={`row row-${row.kind}`}
      role="row"
      aria-rowindex={index() + 2}
      data-row={row.id}
      style={{ translate: `0 ${start()}px`, 'block-size': `${height()}px` }}
    >
      <Switch>
        <Match when={row.kind === 'issue' && row}>
          {found => (
            <IssueCells issueId={found().issueId} index={index} columns={() => props.columns} />
          )}
        </Match>
        <Match when={row.kind === 'basket' && row}>{found => <BasketHeader row={found()} />}</Match>
        <Match when={row.kind === 'add' && row}>{found => <AddRow row={found()} />}</Match>
        <Match when={row.kind === 'fold' && row}>{found => <FoldedRows row={found()} />}</Match>
      </Switch>
    </div>
  )
}

const IssueCells = (props: {
  readonly issueId: IssueId
  readonly index: () => number
  readonly columns: () => readonly PartyId[]
}) => {
  const grid = useGrid()
  const { issueId } = props
  const issue = createMemo(() => grid.view.issue(issueId))
  const notes = createRowNotes(
    () => grid.view,
    () => issueId,
    () => grid.isLive,
  )
  return (
    <>
      <IssueHeader issueId={issueId} issue={issue} />
      <For each={props.columns()}>
        {partyId => (
          <MatrixCell
            issueId={issueId}
            issue={issue}
            notes={notes}
            row={props.index}
            partyId={partyId}
          />
        )}
      </For>
      <Show when={notes() && reckoning()}>
        {part => <Dynamic component={part().Crossings} crossings={notes()?.crossings ?? []} />}
      </Show>
    </>
  )
}
