/** P9: what a group may do holds on every screen at once, and what was not sent stays with whoever wrote it. */
import { expect } from 'vitest'
import { accessibilityFaults, cutTexts } from '#test/e2e/looks.ts'
import { shows, test } from '#test/e2e/people.ts'

test('a group is made, let in and lowered while one of it types; then the tracker is handed over', async ({
  world,
}) => {
  world.expectFault(/lost the right to write/)
  const leyla = await world.person('Leyla')
  const omar = await world.person('Omar', { role: 'viewer' })
  // What Omar's page sends through a socket that is open at a word of the test gets no further.
  let words = 0
  await omar.page.routeWebSocket(/\/live\//, page => {
    const server = page.connectToServer()
    const opened = words
    page.onMessage(message => {
      if (words === opened) server.send(message)
    })
  })
  await omar.open()
  await shows(omar.page.getByText('Read only', { exact: false }))

  await leyla.go('/server?view=groups')
  await leyla.page.getByRole('button', { name: 'New group' }).click()
  await leyla.page.getByLabel('Name').fill('Vienna desk')
  await leyla.page.getByRole('button', { name: 'Make the group' }).click()
  await leyla.page.getByRole('button', { name: 'Put people in' }).click()
  await leyla.page.getByRole('combobox', { name: 'Person' }).fill('Omar')
  await leyla.page.getByRole('option', { name: 'Omar' }).click()
  await shows(leyla.page.getByRole('button', { name: 'Take out Omar' }))
  expect(await accessibilityFaults(leyla.page)).toEqual([])
  expect(await cutTexts(leyla.page)).toEqual([])

  await leyla.open()
  await leyla.page.getByRole('button', { name: 'Invite', exact: true }).click()
  const dialog = leyla.page.getByRole('dialog', { name: 'Invite and members' })
  await dialog.getByRole('button', { name: 'Add people or groups' }).click()
  await dialog.getByRole('combobox', { name: 'Person or group' }).fill('Vienna')
  await dialog.getByRole('option', { name: 'Vienna desk' }).click()
  await shows(dialog.getByText('Editor through Vienna desk'))

  // Nobody has to load anything anew.
  await omar.page.getByText('Read only', { exact: false }).waitFor({ state: 'detached' })
  await omar.sheet.select('Sanctions relief', 'Qatar')
  await omar.page.keyboard.type('Kept. ')
  await expect.poll(() => omar.sheet.editor.innerText()).toContain('Kept.')
  await expect.poll(omar.status).toBe('saved')
  await expect.poll(() => leyla.sheet.words('Sanctions relief', 'Qatar')).toBe('Kept. ')
  words++
  await omar.page.keyboard.type('For my eyes alone')
  await expect.poll(omar.status).not.toBe('saved')

  await dialog.getByRole('button', { name: 'Role of the group Vienna desk: Editor' }).click()
  await leyla.page.getByRole('menuitemradio', { name: /^Viewer/ }).click()
  await shows(omar.page.getByText(/Your role here is Viewer now. What was not yet saved/))
  await shows(omar.page.locator('.toast').getByText('For my eyes alone'))
  await expect.poll(() => omar.sheet.words('Sanctions relief', 'Qatar')).toBe('Kept. ')
  await shows(omar.page.getByText('Read only', { exact: false }))
  expect(await leyla.sheet.words('Sanctions relief', 'Qatar')).toBe('Kept. ')
  expect(JSON.stringify(await world.tracker())).not.toContain('For my eyes alone')

  await dialog.getByRole('button', { name: 'Role of Omar: Viewer' }).click()
  await leyla.page.getByRole('menuitem', { name: 'Hand over to Omar…' }).click()
  await leyla.page.getByRole('button', { name: 'Hand over', exact: true }).click()
  await shows(leyla.page.getByRole('button', { name: 'Members', exact: true }))
  await shows(omar.page.getByRole('button', { name: 'Invite', exact: true }))
  await omar.page.getByText('Read only', { exact: false }).waitFor({ state: 'detached' })
})
