/** Beside the matrix: the history of the cell or the issue that is selected. It goes along with the selection. */
import { createEffect, createMemo, Match, on, Show, Switch } from 'solid-js'
import CellMovements, { type CellRef } from '#client/history/movements/cell-history.tsx'
import { IssueChanges } from '#client/history/movements/issue-changes.tsx'
import { useNegotiation } from '#client/live/negotiation.ts'
import type { MatrixView } from '#client/live/view.ts'
import { cellOn, type Selection, type Spot } from '#client/matrix/selection.ts'
import { Icon } from '#client/ui/icon.tsx'
import type { IssueId, PartyId } from '#shared/ids.ts'
import '#client/matrix/panel/panel.css'

interface Props {
  readonly selection: Selection
  readonly view: MatrixView
  readonly onClose: () => void
}

export default function CellHistoryPanel(props: Props) {
  const negotiation = useNegotiation()
  /** It keeps the last one while a column's head or nothing is selected. */
  const place = createMemo<Place | undefined>(
    before => placeOn(props.view, props.selection.active()) ?? before,
    undefined,
    { equals: samePlace },
  )
  const cell = (): CellRef | undefined => {
    const { issueId, partyId } = place() ?? {}
    return issueId && partyId ? { issueId, partyId } : undefined
  }
  let body: HTMLDivElement | undefined
  createEffect(on(place, () => body?.scrollTo({ top: 0 }), { defer: true }))
  const issue = (): string => {
    const is = place()
    return (is && props.view.issue(is.issueId)?.title) || 'Untitled issue'
  }
  const party = (): string => {
    const is = cell()
    return (is && props.view.party(is.partyId)?.name) || 'Unnamed party'
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    const { ctrlKey, key, metaKey, shiftKey, target } = event
    const isWriting = target instanceof HTMLTextAreaElement
    if (key === 'Escape' || (key === 'F4' && shiftKey)) props.onClose()
    else if ((ctrlKey || metaKey) && key.toLowerCase() === 'z' && !isWriting) {
      if (shiftKey) negotiation.redo()
      else negotiation.undo()
    } else return
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    <aside class="panel cell-history" aria-label="Cell history" tabindex="-1" onKeyDown={onKeyDown}>
      <header class="panel-head">
        <div class="panel-title">
          <p class="panel-over">{place() && !cell() ? 'Issue history' : 'Cell history'}</p>
          <Show when={place()} fallback={<h2>Nothing selected</h2>}>
            <h2>
              <Show when={cell()}>
                <bdi>{party()}</bdi> ·{' '}
              </Show>
              <bdi>{issue()}</bdi>
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
        <Switch fallback={<p class="field-none">Choose a cell or an issue in the matrix.</p>}>
          <Match when={cell()}>{is => <CellMovements cell={is()} view={props.view} />}</Match>
          <Match when={place()}>{is => <IssueChanges issueId={is().issueId} />}</Match>
        </Switch>
      </div>
    </aside>
  )
}

interface Place {
  readonly issueId: IssueId
  /** Null for the issue itself. */
  readonly partyId: PartyId | null
}

const placeOn = (view: MatrixView, spot: Spot): Place | undefined =>
  cellOn(view, spot) ??
  (spot.column === 'head' && view.issue(spot.row as IssueId)
    ? { issueId: spot.row as IssueId, partyId: null }
    : undefined)

const samePlace = (a: Place | undefined, b: Place | undefined): boolean =>
  a?.issueId === b?.issueId && a?.partyId === b?.partyId
