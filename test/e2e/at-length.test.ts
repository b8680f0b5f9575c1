/** The whole of a cell, an issue or a party, beside the matrix or on a phone. */
import { expect } from 'vitest'
import { cellIn, shows, test, type Member, type World } from '#test/e2e/people.ts'

const SANCTIONS = 'Sanctions relief'

const beside = ({ page }: Member) => page.getByRole('complementary', { name: 'Beside the matrix' })

const atDesk = async (world: World): Promise<Member> => {
  const leyla = await world.person('Leyla')
  await leyla.open()
  return leyla
}

const storedCell = async (world: World, who: Member, issue: string, party: string) => {
  await expect.poll(who.status).toBe('saved')
  return cellIn(await world.tracker(), issue, party)
}

test('a cell: words, what is known, stance and range, scope, judgements', async ({ world }) => {
  const leyla = await atDesk(world)
  await leyla.sheet.select(SANCTIONS, 'Qatar')
  await leyla.page.keyboard.press('F4')
  const panel = beside(leyla)
  const words = panel.getByRole('textbox', { name: 'Position of Qatar' })
  await words.click()
  await leyla.page.keyboard.type('Relief, step for step.')
  await expect.poll(() => leyla.sheet.words(SANCTIONS, 'Qatar')).toBe('Relief, step for step.')
  const ladder = panel.getByRole('list', { name: 'Stance and acceptable range' })
  await ladder.getByRole('button', { name: 'Phased, step for step' }).first().click()
  await ladder.getByRole('button', { name: 'Hopes for: Full relief at once' }).click()
  await ladder
    .getByRole('button', { name: 'Would still take: Limited or humanitarian only' })
    .click()
  await panel.getByRole('radio', { name: 'Only after …' }).click()
  await panel.getByLabel('Only after', { exact: true }).fill('a ceasefire')
  await panel
    .getByRole('radiogroup', { name: 'Flexibility' })
    .getByRole('radio', { name: 'Some room' })
    .click()
  await panel
    .getByRole('radiogroup', { name: 'Our confidence' })
    .getByRole('radio', { name: 'Low' })
    .click()
  const cell = await leyla.sheet.cell(SANCTIONS, 'Qatar')
  await shows(cell.getByText('only after a ceasefire'))
  await shows(cell.getByRole('img', { name: 'confidence low' }))
  const stored = await storedCell(world, leyla, SANCTIONS, 'Qatar')
  const labelOf = async (id: unknown): Promise<string | undefined> =>
    (await world.tracker()).issues
      .flatMap(({ scale }) => scale.points)
      .find(point => point.id === id)?.label
  expect(stored).toMatchObject({
    knowledge: 'reported',
    position: 'Relief, step for step.',
    scope: 'only_after',
    scopeNote: 'a ceasefire',
    flexibility: 'some',
    confidence: 'low',
  })
  expect(await labelOf(stored.stance)).toBe('Phased, step for step')
  expect(await labelOf(stored.aspiration)).toBe('Full relief at once')
  expect(await labelOf(stored.walkAway)).toBe('Limited or humanitarian only')
  await leyla.page.keyboard.press('Escape')
  await panel.waitFor({ state: 'detached' })
})

test('a cell’s red line and claims', async ({ world }) => {
  const leyla = await atDesk(world)
  await leyla.sheet.select(SANCTIONS, 'Qatar')
  await leyla.page.keyboard.press('F4')
  const panel = beside(leyla)
  await panel.getByRole('button', { name: 'Draw a red line' }).click()
  await panel.getByRole('button', { name: /^Point:/ }).click()
  await leyla.page.getByRole('menuitemradio', { name: 'Phased, step for step' }).click()
  await panel.getByLabel('Wording').fill('Relief has to come in steps.')
  await panel.getByRole('button', { name: 'Add a claim' }).click()
  await panel.getByLabel('What was said, in your own words').fill('Steps, said the envoy.')
  await panel.getByLabel('Title of the new source').fill('A call with the envoy')
  await panel.getByRole('radio', { name: 'B', exact: true }).click()
  await panel.getByRole('radio', { name: '2', exact: true }).click()
  await panel.getByRole('button', { name: 'Add the claim' }).click()
  await shows(panel.getByText('Steps, said the envoy.'))
  const cell = await leyla.sheet.cell(SANCTIONS, 'Qatar')
  await shows(cell.getByRole('img', { name: /Relief has to come in steps\./ }))
  await shows(cell.getByText('1 · B2'))
  await expect.poll(leyla.status).toBe('saved')
  const tracker = await world.tracker()
  expect(tracker.redLines.map(({ statement }) => statement)).toContain(
    'Relief has to come in steps.',
  )
  const [claimId] = cellIn(tracker, SANCTIONS, 'Qatar').claimIds
  const claim = tracker.claims.find(({ id }) => id === claimId)
  expect(claim).toMatchObject({ statement: 'Steps, said the envoy.', credibility: 2 })
  expect(tracker.sources.find(({ id }) => id === claim?.sourceId)).toMatchObject({
    title: 'A call with the envoy',
    reliability: 'B',
  })
  await panel.getByRole('button', { name: 'Detach this claim' }).click()
  await expect
    .poll(async () => (await storedCell(world, leyla, SANCTIONS, 'Qatar')).claimIds)
    .toEqual([])
})

test('an issue: title, description, basket and the points of its scale', async ({ world }) => {
  const leyla = await atDesk(world)
  const { page, sheet } = leyla
  await sheet.row(SANCTIONS).getByRole('rowheader').click()
  await page.keyboard.press('F4')
  const panel = beside(leyla)
  await panel.getByLabel('Title of the issue').fill('Relief of sanctions')
  await page.keyboard.press('Enter')
  await shows(sheet.row('Relief of sanctions'))
  await panel.getByRole('textbox', { name: 'Description of the issue' }).click()
  await page.keyboard.press('Control+a')
  await page.keyboard.type('How much, how fast.')
  await panel.getByLabel('Point 3', { exact: true }).fill('In phases')
  await page.keyboard.press('Enter')
  await panel.getByRole('button', { name: 'More about point 1' }).click()
  await page.getByRole('menuitem', { name: 'Remove' }).click()
  await panel.getByRole('button', { name: 'Add a point at the high end' }).click()
  await page.keyboard.type('More than all')
  await page.keyboard.press('Enter')
  await panel.getByRole('button', { name: /^Basket:/ }).click()
  await page.getByRole('menuitemradio', { name: 'Process' }).click()
  await expect
    .poll(async () => {
      await expect.poll(leyla.status).toBe('saved')
      const tracker = await world.tracker()
      const issue = tracker.issues.find(({ title }) => title === 'Relief of sanctions')
      return {
        description: issue?.description,
        basket: tracker.baskets.find(({ id }) => id === issue?.basketId)?.title,
        points: issue?.scale.points.map(({ label }) => label),
      }
    })
    .toEqual({
      description: 'How much, how fast.',
      basket: 'Process',
      points: [
        'Limited or humanitarian only',
        'In phases',
        'Broad early relief, reversible',
        'Full relief at once',
        'More than all',
      ],
    })
})

test('a party: its name and what it does in the talks', async ({ world }) => {
  const leyla = await atDesk(world)
  await leyla.sheet.party('Egypt').click()
  await leyla.page.keyboard.press('F4')
  const panel = beside(leyla)
  await panel.getByLabel('Name of the party').fill('Egypt and the League')
  await leyla.page.keyboard.press('Enter')
  await panel.getByRole('radiogroup', { name: 'Role' }).getByRole('radio', { name: /host/ }).click()
  await shows(leyla.sheet.party('Egypt and the League').getByText(/host/))
  await expect.poll(leyla.status).toBe('saved')
  const party = (await world.tracker()).parties.find(({ name }) => name === 'Egypt and the League')
  expect(party?.role).toBe('host')
})

test('words written beside and in the grid are one text', async ({ world }) => {
  const leyla = await world.person('Leyla')
  const omar = await world.person('Omar')
  await Promise.all([leyla.open(), omar.open()])
  await leyla.sheet.select(SANCTIONS, 'Qatar')
  await leyla.page.keyboard.press('F4')
  await beside(leyla).getByRole('textbox', { name: 'Position of Qatar' }).click()
  await omar.sheet.select(SANCTIONS, 'Qatar')
  await omar.page.keyboard.press('F2')
  await shows(omar.sheet.editor)
  await Promise.all([
    leyla.page.keyboard.type('Beside. ', { delay: 20 }),
    omar.page.keyboard.type('In the grid. ', { delay: 15 }),
  ])
  await omar.page.keyboard.press('Tab')
  await expect.poll(omar.status).toBe('saved')
  await expect.poll(leyla.status).toBe('saved')
  const { position } = cellIn(await world.tracker(), SANCTIONS, 'Qatar')
  expect(['Beside. In the grid. ', 'In the grid. Beside. ']).toContain(position)
  await expect.poll(() => omar.sheet.words(SANCTIONS, 'Qatar')).toBe(position)
  await expect.poll(() => leyla.sheet.words(SANCTIONS, 'Qatar')).toBe(position)
})

test('on a phone one party at a time, and a cell is written in a sheet from below', async ({
  world,
}) => {
  const leyla = await world.person('Leyla', {
    viewport: { width: 390, height: 844 },
    hasTouch: true,
    isMobile: true,
  })
  const { page } = leyla
  await leyla.go(`/t/${world.demo()}`)
  await page.getByRole('button', { name: 'Iran', exact: true }).waitFor()
  await page.getByRole('button', { name: 'Next party' }).tap()
  await shows(page.getByRole('button', { name: 'United States', exact: true }))
  await page.getByRole('button', { name: 'United States', exact: true }).tap()
  await page.getByRole('menuitemradio', { name: 'Qatar' }).tap()
  await page.getByRole('button', { name: /^Sanctions relief/ }).tap()
  const sheet = page.getByRole('dialog')
  await sheet.getByRole('textbox', { name: 'Position of Qatar' }).tap()
  await page.keyboard.type('Written on the way.')
  await sheet.getByRole('button', { name: 'Phased, step for step' }).first().tap()
  await sheet.getByRole('button', { name: 'Close' }).tap()
  await shows(page.getByRole('button', { name: /^Sanctions relief.*Written on the way\./s }))
  expect(await storedCell(world, leyla, SANCTIONS, 'Qatar')).toMatchObject({
    position: 'Written on the way.',
    knowledge: 'reported',
  })
  await page.getByRole('button', { name: 'One issue' }).tap()
  await shows(page.getByRole('button', { name: 'Sanctions relief', exact: true }))
  await shows(page.getByRole('button', { name: /^Qatar.*Written on the way\./s }))
})
