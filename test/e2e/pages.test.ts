/** P11: every page is accessible and fits, light and dark, wide and narrow; and the first load is small. */
import { gzipSync } from 'node:zlib'
import type { Response } from 'playwright-core'
import { describe, expect } from 'vitest'
import { accessibilityFaults, cutTexts } from '#test/e2e/looks.ts'
import { shows, test, type Member, type Visitor, type World } from '#test/e2e/people.ts'

const WIDE = { width: 1440, height: 900 }
const PHONE = { width: 390, height: 844 }
const STILL = { reducedMotion: 'reduce' } as const

const BUDGET = 120_000

const looksRight = async ({ page }: Visitor): Promise<void> => {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    expect(await accessibilityFaults(page), colorScheme).toEqual([])
  }
  expect(await cutTexts(page)).toEqual([])
}

const SIZES = [
  ['wide', WIDE],
  ['on a phone', PHONE],
] as const

describe.each(SIZES)('%s', (_size, viewport) => {
  const isPhone = viewport === PHONE

  const visitor = (world: World) => world.stranger({ viewport, ...STILL })
  const owner = async (world: World): Promise<Member> =>
    world.person('Leyla', { viewport, ...STILL })
  const inDemo = async (world: World): Promise<Member> => {
    const leyla = await owner(world)
    await leyla.go(`/t/${world.demo()}`)
    await shows(leyla.page.getByText('Verification mechanisms').first())
    return leyla
  }

  test('P11 welcome, with and without faults', async ({ world }) => {
    const stranger = await visitor(world)
    await stranger.go('/')
    await shows(stranger.page.getByRole('heading', { name: 'Welcome to Parley' }))
    await looksRight(stranger)
    await stranger.page.getByRole('button', { name: 'Create account' }).click()
    await shows(stranger.page.getByText('Enter a name.'))
    await looksRight(stranger)
  })

  test('P11 sign-in, and an address that leads nowhere', async ({ world }) => {
    await world.person('Leyla')
    const stranger = await visitor(world)
    await stranger.go('/sign-in')
    await shows(stranger.page.getByRole('heading', { name: 'Sign in' }))
    await looksRight(stranger)
    await stranger.go('/nowhere')
    await shows(stranger.page.getByRole('heading', { name: /nothing at this address/ }))
    await looksRight(stranger)
  })

  test('P11 an invitation, open and used up', async ({ world }) => {
    const { account } = await world.person('Leyla')
    const { body } = await world.server.ask<{ token: string }>(
      'POST',
      `/api/trackers/${world.demo()}/invitations`,
      { cookie: account.cookie, body: { role: 'editor' } },
    )
    const stranger = await visitor(world)
    await stranger.go(`/join/${body.token}`)
    await shows(stranger.page.getByText('Leyla invites you'))
    await looksRight(stranger)
    await stranger.go('/join/used-up')
    await shows(stranger.page.getByRole('heading', { name: /cannot be used/ }))
    await looksRight(stranger)
  })

  test('P11 the list of trackers, and a new one', async ({ world }) => {
    const leyla = await owner(world)
    await leyla.go('/')
    await shows(leyla.page.getByRole('link', { name: /US–Iran/ }))
    await looksRight(leyla)
    await leyla.page.getByRole('button', { name: 'New tracker' }).click()
    await shows(leyla.page.getByRole('dialog'))
    await looksRight(leyla)
    await leyla.page.getByLabel('Title').fill('Nile waters')
    await leyla.page.getByRole('button', { name: 'Create tracker' }).click()
    await shows(leyla.page.getByRole('button', { name: /^Begin with one issue/ }))
    await looksRight(leyla)
  })

  test('P11 a tracker that is not there', async ({ world }) => {
    const leyla = await owner(world)
    await leyla.go('/t/no-such-tracker')
    await shows(leyla.page.getByRole('heading', { name: /No such tracker/ }))
    await looksRight(leyla)
  })

  test('P11 the matrix, somebody else in it, and its menus', async ({ world }) => {
    const leyla = await inDemo(world)
    const omar = await world.person('Omar')
    await omar.open()
    await omar.sheet.select('Sanctions relief', 'Iran')
    await omar.page.keyboard.press('F2')
    await shows(leyla.page.getByText('Omar').first())
    await looksRight(leyla)
    if (!isPhone) {
      await leyla.sheet.select('Sanctions relief', 'Iran')
      await leyla.page.keyboard.press('F2')
      await shows(leyla.sheet.editor)
      await looksRight(leyla)
      await leyla.page.keyboard.press('Escape')
      await leyla.page.keyboard.press(' ')
      await shows(leyla.page.getByRole('menu', { name: 'Stance' }))
      await looksRight(leyla)
      await leyla.page.keyboard.press('Escape')
    }
    await leyla.page.getByRole('button', { name: /^Your account/ }).click()
    await shows(leyla.page.getByRole('menu'))
    await looksRight(leyla)
  })

  test('P11 a cell, an issue and a party at length', async ({ world }) => {
    const leyla = await inDemo(world)
    const { page, sheet } = leyla
    const panel = isPhone
      ? page.getByRole('dialog')
      : page.getByRole('complementary', { name: 'Beside the matrix' })
    if (isPhone) await page.getByRole('button', { name: /^Turkey as venue/ }).click()
    else {
      await sheet.select('Turkey as venue', 'Iran')
      await page.keyboard.press('F4')
    }
    await shows(panel.getByRole('textbox', { name: /^Position of Iran/ }))
    await looksRight(leyla)
    await panel.getByRole('button', { name: isPhone ? 'Cell history' : 'History' }).click()
    await shows(page.getByRole('button', { name: 'Say why' }).first())
    await page.locator('.movement summary').first().click()
    await shows(page.locator('.movement .grade').first())
    await looksRight(leyla)
    if (isPhone) return
    await page.getByRole('button', { name: 'Close the cell’s history' }).click()
    await sheet.row('Turkey as venue').getByRole('rowheader').click()
    await shows(panel.getByRole('textbox', { name: 'Point 1', exact: true }))
    await looksRight(leyla)
    await sheet.party('Iran').click()
    await expect.poll(() => panel.textContent()).toContain('Role')
    await looksRight(leyla)
  })

  test('P11 invite and members', async ({ world }) => {
    const leyla = await inDemo(world)
    await leyla.page.getByRole('button', { name: 'Invite' }).click()
    const dialog = leyla.page.getByRole('dialog')
    await dialog.getByRole('button', { name: 'Create a link' }).click()
    await shows(dialog.getByLabel('Invitation link'))
    await looksRight(leyla)
  })

  test('P11 the timeline, an event, a meeting and its notes', async ({ world }) => {
    const leyla = await inDemo(world)
    const { page } = leyla
    await page.getByRole('button', { name: 'Timeline', exact: true }).click()
    await shows(page.getByText('Back on, in Muscat'))
    await page.getByRole('button', { name: 'T0: not set' }).click()
    await page.getByRole('textbox', { name: 'Date', exact: true }).fill('2 Feb 2026')
    await shows(page.getByText(/^This moves/))
    await looksRight(leyla)
    await page.keyboard.press('Escape')
    await page.keyboard.press('Escape')
    if (!isPhone) await page.getByRole('button', { name: 'List', exact: true }).click()
    await page.getByRole('button', { name: /US–Iran meeting/ }).click()
    await page.getByRole('button', { name: 'Start meeting' }).click()
    await shows(page.getByRole('form', { name: 'Take a note' }))
    await looksRight(leyla)
  })

  test('P11 history: the list, a past moment, a comparison, the preview of a restore', async ({
    world,
  }) => {
    const leyla = await inDemo(world)
    const { page } = leyla
    await page.getByRole('button', { name: 'History', exact: true }).click()
    const oman = page.locator('[data-snapshot]').filter({ hasText: 'Iran wants Oman' })
    await shows(oman)
    await looksRight(leyla)
    await oman.click()
    await shows(page.getByText(/You are viewing 3 Feb 2026/))
    await looksRight(leyla)
    await page.getByRole('button', { name: 'Compare with now' }).first().click()
    await shows(page.getByRole('region', { name: 'Comparison' }))
    await shows(page.locator('ins:visible').first())
    await looksRight(leyla)
    await page.getByRole('button', { name: 'Restore…' }).first().click()
    await shows(page.getByRole('dialog').getByRole('checkbox').first())
    await looksRight(leyla)
  })
})

test('P11 the first load of the matrix is under 120 kB of JavaScript', async ({
  annotate,
  world,
}) => {
  const leyla = await world.person('Leyla')
  const scripts = new Map<string, Response>()
  leyla.page.on('response', response => {
    if (response.request().resourceType() === 'script') scripts.set(response.url(), response)
  })
  // The moment is taken in the page: what is fetched in idle time afterwards does not count.
  await leyla.page.addInitScript(() => {
    const look = new MutationObserver(() => {
      if (!document.querySelector('[role=rowheader]')) return
      performance.mark('readable')
      look.disconnect()
    })
    look.observe(document, { childList: true, subtree: true })
  })
  await leyla.open()
  const needed = await leyla.page.evaluate(() => {
    const readable = performance.getEntriesByName('readable')[0]?.startTime ?? 0
    return performance
      .getEntriesByType('resource')
      .filter(({ name, startTime }) => name.endsWith('.js') && startTime < readable)
      .map(({ name }) => name)
  })
  expect(needed.length).toBeGreaterThan(0)
  let sum = 0
  for (const name of needed)
    sum += gzipSync((await scripts.get(name)?.body()) ?? '', { level: 9 }).length
  await annotate(`${sum} bytes, gzip`)
  expect(sum).toBeLessThan(BUDGET)
  expect(sum).toBeGreaterThan(20_000)
})

test('nothing moves for those who asked for reduced motion', async ({ world }) => {
  const leyla = await world.person('Leyla', STILL)
  const omar = await world.person('Omar')
  await Promise.all([leyla.open(), omar.open()])
  await omar.sheet.select('Sanctions relief', 'Turkey')
  await omar.page.keyboard.press('3')
  const cell = await leyla.sheet.cell('Sanctions relief', 'Turkey')
  await shows(cell.getByText('Phased, step for step'))
  const moving = await leyla.page.evaluate(() =>
    document
      .getAnimations()
      .filter(({ effect }) => Number(effect?.getComputedTiming().duration ?? 0) > 10)
      .map(({ effect }) => (effect instanceof KeyframeEffect ? effect.target?.className : '')),
  )
  expect(moving).toEqual([])
})
