/** Two people and what a cell rests on: contradicted, settled from the board, and copied with its hedge. */
import { expect } from 'vitest'
import { accessibilityFaults, cutTexts } from '#test/e2e/looks.ts'
import { cellIn, shows, test } from '#test/e2e/people.ts'
import { stockClient, until } from '#test/server/stock-client.ts'
import { attachClaim, setPosition } from '#shared/document/cells.ts'
import { claimRecords } from '#shared/document/claims.ts'
import { sourceRecords } from '#shared/document/sources.ts'
import { readTracker } from '#shared/document/tracker.ts'
import { newId, type ClaimId, type SourceId } from '#shared/ids.ts'

const ISSUE = 'Verification mechanisms'
const PARTY = 'Egypt'

test('a contradiction splits the cell for both, and what is settled on the board follows', async ({
  world,
}) => {
  const [leyla, omar] = [
    await world.person('Leyla'),
    await world.person('Omar', { permissions: ['clipboard-read', 'clipboard-write'] }),
  ]
  const { doc, provider } = stockClient(world.server.url, omar.account.cookie, world.demo())
  await until(doc, () => readTracker(doc).parties.some(({ name }) => name === PARTY))
  const { issueId, partyId } = cellIn(readTracker(doc), ISSUE, PARTY)
  const [access, refusal] = [newId<ClaimId>(), newId<ClaimId>()]
  const sourceId = newId<SourceId>()
  doc.transact(() => {
    sourceRecords.put(doc, sourceId, { title: 'Evening bulletin', author: 'Radio' })
    claimRecords.put(doc, access, {
      statement: 'Inspectors come at any time',
      attribution: 'unnamed_official',
      sourceId,
      saidAt: '2001-02-04',
      credibility: 3,
    })
    claimRecords.put(doc, refusal, { statement: 'No inspectors come', saidAt: '2001-02-05' })
    setPosition(doc, issueId, partyId, 'wide access')
    for (const id of [access, refusal]) attachClaim(doc, issueId, partyId, id)
  })
  await until(doc, () => cellIn(readTracker(doc), ISSUE, PARTY).claimIds.length === 2)
  await Promise.all([leyla.open(), omar.open()])
  const [hers, his] = await Promise.all([
    leyla.sheet.cell(ISSUE, PARTY),
    omar.sheet.cell(ISSUE, PARTY),
  ])
  await expect.poll(() => his.locator('.cell-claims').textContent()).toBe('2 · F3')
  provider.destroy()

  await leyla.sheet.select(ISSUE, PARTY)
  await leyla.page.keyboard.press('F4')
  await leyla.page.getByRole('button', { name: 'Two claims that cannot both be true' }).click()
  await leyla.page.getByRole('menuitem', { name: /No inspectors come/ }).click()
  const choice = leyla.page.getByRole('group', { name: 'Which of the two the team goes by' })
  await choice.getByRole('radio', { name: /Inspectors come at any time/ }).check()
  await choice.getByRole('textbox', { name: 'Because' }).fill('a second visit is agreed')
  await leyla.page.keyboard.press('Enter')
  for (const cell of [hers, his]) {
    await expect
      .poll(() => cell.locator('.contest-side').allTextContents())
      .toEqual([
        'assessed: F3 Inspectors come at any time',
        'set aside: F6 No inspectors come — a second visit is agreed',
      ])
    expect((await cell.getAttribute('data-support'))?.split(' ')).toContain('contested')
  }
  expect(await accessibilityFaults(leyla.page)).toEqual([])
  expect(await cutTexts(leyla.page)).toEqual([])

  const copy = async (): Promise<void> => {
    await omar.sheet.select(ISSUE, PARTY)
    await omar.page.keyboard.press('Control+c')
  }
  const copied = (): Promise<string> => omar.page.evaluate(() => navigator.clipboard.readText())
  await copy()
  await expect
    .poll(copied)
    .toBe(
      'reportedly wide access (unnamed official, via Radio, 4 Feb 2001, unconfirmed; ' +
        'contested: “No inspectors come”, not gone by because a second visit is agreed)',
    )

  await leyla.page.getByRole('button', { name: 'Evidence' }).click()
  await leyla.page.getByRole('button', { name: 'To settle' }).click()
  const card = leyla.page.getByRole('listitem').filter({ hasText: 'Inspectors come at any time' })
  await shows(card.getByText(`${ISSUE} · ${PARTY}`))
  await card.getByRole('button', { name: 'Confirm' }).click()
  await leyla.page.keyboard.type('The agency says so by name')
  await card.getByRole('button', { name: 'Confirm' }).click()
  await expect.poll(() => his.locator('.cell-claims').textContent()).toBe('2 · F3 ✓')
  await copy()
  await expect
    .poll(copied)
    .toMatch(/^wide access \(unnamed official, via Radio, 4 Feb 2001, confirmed;/)
  expect((await omar.sheet.words(ISSUE, PARTY)).trim()).toBe('wide access')

  const asked = leyla.page.getByRole('region', { name: 'Settled claims' })
  await shows(asked.getByText('The agency says so by name'))
  expect(await accessibilityFaults(leyla.page)).toEqual([])
  await omar.page.keyboard.press('F4')
  await omar.page.getByRole('button', { name: /^No, it stands/ }).click()
  await asked.getByText('The agency says so by name').waitFor({ state: 'detached' })

  await leyla.page.getByRole('button', { name: 'Coverage' }).click()
  const map = leyla.page.getByRole('table', { name: /Coverage of the matrix/ })
  await map.locator(`[data-cell="${issueId}/${partyId}"][data-state=contested]`).click()
  expect(await accessibilityFaults(leyla.page)).toEqual([])
  await leyla.page.setViewportSize({ width: 390, height: 844 })
  await shows(leyla.page.getByRole('button', { name: 'Next' }))
  expect(await accessibilityFaults(leyla.page)).toEqual([])
  // The map scrolls inside, and the page does not.
  const cut = await cutTexts(leyla.page)
  expect(cut.filter(fault => !fault.startsWith('Beyond the edge'))).toEqual([])
  const contested = leyla.page.getByRole('button', { name: /Contested \d/ })
  await contested.click()
  const listed = leyla.page
    .getByRole('region', { name: 'Cells to work through' })
    .getByRole('button', { name: new RegExp(`${ISSUE} · ${PARTY}`) })
  await listed.click()
  await shows(leyla.page.locator('.narrow-cell[data-support~=contested]', { hasText: ISSUE }))
  // A step back is where one was in the list.
  await leyla.page.goBack()
  await expect.poll(() => contested.getAttribute('aria-pressed')).toBe('true')
  await expect.poll(() => listed.getAttribute('aria-current')).toBe('true')
})
