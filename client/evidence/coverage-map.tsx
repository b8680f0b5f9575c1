/** The matrix as a map of its coverage: one sign a cell, and one tab stop for all of them. */
import { For } from 'solid-js'
import { coverageWords } from '#client/evidence/coverage-words.ts'
import { CoverageMark } from '#client/evidence/coverage-mark.tsx'
import type { CoverageCell, CoverageRow } from '#client/evidence/coverage-cells.ts'
import { useNegotiation } from '#client/live/negotiation.ts'
import { cellKey } from '#shared/cells.ts'
import type { CoverageState } from '#shared/evidence/coverage.ts'

interface Props {
  readonly rows: readonly CoverageRow[]
  readonly current: CoverageCell | undefined
  /** The others are drawn paler. */
  readonly isShown: (states: readonly CoverageState[]) => boolean
  readonly onChoose: (cell: CoverageCell) => void
}

export const CoverageMap = (props: Props) => {
  const { view } = useNegotiation()
  let table: HTMLTableElement | undefined
  const isCurrent = (cell: CoverageCell): boolean =>
    cell.issueId === props.current?.issueId && cell.partyId === props.current.partyId
  const isStop = (cell: CoverageCell): boolean => {
    const first = props.rows[0]?.cells()[0]
    return props.current ? isCurrent(cell) : cell === first
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = STEPS[event.key as keyof typeof STEPS]
    const at = (event.target as Element).closest('td')
    const row = at?.closest('tr')
    if (!step || !at || !row || !table) return
    event.preventDefault()
    const isRtl = getComputedStyle(table).direction === 'rtl'
    const across = at.cellIndex + (isRtl ? -step[0] : step[0])
    const next = table.rows[row.rowIndex + step[1]]?.cells[across]?.querySelector('button')
    next?.focus()
    next?.click()
  }
  return (
    <div class="coverage-map">
      <table ref={table} onKeyDown={onKeyDown}>
        <caption class="unseen">
          Coverage of the matrix: a row for each issue, a column for each party
        </caption>
        <thead>
          <tr>
            <td />
            <For each={view.partyIds()}>
              {id => (
                <th scope="col" dir="auto">
                  {view.party(id)?.name || 'Unnamed party'}
                </th>
              )}
            </For>
          </tr>
        </thead>
        <tbody>
          <For each={props.rows}>
            {row => (
              <tr>
                <th scope="row" dir="auto">
                  {view.issue(row.issueId)?.title || 'Untitled issue'}
                </th>
                <For each={row.cells()}>
                  {cell => (
                    <td>
                      <button
                        type="button"
                        class="coverage-cell"
                        classList={{ pale: !props.isShown(cell.is().states) }}
                        data-state={cell.is().states[0]}
                        data-cell={cellKey(cell.issueId, cell.partyId)}
                        aria-pressed={isCurrent(cell)}
                        tabindex={isStop(cell) ? 0 : -1}
                        title={coverageWords(cell.is())}
                        onClick={() => props.onChoose(cell)}
                      >
                        <For each={cell.is().states}>{state => <CoverageMark state={state} />}</For>
                        <span class="unseen">{coverageWords(cell.is())}</span>
                      </button>
                    </td>
                  )}
                </For>
              </tr>
            )}
          </For>
        </tbody>
      </table>
    </div>
  )
}

const STEPS = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
} as const
