/** Scales that change under positions, the profile of a party, and pages to read and to print. */
import { expect } from 'vitest'
import { accessibilityFaults, cutTexts } from '#test/e2e/looks.ts'
import { cellIn, shows, test, type Member } from '#test/e2e/people.ts'

const SANCTIONS = 'Sanctions relief'

const beside = ({ page }: Member) => page.getByRole('complementary', { name: 'Beside the matrix' })

test('a scale that gets points and numbers under a position of somebody else', async ({
  world,
}) => {
  const leyla = await world.person('Leyla')
  const omar = await world.person('Omar')
  await Promise.all([leyla.open(), omar.open()])
  await omar.sheet.select(SANCTIONS, 'Qatar')
  await omar.page.keyboard.press('3')
  const seen = async ({ sheet }: Member) =>
    (await sheet.cell(SANCTIONS, 'Qatar')).locator('.stance')
  await shows((await seen(leyla)).getByText('Phased, step for step'))

  await leyla.sheet.row(SANCTIONS).getByRole('rowheader').click()
  await leyla.page.keyboard.press('F4')
  const panel = beside(leyla)
  await panel.getByRole('button', { name: 'More about point 3' }).click()
  await shows(leyla.page.getByRole('menuitem', { name: /leave one position without a point/ }))
  await leyla.page.getByRole('menuitem', { name: 'Insert a point below' }).click()
  await leyla.page.keyboard.type('In two steps')
  await leyla.page.keyboard.press('Enter')
  const bar = (await seen(omar)).locator('.stance-bar')
  await expect.poll(() => bar.getAttribute('style')).toMatch(/--points:\s*6.*--filled:\s*4/)
  await shows((await seen(omar)).getByText('Phased, step for step'))

  await panel.getByRole('radio', { name: 'Numbers' }).click()
  await panel.getByLabel('Unit').fill('%')
  await leyla.page.keyboard.press('Enter')
  await shows((await seen(omar)).locator('.stance-bar.numeric'))
  await omar.page.keyboard.type('60')
  await omar.page.keyboard.press('Enter')
  for (const person of [omar, leyla]) await shows((await seen(person)).getByText('60 %'))
  await shows(panel.getByLabel('Number of point 1', { exact: true }))
  await expect.poll(omar.status).toBe('saved')
  const tracker = await world.tracker()
  const { points } = tracker.issues.find(({ title }) => title === SANCTIONS)?.scale ?? expect.fail()
  const { stance } = cellIn(tracker, SANCTIONS, 'Qatar')
  expect(points.find(({ id }) => id === stance)).toMatchObject({ label: '60 %', value: 60 })
  await omar.page.keyboard.press('Control+z')
  for (const person of [omar, leyla])
    await shows((await seen(person)).getByText('Phased, step for step'))
})

test('a party in several roles, with a person and a bloc, and its page', async ({ world }) => {
  const leyla = await world.person('Leyla')
  const { page, sheet } = leyla
  await leyla.open()
  await sheet.party('Qatar').click()
  await page.keyboard.press('F4')
  const panel = beside(leyla)
  await panel.getByRole('checkbox', { name: 'guarantees' }).click()
  await panel.getByRole('checkbox', { name: 'hosts' }).click()
  await shows(sheet.party('Qatar').getByText('mediates, hosts, guarantees'))
  await panel.getByRole('button', { name: 'Add a person' }).click()
  await page.keyboard.press('Tab')
  await page.keyboard.type('a senior mediator')
  await page.keyboard.press('Enter')
  await panel.getByRole('button', { name: 'Join a bloc' }).click()
  await page.getByRole('menuitem', { name: 'A new bloc' }).click()
  await page.keyboard.type('The Gulf')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Tab')
  await page.keyboard.type('1981-05')
  await page.keyboard.press('Enter')
  await panel.getByRole('button', { name: 'Page', exact: true }).click()

  const paper = page.getByRole('region', { name: 'Qatar' })
  await shows(paper.getByRole('heading', { level: 1, name: 'Qatar' }))
  await shows(paper.getByText('mediates, hosts, guarantees'))
  await shows(paper.getByText('not named, a senior mediator'))
  await shows(paper.getByText('The Gulf, since May 1981'))
  await shows(paper.getByRole('heading', { name: 'Claims' }))
  expect(await accessibilityFaults(page)).toEqual([])
  expect(await cutTexts(page)).toEqual([])

  await page.emulateMedia({ media: 'print' })
  await shows(paper.getByText('The Gulf, since May 1981'))
  expect(await page.getByRole('button').filter({ visible: true }).count()).toBe(0)
  await page.emulateMedia({ media: 'screen' })

  await page.setViewportSize({ width: 390, height: 844 })
  expect(await cutTexts(page)).toEqual([])
  await page.setViewportSize({ width: 1440, height: 900 })

  await paper.getByRole('link', { name: 'Turkey as venue', exact: true }).click()
  await shows(page.getByRole('heading', { level: 1, name: 'Turkey as venue' }))
  await page.reload()
  await shows(page.getByRole('heading', { level: 1, name: 'Turkey as venue' }))
  await page.goBack()
  await shows(paper.getByRole('heading', { level: 1, name: 'Qatar' }))
  await paper.press('Escape')
  await sheet.ready()
  await sheet.party('Qatar').click()
  await page.keyboard.press('Control+Shift+Delete')
  await page.getByRole('button', { name: 'More about this tracker' }).click()
  await page.getByRole('menuitem', { name: 'People of all parties' }).click()
  await shows(page.getByRole('heading', { name: 'Party removed' }))
  await shows(page.getByRole('button', { name: /Not named.*a senior mediator/ }))
})
