/** A tracker goes out as a file and comes in from one, whole or as a sheet. */
import { readFile } from 'node:fs/promises'
import type { Locator } from 'playwright-core'
import { expect } from 'vitest'
import { cellIn, shows, test, type Member } from '#test/e2e/people.ts'

const TITLE = 'US–Iran nuclear talks: the Turkey round'

const saved = async (who: Member, button: Locator, entry: RegExp): Promise<string> => {
  await button.click()
  const [download] = await Promise.all([
    who.page.waitForEvent('download'),
    who.page.getByRole('menuitem', { name: entry }).click(),
  ])
  return download.path()
}

const choose = async (who: Member, button: Locator, name: string, text: string): Promise<void> => {
  const [chooser] = await Promise.all([who.page.waitForEvent('filechooser'), button.click()])
  const mimeType = name.endsWith('.csv') ? 'text/csv' : 'application/json'
  await chooser.setFiles({ name, mimeType, buffer: Buffer.from(text) })
}

test('out whole as JSON, and in again as a tracker of its own with its past', async ({ world }) => {
  const leyla = await world.person('Leyla')
  const { page } = leyla
  await leyla.go('/')
  const more = page.getByRole('button', { name: `More about ${TITLE}` })
  const file = await saved(leyla, more, /JSON/)
  const text = await readFile(file, 'utf8')
  await choose(leyla, page.getByRole('button', { name: 'Import…' }), 'talks.json', text)
  await page.waitForURL('**/t/*')
  await leyla.sheet.ready()
  expect(page.url()).not.toContain(world.demo())
  expect(await leyla.sheet.issues()).toHaveLength(7)
  await page.getByRole('button', { name: 'History', exact: true }).click()
  await expect.poll(() => page.locator('[data-snapshot]').count()).toBeGreaterThanOrEqual(5)

  await leyla.go('/')
  await choose(leyla, page.getByRole('button', { name: 'Import…' }), 'else.json', '{"a":1}')
  await shows(page.getByText(/“else\.json” was not imported\. This is not a tracker exported/))
})

test('out as a sheet, and changed positions in again', async ({ world }) => {
  const leyla = await world.person('Leyla')
  const { page, sheet } = leyla
  await leyla.open()
  const more = page.getByRole('button', { name: 'More about this tracker' })
  const csv = await readFile(await saved(leyla, more, /^Export the matrix/), 'utf8')
  expect(csv).toContain('Prepared to explore relief; how much is not said.')
  await more.click()
  const changed = csv.replace('how much is not said', 'how much is now said')
  await choose(leyla, page.getByRole('menuitem', { name: /^Import/ }), 'sheet.csv', changed)
  await shows(page.getByText(/^1 cell written\./))
  await expect
    .poll(() => sheet.words('Sanctions relief', 'Iran'))
    .toBe('Prepared to explore relief; how much is now said.')
  expect(cellIn(await world.tracker(), 'Sanctions relief', 'Iran').position).toContain('now said')
  await more.click()
  await choose(leyla, page.getByRole('menuitem', { name: /^Import/ }), 'book.csv', 'PK\u0003\u0004')
  await shows(page.getByText(/“book\.csv” was not imported\. This is a workbook, not CSV/))
})
