/** Keeping snapshots: pinned, signed, taken along as files; and meetings between two of them. */
import { readFile } from 'node:fs/promises'
import type { Locator } from 'playwright-core'
import { describe, expect } from 'vitest'
import type { TrackerFile } from '#server/exchange/tracker-file.ts'
import { accessibilityFaults, cutTexts } from '#test/e2e/looks.ts'
import { shows, test, type Member, type World } from '#test/e2e/people.ts'
import { hasBegun } from '#shared/meetings.ts'

const SANCTIONS = 'Sanctions relief'
const OMAN = 'Iran wants Oman, bilateral only'
const ISTANBUL = 'Friday in Istanbul'

const panelOf = ({ page }: Member): Locator => page.getByRole('complementary', { name: 'History' })
const entryOf = (who: Member, label: string): Locator =>
  panelOf(who).locator('[data-snapshot]').filter({ hasText: label })

const inHistory = async (world: World, name: string, role?: 'viewer'): Promise<Member> => {
  const who = await world.person(name, role && { role })
  await who.go(`/t/${world.demo()}?tab=history`)
  await who.sheet.ready()
  await entryOf(who, OMAN).waitFor()
  return who
}
const choose = async (who: Member, label: string, item: string): Promise<void> => {
  await openMenu(who, label)
  await who.page.getByRole('menuitem', { name: item }).click()
}
/** It shows where the keyboard is; the pointer may lose a row that the list moves. */
const openMenu = async (who: Member, label: string): Promise<void> => {
  await entryOf(who, label).focus()
  const row = panelOf(who).locator('.history-row').filter({ hasText: label })
  await row.getByRole('button', { name: /^More about / }).click()
}
/** Each who calls it waits until as many have called it. */
const gather = (many: number): (() => Promise<void>) => {
  const { promise, resolve } = Promise.withResolvers<void>()
  let come = 0
  return () => {
    if (++come === many) resolve()
    return promise
  }
}
const write = async (who: Member, party: string, words: string): Promise<void> => {
  await who.sheet.select(SANCTIONS, party)
  await who.page.keyboard.type(words)
  await who.page.keyboard.press('Tab')
  await expect.poll(who.status).toBe('saved')
}

describe('a snapshot', () => {
  test('is pinned, and signed off by several, each with their own name', async ({ world }) => {
    const leyla = await inHistory(world, 'Leyla')
    const omar = await inHistory(world, 'Omar')
    const vera = await inHistory(world, 'Vera', 'viewer')
    await choose(leyla, OMAN, 'Pin, to keep it for good')
    await shows(entryOf(leyla, OMAN).getByText('pinned'))
    await choose(leyla, OMAN, 'Sign off…')
    await panelOf(leyla).getByRole('button', { name: 'Sign off', exact: true }).click()
    await shows(entryOf(leyla, OMAN).getByText(/Signed off by Leyla,/))
    await choose(omar, OMAN, 'Sign off…')
    await panelOf(omar).getByLabel(/^Note/).fill('As agreed with the ministry')
    await panelOf(omar).getByRole('button', { name: 'Sign off', exact: true }).click()
    const both = /Signed off by Leyla, \d+ \w+; Omar, \d+ \w+: “As agreed with the ministry”/
    await shows(entryOf(omar, OMAN).getByText(both))

    await vera.page.reload()
    await shows(entryOf(vera, OMAN).getByText(both))
    await openMenu(vera, OMAN)
    expect(await vera.page.getByRole('menuitem').allInnerTexts()).toEqual([
      'Download as JSON',
      'Download the matrix as CSV',
    ])

    await choose(leyla, OMAN, 'Take back my sign-off')
    await shows(entryOf(leyla, OMAN).getByText(/Signed off by Omar,/))
    await choose(leyla, OMAN, 'Unpin')
    await entryOf(leyla, OMAN).getByText('pinned').waitFor({ state: 'detached' })
  })

  test('is taken along as JSON and as a sheet', async ({ world }) => {
    const leyla = await inHistory(world, 'Leyla')
    const saved = async (item: string) => {
      const [download] = await Promise.all([
        leyla.page.waitForEvent('download'),
        choose(leyla, ISTANBUL, item),
      ])
      const words = await readFile(await download.path(), 'utf8')
      return { name: download.suggestedFilename(), words }
    }
    const file = await saved('Download as JSON')
    expect(file.name).toMatch(/^US–Iran nuclear talks.*Friday in Istanbul\.json$/)
    const { snapshots, tracker } = JSON.parse(file.words) as TrackerFile
    expect(snapshots).toEqual([])
    expect(tracker.issues.map(({ title }) => title)).toContain('Missile limits')
    const sheet = await saved('Download the matrix as CSV')
    expect(sheet.name).toMatch(/Friday in Istanbul\.csv$/)
    expect(sheet.words).toContain('Istanbul on Friday')
  })

  test('keeps the words that were written of it when the connection is lost', async ({ world }) => {
    const leyla = await inHistory(world, 'Leyla')
    const { context } = leyla
    const panel = panelOf(leyla)
    await panel.getByRole('button', { name: 'Save snapshot' }).click()
    await panel.getByLabel('Label').fill('x'.repeat(130))
    await shows(panel.getByText('10 too many: at most 120 characters fit.'))
    await panel.getByLabel('Label').fill('Before the call')
    await context.setOffline(true)
    await panel.getByRole('button', { name: 'Save', exact: true }).click()
    await shows(panel.getByRole('alert').getByText(/no connection to the server/))
    expect(await panel.getByLabel('Label').inputValue()).toBe('Before the call')
    await context.setOffline(false)
    await expect.poll(leyla.status).toBe('saved')
    await panel.getByRole('button', { name: 'Save', exact: true }).click()
    await shows(entryOf(leyla, 'Before the call'))
  })

  test('tells for how long those stay that nobody keeps', async ({ world }) => {
    const leyla = await inHistory(world, 'Leyla')
    await shows(panelOf(leyla).getByText(/^Automatic snapshots all stay for 24 hours, then hourly/))
  })
})

describe('a meeting', () => {
  /** Without the one that the demo expects. */
  const held = async (world: World) => (await world.tracker()).meetings.filter(hasBegun)
  const start = async (who: Member, title: string): Promise<void> => {
    await panelOf(who).getByRole('button', { name: 'Start a meeting…' }).click()
    await panelOf(who).getByRole('textbox', { name: 'Meeting' }).fill(title)
    await panelOf(who).getByRole('button', { name: 'Start', exact: true }).click()
  }
  const headOf = (who: Member, title: string): Locator =>
    panelOf(who)
      .locator('.meeting-head')
      .filter({ has: who.page.getByRole('heading', { name: title }) })

  test('is seen by all while it goes on, ended once by two, and shows what moved', async ({
    world,
  }) => {
    const leyla = await inHistory(world, 'Leyla')
    const omar = await inHistory(world, 'Omar')
    const vera = await inHistory(world, 'Vera', 'viewer')
    await start(leyla, 'Muscat, second round')
    const end = (who: Member) => panelOf(who).getByRole('button', { name: /^End meeting/ })
    await Promise.all([shows(end(leyla)), shows(end(omar))])
    await shows(panelOf(vera).getByText('Muscat, second round').first())
    expect(await end(vera).count()).toBe(0)
    await shows(entryOf(omar, 'Before Muscat, second round'))

    await write(omar, 'Qatar', 'Would mediate')
    const both = gather(2)
    for (const { page } of [leyla, omar])
      await page.route('**/meetings/*/end', route => both().then(() => route.continue()))
    await Promise.all([end(leyla).click(), end(omar).click()])
    await Promise.all([shows(headOf(leyla, 'Muscat')), shows(headOf(omar, 'Muscat'))])
    await shows(headOf(vera, 'Muscat').getByText(/^1 .* · Qatar, Sanctions relief/))
    expect(await entryOf(leyla, 'After Muscat, second round').count()).toBe(1)
    const [meeting, ...others] = await held(world)
    expect(others).toEqual([])

    await headOf(leyla, 'Muscat')
      .getByRole('button', { name: /^Show movement/ })
      .click()
    const banner = leyla.page.getByRole('region', { name: 'Comparison' })
    await shows(banner.getByText('Before Muscat, second round'))
    expect(new URL(leyla.page.url()).searchParams.get('compare')).toBe(
      `${meeting?.before}..${meeting?.after}`,
    )
    const cell = await leyla.sheet.cell(SANCTIONS, 'Qatar')
    await expect.poll(() => cell.locator('ins').allInnerTexts()).toContain('Would mediate')
  })

  test('is renamed, gets an earlier beginning, and can be removed and brought back', async ({
    world,
  }) => {
    const leyla = await inHistory(world, 'Leyla')
    const omar = await inHistory(world, 'Omar')
    const { page } = leyla
    await start(leyla, 'Plenary')
    const more = panelOf(leyla).getByRole('button', { name: /^More about the meeting/ })
    const dialog = page.getByRole('dialog', { name: 'Change the meeting' })
    const change = async (): Promise<void> => {
      await more.click()
      await page.getByRole('menuitem', { name: /^Rename/ }).click()
    }
    await change()
    await dialog.getByRole('textbox', { name: 'Meeting' }).fill('Closing plenary')
    await page.keyboard.press('Enter')
    await dialog.waitFor({ state: 'detached' })
    await shows(entryOf(omar, 'Before Closing plenary'))

    await change()
    // Somebody forgot to end it in time: it had ended before it was begun, which cannot be.
    await dialog.getByRole('button', { name: /^After:/ }).click()
    await page.getByRole('menuitemradio', { name: /Back on, in Muscat/ }).click()
    await dialog.getByRole('button', { name: 'Save' }).click()
    await shows(dialog.getByText('Choose one that was taken after the first.'))
    await dialog.getByRole('button', { name: /^Before:/ }).click()
    await page.getByRole('menuitemradio', { name: /Iran wants Oman/ }).click()
    await dialog.getByRole('button', { name: 'Save' }).click()
    await dialog.waitFor({ state: 'detached' })

    await shows(headOf(omar, 'Closing plenary').getByText(/\d movement/))
    const meetings = await held(world)
    expect(meetings).toMatchObject([{ title: 'Closing plenary' }])
    await headOf(omar, 'Closing plenary')
      .getByRole('button', { name: /^Show movement/ })
      .click()
    const banner = omar.page.getByRole('region', { name: 'Comparison' })
    await shows(banner.getByText('Iran wants Oman, bilateral only'))
    await omar.page.keyboard.press('Escape')

    await more.click()
    await page.getByRole('menuitem', { name: 'Remove the meeting' }).click()
    await headOf(omar, 'Closing plenary').waitFor({ state: 'detached' })
    await page.getByRole('button', { name: 'Bring it back' }).click()
    await shows(headOf(omar, 'Closing plenary'))
    expect(await held(world)).toEqual(meetings)
  })

  test.for([
    ['at a desk', { width: 1440, height: 900 }],
    ['on a phone', { width: 390, height: 844 }],
  ] as const)('P11 looks right %s, with all its forms', async ([, viewport], { world }) => {
    const leyla = await inHistory(world, 'Leyla')
    const { page } = leyla
    await page.setViewportSize(viewport)
    const looksRight = async (): Promise<void> => {
      expect(await accessibilityFaults(page)).toEqual([])
      expect(await cutTexts(page)).toEqual([])
    }
    await start(leyla, 'گفتگوهای مسقط')
    await shows(panelOf(leyla).getByRole('button', { name: /^End meeting/ }))
    await choose(leyla, OMAN, 'Sign off…')
    await looksRight()
    await panelOf(leyla).getByRole('button', { name: 'Sign off', exact: true }).click()
    await choose(leyla, OMAN, 'Pin, to keep it for good')
    await shows(entryOf(leyla, OMAN).getByText('pinned'))
    await panelOf(leyla)
      .getByRole('button', { name: /^End meeting/ })
      .click()
    await shows(headOf(leyla, 'گفتگوهای مسقط'))
    await looksRight()
    await panelOf(leyla)
      .getByRole('button', { name: /^More about the meeting/ })
      .click()
    await page.getByRole('menuitem', { name: /^Rename/ }).click()
    await looksRight()
  })
})
