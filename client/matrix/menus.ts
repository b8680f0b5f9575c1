/** The menus of the grid: what can be done with what is selected, each with its key, and the stances to choose from. */
import { askToMove } from '#client/compartments/asked.ts'
import { openMenu, type MenuEntry } from '#client/ui/menu.tsx'
import * as deeds from '#client/matrix/deeds.ts'
import type { Grid } from '#client/matrix/grid.ts'
import { DIGITS } from '#client/matrix/keyboard.ts'
import { startEditing } from '#client/matrix/editing.ts'
import { openNumberEntry } from '#client/matrix/number-entry.ts'
import { copyByMenu, cutByMenu, pasteByMenu } from '#client/matrix/pasting.ts'
import { cellAt, covered, rowAt } from '#client/matrix/selection.ts'
import { KNOWLEDGE, KNOWLEDGE_LABELS } from '#shared/cells.ts'
import { may } from '#shared/access.ts'
import { partyRecords } from '#shared/document/parties.ts'
import type { PartyId } from '#shared/ids.ts'

const CONTROL = /Mac|iP/.test(navigator.platform) ? '⌘' : 'Ctrl+'

type Point = { readonly x: number; readonly y: number }

const anchorOf = (grid: Grid, at: Point | undefined): Point | Element => {
  if (at) return at
  const element = document.getElementById(grid.elementId(grid.selection.active()))
  return element ?? { x: innerWidth / 2, y: innerHeight / 3 }
}

export const openStanceMenu = (grid: Grid): void => {
  const active = cellAt(grid.sheet, grid.selection.active())
  if (!active) return
  const points = grid.view.issue(active.issueId)?.scale.points ?? []
  if (points.length === 0) {
    if (!openNumberEntry(grid)) deeds.tellNoScale(grid)
    return
  }
  const isNumeric = grid.view.issue(active.issueId)?.scale.isNumeric === true
  const { stance } = grid.view.cell(active.issueId, active.partyId)
  const set = (label: string, index: number | undefined) => (): void =>
    deeds.chooseInCells(grid, label, issueId => {
      if (index === undefined) return { stance: null }
      const point = grid.view.issue(issueId)?.scale.points[index]
      return point && { stance: point.id }
    })
  openMenu(
    anchorOf(grid, undefined),
    [
      ...(isNumeric
        ? [{ label: 'Type a number …', keys: '0–9', run: () => void openNumberEntry(grid) }, null]
        : []),
      ...points.map(({ id, label }, index) => ({
        label: label || 'Unnamed point',
        checked: id === stance,
        run: set(`set the stance “${label}”`, index),
        ...(index < DIGITS && !isNumeric ? { keys: String(index + 1) } : {}),
      })),
      null,
      { label: 'No stance', checked: stance === null, run: set('clear the stance', undefined) },
    ],
    'Stance',
  )
}

export const openCellMenu = (grid: Grid, at?: Point): void => {
  const spot = grid.selection.active()
  const row = rowAt(grid.sheet, spot.row)
  const entries = cellAt(grid.sheet, spot)
    ? cellEntries(grid)
    : row?.kind === 'issue'
      ? issueEntries(grid)
      : row?.kind === 'basket' || row?.kind === 'add'
        ? basketEntries(grid)
        : spot.row === 'top' && spot.column !== 'head'
          ? partyEntries(grid)
          : sheetEntries(grid)
  openMenu(anchorOf(grid, at), entries, 'Actions')
}

const cellEntries = (grid: Grid): readonly MenuEntry[] => {
  const reading: readonly MenuEntry[] = [
    { label: 'Copy', keys: `${CONTROL}C`, run: () => copyByMenu(grid) },
    null,
    { label: 'Open beside', keys: 'F4', run: grid.openPanel },
    history(grid),
    ...restoreEntries(grid),
  ]
  if (!grid.mayEdit()) return reading
  return [
    { label: 'Edit', keys: 'Enter', run: () => startEditing(grid) },
    { label: 'Set stance …', keys: 'Space', run: () => openStanceMenu(grid) },
    null,
    ...KNOWLEDGE.map(knowledge => ({
      label: KNOWLEDGE_LABELS[knowledge],
      checked: isKnown(grid, knowledge),
      run: () =>
        deeds.chooseInCells(grid, `mark as “${KNOWLEDGE_LABELS[knowledge].toLowerCase()}”`, () => ({
          knowledge,
        })),
    })),
    null,
    { label: 'Cut', keys: `${CONTROL}X`, run: () => cutByMenu(grid) },
    { label: 'Copy', keys: `${CONTROL}C`, run: () => copyByMenu(grid) },
    { label: 'Paste', keys: `${CONTROL}V`, run: () => pasteByMenu(grid) },
    { label: 'Clear', keys: 'Del', run: () => deeds.clear(grid) },
    null,
    { label: 'Open beside', keys: 'F4', run: grid.openPanel },
    history(grid),
    ...undoEntries(grid),
  ]
}

const history = (grid: Grid, label = 'Cell history'): MenuEntry => ({
  label,
  keys: 'Shift+F4',
  run: grid.openHistory,
})

/** Over a past moment: what is selected may come back as it was. */
const restoreEntries = (grid: Grid): readonly MenuEntry[] => {
  const restore = grid.restore()
  const range = grid.range()
  const { columns, issueIds } = covered(grid.sheet, range)
  const partyIds = columns.filter((column): column is PartyId => column !== 'head')
  const entry = (
    what: 'cell' | 'row' | 'column',
    spots: Parameters<NonNullable<typeof restore>>[0],
  ): readonly MenuEntry[] =>
    !restore || spots.length === 0
      ? []
      : [
          null,
          {
            label:
              spots.length === 1 ? `Restore this ${what} …` : `Restore ${spots.length} ${what}s …`,
            run: () => restore(spots),
          },
        ]
  if (range.top < 0)
    return entry(
      'column',
      partyIds.map(partyId => ({ issueId: null, partyId })),
    )
  if (range.start < 0)
    return entry(
      'row',
      issueIds.map(issueId => ({ issueId, partyId: null })),
    )
  return entry(
    'cell',
    issueIds.flatMap(issueId => partyIds.map(partyId => ({ issueId, partyId }))),
  )
}

const isKnown = (grid: Grid, knowledge: string): boolean => {
  const active = cellAt(grid.sheet, grid.selection.active())
  return (
    active !== undefined && grid.view.cell(active.issueId, active.partyId).knowledge === knowledge
  )
}

const undoEntries = (grid: Grid): readonly MenuEntry[] => [
  null,
  { label: 'Undo my last step', keys: `${CONTROL}Z`, run: () => deeds.undo(grid) },
  { label: 'Do it again', keys: `${CONTROL}Y`, run: () => deeds.redo(grid) },
]

const page = (grid: Grid, label: string): MenuEntry => ({
  label,
  keys: 'F8',
  run: () => grid.openPage(grid.selection.active()),
})

const issueEntries = (grid: Grid): readonly MenuEntry[] => [
  ...(grid.mayEdit()
    ? [
        { label: 'Rename', keys: 'F2', run: () => startEditing(grid) },
        {
          label: 'Add an issue below',
          keys: `${CONTROL}Shift+Enter`,
          run: () => deeds.addIssueHere(grid),
        },
        { label: 'Move up', keys: 'Alt+Shift+↑', run: () => deeds.reorder(grid, -1, 0) },
        { label: 'Move down', keys: 'Alt+Shift+↓', run: () => deeds.reorder(grid, 1, 0) },
        null,
      ]
    : []),
  { label: 'Open beside', keys: 'F4', run: grid.openPanel },
  page(grid, 'Page of this issue'),
  history(grid, 'Issue history'),
  ...restoreEntries(grid),
  ...removeEntries(grid, 'Remove the issue'),
]

const basketEntries = (grid: Grid): readonly MenuEntry[] => {
  const row = rowAt(grid.sheet, grid.selection.active().row)
  const entries: MenuEntry[] = []
  if (row?.kind === 'basket')
    entries.push({
      label: row.folded ? 'Unfold' : 'Fold',
      keys: 'Enter',
      run: () => grid.preferences.fold(row.id, !row.folded),
    })
  if (grid.mayEdit() && row && 'basketId' in row) {
    const { basketId } = row
    entries.push({ label: 'Add an issue', run: () => deeds.addIssueHere(grid, basketId) })
    entries.push({ label: 'Add a basket', run: () => deeds.addBasketHere(grid) })
    if (row.kind === 'basket' && basketId !== null)
      entries.push(
        { label: 'Rename', keys: 'F2', run: () => startEditing(grid) },
        { label: 'Move up', keys: 'Alt+Shift+↑', run: () => deeds.reorder(grid, -1, 0) },
        { label: 'Move down', keys: 'Alt+Shift+↓', run: () => deeds.reorder(grid, 1, 0) },
        ...removeEntries(grid, 'Remove the basket, keep its issues'),
      )
  }
  return entries
}

const partyEntries = (grid: Grid): readonly MenuEntry[] => [
  ...(grid.mayEdit()
    ? [
        { label: 'Rename', keys: 'F2', run: () => startEditing(grid) },
        { label: 'Add a party', run: () => deeds.addPartyHere(grid) },
        { label: 'Move left', keys: 'Alt+Shift+←', run: () => deeds.reorder(grid, 0, -1) },
        { label: 'Move right', keys: 'Alt+Shift+→', run: () => deeds.reorder(grid, 0, 1) },
        null,
      ]
    : []),
  { label: 'Open beside', keys: 'F4', run: grid.openPanel },
  page(grid, 'Page of this party'),
  ...compartmentEntries(grid),
  ...restoreEntries(grid),
  ...removeEntries(grid, 'Remove the party'),
]

/** For owners, of a column that everybody sees. */
const compartmentEntries = (grid: Grid): readonly MenuEntry[] => {
  const { column } = grid.selection.active()
  const { compartmentOf, role } = grid.negotiation
  if (!grid.isLive || !grid.mayEdit() || column === 'head' || !may(role(), 'manage')) return []
  if (compartmentOf(partyRecords, column)) return []
  const called = grid.view.party(column)?.name ?? ''
  const run = (): void => askToMove({ kind: 'party', id: column }, called)
  return [{ label: 'Put into a compartment …', run }]
}

const removeEntries = (grid: Grid, label: string): readonly MenuEntry[] =>
  grid.mayEdit()
    ? [
        null,
        {
          label,
          keys: `${CONTROL}Shift+Del`,
          danger: true,
          run: () => deeds.remove(grid, grid.selection.active()),
        },
        ...undoEntries(grid),
      ]
    : []

const sheetEntries = (grid: Grid): readonly MenuEntry[] =>
  grid.mayEdit()
    ? [
        { label: 'Add an issue', run: () => deeds.addIssueHere(grid) },
        { label: 'Add a party', run: () => deeds.addPartyHere(grid) },
        { label: 'Add a basket', run: () => deeds.addBasketHere(grid) },
        ...undoEntries(grid),
      ]
    : [{ label: 'You may read this tracker, not change it', disabled: true, run: () => {} }]
