/** P38 from the screen: a page of the tracker for somebody without an account, until it is taken back. */
import { expect } from 'vitest'
import { accessibilityFaults, cutTexts } from '#test/e2e/looks.ts'
import { shows, test } from '#test/e2e/people.ts'

test('P38 an owner shares a page with a password, somebody reads it, and it is taken back', async ({
  world,
}) => {
  const leyla = await world.person('Leyla', { reducedMotion: 'reduce' })
  await leyla.open()
  await leyla.page.getByRole('button', { name: 'Invite' }).click()
  const dialog = leyla.page.getByRole('dialog', { name: 'Invite and members' })
  await dialog.getByLabel('Line on everything that leaves').fill('CONFIDENTIAL')
  await dialog.getByRole('button', { name: 'Save', exact: true }).click()
  await shows(dialog.getByRole('button', { name: 'Saved', exact: true }))
  await dialog.getByRole('button', { name: 'Share a page' }).click()
  const form = dialog.getByRole('form', { name: 'Share a page' })
  await form.getByLabel('Name').fill('For the press')
  await form.getByLabel('Password').fill('short')
  await form.getByRole('button', { name: 'Make the link' }).click()
  await shows(form.getByText('Use at least 8 characters.'))
  await form.getByLabel('Password').fill('long enough')
  await form.getByRole('button', { name: 'Make the link' }).click()
  const link = await dialog.getByLabel('Link to the page').inputValue()
  await shows(dialog.getByText(/^As it is · 0 views · with a password · until/))
  expect(await accessibilityFaults(leyla.page)).toEqual([])

  const { page, ...stranger } = await world.stranger({ reducedMotion: 'reduce' })
  await stranger.go(link)
  expect(await accessibilityFaults(page)).toEqual([])
  await page.getByLabel('Password').fill('a guess')
  await page.getByRole('button', { name: 'Show the page' }).click()
  await shows(page.getByText('This is not the password.'))
  await page.getByLabel('Password').fill('long enough')
  await page.getByRole('button', { name: 'Show the page' }).click()
  await shows(page.getByRole('columnheader', { name: 'United States' }))
  await shows(page.getByText('CONFIDENTIAL').last())
  expect(await page.getByText('Leyla').count()).toBe(0)
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    expect(await accessibilityFaults(page), colorScheme).toEqual([])
  }
  await page.setViewportSize({ width: 390, height: 844 })
  expect(await accessibilityFaults(page)).toEqual([])
  expect(await cutTexts(page)).toEqual([])

  await dialog.getByRole('button', { name: 'Take back the link “For the press”' }).click()
  await expect.poll(() => dialog.getByText('For the press').count()).toBe(0)
  await page.reload()
  await shows(page.getByRole('heading', { name: 'This link shows nothing' }))

  await leyla.go(`/t/${world.demo()}?page=people`)
  const lines = leyla.page.getByText('CONFIDENTIAL', { exact: true })
  await expect.poll(() => lines.count()).toBe(2)
})
