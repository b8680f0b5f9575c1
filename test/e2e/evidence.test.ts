/** P29: from the words of a text to a position, while somebody else watches. */
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { accessibilityFaults, cutTexts } from '#test/e2e/looks.ts'
import { shows, test } from '#test/e2e/people.ts'

const HEAD = 'Talks within days, says an official'
const BODY = 'Iran’s president ordered talks, strictly within the nuclear file.'
const PERSIAN = 'گفت‌وگوها در ترکیه خواهد بود.'
const TEXT = `${HEAD}\n\n${BODY}\n\n${PERSIAN}`

const readerOn = (page: Page) => page.getByRole('document', { name: /^Text of/ })
const markOn = (page: Page) => readerOn(page).locator('mark').getByText(BODY, { exact: true })

test('a text is pasted, words of it become a claim, a cell rests on it, and it is graded and confirmed', async ({
  world,
}) => {
  const leyla = await world.person('Leyla')
  const omar = await world.person('Omar')
  await leyla.go(`/t/${world.demo()}?tab=evidence`)
  await omar.go(`/t/${world.demo()}?tab=evidence`)
  const sources = omar.page.getByRole('list', { name: 'Sources' })
  await shows(sources)

  await leyla.page.getByRole('button', { name: 'Add a source' }).click()
  const title = leyla.page.getByLabel('Title of the source')
  await title.fill('Wire report of Monday')
  await title.press('Enter')
  await leyla.page.getByLabel('Paste its text').fill(TEXT)
  await leyla.page.getByRole('button', { name: 'Keep this text' }).click()
  await shows(readerOn(leyla.page))
  await sources.getByRole('button', { name: 'Wire report of Monday' }).click()
  await shows(readerOn(omar.page).getByText(PERSIAN))

  // By the keyboard alone: down to the second paragraph, and to its end.
  await readerOn(leyla.page).focus()
  for (const key of ['Home', 'ArrowDown', 'ArrowDown', 'Home', 'Shift+End'])
    await leyla.page.keyboard.press(key)
  await shows(leyla.page.getByRole('toolbar', { name: 'Of the selected words' }))
  await leyla.page.keyboard.press('c')
  const making = leyla.page.getByRole('dialog', { name: 'Make a claim' })
  await making.getByLabel('What is claimed').fill('Tehran has ordered talks')
  await making.getByRole('radio', { name: 'named official', exact: true }).click()
  expect(await accessibilityFaults(leyla.page)).toEqual([])
  await making.getByRole('button', { name: 'Make the claim' }).click()
  await shows(markOn(omar.page))
  await omar.page
    .getByRole('button', { name: /Tehran has ordered talks/ })
    .last()
    .click()
  const his = omar.page.getByRole('article', { name: 'Claim' })
  await shows(his.getByText(BODY).first())

  // A text that was corrected before the words has them still.
  await leyla.page.getByRole('button', { name: 'Take in a corrected text' }).click()
  await leyla.page.getByLabel('Paste its text').fill(`Corrected at noon.\n\n${TEXT}`)
  await leyla.page.getByRole('button', { name: 'Keep this text' }).click()
  await shows(readerOn(leyla.page).getByText('Corrected at noon.'))
  await shows(markOn(leyla.page))
  expect(await accessibilityFaults(leyla.page)).toEqual([])
  expect(await cutTexts(leyla.page)).toEqual([])

  await leyla.page
    .getByRole('button', { name: /Tehran has ordered talks/ })
    .last()
    .click()
  const hers = leyla.page.getByRole('article', { name: 'Claim' })
  await hers.getByRole('button', { name: 'Attach to a cell' }).click()
  await hers.getByRole('combobox').fill('sanctions qatar')
  await leyla.page.keyboard.press('Enter')
  await shows(his.getByRole('button', { name: 'Sanctions relief Qatar', exact: true }))

  // One origin is no confirmation; what two people think of it stays side by side.
  await hers.getByRole('button', { name: 'Grade it' }).click()
  await hers.getByRole('radio', { name: '1', exact: true }).click()
  await shows(hers.getByText(/1 report, 1 origin.*choose 2/))
  await hers.getByRole('button', { name: 'Take 2' }).click()
  await hers.getByRole('button', { name: 'Settle for the team' }).click()
  await shows(hers.getByText(/^Say why/))
  await hers.getByLabel('Reason for the grade').fill('One wire, by name')
  await hers.getByRole('button', { name: 'Settle for the team' }).click()
  await hers.getByRole('button', { name: 'Grade it' }).click()
  await hers.getByRole('radio', { name: '2', exact: true }).click()
  await hers.getByLabel('Reason for the grade').fill('It fits what they did before')
  await hers.getByRole('button', { name: 'Record as mine' }).click()
  await his.getByRole('button', { name: 'Grade it' }).click()
  await his.getByRole('radio', { name: '4', exact: true }).click()
  await his.getByLabel('Reason for the grade').fill('Nobody else has it')
  await his.getByRole('button', { name: 'Record as mine' }).click()
  await shows(hers.getByText('The analysts do not agree.'))
  for (const page of [hers, his])
    await expect
      .poll(() => page.locator('.grades').innerText())
      .toMatch(/Team\s+Grade\s+2[^]*Leyla\s+Grade\s+2[^]*Omar\s+Grade\s+4/)

  await leyla.page.getByRole('button', { name: 'To settle' }).click()
  const card = leyla.page.getByRole('listitem').filter({ hasText: 'Tehran has ordered talks' })
  await shows(card.getByRole('button', { name: 'Sanctions relief · Qatar' }))
  await card.getByRole('button', { name: 'Confirm', exact: true }).click()
  await card.getByRole('button', { name: 'Confirm', exact: true }).click()
  await shows(card.getByText(/^Say why/))
  expect(await accessibilityFaults(leyla.page)).toEqual([])
  await card.getByLabel('By whom, or by what?').fill('The foreign minister, by name')
  await card.getByRole('button', { name: 'Confirm', exact: true }).click()
  await shows(his.getByText('The foreign minister, by name'))
  expect(await his.locator('.claim-events').innerText()).toMatch(/Confirmed[^]*Leyla/)
  expect(await accessibilityFaults(omar.page)).toEqual([])
  expect(await cutTexts(omar.page)).toEqual([])

  await omar.page.setViewportSize({ width: 390, height: 844 })
  expect(await cutTexts(omar.page)).toEqual([])
  await omar.page.getByRole('button', { name: 'All claims' }).click()
  await shows(omar.page.getByRole('list', { name: 'Claims' }))
  expect(await cutTexts(omar.page)).toEqual([])

  await leyla.page
    .getByRole('region', { name: 'Settled claims' })
    .getByRole('listitem')
    .filter({ hasText: 'Tehran has ordered talks' })
    .getByRole('button', { name: 'Sanctions relief · Qatar' })
    .click()
  await leyla.sheet.ready()
  expect(await leyla.sheet.active()).toEqual({ issue: 'Sanctions relief', party: 'Qatar' })
  await leyla.page.keyboard.press('F4')
  await leyla.page.getByRole('link', { name: 'Tehran has ordered talks' }).click()
  await shows(hers.getByText('The foreign minister, by name'))
  await expect.poll(leyla.status).toBe('saved')
})
