/** What kind of change it was, and why: of one cell, for a group, and in the list of what nobody has explained. */
import type { Locator } from 'playwright-core'
import { expect } from 'vitest'
import { cellIn, shows, test, type Member } from '#test/e2e/people.ts'

const VENUE = 'Turkey as venue'
const READY = 'Readiness to talk'

const history = ({ page }: Member): Locator =>
  page.getByRole('complementary', { name: 'Cell history' })
const entries = (member: Member): Locator => history(member).locator('.movement')
const newest = (member: Member): Locator => entries(member).first()
const strip = ({ page }: Member): Locator => page.getByRole('region', { name: 'Say why' })
const stanceOf = async (member: Member, party: string): Promise<string> =>
  (await member.sheet.cell(VENUE, party)).locator('.stance').innerText()

const opened = async (member: Member): Promise<void> => {
  const known = member.page.waitForResponse(/\/movements\?account=/)
  await member.open()
  // What was mine before I came is not offered to be explained.
  await known
}

test('two people tell what a change was and why, see it at once, and bring back what was there', async ({
  world,
}) => {
  const [leyla, mehmet] = [await world.person('Leyla'), await world.person('Mehmet')]
  await opened(leyla)
  await mehmet.open()
  await leyla.sheet.select(VENUE, 'Egypt')
  await leyla.page.keyboard.press('1')

  // The offer leaves the keyboard where it is, and goes when it is not wanted.
  await shows(strip(leyla).getByText('You changed Egypt · Turkey as venue.'))
  expect(await leyla.sheet.grid.evaluate(grid => grid === document.activeElement)).toBe(true)
  await strip(leyla).getByRole('button', { name: 'Not now' }).click()
  await expect.poll(() => strip(leyla).count()).toBe(0)
  expect(await leyla.sheet.grid.evaluate(grid => grid === document.activeElement)).toBe(true)

  // By right-click, and by key.
  await (await mehmet.sheet.cell(VENUE, 'Egypt')).click({ button: 'right' })
  await mehmet.page.getByRole('menuitem', { name: 'Cell history' }).click()
  await shows(newest(mehmet).getByText('Leyla'))
  expect(await newest(mehmet).locator('dl').innerText()).toMatch(/Stance\s+Prefers\s*→\s*Rejects/)
  expect(await newest(mehmet).locator('time').getAttribute('datetime')).toMatch(/^\d{4}-/)
  expect(await newest(mehmet).innerText()).toContain('just now')
  await leyla.page.keyboard.press('Shift+F4')
  await shows(newest(leyla).getByRole('button', { name: 'Kind of change: Our judgement changed' }))
  const before = await entries(leyla).count()

  await newest(mehmet)
    .getByRole('button', { name: /^Kind of change/ })
    .click()
  await mehmet.page.getByRole('menuitemradio', { name: 'The party moved' }).click()
  const corrected = { name: 'Kind of change: The party moved, corrected' }
  await shows(newest(leyla).getByRole('button', corrected))
  expect(await newest(leyla).getByRole('button', corrected).getAttribute('data-tip')).toBe(
    'Corrected. Proposed: our judgement changed',
  )

  // A second one goes with its reason from the strip, and is in no list of what is open.
  await leyla.sheet.select(VENUE, 'Qatar')
  await leyla.page.keyboard.press('2')
  await strip(leyla).getByRole('button', { name: 'Say why' }).click()
  await strip(leyla).getByRole('textbox', { name: 'Why' }).fill('Its ambassador said so')
  await leyla.page.keyboard.press('Enter')
  await expect.poll(() => strip(leyla).count()).toBe(0)
  await shows(newest(leyla).getByText('Its ambassador said so'))

  await history(leyla).getByRole('button', { name: 'Close the cell’s history' }).click()
  await leyla.page.getByRole('button', { name: 'History', exact: true }).click()
  const open = leyla.page.locator('.unexplained')
  await shows(open.getByText('Unexplained changes 1'))
  await open.locator('summary').click()
  await shows(open.getByText('Stance: was Prefers, now Rejects'))
  await open.getByRole('checkbox', { name: 'Choose Egypt · Turkey as venue' }).check()
  await open.getByRole('button', { name: 'Say why' }).click()
  await open.getByRole('textbox', { name: 'Why' }).fill('The call of Tuesday')
  await leyla.page.keyboard.press('Enter')
  await shows(open.getByText('Unexplained changes 0'))
  await shows(open.getByText(/^Every change of a stance or a red line rests on a claim/))
  await shows(newest(mehmet).getByText('The call of Tuesday'))
  // A line of the history counts it as what it was said to be.
  await shows(leyla.page.getByText(/^Since then: 1 movement, /))

  await entries(mehmet)
    .nth(1)
    .getByRole('button', { name: /^Restore this value/ })
    .click()
  await expect.poll(() => stanceOf(leyla, 'Egypt')).toContain('Prefers')
  await shows(newest(mehmet).getByText(/restored by Mehmet$/))
  expect(await newest(mehmet).locator('dl').innerText()).toMatch(/Rejects\s*→\s*Prefers/)
  expect(await entries(mehmet).count()).toBe(before + 1)
  // One step of undo, of mine.
  await mehmet.page.keyboard.press('Control+z')
  await expect.poll(() => stanceOf(leyla, 'Egypt')).toContain('Rejects')
  await mehmet.sheet.grid.focus()
  await mehmet.page.keyboard.press('Control+z')
  await shows(newest(mehmet).getByText('Our judgement changed'))
  const tracker = await world.tracker()
  expect(Object.values(tracker.movements).map(({ kind }) => kind)).not.toContain('moved')
  expect(cellIn(tracker, VENUE, 'Egypt').stance).not.toBeNull()
})

test('whoever may only read sees all of it, of the past as well, and changes nothing', async ({
  world,
}) => {
  await world.person('Leyla')
  const vera = await world.person('Vera', { role: 'viewer' })
  await vera.go(`/t/${world.demo()}?at=2026-02-03T12:00:00Z`)
  await shows(vera.page.getByRole('region', { name: 'Past moment' }))
  await vera.sheet.select(READY, 'Iran')
  await vera.page.keyboard.press('Shift+F4')
  await shows(newest(vera).locator('.kind-chip'))
  await newest(vera).locator('summary').click()
  await shows(newest(vera).locator('.grade').first())
  expect(await history(vera).getByRole('button').allInnerTexts()).toEqual([''])

  // It goes along with the selection, and closes from where it is.
  await vera.sheet.select(VENUE, 'Iran')
  await shows(history(vera).getByRole('heading', { name: 'Iran · Turkey as venue' }))
  await history(vera).focus()
  await vera.page.keyboard.press('Escape')
  await expect.poll(() => history(vera).count()).toBe(0)
  await shows(vera.page.getByRole('region', { name: 'Past moment' }))
  await vera.sheet.select('Verification mechanisms', 'Qatar')
  await vera.page.keyboard.press('Shift+F4')
  await shows(history(vera).getByText(/^Nobody has changed this cell yet/))
  // Of a row: how it was described.
  await vera.sheet.row(VENUE).getByRole('rowheader').click()
  await shows(history(vera).getByRole('heading', { name: VENUE, exact: true }))
  await shows(newest(vera).getByText('Muscat, confirmed by both sides'))
})
