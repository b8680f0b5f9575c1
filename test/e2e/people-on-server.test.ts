/** P35 from the screen: an administrator adds somebody, who sets a password and works, until the account is closed. */
import { expect } from 'vitest'
import type { InvitationLink } from '#shared/api.ts'
import { accessibilityFaults, cutTexts } from '#test/e2e/looks.ts'
import { shows, test } from '#test/e2e/people.ts'
import { PASSWORD } from '#test/server/harness.ts'

const ISSUE = 'Sanctions relief'
const WORDS = 'Written while the disk was full'

test('P35 somebody is added, sets a password, and is out within a moment of the account being closed', async ({
  world,
}) => {
  const leyla = await world.person('Leyla', { reducedMotion: 'reduce' })
  await leyla.go('/')
  await leyla.page.getByRole('button', { name: 'Your account, Leyla' }).click()
  await leyla.page.getByRole('menuitem', { name: 'This server…' }).click()
  const { page } = leyla
  await page.getByRole('button', { name: 'Add a person' }).click()
  const adding = page.getByRole('dialog', { name: 'Add a person' })
  await adding.getByLabel('Name').fill('Omar')
  await adding.getByLabel('E-mail address').fill('omar@example.org')
  await adding.getByLabel('Guest').check()
  await adding.getByRole('button', { name: 'Add', exact: true }).click()
  const handing = page.getByRole('dialog', { name: 'Link for Omar' })
  const link = await handing.getByLabel('Link to set a password').inputValue()
  expect(await accessibilityFaults(page)).toEqual([])
  await handing.getByRole('button', { name: 'Done' }).click()
  await shows(page.getByText('No password set yet'))
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    expect(await accessibilityFaults(page), colorScheme).toEqual([])
  }
  await page.setViewportSize({ width: 390, height: 844 })
  expect(await cutTexts(page)).toEqual([])
  await page.setViewportSize({ width: 1440, height: 900 })

  const omar = await world.stranger({ reducedMotion: 'reduce' })
  await omar.go(link)
  const password = omar.page.getByRole('textbox', { name: 'Password' })
  await password.fill('omar@example.org')
  await omar.page.getByRole('button', { name: 'Set the password' }).click()
  await shows(omar.page.getByText(/^This password is your name or address/))
  await password.fill(PASSWORD)
  await omar.page.getByRole('button', { name: 'Set the password' }).click()
  await omar.page.getByLabel('E-mail address').fill('omar@example.org')
  await omar.page.getByRole('textbox', { name: 'Password' }).fill(PASSWORD)
  await omar.page.getByRole('button', { name: 'Sign in' }).click()
  await shows(omar.page.getByText(/^You are a guest on this server/))
  expect(await omar.page.getByRole('button', { name: 'New tracker' }).count()).toBe(0)

  const path = `/api/trackers/${world.demo()}/invitations`
  const { cookie } = leyla.account
  const invited = await world.server.ask<InvitationLink>('POST', path, {
    cookie,
    body: { role: 'editor' },
  })
  await omar.go(`/join/${invited.body.token}`)
  await omar.page.getByRole('button', { name: 'Join as Omar' }).click()
  await omar.sheet.ready()
  await omar.sheet.select(ISSUE, 'Qatar')
  await omar.page.keyboard.type('Saved before')
  await expect.poll(() => omar.sheet.editor.innerText()).toBe('Saved before')
  await omar.page.keyboard.press('Enter')
  await expect.poll(omar.status).toBe('saved')
  world.expectFault(/storage (?:fails|is back)/)
  world.server.breakDisk(true)
  await omar.sheet.select(ISSUE, 'Turkey')
  await omar.page.keyboard.type(WORDS)
  await expect.poll(() => omar.sheet.editor.innerText()).toBe(WORDS)
  await omar.page.keyboard.press('Enter')
  await expect.poll(omar.status).toBe('not_saved')

  await page.getByRole('button', { name: 'More about Omar' }).click()
  await page.getByRole('menuitem', { name: 'Close account…' }).click()
  const closing = page.getByRole('dialog', { name: 'Close the account of Omar?' })
  await closing.getByRole('button', { name: 'Close account' }).click()
  const out = omar.page.getByRole('dialog', { name: 'You are signed out' })
  await shows(out)
  await shows(out.getByText('Some of your words were not saved.'))
  expect(await omar.sheet.words(ISSUE, 'Turkey')).toBe(WORDS)
  await page.getByText('Closed accounts (1)').click()
  await shows(page.getByRole('list', { name: 'Closed accounts' }).getByText('omar@example.org'))

  const tab = await omar.newTab()
  await tab.goto('/sign-in')
  await tab.getByLabel('E-mail address').fill('omar@example.org')
  await tab.getByRole('textbox', { name: 'Password' }).fill(PASSWORD)
  await tab.getByRole('button', { name: 'Sign in' }).click()
  await shows(tab.getByText(/^The e-mail address or the password is wrong/))
})
