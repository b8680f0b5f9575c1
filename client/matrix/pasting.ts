/** Copies from the grid and pastes into it; a whole paste is one action. */
import { onCleanup } from 'solid-js'
import {
  bare,
  planPaste,
  readBlock,
  writeBlock,
  type Block,
  type PastePlan,
  type Piece,
} from '#client/matrix/clipboard.ts'
import * as deeds from '#client/matrix/deeds.ts'
import type { Grid } from '#client/matrix/grid.ts'
import { covered, type Spot } from '#client/matrix/selection.ts'
import { offerUndo } from '#client/matrix/undo-offer.ts'
import { notify } from '#client/ui/toaster.tsx'
import type { Cell } from '#shared/cells.ts'
import { attachClaim, detachClaim, noteReported, setPosition } from '#shared/document/cells.ts'
import { addIssue, issueRecords } from '#shared/document/issues.ts'
import { hedgedPosition } from '#shared/evidence/hedged.ts'
import { saysSomething } from '#shared/evidence/support.ts'
import { newId, type IssueId } from '#shared/ids.ts'

export const handleClipboard = (grid: Grid, element: HTMLElement): void => {
  // The browser sends the event to where text was selected last, which may be anywhere: the focus says whose it is.
  const isHere = (event: ClipboardEvent): boolean =>
    document.activeElement === element && event.clipboardData !== null && !grid.editing()
  const onCopy = (event: ClipboardEvent): void => {
    if (!isHere(event)) return
    event.preventDefault()
    const isCut = event.type === 'cut' && grid.mayEdit()
    const { html, text } = copied(grid, isCut)
    event.clipboardData?.setData('text/plain', text)
    event.clipboardData?.setData('text/html', html)
    if (isCut) deeds.clear(grid)
  }
  const onPaste = (event: ClipboardEvent): void => {
    if (!isHere(event)) return
    event.preventDefault()
    paste(grid, {
      html: event.clipboardData?.getData('text/html') ?? '',
      text: event.clipboardData?.getData('text/plain') ?? '',
    })
  }
  document.addEventListener('copy', onCopy)
  document.addEventListener('cut', onCopy)
  document.addEventListener('paste', onPaste)
  onCleanup(() => {
    document.removeEventListener('copy', onCopy)
    document.removeEventListener('cut', onCopy)
    document.removeEventListener('paste', onPaste)
  })
}

/** What the clipboard gets: words as they may stand elsewhere, and those that come back into a matrix. */
const copied = (grid: Grid, isCut: boolean): { readonly text: string; readonly html: string } => {
  const { negotiation, view } = grid
  const wordsOf = (cell: Cell): string => cell.position.trim() || stanceWords(grid, cell)
  return writeBlock(
    selectedBlock(grid, String, cell =>
      hedgedPosition({ ...cell, position: wordsOf(cell) }, view.grounds),
    ),
    {
      trackerId: negotiation.trackerId,
      pieces: selectedBlock(grid, bare, ({ claimIds, issueId, partyId, position }) => ({
        text: position,
        // Claims hold up words: where none are pasted, nothing would rest on them.
        claimIds: position.trim() === '' ? [] : claimIds.filter(id => view.claim(id)),
        cutFrom: isCut ? { issueId, partyId } : undefined,
      })),
    },
  )
}

const stanceWords = ({ view }: Grid, { issueId, stance }: Cell): string =>
  view.issue(issueId)?.scale.points.find(({ id }) => id === stance)?.label ?? ''

const selectedBlock = <T>(
  grid: Grid,
  named: (name: string) => T,
  pieceOf: (cell: Cell) => T,
): Block<T> => {
  const range = grid.range()
  const { issueIds, columns } = covered(grid.sheet, range)
  const names: Block<T> =
    range.top < 0
      ? [
          columns.map(column =>
            named(column === 'head' ? '' : (grid.view.party(column)?.name ?? '')),
          ),
        ]
      : []
  return [
    ...names,
    ...issueIds.map(issueId =>
      columns.map(column =>
        column === 'head'
          ? named(grid.view.issue(issueId)?.title ?? '')
          : pieceOf(grid.view.cell(issueId, column)),
      ),
    ),
  ]
}

const paste = (grid: Grid, clipboard: { readonly html: string; readonly text: string }): void => {
  if (!grid.mayEdit()) {
    notify({ text: 'You may read this tracker, not change it.' })
    return
  }
  if (clipboard.html === '' && clipboard.text === '') return
  const block = readBlock(clipboard, {
    trackerId: grid.negotiation.trackerId,
    hasClaim: id => grid.view.claim(id) !== undefined,
  })
  const { sheet } = grid
  const issueIds = sheet.rows().flatMap(row => (row.kind === 'issue' ? [row.issueId] : []))
  const columns: readonly Spot['column'][] = ['head', ...sheet.columns()]
  const selected = covered(sheet, grid.range())
  const [firstIssue] = selected.issueIds
  const [firstColumn] = selected.columns
  if (firstIssue === undefined || firstColumn === undefined) {
    notify({ text: 'Choose a cell to paste into first.' })
    return
  }
  const plan = planPaste(
    block,
    {
      top: issueIds.indexOf(firstIssue),
      start: columns.indexOf(firstColumn),
      rows: selected.issueIds.length,
      columns: selected.columns.length,
    },
    { rows: issueIds.length, columns: columns.length },
  )
  const start = columns.indexOf(firstColumn)
  const apply = (addRows: boolean): void =>
    write(grid, { ...plan, overflow: addRows ? plan.overflow : [] }, issueIds, columns, start)
  if (plan.overflow.length > 0) grid.offerRows({ rows: plan.overflow.length, paste: apply })
  else apply(false)
}

const write = (
  grid: Grid,
  { cutColumns, overflow, writes }: PastePlan<Piece>,
  issueIds: readonly IssueId[],
  columns: readonly Spot['column'][],
  start: number,
): void => {
  const many = writes.length + overflow.reduce((sum, row) => sum + row.length, 0)
  const last = issueIds.at(-1)
  const home = last === undefined ? null : (grid.view.issue(last)?.basketId ?? null)
  grid.negotiation.act(many === 1 ? 'paste into a cell' : `paste ${many} cells`, doc => {
    const put = (
      issueId: IssueId,
      column: Spot['column'] | undefined,
      { claimIds, text }: Piece,
    ): void => {
      if (column === 'head') issueRecords.set(doc, issueId, { title: text.replaceAll('\n', ' ') })
      else if (column !== undefined) {
        setPosition(doc, issueId, column, text)
        noteReported(doc, issueId, column)
        for (const id of claimIds) attachClaim(doc, issueId, column, id)
      }
    }
    // Before anything is put, which may be where it was cut.
    for (const { claimIds, cutFrom } of [...writes.map(({ value }) => value), ...overflow.flat()])
      // Brought back since, the cell keeps what it rests on.
      if (cutFrom && !saysSomething(grid.view.cell(cutFrom.issueId, cutFrom.partyId)))
        for (const id of claimIds) detachClaim(doc, cutFrom.issueId, cutFrom.partyId, id)
    for (const { column, row, value } of writes) {
      const issueId = issueIds[row]
      if (issueId !== undefined) put(issueId, columns[column], value)
    }
    for (const values of overflow) {
      const issueId = newId<IssueId>()
      addIssue(doc, issueId, { title: '', basketId: home })
      values.forEach((value, index) => put(issueId, columns[start + index], value))
    }
  })
  if (cutColumns > 0)
    offerUndo(
      grid.negotiation,
      `Left out ${cutColumns === 1 ? 'one column' : `${cutColumns} columns`}: there are no more parties. Add parties and paste again.`,
      () => deeds.undo(grid),
    )
}

export const copyByMenu = async (grid: Grid): Promise<void> => {
  await putCopied(grid, false)
}

export const cutByMenu = async (grid: Grid): Promise<void> => {
  // Now: the browser may ask for leave first, and meanwhile another cell be selected.
  const clear = deeds.clearing(grid)
  if (await putCopied(grid, true)) clear()
}

/** False when the browser does not let a page write to the clipboard, which is said. */
const putCopied = async (grid: Grid, isCut: boolean): Promise<boolean> => {
  const { html, text } = copied(grid, isCut)
  try {
    await navigator.clipboard.write([
      new ClipboardItem({
        'text/plain': new Blob([text], { type: 'text/plain' }),
        'text/html': new Blob([html], { type: 'text/html' }),
      }),
    ])
    return true
  } catch {
    notify({ text: 'The browser does not let the menu copy; use the keyboard: Ctrl+C.' })
    return false
  }
}

export const pasteByMenu = async (grid: Grid): Promise<void> => {
  try {
    const [item] = await navigator.clipboard.read()
    const read = async (type: string): Promise<string> =>
      item?.types.includes(type) ? (await item.getType(type)).text() : ''
    paste(grid, { html: await read('text/html'), text: await read('text/plain') })
  } catch {
    notify({ text: 'The browser does not let the menu paste; use the keyboard: Ctrl+V.' })
  }
}
