/** Beside the matrix: the history of the cell that is selected. It goes along with the selection. */
import { createEffect, createMemo, on, Show } from 'solid-js'
import CellMovements, { type CellRef } from '#client/history/movements/cell-history.tsx'
import type { MatrixView } from '#client/live/view.ts'
import { cellOn, type Selection } from '#client/matrix/selection.ts'
import { Icon } from '#client/ui/icon.tsx'
import '#client/matrix/panel/panel.css'

interface Props {
  readonly selection: Selection
  readonly view: MatrixView
  readonly onClose: () => void
}

export default function CellHistoryPanel(props: Props) {
  /** It keeps the last one while a row's head or nothing is selected. */
  const cell = createMemo<CellRef | undefined>(
    before => cellOn(props.view, props.selection.active()) ?? before,
    undefined,
    { equals: sameCell },
  )
  let body: HTMLDivElement | undefined
  createEffect(on(cell, () => body?.scrollTo({ top: 0 }), { defer: true }))
  const issue = (): string => {
    const is = cell()
    return (is && props.view.issue(is.issueId)?.title) || 'Untitled issue'
  }
  const party = (): string => {
    const is = cell()
    return (is && props.view.party(is.partyId)?.name) || 'Unnamed party'
  }
  return (
    <aside
      class="panel cell-history"
      aria-label="Cell history"
      tabindex="-1"
      onKeyDown={event => {
        if (event.key !== 'Escape' && !(event.key === 'F4' && event.shiftKey)) return
        event.preventDefault()
        event.stopPropagation()
        props.onClose()
      }}
    >
      <header class="panel-head">
        <div class="panel-title">
          <p class="panel-over">Cell history</p>
          <Show when={cell()} fallback={<h2>Nothing selected</h2>}>
            <h2>
              <bdi>{party()}</bdi> · <bdi>{issue()}</bdi>
            </h2>
          </Show>
        </div>
        <button
          type="button"
          class="button quiet icon small"
          aria-label="Close the cell’s history"
          data-tip="Close"
          data-keys="Esc"
          onClick={() => props.onClose()}
        >
          <Icon name="close" />
        </button>
      </header>
      <div class="panel-body" ref={body}>
        <Show when={cell()} fallback={<p class="field-none">Choose a cell in the matrix.</p>}>
          {is => <CellMovements cell={is()} view={props.view} />}
        </Show>
      </div>
    </aside>
  )
}

const sameCell = (a: CellRef | undefined, b: CellRef | undefined): boolean =>
  a?.issueId === b?.issueId && a?.partyId === b?.partyId
