/** P37: an owner puts a column into a compartment; its members work on in it, and for everybody else it is gone. */
import { expect } from 'vitest'
import { accessibilityFaults, cutTexts } from '#test/e2e/looks.ts'
import { shows, test, type Member } from '#test/e2e/people.ts'

const WORDS = 'Heard on the back channel'
const SANCTIONS = 'Sanctions relief'

const menuOf = async ({ page }: Member, entry: string): Promise<void> => {
  await page.getByRole('button', { name: 'More about this tracker' }).click()
  await page.getByRole('menuitem', { name: entry }).click()
}

test('a column goes into a compartment: members write on in it, others see that something is withheld', async ({
  world,
}) => {
  const leyla = await world.person('Leyla')
  const omar = await world.person('Omar')
  const vera = await world.person('Vera', { role: 'viewer' })
  await Promise.all([leyla.open(), omar.open(), vera.open()])

  await menuOf(leyla, 'Compartments …')
  const dialog = leyla.page.getByRole('dialog', { name: 'Compartments' })
  await dialog.getByLabel(/^Name, which its members/).fill('Back channel')
  await dialog.getByLabel('That something is withheld').check()
  await dialog.getByRole('button', { name: 'Make it' }).click()
  await dialog.getByRole('button', { name: 'Let somebody in (Back channel)' }).click()
  await leyla.page.getByRole('menuitem', { name: 'Omar, editor' }).click()
  await shows(dialog.getByRole('button', { name: 'Put out Omar (Back channel)' }))
  expect(await accessibilityFaults(leyla.page)).toEqual([])
  expect(await cutTexts(leyla.page)).toEqual([])
  await dialog.getByRole('button', { name: 'Close' }).click()

  await leyla.sheet.party('Qatar').click({ button: 'right' })
  await leyla.page.getByRole('menuitem', { name: 'Put into a compartment …' }).click()
  const moving = leyla.page.getByRole('dialog', { name: 'Put a column into a compartment' })
  await moving.getByRole('button', { name: 'Put it there' }).click()
  await shows(leyla.page.getByText('The column is in “Back channel” now.'))
  for (const { sheet } of [leyla, omar]) await shows(sheet.party('Qatar').getByText('Back channel'))
  await shows(vera.page.getByText('1 withheld'))
  await expect.poll(vera.sheet.parties).not.toContain('Qatar')

  await omar.sheet.select(SANCTIONS, 'Qatar')
  await shows(omar.sheet.activeRow())
  await omar.page.keyboard.type(WORDS)
  await expect.poll(() => omar.sheet.editor.innerText()).toBe(WORDS)
  await omar.page.keyboard.press('Tab')
  await expect.poll(omar.status).toBe('saved')
  await expect.poll(() => leyla.sheet.words(SANCTIONS, 'Qatar')).toBe(WORDS)
  await omar.page.reload()
  await expect.poll(() => omar.sheet.words(SANCTIONS, 'Qatar')).toBe(WORDS)
  expect(JSON.stringify(await world.tracker())).not.toContain(WORDS)
  await vera.page.reload()
  await vera.sheet.ready()
  await shows(vera.page.getByText('1 withheld'))
  expect(await vera.sheet.parties()).not.toContain('Qatar')
  expect(await vera.page.content()).not.toContain(WORDS)

  await menuOf(leyla, 'Compartments …')
  await dialog.getByRole('button', { name: 'Put out Omar (Back channel)' }).click()
  await expect.poll(omar.sheet.parties).not.toContain('Qatar')
  await shows(omar.page.getByText('1 withheld'))
})
