/** The timeline and its meetings, on the screens of two people. */
import type { Locator } from 'playwright-core'
import { expect } from 'vitest'
import { shows, test, type Member } from '#test/e2e/people.ts'

/** The list's lines: when each event is, by its title. */
const listed = ({ page }: Member): Promise<Readonly<Record<string, string>>> =>
  page
    .locator('.timeline-list')
    .evaluate(list =>
      Object.fromEntries(
        [...list.querySelectorAll('.timeline-line')].map(line => [
          line.querySelector('.timeline-line-title')?.textContent ?? '',
          line.querySelector('.timeline-line-when')?.textContent ?? '',
        ]),
      ),
    )
const panel = ({ page }: Member, name: string): Locator =>
  page.getByRole('complementary', { name, exact: true })
const bar = ({ page }: Member): Locator => page.getByRole('region', { name: /^Meeting / })

test('P32 setting T0 moves what is counted from it, on every screen, and nothing else; one undo takes it back', async ({
  world,
}) => {
  const [leyla, mehmet] = [await world.person('Leyla'), await world.person('Mehmet')]
  await mehmet.go(`/t/${world.demo()}?tab=timeline&view=list`)
  await shows(mehmet.page.getByText('Delegations could reach Ankara'))
  const before = await listed(mehmet)
  await leyla.go(`/t/${world.demo()}?tab=timeline`)
  await leyla.page.getByRole('button', { name: 'T0: not set' }).click()
  const field = panel(leyla, 'Event').getByRole('textbox', { name: 'Date', exact: true })
  await field.fill('2 Feb 2026')
  await shows(panel(leyla, 'Event').getByText(/^This moves \d events:/))
  // What will move is shown, and has not moved yet.
  await shows(panel(leyla, 'Event').getByText('2 to 8 Feb 2026'))
  expect(await listed(mehmet)).toEqual(before)
  await leyla.page.keyboard.press('Enter')

  await expect
    .poll(async () => (await listed(mehmet))['Delegations could reach Ankara'])
    .toBe('2 to 8 Feb 2026')
  const after = await listed(mehmet)
  const changed = Object.keys(before).filter(title => before[title] !== after[title])
  const counted = Object.keys(before).filter(
    title => /\bT0$/.test(before[title] ?? '') || title.startsWith('T0'),
  )
  expect(counted.length).toBeGreaterThan(4)
  expect(changed.toSorted()).toEqual(counted.toSorted())
  expect(after['Talks expected in Turkey']).toBe('3 to 15 Feb 2026')

  // Drawn where it now stands, and reached by the keyboard.
  const drawn = leyla.page.getByRole('button', {
    name: 'Delegations could reach Ankara, 2 to 8 Feb',
  })
  await shows(drawn)
  await drawn.focus()
  await leyla.page.keyboard.press('Enter')
  await expect.poll(() => field.inputValue()).toBe('as early as this week')
  await leyla.page.getByRole('button', { name: 'Undo' }).click()
  await expect.poll(() => listed(mehmet)).toEqual(before)
})

test('P33 a meeting is begun, noted and ended by keyboard, and its report tells what it moved', async ({
  world,
}) => {
  const [leyla, mehmet] = [await world.person('Leyla'), await world.person('Mehmet')]
  await mehmet.open()
  await leyla.go(`/t/${world.demo()}?tab=timeline&view=list`)
  await leyla.page.getByRole('button', { name: /US–Iran meeting/ }).click()
  await panel(leyla, 'Meeting').getByRole('button', { name: 'Start meeting' }).click()
  await shows(bar(leyla).getByRole('form', { name: 'Take a note' }))
  await shows(bar(mehmet))

  await bar(leyla).getByRole('button', { name: 'Nuclear compliance framework' }).click()
  await leyla.sheet.ready()
  // The demo has one that was taken beforehand.
  await shows(bar(mehmet).getByText('1 note'))
  await leyla.page.keyboard.press('Alt+m')
  await leyla.page.keyboard.type('Iran')
  await leyla.page.keyboard.press('Enter')
  await leyla.page.keyboard.type('We can speak of limits, not of zero')
  await leyla.page.keyboard.press('Enter')
  await shows(bar(mehmet).getByText('2 notes'))
  expect(await bar(leyla).getByRole('textbox', { name: 'What is said' }).inputValue()).toBe('')

  await leyla.sheet.select('Nuclear compliance framework', 'Iran')
  await leyla.page.keyboard.press('2')
  await expect.poll(() => leyla.status()).toBe('saved')
  await bar(leyla).getByRole('button', { name: 'End meeting' }).click()
  const report = leyla.page.getByRole('article', { name: 'Movement report' })
  await shows(report.getByText('1 new finding', { exact: false }).first())
  const section = report.locator('section').filter({
    has: leyla.page.getByRole('heading', { name: 'Nuclear compliance framework' }),
  })
  await shows(section.getByText('Iran', { exact: true }))
  await shows(section.getByText('Iran: We can speak of limits, not of zero'))
  await shows(report.getByRole('heading', { name: 'Unresolved claims' }))
  await shows(report.getByText('Nothing moved.'))
  await expect.poll(() => bar(mehmet).count()).toBe(0)
  const note = (await world.tracker()).notes.find(({ text }) => text.startsWith('We can'))
  expect(note).toMatchObject({ by: leyla.account.id, speaker: 'Iran' })
})
