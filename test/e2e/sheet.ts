/** The matrix as somebody finds their way in it: by the names of issues and parties. */
import type { Locator, Page } from 'playwright-core'

export interface Where {
  readonly issue: string
  readonly party: string
}

export interface Sheet {
  readonly grid: Locator
  readonly ready: () => Promise<void>
  readonly row: (issue: string) => Locator
  readonly party: (name: string) => Locator
  readonly cell: (issue: string, party: string) => Promise<Locator>
  /** The words in a cell, also while somebody else writes there. */
  readonly words: (issue: string, party: string) => Promise<string>
  /** Goes to a cell with a click. */
  readonly select: (issue: string, party: string) => Promise<void>
  /** Where the keyboard is, by the names at the edges; a header's cell has the other name empty. */
  readonly active: () => Promise<Where>
  readonly activeRow: () => Locator
  /** The editor in the active cell. */
  readonly editor: Locator
  readonly issues: () => Promise<readonly string[]>
  readonly baskets: () => Promise<readonly string[]>
  readonly parties: () => Promise<readonly string[]>
}

export const sheetOn = (page: Page): Sheet => {
  const grid = page.getByRole('grid')
  const party = (name: string): Locator =>
    grid.getByRole('columnheader').filter({ has: page.getByText(name, { exact: true }) })
  const row = (issue: string): Locator =>
    grid.getByRole('row').filter({
      has: page.getByRole('rowheader').getByText(issue, { exact: true }),
    })
  const cell = async (issue: string, name: string): Promise<Locator> => {
    const column = await party(name).getAttribute('aria-colindex')
    return row(issue).locator(`[role=gridcell][aria-colindex="${column}"]`)
  }
  return {
    grid,
    ready: () => grid.getByRole('rowheader').first().waitFor(),
    row,
    party,
    cell,
    words: async (issue, name) => (await cell(issue, name)).locator('.position').innerText(),
    select: async (issue, name) => {
      const found = await cell(issue, name)
      await found.scrollIntoViewIfNeeded()
      await found.click()
    },
    active: () => grid.evaluate(whereActive),
    activeRow: () => grid.getByRole('row').filter({ has: page.locator('[aria-selected=true]') }),
    editor: grid.locator('.cm-content'),
    issues: () => grid.locator('.issue-title').allInnerTexts(),
    baskets: () => grid.locator('.basket-title').allInnerTexts(),
    parties: () => grid.locator('.party-name').allInnerTexts(),
  }
}

/** Runs in the page. */
const whereActive = (grid: Element): Where => {
  const active = document.getElementById(grid.getAttribute('aria-activedescendant') ?? '')
  const textOf = (selector: string, within: Element | null | undefined): string =>
    within?.querySelector(selector)?.textContent ?? ''
  const column = active?.getAttribute('aria-colindex')
  const header = grid.querySelector(`[role=columnheader][aria-colindex="${column}"]`)
  return {
    issue: textOf('.issue-title, .basket-title', active?.closest('[role=row]')),
    party: textOf('.party-name', header),
  }
}

/** The word on whether what was written on this page is safe. */
export const statusOn = (page: Page): Promise<string | null> =>
  page.locator('[data-status]').evaluate(statusOf)

/** What was typed before the editor has come is in no document yet, so the word on the page is not about it. */
const statusOf = (element: Element): string | null =>
  document.querySelector('.cell-text > .position')
    ? 'typed ahead'
    : element.getAttribute('data-status')
