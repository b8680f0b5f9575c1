/** Somebody removes the row or column in which I write: what I wrote is kept, and can be brought back with it. */
import { createEffect, onCleanup } from 'solid-js'
import { notifyKept } from '#client/live/kept-words.ts'
import type { Grid } from '#client/matrix/grid.ts'
import { notify } from '#client/ui/toaster.tsx'
import { cellKey, isBlank, type Cell, type CellKey } from '#shared/cells.ts'
import { noteReported, setPosition } from '#shared/document/cells.ts'
import { partyRecords } from '#shared/document/parties.ts'
import { restore, type RestoreAddress } from '#shared/history/restore.ts'
import type { IssueId, PartyId } from '#shared/ids.ts'
import { EMPTY_TRACKER, type Tracker } from '#shared/tracker.ts'

/** Watches over one cell while it is written in. `written` answers my words; `onLost` closes the editor. */
export const watchOver = (
  grid: Grid,
  issueId: IssueId,
  partyId: PartyId,
  written: () => string,
  onLost: () => void,
): void => {
  const { negotiation, view } = grid
  let kept: Tracker | undefined
  /** A compartment may be known to have closed before its columns are gone. */
  let wasApart = false
  let lost = false
  createEffect(() => {
    const hasIssue = view.issue(issueId) !== undefined
    const hasParty = view.party(partyId) !== undefined
    if (hasIssue && hasParty) {
      kept = keep(grid, issueId, partyId)
      wasApart ||= negotiation.compartmentOf(partyRecords, partyId) !== undefined
      return
    }
    if (lost || !kept) return
    lost = true
    const text = written()
    queueMicrotask(onLost)
    if (wasApart) {
      handBack(grid, kept, partyId, text)
      return
    }
    const address = hasIssue ? (`party/${partyId}` as const) : (`issue/${issueId}` as const)
    offer(grid, kept, address, { issueId, partyId, text: stillTyped(grid, text) })
  })
  onCleanup(() => (kept = undefined))
}

/** What was in a compartment would come back where everybody reads it. */
const handBack = ({ stray }: Grid, kept: Tracker, partyId: PartyId, text: string): void => {
  // What is typed on before the hands have noticed belongs in no other cell.
  stray.take = () => undefined
  const name = kept.parties.find(({ id }) => id === partyId)?.name || 'without a name'
  notifyKept(`The cell of “${name}” in which you were writing is gone. Your text is kept.`, text)
}

/** The text, and what is typed on before the hands have noticed. */
const stillTyped = ({ stray }: Grid, written: string): (() => string) => {
  let text = written
  stray.take = key => {
    text = key === 'Backspace' ? [...text].slice(0, -1).join('') : text + key
  }
  return () => text
}

/** The row and the column as they are, to be put back under their own ids. */
const keep = ({ view }: Grid, issueId: IssueId, partyId: PartyId): Tracker => {
  const issue = view.issue(issueId)
  const party = view.party(partyId)
  const cells: Record<CellKey, Cell> = {}
  const note = (cell: Cell): void => {
    if (!isBlank(cell)) cells[cellKey(cell.issueId, cell.partyId)] = cell
  }
  const parties = view.partyIds()
  const issues = view.issueIds()
  for (const id of parties) note(view.cell(issueId, id))
  for (const id of issues) note(view.cell(id, partyId))
  return {
    ...EMPTY_TRACKER,
    // The other rows and columns are named only so that their cells are found.
    parties: parties.flatMap(id => (id === partyId ? (party ?? []) : (view.party(id) ?? []))),
    issues: issues.flatMap(id => (id === issueId ? (issue ?? []) : (view.issue(id) ?? []))),
    cells,
    redLines: [
      ...parties.flatMap(id => view.redLines(issueId, id)),
      ...issues.filter(id => id !== issueId).flatMap(id => view.redLines(id, partyId)),
    ],
  }
}

const offer = (
  grid: Grid,
  kept: Tracker,
  address: RestoreAddress,
  {
    issueId,
    partyId,
    text,
  }: { readonly issueId: IssueId; readonly partyId: PartyId; readonly text: () => string },
): void => {
  const [kind, id] = address.split('/')
  const name =
    kind === 'issue'
      ? kept.issues.find(issue => issue.id === id)?.title
      : kept.parties.find(party => party.id === id)?.name
  notify({
    tone: 'warning',
    text: `Somebody removed “${name || 'without a name'}” while you were writing in it. Your text is kept.`,
    action: {
      label: 'Bring it back',
      run: () => {
        grid.stray.take = undefined
        grid.negotiation.act(`bring back “${name ?? ''}”`, doc => {
          restore(doc, kept, [address])
          setPosition(doc, issueId, partyId, text())
          noteReported(doc, issueId, partyId)
        })
        grid.selection.select({ row: issueId, column: partyId })
      },
    },
  })
}
