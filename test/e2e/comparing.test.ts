/** Comparing any two moments, in place. */
import type { Locator } from 'playwright-core'
import { describe, expect } from 'vitest'
import { shows, test, type Member, type World } from '#test/e2e/people.ts'

const VENUE = 'Turkey as venue'
const ACTION = 'Military action against Iran'

const comparison = ({ page }: Member): Locator => page.getByRole('region', { name: 'Comparison' })
const thumb = ({ page }: Member, name: 'Compare from' | 'Compare up to'): Locator =>
  page.getByRole('slider', { name })
const compared = ({ page }: Member): readonly (string | undefined)[] =>
  new URL(page.url()).searchParams.get('compare')?.split('..') ?? []

const comparing = async (world: World, from: string, to: string): Promise<Member> => {
  const leyla = await world.person('Leyla')
  await leyla.go(`/t/${world.demo()}?compare=${from}..${to}`)
  await thumb(leyla, 'Compare from').waitFor()
  return leyla
}

describe('the two ends of a comparison', () => {
  test('stand on the slider, and are moved there by key and by hand', async ({ world }) => {
    const leyla = await world.person('Leyla')
    await leyla.go(`/t/${world.demo()}?at=2026-02-02T12:00:00Z`)
    await leyla.page.getByRole('button', { name: 'Compare with now' }).click()
    await shows(comparison(leyla).getByRole('strong').getByText('Now'))
    await thumb(leyla, 'Compare up to').focus()
    await leyla.page.keyboard.press('Home')
    await expect.poll(() => compared(leyla)[1]).not.toBe('now')
    await shows(comparison(leyla).getByText('Back to live'))
    // Home was before the other end: the older one is on the left all the same.
    const [from = '', to = ''] = compared(leyla)
    expect(Date.parse(from)).toBeLessThan(Date.parse(to))
    expect(to).toBe('2026-02-02T12:00:00Z')

    const line = (await leyla.page.locator('.moments-track').boundingBox()) ?? {
      x: 0,
      y: 0,
      width: 0,
    }
    const at = await thumb(leyla, 'Compare up to').boundingBox()
    const { mouse } = leyla.page
    await mouse.move((at?.x ?? 0) + 5, line.y + 12)
    await mouse.down()
    await mouse.move(line.x + line.width - 1, line.y + 12, { steps: 5 })
    expect(await thumb(leyla, 'Compare up to').getAttribute('aria-valuetext')).toBe('Now')
    expect(compared(leyla)[1]).toBe(to)
    await mouse.up()
    await expect.poll(() => compared(leyla)[1]).toBe('now')
    // However the ends were moved, one step back leads out of the comparison.
    await leyla.page.goBack()
    await shows(leyla.page.getByRole('region', { name: 'Past moment' }))
  })

  test('are compared as they were, also between two entries of which no snapshot was taken', async ({
    world,
  }) => {
    const leyla = await comparing(world, '2026-02-03T13:37:00Z', '2026-02-03T13:39:00Z')
    await shows(comparison(leyla).getByText(/^1 of 1/))
    const cell = await leyla.sheet.cell(VENUE, 'Iran')
    await expect.poll(() => cell.getAttribute('data-mark')).toBe('changed')
  })
})

test('then, both and now are shown in turn, and the reader stays where they are', async ({
  world,
}) => {
  const leyla = await comparing(world, '2026-02-02T12:00:00Z', 'now')
  await leyla.page.setViewportSize({ width: 1_440, height: 640 })
  const words = (): Promise<string> =>
    leyla.sheet.cell(ACTION, 'United States').then(cell => cell.innerText())
  const pressed = (name: string): Promise<string | null> =>
    leyla.page.getByRole('button', { name, exact: true }).getAttribute('aria-pressed')
  await leyla.sheet.grid.evaluate(grid => grid.scrollTo(0, 200))
  await leyla.sheet.select(ACTION, 'United States')
  const place = async (): Promise<number> =>
    Math.round((await leyla.sheet.row(ACTION).boundingBox())?.y ?? 0)
  const [both, was] = [await words(), await place()]

  await leyla.page.keyboard.press('t')
  expect(await pressed('Now')).toBe('true')
  await expect.poll(words).not.toBe(both)
  expect(await words()).toContain('was still open on Monday')
  expect(await leyla.sheet.active()).toEqual({ issue: ACTION, party: 'United States' })

  await leyla.page.keyboard.press('t')
  expect(await pressed('Then')).toBe('true')
  await expect.poll(words).toContain('is still open')
  expect(await leyla.sheet.active()).toEqual({ issue: ACTION, party: 'United States' })
  const cell = await leyla.sheet.cell(ACTION, 'United States')
  expect(await cell.getAttribute('data-mark')).toBe('changed')

  await leyla.page.getByRole('button', { name: 'Both', exact: true }).click()
  await expect.poll(words).toBe(both)
  await expect.poll(async () => Math.abs((await place()) - was)).toBeLessThan(2)
})

test('the map along the scroll bar leads to a change that is out of sight', async ({ world }) => {
  const leyla = await comparing(world, '2026-02-02T12:00:00Z', 'now')
  await leyla.page.setViewportSize({ width: 1_200, height: 480 })
  await leyla.page.getByRole('button', { name: 'Show unchanged' }).click()
  const map = leyla.page.locator('.minimap.rows')
  await shows(map)
  const { height = 0 } = (await map.boundingBox()) ?? {}
  const seen = (): Promise<number> =>
    leyla.sheet.grid.evaluate(grid => grid.scrollTop / (grid.scrollHeight - grid.clientHeight))
  expect(await seen()).toBeLessThan(0.1)
  await map.click({ position: { x: 4, y: height - 12 } })
  await expect.poll(seen).toBeGreaterThan(0.9)
})

test('a comparison is kept to one person or party, and only what is shown is restored', async ({
  world,
}) => {
  const leyla = await world.person('Leyla')
  const omar = await world.person('Omar')
  await omar.open()
  await omar.sheet.select(VENUE, 'Qatar')
  await omar.page.keyboard.type('Omar was here')
  await omar.page.keyboard.press('Tab')
  await expect.poll(omar.status).toBe('saved')
  await leyla.go(`/t/${world.demo()}?compare=2026-02-02T20:00:00Z..now`)
  const choose = async (dimension: RegExp, name: string): Promise<void> => {
    await leyla.page.getByRole('button', { name: dimension }).click()
    await leyla.page.getByRole('menuitemradio', { name }).click()
  }
  const mark = async (party: string): Promise<string | null> =>
    (await leyla.sheet.cell(VENUE, party)).getAttribute('data-mark')
  await expect.poll(() => mark('Qatar')).toBe('changed')
  expect(await mark('Iran')).toBe('changed')

  await choose(/^Anybody/, 'Omar')
  await shows(comparison(leyla).getByText(/ of 1/))
  expect([await mark('Qatar'), await mark('Iran')]).toEqual(['changed', null])
  await comparison(leyla).getByRole('button', { name: 'Restore…' }).click()
  const dialog = leyla.page.getByRole('dialog')
  await shows(dialog.getByRole('button', { name: 'Restore 1 change' }))
  await leyla.page.keyboard.press('Escape')

  await leyla.page.getByRole('button', { name: 'Show all' }).click()
  await choose(/^All parties/, 'Iran')
  await expect
    .poll(async () => [await mark('Qatar'), await mark('Iran')])
    .toEqual([null, 'changed'])
})
