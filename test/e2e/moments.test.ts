/** Any moment, in place: dragging and stepping through the life of the tracker while others go on writing in it. */
import type { Locator } from 'playwright-core'
import { describe, expect } from 'vitest'
import { shows, test, type Member, type World } from '#test/e2e/people.ts'

const SANCTIONS = 'Sanctions relief'
const VENUE = 'Turkey as venue'

const slider = ({ page }: Member): Locator => page.getByRole('slider', { name: 'Moment' })
const banner = ({ page }: Member): Locator => page.getByRole('region', { name: 'Past moment' })
const words = (who: Member): Promise<string> => who.sheet.words(VENUE, 'Iran')
const value = (who: Member, name: string): Promise<string | null> =>
  slider(who).getAttribute(`aria-${name}`)
const at = ({ page }: Member): string | null => new URL(page.url()).searchParams.get('at')

const withSlider = async (world: World): Promise<Member> => {
  const leyla = await world.person('Leyla')
  await leyla.open()
  await leyla.page.getByRole('button', { name: 'History', exact: true }).click()
  await slider(leyla).waitFor()
  return leyla
}

/** Where the demo's snapshots stand on the slider, from the oldest on. */
const signs = async (who: Member): Promise<readonly number[]> => {
  const places = await who.page
    .locator('.moments-sign.named')
    .evaluateAll(all => all.map(sign => sign.getBoundingClientRect().x))
  return places.toSorted((a, b) => a - b)
}

const write = async (who: Member, issue: string, party: string, text: string): Promise<void> => {
  await who.sheet.select(issue, party)
  await who.page.keyboard.type(text)
  await who.page.keyboard.press('Tab')
  await expect.poll(who.status).toBe('saved')
}

describe('the slider', () => {
  test('is dragged through moments between snapshots, in the same sheet, and Escape leads home to what others wrote', async ({
    world,
  }) => {
    const leyla = await withSlider(world)
    const omar = await world.person('Omar')
    await omar.open()
    const { mouse } = leyla.page
    expect(await value(leyla, 'valuetext')).toBe('Now')
    const live = await words(leyla)
    await leyla.sheet.select(VENUE, 'Iran')

    const [tehran = 0, istanbul = 0, oman = 0] = await signs(leyla)
    const { y = 0, height = 0 } = (await slider(leyla).boundingBox()) ?? {}
    await mouse.move(istanbul, y + height / 2)
    await mouse.down()
    await expect.poll(() => words(leyla)).toContain('Istanbul on Friday')
    await shows(banner(leyla))
    expect(await value(leyla, 'valuetext')).toContain('Friday in Istanbul')
    // Not a step has been taken yet: the address changes when the pointer is let go.
    expect(at(leyla)).toBeNull()
    await mouse.move(oman, y + height / 2, { steps: 12 })
    await expect.poll(() => words(leyla)).toContain('Wants Oman')
    await mouse.move((tehran + istanbul) / 2, y + height / 2, { steps: 12 })
    await expect.poll(() => words(leyla)).not.toContain('Wants Oman')
    await mouse.up()
    expect(at(leyla)).toMatch(/^2026-02-02T\d\d:\d\d:\d\d/)
    await shows(banner(leyla).getByText(/You are viewing 2 Feb 2026, \d\d:\d\d .* by /))
    expect(await leyla.sheet.active()).toEqual({ issue: VENUE, party: 'Iran' })
    expect(await leyla.sheet.grid.getAttribute('aria-readonly')).toBe('true')

    await write(omar, SANCTIONS, 'Qatar', 'Would mediate')
    await shows(banner(leyla).getByText('1 change since you opened this'))
    await leyla.page.keyboard.press('Escape')
    await banner(leyla).waitFor({ state: 'detached' })
    await expect.poll(() => words(leyla)).toBe(live)
    await expect.poll(() => leyla.sheet.words(SANCTIONS, 'Qatar')).toBe('Would mediate')
    expect(await value(leyla, 'valuetext')).toBe('Now')
  })

  test('is stepped through by change, by burst and by day', async ({ world }) => {
    const leyla = await withSlider(world)
    const { keyboard } = leyla.page
    await slider(leyla).focus()
    const last = Number(await value(leyla, 'valuemax'))
    const here = async (): Promise<number> => Number(await value(leyla, 'valuenow'))
    const press = async (key: string): Promise<number> => {
      await keyboard.press(key)
      return here()
    }
    expect(await here()).toBe(last)

    expect(await press('Home')).toBe(0)
    expect(await value(leyla, 'valuetext')).toBe('Before everything')
    await expect.poll(() => leyla.sheet.issues()).toEqual([])
    await shows(banner(leyla))

    const first = await press('ArrowRight')
    expect(first).toBeGreaterThan(0)
    const second = await press('ArrowRight')
    expect(second).toBeGreaterThan(first)
    expect(await press('ArrowLeft')).toBe(first)

    const burst = await press('Shift+ArrowRight')
    expect(burst).toBeGreaterThan(second)
    const day = await press('Control+ArrowRight')
    expect(day).toBeGreaterThan(burst)
    expect(await value(leyla, 'valuetext')).toMatch(/^2 Feb 2026/)
    await press('PageUp')
    expect(await value(leyla, 'valuetext')).toMatch(/^3 Feb 2026/)
    await expect.poll(() => words(leyla)).toContain('Wants Oman')
    expect(await press('PageDown')).toBe(day)
    await expect.poll(() => words(leyla)).toContain('Istanbul on Friday')

    expect(await press('End')).toBe(last)
    await banner(leyla).waitFor({ state: 'detached' })
    expect(at(leyla)).toBeNull()
    // However long the way was, one step back leads out of it.
    await keyboard.press('Home')
    await keyboard.press('ArrowRight')
    await shows(banner(leyla))
    await leyla.page.goBack()
    await banner(leyla).waitFor({ state: 'detached' })
  })

  test('plays by itself, and ends in the present', async ({ world }) => {
    const leyla = await withSlider(world)
    const { page } = leyla
    await page.getByRole('button', { name: 'Speed: 1 times' }).click()
    await page.getByRole('button', { name: 'Speed: 2 times' }).click()
    await slider(leyla).focus()
    for (let step = 0; step < 14; step++) await page.keyboard.press('ArrowLeft')
    await shows(banner(leyla))
    const moments = [Number(await value(leyla, 'valuenow'))]
    await page.keyboard.press('Space')
    await expect
      .poll(async () => {
        moments.push(Number(await value(leyla, 'valuenow')))
        return page.getByRole('button', { name: 'Pause' }).count()
      })
      .toBe(0)
    expect(moments).toEqual(moments.toSorted((a, b) => a - b))
    expect(new Set(moments).size).toBeGreaterThan(3)
    await banner(leyla).waitFor({ state: 'detached' })
    expect(await value(leyla, 'valuetext')).toBe('Now')
  })

  test('grows with what others write', async ({ world }) => {
    const leyla = await withSlider(world)
    const omar = await world.person('Omar')
    await omar.open()
    const before = Number(await value(leyla, 'valuemax'))
    await write(omar, SANCTIONS, 'Qatar', 'Would mediate')
    await expect
      .poll(() => value(leyla, 'valuemax').then(Number), { timeout: 10_000 })
      .toBeGreaterThan(before)
    await slider(leyla).focus()
    await leyla.page.keyboard.press('ArrowLeft')
    await leyla.page.keyboard.press('ArrowLeft')
    await shows(banner(leyla))
    const blank = await leyla.sheet.cell(SANCTIONS, 'Qatar')
    await shows(blank.getByRole('img', { name: 'unknown' }))
  })

  test('says what is wrong where the history cannot be read, and reads it when asked again', async ({
    world,
  }) => {
    const leyla = await world.person('Leyla')
    await leyla.open()
    await leyla.context.route('**/journal?*', route => route.abort())
    await leyla.page.getByRole('button', { name: 'History', exact: true }).click()
    const alert = leyla.page
      .getByRole('region', { name: 'Moments of this tracker' })
      .getByRole('alert')
    await shows(alert.getByText('The server cannot be reached.'))
    await leyla.context.unroute('**/journal?*')
    await alert.getByRole('button', { name: 'Try again' }).click()
    await slider(leyla).waitFor()
  })
})

describe('a moment', () => {
  test('is shared by its address, with whoever may read the tracker', async ({ world }) => {
    const leyla = await withSlider(world)
    const omar = await world.person('Omar', { role: 'viewer' })
    await leyla.context.grantPermissions(['clipboard-read', 'clipboard-write'])
    await slider(leyla).focus()
    for (const key of ['Home', 'PageUp', 'PageUp', 'ArrowLeft', 'ArrowLeft'])
      await leyla.page.keyboard.press(key)
    await shows(banner(leyla))
    const shown = await banner(leyla)
      .getByText(/You are viewing/)
      .innerText()
    const said = await words(leyla)
    await banner(leyla).getByRole('button', { name: 'Copy link' }).click()
    await shows(leyla.page.getByText('The link to this moment is copied.', { exact: false }))
    const link = await leyla.page.evaluate(() => navigator.clipboard.readText())
    expect(link).toBe(leyla.page.url())

    await omar.go(link)
    await expect
      .poll(() =>
        banner(omar)
          .getByText(/You are viewing/)
          .innerText(),
      )
      .toBe(shown)
    await expect.poll(() => words(omar)).toBe(said)
    await slider(omar).waitFor()
    await expect.poll(() => value(omar, 'valuenow')).toBe(await value(leyla, 'valuenow'))
    expect(await omar.page.getByRole('button', { name: /^Restore/ }).count()).toBe(0)
  })

  test('may be written by hand, in any time zone, and compared with now', async ({ world }) => {
    const leyla = await world.person('Leyla')
    await leyla.go(`/t/${world.demo()}?at=2026-02-03T23:30%2B03:00`)
    await shows(banner(leyla).getByText('3 Feb 2026, 23:30', { exact: false }))
    await expect.poll(() => words(leyla)).toContain('Wants Oman')
    await banner(leyla).getByRole('button', { name: 'Compare with now' }).click()
    const comparison = leyla.page.getByRole('region', { name: 'Comparison' })
    await shows(comparison.getByText('3 Feb 2026, 23:30'))
    await expect
      .poll(async () => (await leyla.sheet.cell(VENUE, 'Iran')).getAttribute('data-mark'))
      .toBe('changed')
  })
})

describe('a restore from a moment', () => {
  const menuOf = async ({ page, sheet }: Member, issue: string, party: string, item: RegExp) => {
    await (await sheet.cell(issue, party)).click({ button: 'right' })
    await page.getByRole('menuitem', { name: item }).click()
    return page.getByRole('dialog', { name: /^Restore from “2 Feb 2026/ })
  }

  test('brings one cell back while another person types in it, who loses no word', async ({
    world,
  }) => {
    const leyla = await world.person('Leyla')
    const omar = await world.person('Omar')
    await omar.open()
    await leyla.go(`/t/${world.demo()}?at=2026-02-02T20:00:00Z`)
    await slider(leyla).waitFor()
    const past = await words(leyla)
    expect(past).toContain('Istanbul on Friday')

    await omar.sheet.select(VENUE, 'Iran')
    await omar.page.keyboard.press('F2')
    await shows(omar.sheet.editor)
    await omar.page.keyboard.press('Control+End')
    const dialog = await menuOf(leyla, VENUE, 'Iran', /^Restore this cell/)
    await shows(dialog.getByText('Omar is editing this'))
    await dialog.getByRole('checkbox', { name: `${VENUE} · Iran` }).check()
    const typing = omar.page.keyboard.type(' So it was, they say in Tehran.', { delay: 40 })
    await dialog.getByRole('button', { name: 'Restore 1 change' }).click()
    await banner(leyla).waitFor({ state: 'detached' })
    await typing
    await omar.page.keyboard.type(' And more.')
    await expect.poll(() => words(leyla)).toMatch(/ And more\.$/)
    await omar.page.keyboard.press('Tab')
    await expect.poll(omar.status).toBe('saved')

    const now = await words(leyla)
    expect(await words(omar)).toBe(now)
    // Of his words, those that stood before the restore are part of what it took back.
    const theirs = ' So it was, they say in Tehran. And more.'
    const kept = Array.from(theirs, (_, from) => theirs.slice(from)).find(end => now.endsWith(end))
    expect(kept).toMatch(/ And more\.$/)
    expect(now).toBe(past + kept)
  })

  test('takes the cells that are selected', async ({ world }) => {
    const leyla = await world.person('Leyla')
    await leyla.go(`/t/${world.demo()}?at=2026-02-02T20:00:00Z`)
    await slider(leyla).waitFor()
    await leyla.sheet.select(VENUE, 'Iran')
    await leyla.page.keyboard.press('Shift+ArrowRight')
    await leyla.page.keyboard.press('Shift+F10')
    await leyla.page.getByRole('menuitem', { name: 'Restore 2 cells …' }).click()
    const titles = leyla.page.locator('.restore-item bdi')
    await titles.first().waitFor()
    for (const title of await titles.allInnerTexts()) expect(title).toMatch(/^Turkey as venue · /)
  })
})

describe('two clocks', () => {
  const ACTION = 'Military action against Iran'
  const differing = ({ page }: Member): Promise<string> =>
    page.locator('.clock-differing').innerText()

  test('show a moment as it was believed and as it is known to have been, in the same place', async ({
    world,
  }) => {
    const leyla = await world.person('Leyla')
    await leyla.go(`/t/${world.demo()}?at=2026-02-03T12:00:00Z`)
    await slider(leyla).waitFor()
    const said = (): Promise<string> => leyla.sheet.words(ACTION, 'United States')
    await expect.poll(said).toMatch(/^No final decision; diplomacy is still open/)
    const clock = (name: string): Locator => leyla.page.getByRole('button', { name })
    await clock('As we now know it was then').click()
    await expect.poll(said).toMatch(/^No final decision; diplomacy was still open on Monday/)
    await expect.poll(() => differing(leyla)).toBe('2 cells differ')
    const cell = await leyla.sheet.cell(ACTION, 'United States')
    await expect.poll(() => cell.getAttribute('class')).toContain('differs')
    expect(await cell.getAttribute('data-tip')).toBe(
      'We believed then: Position: No final decision; diplomacy is still open, an unnamed official says.',
    )

    // Nothing had been learned later of a moment when everything that is known was written down.
    await slider(leyla).focus()
    await leyla.page.keyboard.press('End')
    await banner(leyla).waitFor({ state: 'detached' })
    expect(new URL(leyla.page.url()).searchParams.get('clock')).toBeNull()
    await leyla.page.goBack()
    await expect.poll(() => differing(leyla)).toBe('2 cells differ')
    await clock('As we believed it then').click()
    await expect.poll(said).toMatch(/^No final decision; diplomacy is still open/)
    expect(await leyla.page.locator('.differs').count()).toBe(0)
  })

  test('are named in the address, for whoever opens it', async ({ world }) => {
    const omar = await world.person('Omar', { role: 'viewer' })
    await omar.go(`/t/${world.demo()}?at=2026-02-03T12:00:00Z&clock=known`)
    await expect.poll(() => differing(omar)).toBe('2 cells differ')
    expect(await omar.sheet.words(ACTION, 'United States')).toMatch(/still open on Monday/)
  })
})

describe('colours', () => {
  const legend = ({ page }: Member): Locator =>
    page.getByRole('list', { name: 'What the colours mean' })
  const choose = async ({ page }: Member, name: string): Promise<void> => {
    await page.getByRole('button', { name: /^Colours of the matrix/ }).click()
    await page.getByRole('menuitemradio', { name }).click()
  }

  test('tell who wrote what', async ({ world }) => {
    const leyla = await withSlider(world)
    await choose(leyla, 'Colour by author')
    await shows(legend(leyla).getByText('Open sources'))
    await write(leyla, SANCTIONS, 'Qatar', 'Would mediate')
    await shows(legend(leyla).getByText('Leyla'))
    const cell = await leyla.sheet.cell(SANCTIONS, 'Qatar')
    const tips = (): Promise<readonly (string | null)[]> =>
      cell.locator('.tinted').evaluateAll(all => all.map(word => word.getAttribute('data-tip')))
    await expect.poll(tips).toEqual([expect.stringMatching(/^Leyla, /)])
    const row = leyla.sheet.row(SANCTIONS).locator('.issue-title .tinted')
    expect(await row.getAttribute('data-tip')).toMatch(/^added by Desk analyst, 2 Feb 2026/)
    await choose(leyla, 'No colours')
    expect(await leyla.page.locator('.tinted').count()).toBe(0)
  })

  test('tell how old things are, against the moment that is shown', async ({ world }) => {
    const leyla = await world.person('Leyla')
    await leyla.go(`/t/${world.demo()}?at=2026-02-03T12:00:00Z`)
    await slider(leyla).waitFor()
    await choose(leyla, 'Colour by age')
    const venue = await leyla.sheet.cell(VENUE, 'Iran')
    await expect.poll(() => venue.getAttribute('class')).toContain('age-1')
    expect(await venue.getAttribute('data-tip')).toMatch(/^changed .* ago by /)
    await leyla.page.keyboard.press('Escape')
    await expect.poll(() => venue.getAttribute('class')).toContain('age-4')
  })
})

test('words that were deleted are found, with who took them away, and opened where they stood', async ({
  world,
}) => {
  const leyla = await withSlider(world)
  const { page } = leyla
  await page.getByRole('searchbox', { name: 'Search deleted words' }).fill('iranian media')
  const found = page.getByRole('button', { name: /Turkey is chosen, say Iranian media/ })
  await found.click()
  await shows(banner(leyla))
  await expect.poll(() => words(leyla)).toContain('say Iranian media')
  expect(await leyla.sheet.active()).toEqual({ issue: VENUE, party: 'Iran' })
})
