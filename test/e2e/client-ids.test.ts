/** A document costs every browser time in proportion to the client ids that it has ever seen: loads must not add any. */
import { expect, onTestFinished } from 'vitest'
import * as Y from 'yjs'
import { launchBrowser } from '#test/e2e/browser.ts'
import { cookiesOf } from '#test/e2e/cookies.ts'
import { cellIn, shows, test, type Member, type World } from '#test/e2e/people.ts'
import { sheetOn, statusOn } from '#test/e2e/sheet.ts'

const ISSUE = 'Sanctions relief'

const clientIds = async ({ demo, server }: World, { account }: Member): Promise<Set<number>> => {
  const { body } = await server.ask<{ document: string }>(
    'GET',
    `/api/trackers/${demo()}/export.json`,
    { cookie: account.cookie },
  )
  const state = Uint8Array.from(Buffer.from(body.document, 'base64'))
  return new Set(Y.decodeStateVector(Y.encodeStateVectorFromUpdateV2(state)).keys())
}

const write = async ({ page, sheet, status }: Member, words: string): Promise<void> => {
  await sheet.select(ISSUE, 'Qatar')
  await page.keyboard.press('F2')
  await shows(sheet.editor)
  await page.keyboard.press('Control+End')
  await page.keyboard.type(words)
  await page.keyboard.press('Tab')
  await expect.poll(status).toBe('saved')
}

test('twenty loads with an edit each add one id, and undo and presence work under it', async ({
  world,
}) => {
  const [leyla, omar] = [await world.person('Leyla'), await world.person('Omar')]
  await Promise.all([leyla.open(), omar.open()])
  const before = await clientIds(world, leyla)
  let words = ''
  for (let load = 1; load <= 20; load++) {
    await write(leyla, `${load}. `)
    words += `${load}. `
    await leyla.page.reload()
    await leyla.sheet.ready()
  }
  const added = (await clientIds(world, leyla)).difference(before)
  expect(added.size).toBeLessThanOrEqual(2)
  await expect.poll(() => omar.sheet.words(ISSUE, 'Qatar')).toBe(words)

  await write(leyla, 'Not this.')
  await leyla.page.keyboard.press('Control+z')
  await expect.poll(() => omar.sheet.words(ISSUE, 'Qatar')).toBe(words)
  const people = omar.page.getByRole('group', { name: 'People who are here' })
  expect(await people.getByRole('listitem').count()).toBe(1)
  await leyla.sheet.select(ISSUE, 'Egypt')
  const cell = await omar.sheet.cell(ISSUE, 'Egypt')
  await expect.poll(() => cell.textContent()).toContain('Leyla is here')
})

test('so do pages that are gone to and come back from, and two tabs keep apart', async ({
  world,
}) => {
  const leyla = await world.person('Leyla')
  await leyla.open()
  const before = await clientIds(world, leyla)
  const second = await leyla.newTab()
  await second.goto(`/t/${world.demo()}`)
  await second.getByRole('rowheader').first().waitFor()
  for (let round = 1; round <= 2; round++) {
    await write(leyla, `${round}. `)
    await leyla.go('/')
    await leyla.page.goBack()
    await leyla.sheet.ready()
  }
  await second.getByRole('gridcell', { name: /Muscat, says its foreign minister/ }).click()
  await second.keyboard.press('F2')
  await second.keyboard.type('In the second tab. ')
  await second.keyboard.press('Tab')
  await expect.poll(() => statusOn(second)).toBe('saved')
  await write(leyla, 'Last.')
  const added = (await clientIds(world, leyla)).difference(before)
  expect(added.size).toBeLessThanOrEqual(3)
  expect(added.size).toBeGreaterThanOrEqual(2)
  await expect.poll(() => leyla.sheet.words(ISSUE, 'Qatar')).toBe('1. 2. Last.')
})

test('a page that the browser had frozen goes on under an id that nobody else has', async ({
  world,
}) => {
  const leyla = await world.person('Leyla')
  await leyla.open()
  const browser = await launchBrowser('--disable-back-forward-cache')
  onTestFinished(() => browser.close())
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
  await context.addCookies(cookiesOf(leyla.account, world.server.url))
  const page = await context.newPage()
  const sheet = sheetOn(page)
  await page.addInitScript(() =>
    addEventListener('pageshow', ({ persisted }) => {
      document.documentElement.dataset['thawed'] = String(persisted)
    }),
  )
  await page.goto(`${world.server.url}/t/${world.demo()}`)
  await sheet.ready()
  const before = await clientIds(world, leyla)
  const choose = async (key: string): Promise<void> => {
    await sheet.select(ISSUE, 'Turkey')
    await page.keyboard.press(key)
    await page.locator('[data-status=saved]').waitFor()
  }
  await choose('1')
  for (const key of ['2', '3']) {
    await page.goto(`${world.server.url}/healthz`)
    // Another page takes the id over meanwhile.
    await leyla.page.reload()
    await leyla.sheet.ready()
    await leyla.sheet.select(ISSUE, 'Qatar')
    await leyla.page.keyboard.press(key)
    await expect.poll(leyla.status).toBe('saved')
    // Playwright waits for a load, which a thawed page does not have.
    await page.evaluate(() => history.back()).catch(() => undefined)
    await page.locator('html[data-thawed=true] [data-status=saved]').waitFor()
    await choose(key)
  }
  const theirs = async (party: string) => cellIn(await world.tracker(), ISSUE, party).stance
  expect(await theirs('Qatar')).not.toBeNull()
  expect(await theirs('Turkey')).toBe(await theirs('Qatar'))
  expect((await clientIds(world, leyla)).difference(before).size).toBeLessThanOrEqual(2)
})
