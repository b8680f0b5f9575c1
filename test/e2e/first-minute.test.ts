/** The first minute: from an empty server to two people in a tracker, and what is told to those who stay outside. */
import type { Page } from 'playwright-core'
import { describe, expect } from 'vitest'
import { shows, test } from '#test/e2e/people.ts'
import { PASSWORD, personNamed } from '#test/server/harness.ts'

const fillAccount = async (page: Page, name: string): Promise<void> => {
  await page.getByLabel('Name', { exact: true }).fill(name)
  await page.getByLabel('E-mail address').fill(personNamed(name).email)
  await page.getByLabel('Password').fill(PASSWORD)
}

describe('the first visitor', () => {
  test('is greeted, makes the first account and lands in the demo tracker', async ({ world }) => {
    const { go, page, sheet } = await world.stranger()
    await go('/')
    await page.waitForURL('**/welcome')
    await shows(page.getByRole('heading', { name: 'Welcome to Parley' }))
    await fillAccount(page, 'Leyla')
    await page.getByRole('button', { name: 'Create account' }).click()
    await page.waitForURL('**/t/*')
    await sheet.ready()

    expect(await sheet.parties()).toEqual([
      'Iran',
      'United States',
      'Turkey',
      'Egypt',
      'Qatar',
      'Israel',
    ])
    expect(await sheet.issues()).toHaveLength(7)
    expect(await sheet.baskets()).toHaveLength(5)
    const guarded = await sheet.cell('Verification mechanisms', 'Israel')
    await shows(guarded.getByRole('img', { name: 'Verification has to be strict.' }))
    await shows(guarded.getByText('Strict: continuous and intrusive'))
    const unknown = await sheet.cell('Sanctions relief', 'Qatar')
    await shows(unknown.getByRole('img', { name: 'unknown' }))
    expect((await unknown.innerText()).trim()).toBe('')
    const agenda = await sheet.cell('Sanctions relief', 'Iran')
    await shows(agenda.getByText('on the agenda'))
    await expect.poll(() => page.title()).toContain('US–Iran nuclear talks')
  })

  test('is told what is wrong with the form, beside each field', async ({ world }) => {
    const { go, page } = await world.stranger()
    await go('/welcome')
    await page.getByLabel('E-mail address').fill('leyla')
    await page.getByLabel('Password').fill('short')
    await page.getByRole('button', { name: 'Create account' }).click()
    const name = page.getByLabel('Name', { exact: true })
    await expect.poll(() => name.getAttribute('aria-invalid')).toBe('true')
    await expect.poll(() => name.evaluate(input => input === document.activeElement)).toBe(true)
    await shows(page.getByText('This is no e-mail address'))
    await shows(page.getByText('Use at least 12 characters.'))
  })
})

describe('a new tracker', () => {
  test('starts empty, and one button fills it', async ({ world }) => {
    const leyla = await world.person('Leyla')
    await leyla.go('/')
    await leyla.page.getByRole('button', { name: 'New tracker' }).first().click()
    const dialog = leyla.page.getByRole('dialog')
    await dialog.getByLabel('Title').fill('Nile waters')
    await dialog.getByRole('radio', { name: /Empty/ }).check()
    await dialog.getByRole('button', { name: 'Create' }).click()
    await leyla.page.waitForURL('**/t/*')
    await shows(leyla.page.getByRole('heading', { level: 1, name: 'Nile waters' }))
    expect(await leyla.sheet.grid.count()).toBe(0)
    await leyla.page.getByRole('button', { name: 'Begin with one issue' }).click()
    await leyla.sheet.ready()
    expect(await leyla.sheet.issues()).toHaveLength(1)
    expect(await leyla.sheet.parties()).toHaveLength(2)
  })

  test.for(['Nuclear talks', 'Trade agreement', 'Collective bargaining', 'Peace process'])(
    'from the template %s has rows, scales and columns',
    async (template, { world }) => {
      const leyla = await world.person('Leyla')
      await leyla.go('/')
      await leyla.page.getByRole('button', { name: 'New tracker' }).first().click()
      const dialog = leyla.page.getByRole('dialog')
      await dialog.getByLabel('Title').fill(`From ${template}`)
      await dialog.getByRole('radio', { name: new RegExp(template, 'i') }).check()
      await dialog.getByRole('button', { name: 'Create' }).click()
      await leyla.page.waitForURL('**/t/*')
      await leyla.sheet.ready()
      const made = await world.tracker(trackerIn(leyla.page))
      expect(made.issues.length).toBeGreaterThanOrEqual(8)
      expect(made.parties.length).toBeGreaterThanOrEqual(2)
      for (const issue of made.issues) expect(issue.scale.points.length).toBeGreaterThanOrEqual(3)
      expect(await leyla.sheet.parties()).toEqual(made.parties.map(({ name }) => name))
    },
  )

  test('is renamed in place, and everybody sees its name', async ({ world }) => {
    const leyla = await world.person('Leyla')
    const omar = await world.person('Omar')
    await Promise.all([leyla.open(), omar.open()])
    await leyla.page.getByRole('button', { name: 'US–Iran nuclear talks' }).click()
    await leyla.page.getByLabel('Title of the tracker').fill('The Muscat round')
    await leyla.page.keyboard.press('Enter')
    await shows(omar.page.getByRole('heading', { level: 1, name: 'The Muscat round' }))
    await omar.go('/')
    await shows(omar.page.getByRole('link', { name: /The Muscat round/ }))
  })

  test('is archived, which folds it away, and taken out again', async ({ world }) => {
    const leyla = await world.person('Leyla')
    await leyla.go('/')
    const { page } = leyla
    const link = page.getByRole('link', { name: /US–Iran nuclear talks/ })
    await shows(link)
    await page.getByRole('button', { name: /^More.*US–Iran/ }).click()
    await page.getByRole('menuitem', { name: 'Archive' }).click()
    await link.waitFor({ state: 'hidden' })
    await page.getByText(/^Archived/).click()
    await shows(link)
    await page.getByRole('button', { name: /^More.*US–Iran/ }).click()
    await page.getByRole('menuitem', { name: 'Bring back' }).click()
    await expect.poll(() => page.getByText(/^Archived/).count()).toBe(0)
    await shows(link)
  })
})

const trackerIn = (page: Page) => new URL(page.url()).pathname.split('/')[2] as never

describe('an invitation', () => {
  test('opens in another browser, where a colleague makes an account and joins', async ({
    world,
  }) => {
    const leyla = await world.person('Leyla')
    await leyla.open()
    await leyla.page.getByRole('button', { name: 'Invite' }).click()
    const dialog = leyla.page.getByRole('dialog', { name: 'Invite and members' })
    await dialog.getByRole('radio', { name: 'Editor' }).check()
    await dialog.getByRole('button', { name: 'Create a link' }).click()
    const link = await dialog.getByLabel('Invitation link').inputValue()

    const omar = await world.stranger()
    await omar.go(link)
    await shows(omar.page.getByText('Leyla invites you'))
    await fillAccount(omar.page, 'Omar')
    await omar.page.getByRole('button', { name: 'Create account and join' }).click()
    await omar.page.waitForURL('**/t/*')
    await omar.sheet.ready()
    await leyla.page.keyboard.press('Escape')
    await shows(leyla.page.getByRole('button', { name: /^Omar, / }))

    const late = await world.stranger()
    await late.go(link)
    await shows(late.page.getByRole('heading', { name: 'This invitation cannot be used' }))
    await shows(late.page.getByText(/used.*ask|ask.*new/i))
  })

  test('is taken back, and says so to whoever comes with it', async ({ world }) => {
    const leyla = await world.person('Leyla')
    await leyla.open()
    await leyla.page.getByRole('button', { name: 'Invite' }).click()
    const dialog = leyla.page.getByRole('dialog')
    await dialog.getByRole('button', { name: 'Create a link' }).click()
    const link = await dialog.getByLabel('Invitation link').inputValue()
    await dialog.getByRole('button', { name: 'Revoke' }).first().click()
    await dialog.getByLabel('Invitation link').waitFor({ state: 'hidden' })
    const omar = await world.stranger()
    await omar.go(link)
    await shows(omar.page.getByRole('heading', { name: 'This invitation cannot be used' }))
  })
})

describe('at the door', () => {
  test('strangers are sent to sign in, and come back to where they wanted to go', async ({
    world,
  }) => {
    const { account } = await world.person('Leyla')
    const { go, page, sheet } = await world.stranger()
    await go(`/t/${world.demo()}`)
    await page.waitForURL('**/sign-in?**')
    await page.getByLabel('E-mail address').fill(account.email)
    await page.getByLabel('Password').fill('not her password')
    await page.getByRole('button', { name: 'Sign in' }).click()
    await shows(page.getByText(/e-mail.*password|password.*e-mail/i).first())
    expect(page.url()).toContain('/sign-in')
    await page.getByLabel('Password').fill(PASSWORD)
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.waitForURL(`**/t/${world.demo()}`)
    await sheet.ready()
  })

  test('who signs out is out, in every tab', async ({ world }) => {
    const leyla = await world.person('Leyla')
    await leyla.open()
    const other = await leyla.newTab()
    await other.goto(`/t/${world.demo()}`)
    await other.getByRole('grid').waitFor()
    await leyla.page.getByRole('button', { name: /^Your account/ }).click()
    await leyla.page.getByRole('menuitem', { name: 'Sign out' }).click()
    await leyla.page.waitForURL('**/sign-in**')
    await other.waitForURL('**/sign-in**')
  })

  test('a tracker that is not mine is the same as one that does not exist', async ({ world }) => {
    const leyla = await world.person('Leyla')
    const omar = await world.person('Omar')
    const { body } = await world.server.ask<{ id: string }>('POST', '/api/trackers', {
      cookie: leyla.account.cookie,
      body: { title: 'Hers alone' },
    })
    for (const path of ['/t/no-such-tracker', `/t/${body.id}`]) {
      await omar.go(path)
      await shows(omar.page.getByRole('heading', { level: 1, name: 'No such tracker' }))
      expect(await omar.page.content()).not.toContain('Hers alone')
    }
  })

  test('a viewer reads and cannot write', async ({ world }) => {
    await world.person('Leyla')
    const omar = await world.person('Omar', { role: 'viewer' })
    await omar.open()
    await shows(omar.page.getByText('Read only', { exact: false }))
    await omar.sheet.select('Sanctions relief', 'Qatar')
    await omar.page.keyboard.type('mine')
    await omar.page.keyboard.press('Enter')
    expect(await omar.sheet.editor.count()).toBe(0)
    expect(await omar.sheet.grid.getAttribute('aria-readonly')).toBe('true')
  })

  test('who loses the right while typing is told, and sees the refused edit undone', async ({
    world,
  }) => {
    world.expectFault(/lost the right to write/)
    const leyla = await world.person('Leyla')
    const omar = await world.person('Omar')
    await omar.open()
    await omar.sheet.select('Sanctions relief', 'Qatar')
    await omar.page.keyboard.type('Kept: ')
    await expect.poll(omar.status).toBe('saved')
    await world.server.ask('PATCH', `/api/trackers/${world.demo()}/members/${omar.account.id}`, {
      cookie: leyla.account.cookie,
      body: { role: 'viewer' },
    })
    await omar.page.keyboard.type('refused')
    await shows(omar.page.getByText(/role here is viewer now/i))
    await expect.poll(() => omar.sheet.words('Sanctions relief', 'Qatar')).toBe('Kept: ')
    await shows(omar.page.getByText('Read only', { exact: false }))
    const { cells } = await world.tracker()
    expect(Object.values(cells).map(({ position }) => position)).not.toContainEqual(
      expect.stringContaining('refused'),
    )
  })
})
