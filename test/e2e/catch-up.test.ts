/** P20: coming back to what others did meanwhile: read in place, one by one, reviewed, and passed on. */
import { expect } from 'vitest'
import type { Locator } from 'playwright-core'
import { attachClaim, setCell, setPosition } from '#shared/document/cells.ts'
import { claimRecords } from '#shared/document/claims.ts'
import { issueRecords } from '#shared/document/issues.ts'
import { redLineRecords } from '#shared/document/redlines.ts'
import { readTracker } from '#shared/document/tracker.ts'
import { newId, type ClaimId } from '#shared/ids.ts'
import { accessibilityFaults, cutTexts } from '#test/e2e/looks.ts'
import { shows, test, type Member, type World } from '#test/e2e/people.ts'
import { stockClient, until } from '#test/server/stock-client.ts'

/** A line that hardens, a party that moves, a claim that is denied, a row that gets another name, and mere words. */
const workOf = async (world: World, bo: Member): Promise<void> => {
  const id = world.demo()
  const [writer, reader] = [
    stockClient(world.server.url, bo.account.cookie, id),
    stockClient(world.server.url, bo.account.cookie, id),
  ]
  const { doc } = writer
  await until(doc, () => readTracker(doc).redLines.length > 0)
  const before = readTracker(doc)
  const line = before.redLines.find(({ soft }) => soft)
  const cell = Object.values(before.cells).find(
    ({ issueId, stance }) => stance !== null && issueId !== line?.issueId,
  )
  const scale = before.issues.find(({ id }) => id === cell?.issueId)?.scale.points
  const claim = before.claims.find(({ status }) => status === 'reported')
  const worded = Object.values(before.cells).find(
    other => other !== cell && other.position !== '' && other.issueId !== line?.issueId,
  )
  if (!cell || !scale || !line || !claim || !worded) throw new Error('The demo is another one')
  const said = newId<ClaimId>()
  doc.transact(() => {
    redLineRecords.set(doc, line.id, { soft: false })
    claimRecords.put(doc, said, { statement: 'They take half of it', credibility: 2 })
    setCell(doc, cell.issueId, cell.partyId, {
      stance: scale.find(({ id }) => id !== cell.stance)?.id ?? null,
    })
    attachClaim(doc, cell.issueId, cell.partyId, said)
    claimRecords.set(doc, claim.id, { status: 'denied' })
    issueRecords.set(doc, worded.issueId, { title: 'Another name' })
    setPosition(doc, worded.issueId, worded.partyId, `${worded.position} Or so it seems.`)
  })
  // Whoever is shown it knows that it is stored.
  await until(reader.doc, () => claimRecords.has(reader.doc, said))
  for (const { provider } of [writer, reader]) provider.destroy()
}

/** Opens the tracker, and knows that the server has heard of it. */
const visit = async (who: Member): Promise<void> => {
  const heard = who.page.waitForResponse(/\/visit$/)
  await who.open()
  await heard
}
const panelOf = ({ page }: Member): Locator => page.getByRole('complementary', { name: 'History' })
const itemsOf = (who: Member): Locator => panelOf(who).locator('.catch-up-item')
const currentOf = (who: Member): Locator => panelOf(who).locator('.catch-up-item.current')
const countOf = async ({ page }: Member): Promise<string> =>
  page.getByRole('button', { name: /^History/ }).innerText()
/** As it stands beside the tracker in the list. */
const listed = async (who: Member): Promise<string> => {
  await who.go('/')
  const link = who.page.locator('.tracker-title').first()
  await shows(link)
  return link.innerText()
}

test('P20 somebody comes back, reads what others did where it stands, and reviews it', async ({
  world,
}) => {
  const ada = await world.person('Ada')
  await ada.context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await visit(ada)
  expect(await listed(ada)).not.toMatch(/unreviewed/)
  const bo = await world.person('Bo')
  await workOf(world, bo)

  expect(await listed(ada)).toMatch(/5\s*unreviewed/)
  await ada.open()
  const offer = ada.page.getByRole('region', { name: 'Since you were here' })
  await shows(offer.getByText(/1 movement, 1 red line hardened, 1 claim denied, 1 new claim/))
  expect(await countOf(ada)).toMatch(/5\s*unreviewed/)
  expect(await accessibilityFaults(ada.page)).toEqual([])
  await offer.getByRole('button', { name: 'Catch up' }).click()

  await shows(itemsOf(ada).first())
  const groups = await panelOf(ada).locator('.catch-up-fold').allInnerTexts()
  expect(groups.map(group => group.replaceAll(/\s+/g, ' ').trim())).toEqual([
    'Red lines 1',
    'Stances and ranges 1',
    'Claims and sources 1',
    'Rows, columns and baskets 1',
    'Wording 1',
  ])
  await shows(currentOf(ada).getByText('Red line hardened'))
  expect(await accessibilityFaults(ada.page)).toEqual([])
  expect(await cutTexts(ada.page)).toEqual([])

  // One key to the next: the matrix goes along, and the item tells old and new, by whom, and on what evidence.
  await ada.page.keyboard.press('n')
  await shows(currentOf(ada).locator('.catch-up-kind').getByText('The party moved'))
  await shows(currentOf(ada).getByText('They take half of it'))
  await shows(currentOf(ada).getByText('Bo', { exact: true }))
  await shows(currentOf(ada).getByRole('button', { name: 'Kind of change: The party moved' }))
  expect(await currentOf(ada).locator('del').count()).toBeGreaterThan(0)
  await shows(
    ada.page
      .locator('.matrix .changed')
      .filter({ has: ada.page.locator('del') })
      .first(),
  )

  await ada.page.keyboard.press('q')
  await currentOf(ada).getByRole('textbox', { name: 'Question' }).waitFor()
  await ada.page.keyboard.type('On what basis?')
  await currentOf(ada).getByRole('button', { name: 'Ask', exact: true }).click()
  await shows(currentOf(ada).getByRole('listitem').getByText('On what basis?'))
  expect(await accessibilityFaults(ada.page)).toEqual([])

  await ada.page.keyboard.press('r')
  await expect.poll(() => countOf(ada)).toMatch(/4\s*unreviewed/)
  await shows(currentOf(ada).getByText(/^Claim “/))
  await ada.page.keyboard.press('p')
  await shows(currentOf(ada).getByRole('button', { name: 'Mark unreviewed' }))
  await ada.page.keyboard.press('r')
  await expect.poll(() => countOf(ada)).toMatch(/5\s*unreviewed/)
  await ada.page.keyboard.press('r')
  await expect.poll(() => countOf(ada)).toMatch(/4\s*unreviewed/)

  await panelOf(ada).getByRole('button', { name: 'Copy as Markdown' }).click()
  await shows(ada.page.getByText('The brief is copied as Markdown.'))
  const copied = await ada.page.evaluate(() => navigator.clipboard.readText())
  const since = new URL(ada.page.url()).searchParams.get('since') ?? ''
  const path = `/api/trackers/${world.demo()}/brief?since=${since}&format=markdown`
  const { cookie } = ada.account
  expect(copied).toBe((await world.server.ask<string>('GET', path, { cookie })).body)
  expect(copied).toContain('## Red lines (1)')

  // On a phone the matrix shows one party or issue at a time, and the item stays beside it.
  await ada.page.setViewportSize({ width: 390, height: 844 })
  await shows(currentOf(ada).getByRole('button', { name: /^Mark (un)?reviewed/ }))
  expect(await accessibilityFaults(ada.page)).toEqual([])
  expect(await cutTexts(ada.page)).toEqual([])
  await ada.page.setViewportSize({ width: 1440, height: 900 })

  // Mere words are folded, until the reader comes to them.
  const wording = panelOf(ada).getByRole('button', { name: /^Wording/ })
  expect(await wording.getAttribute('aria-expanded')).toBe('false')
  await panelOf(ada).getByRole('button', { name: 'Mark all reviewed' }).click()
  await shows(panelOf(ada).getByText(/^All reviewed/))
  await expect.poll(() => countOf(ada)).toBe('History')
  await ada.page.getByRole('button', { name: 'Undo' }).click()
  await expect.poll(() => countOf(ada)).toMatch(/4\s*unreviewed/)
  await panelOf(ada).getByRole('button', { name: 'Mark all reviewed' }).click()
  await expect.poll(() => countOf(ada)).toBe('History')

  // A snapshot to begin with instead: everything since then, whoever asks.
  await panelOf(ada)
    .getByRole('button', { name: /^Since: my last visit, / })
    .click()
  await ada.page.getByRole('menuitemradio').last().click()
  await expect.poll(() => itemsOf(ada).count()).toBeGreaterThan(5)
  await ada.page.keyboard.press('Escape')
  await shows(ada.page.getByRole('button', { name: 'Save snapshot' }))
  expect(await listed(ada)).not.toMatch(/unreviewed/)

  // Who did it has missed nothing, but a question.
  await visit(bo)
  expect(await countOf(bo)).toBe('History')
  await bo.page.getByRole('button', { name: 'History', exact: true }).click()
  const open = panelOf(bo).getByRole('region', { name: '1 open question' })
  await shows(open.getByText('On what basis?'))
  expect(await accessibilityFaults(bo.page)).toEqual([])
  await open.getByRole('button', { name: 'Answer…' }).click()
  await panelOf(bo).getByRole('textbox', { name: 'Answer' }).fill('The Muscat paper')
  await panelOf(bo).getByRole('button', { name: 'Answer', exact: true }).click()
  await shows(open.getByText('The Muscat paper'))
  // It stands in the cell's history, too, where whoever asked is content.
  await ada.open()
  const about = await open.locator('.question-about').innerText()
  const [issue = '', party = ''] = about.split(' · ')
  await ada.sheet.select(issue, party)
  await ada.page.keyboard.press('Shift+F4')
  const history = ada.page.getByRole('complementary', { name: 'Cell history' })
  await shows(history.getByText('The Muscat paper'))
  await history.getByRole('button', { name: 'Resolve' }).click()
  await shows(history.getByText(/Resolved by Ada/))
  await open.waitFor({ state: 'detached' })
})
