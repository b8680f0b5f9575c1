/** P28: a red line that somebody would cross is seen by everybody at once, and so is the move that ends it. */
import { expect } from 'vitest'
import { setCell } from '#shared/document/cells.ts'
import { addIssue } from '#shared/document/issues.ts'
import { redLineRecords } from '#shared/document/redlines.ts'
import { addPoint } from '#shared/document/scales.ts'
import { readTracker } from '#shared/document/tracker.ts'
import { newId, type IssueId, type PartyId, type PointId, type RedLineId } from '#shared/ids.ts'
import { accessibilityFaults, cutTexts } from '#test/e2e/looks.ts'
import { shows, test, type Member, type World } from '#test/e2e/people.ts'
import { stockClient, until } from '#test/server/stock-client.ts'

/** On one issue Iran stands beyond a line of Israel’s; on the other nobody has drawn one yet. */
const prepare = async (world: World, ada: Member): Promise<void> => {
  const id = world.demo()
  const [writer, reader] = [
    stockClient(world.server.url, ada.account.cookie, id),
    stockClient(world.server.url, ada.account.cookie, id),
  ]
  const { doc } = writer
  await until(doc, () => readTracker(doc).parties.length > 0)
  const party = (name: string): PartyId => {
    const found = readTracker(doc).parties.find(it => it.name === name)
    if (!found) throw new Error('The demo is another one')
    return found.id
  }
  const line = newId<RedLineId>()
  doc.transact(() => {
    for (const title of ['Inspections', 'Snapback']) {
      const issueId = newId<IssueId>()
      addIssue(doc, issueId, { title, basketId: null })
      const points = ['None', 'Some', 'All'].map(label => {
        const point = newId<PointId>()
        addPoint(doc, point, issueId, label)
        return point
      })
      const [none = null, , all = null] = points
      const isHeld = title === 'Inspections'
      setCell(doc, issueId, party('Iran'), { stance: isHeld ? none : all })
      if (isHeld)
        redLineRecords.put(doc, line, {
          issueId,
          partyId: party('Israel'),
          kind: 'red_line',
          operator: 'at_least',
          point: all,
          statement: 'Every site',
        })
    }
  })
  // Whoever is shown it knows that it is stored.
  await until(reader.doc, () => redLineRecords.has(reader.doc, line))
  for (const { provider } of [writer, reader]) provider.destroy()
}

const marksOf = ({ sheet }: Member, issue: string) => sheet.row(issue).locator('.crossing')
const saved = (who: Member): Promise<void> => expect.poll(() => who.status()).toBe('saved')

test('P28 a line is drawn, the other screen shows who would cross it, a move dissolves it, and the brief says so', async ({
  world,
}) => {
  const ada = await world.person('Ada')
  await prepare(world, ada)
  const cy = await world.person('Cy')
  const heard = cy.page.waitForResponse(/\/visit$/)
  await cy.open()
  await heard
  await cy.go('/')
  await shows(cy.page.locator('.tracker-title').first())

  await ada.open()
  const bo = await world.person('Bo')
  await bo.open()
  await shows(marksOf(ada, 'Inspections').first())
  expect(await marksOf(ada, 'Snapback').count()).toBe(0)

  // Bo draws the line beside the matrix.
  await bo.sheet.select('Snapback', 'Israel')
  await bo.page.keyboard.press('F4')
  const panel = bo.page.getByRole('complementary', { name: 'Beside the matrix' })
  await panel.getByRole('button', { name: 'Draw a red line' }).click()
  await panel.getByRole('radio', { name: 'at most' }).click()
  await panel.getByRole('button', { name: /^Point:/ }).click()
  await bo.page.getByRole('menuitemradio', { name: 'None' }).click()
  await panel.getByRole('radio', { name: 'In private' }).click()
  const collision = panel.getByRole('article').filter({ hasText: 'would accept only All' })
  await shows(collision)
  await saved(bo)

  await shows(marksOf(ada, 'Snapback').first())
  const words = await (await ada.sheet.cell('Snapback', 'Iran')).textContent()
  expect(words).toContain(
    'Collision: Iran would accept All, beyond the line of Israel: at most None (in private)',
  )
  expect(await accessibilityFaults(ada.page)).toEqual([])
  expect(await accessibilityFaults(bo.page)).toEqual([])

  // Ada moves Iran to where the other line lets it stand.
  await ada.sheet.select('Inspections', 'Iran')
  await ada.page.keyboard.press('3')
  await expect.poll(() => marksOf(bo, 'Inspections').count()).toBe(0)
  await saved(ada)

  await cy.open()
  const offer = cy.page.getByRole('region', { name: 'Since you were here' })
  await shows(offer.getByText(/1 new collision, 1 collision dissolved, /))
  await offer.getByRole('button', { name: 'Catch up' }).click()
  const told = cy.page.getByRole('region', { name: 'Collisions' }).getByRole('button')
  await expect
    .poll(() => told.allInnerTexts())
    .toEqual([
      expect.stringMatching(/New collision[^]*Snapback: Iran and Israel/),
      expect.stringMatching(/Collision dissolved[^]*Inspections: Iran and Israel/),
    ])
  expect(await accessibilityFaults(cy.page)).toEqual([])

  // The radar has what is left of it, and leads back to where it stands.
  await bo.go(`/t/${world.demo()}?tab=evidence&view=lines`)
  const radar = bo.page.getByRole('region', { name: 'Collisions' })
  const snapback = radar.getByRole('article').filter({ hasText: 'would accept only All' })
  await shows(snapback)
  expect(await radar.getByRole('heading', { name: 'Inspections' }).count()).toBe(0)
  expect(await accessibilityFaults(bo.page)).toEqual([])
  expect(await cutTexts(bo.page)).toEqual([])
  await snapback.getByRole('button', { name: 'Iran' }).click()
  await bo.sheet.ready()
  expect(await bo.sheet.active()).toEqual({ issue: 'Snapback', party: 'Iran' })

  // What may come, in words that everybody reads alike.
  const outlook = `/t/${world.demo()}?tab=evidence&view=outlook`
  await ada.go(outlook)
  await bo.go(outlook)
  const ours = (who: Member) => who.page.getByRole('article', { name: 'Inspectors are let in' })
  await ada.page.getByRole('textbox', { name: 'A scenario' }).fill('Inspectors are let in')
  await ada.page.keyboard.press('Enter')
  await ours(ada)
    .getByRole('button', { name: /^very likely/ })
    .click()
  await shows(ours(bo).locator('.likelihood').getByText('very likely'))
  await bo.page.getByRole('button', { name: 'probable, improbable' }).click()
  await shows(ours(ada).locator('.likelihood').getByText('highly probable'))
  expect(await ada.page.getByText('very likely').count()).toBe(0)
  expect(await accessibilityFaults(ada.page)).toEqual([])
  expect(await cutTexts(ada.page)).toEqual([])
})
