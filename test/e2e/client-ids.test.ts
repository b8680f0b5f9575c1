/** A document costs every browser time in proportion to the client ids that it has ever seen: loads must not add any. */
import { expect } from 'vitest'
import * as Y from 'yjs'
import { shows, test, type Member, type World } from '#test/e2e/people.ts'

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
  for (let round = 1; round <= 4; round++) {
    await write(leyla, `${round}. `)
    await leyla.go('/')
    await leyla.page.goBack()
    await leyla.sheet.ready()
  }
  await second.getByRole('gridcell', { name: /Muscat, says its foreign minister/ }).click()
  await second.keyboard.press('F2')
  await second.keyboard.type('In the second tab. ')
  await second.keyboard.press('Tab')
  await expect.poll(() => second.locator('[data-status]').getAttribute('data-status')).toBe('saved')
  await write(leyla, 'Last.')
  const added = (await clientIds(world, leyla)).difference(before)
  expect(added.size).toBeLessThanOrEqual(3)
  expect(added.size).toBeGreaterThanOrEqual(2)
  await expect.poll(() => leyla.sheet.words(ISSUE, 'Qatar')).toBe('1. 2. 3. 4. Last.')
})
