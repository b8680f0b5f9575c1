/** The past: saving it, looking at it, comparing it, and bringing parts of it back while others go on. */
import type { Locator } from 'playwright-core'
import { describe, expect } from 'vitest'
import { cellIn, shows, test, type Member, type World } from '#test/e2e/people.ts'

const SANCTIONS = 'Sanctions relief'
const VENUE = 'Turkey as venue'
const OMAN = 'Iran wants Oman, bilateral only'
const MUSCAT = 'Back on, in Muscat'

const panelOf = ({ page }: Member): Locator => page.getByRole('complementary', { name: 'History' })
const entryOf = (who: Member, label: string): Locator =>
  panelOf(who).locator('[data-snapshot]').filter({ hasText: label })
const bannerOf = ({ page }: Member): Locator =>
  page.getByRole('region', { name: /^(Past moment|Comparison)$/ })
const toasts = ({ page }: Member): Locator => page.getByRole('region', { name: 'Notices' })

const openHistory = async (who: Member): Promise<void> => {
  await who.page.getByRole('button', { name: 'History', exact: true }).click()
  await entryOf(who, MUSCAT).waitFor()
}

const withHistory = async (world: World): Promise<Member> => {
  const leyla = await world.person('Leyla')
  await leyla.open()
  await openHistory(leyla)
  return leyla
}

const write = async (who: Member, issue: string, party: string, words: string): Promise<void> => {
  await who.sheet.select(issue, party)
  await who.page.keyboard.type(words)
  await who.page.keyboard.press('Tab')
  await expect.poll(who.status).toBe('saved')
}

/**
 * What can be done with a moment shows where the keyboard is; under the pointer as well, but the list may have to be
 * scrolled for it, and then another one is there.
 */
const doWith = async (who: Member, label: string, deed: RegExp): Promise<void> => {
  const entry = entryOf(who, label)
  await entry.focus()
  await entry.locator('xpath=ancestor::li').getByRole('button', { name: deed }).click()
}

const chooseFor = async (who: Member, label: string, item: string): Promise<void> => {
  await doWith(who, label, /^More about /)
  await who.page.getByRole('menuitem', { name: item }).click()
}

const compareFrom = async (who: Member, label: string): Promise<void> => {
  await doWith(who, label, /^Compare with now: /)
  await shows(who.page.getByRole('region', { name: 'Comparison' }))
}

const restoreDialog = async (who: Member, label: string) => {
  await chooseFor(who, label, 'Restore…')
  return who.page.getByRole('dialog', { name: `Restore from “${label}”` })
}

/** Opens the preview of a restore and leaves only the named changes chosen. */
const chooseToRestore = async (who: Member, label: string, ...titles: string[]) =>
  await leaveChosen(await restoreDialog(who, label), ...titles)

const leaveChosen = async (dialog: Locator, ...titles: string[]) => {
  const everything = dialog.getByRole('checkbox', { name: /^Everything/ })
  await everything.check()
  await everything.uncheck()
  for (const title of titles) await dialog.getByRole('checkbox', { name: title }).last().check()
  return dialog
}

describe('the list', () => {
  test('has the demo’s five moments by day, each with its authors and what changed', async ({
    world,
  }) => {
    const leyla = await withHistory(world)
    const panel = panelOf(leyla)
    expect(await panel.locator('[data-snapshot] strong').allInnerTexts()).toEqual([
      MUSCAT,
      'Contested: Oman, or nothing',
      OMAN,
      'Friday in Istanbul',
      'Tehran orders talks; Turkey as venue',
    ])
    const days = await panel
      .getByRole('heading', { level: 3 })
      .filter({ hasText: '2026' })
      .allInnerTexts()
    expect(days.map(day => day.replace(/2026.*/s, '2026'))).toEqual([
      'Thursday 5 February 2026',
      'Wednesday 4 February 2026',
      'Tuesday 3 February 2026',
      'Monday 2 February 2026',
    ])
    const istanbul = await entryOf(leyla, 'Friday in Istanbul').textContent()
    expect(istanbul).toContain('by Open sources, Mediation support, and Desk analyst')
    expect(istanbul).toMatch(/movements?.*added/)
    await shows(panel.getByText(/^Since then: /))
  })

  test('takes a snapshot with label and note, whose words can be changed', async ({ world }) => {
    const leyla = await withHistory(world)
    const omar = await world.person('Omar')
    await omar.open()
    await write(omar, SANCTIONS, 'Qatar', 'Would mediate')
    const panel = panelOf(leyla)
    await panel.getByRole('button', { name: 'Save snapshot' }).click()
    await panel.getByLabel('Label').fill('Before the call')
    await panel.getByLabel('Note').fill('As we read it on Thursday.')
    await panel.getByRole('button', { name: 'Save', exact: true }).click()
    const saved = entryOf(leyla, 'Before the call')
    await shows(saved)
    const words = await saved.textContent()
    expect(words).toContain('As we read it on Thursday.')
    expect(words).toContain('saved by Leyla')
    expect(words).toMatch(/by [^·]*Omar/)
    expect(words).toContain('wording edits')
    await shows(panel.getByText('Nothing changed since the newest snapshot'))
    await chooseFor(leyla, 'Before the call', 'Edit words')
    await panel.getByLabel('Label').fill('Before the second call')
    await panel.getByRole('button', { name: 'Save words' }).click()
    await shows(entryOf(leyla, 'Before the second call'))
  })
})

describe('a past moment', () => {
  test('opens in place, read-only, counts what others do meanwhile, and Escape leads back', async ({
    world,
  }) => {
    const leyla = await withHistory(world)
    const omar = await world.person('Omar')
    await omar.open()
    const live = await leyla.sheet.words(VENUE, 'Iran')
    await leyla.sheet.select(VENUE, 'Iran')
    await entryOf(leyla, OMAN).click()
    const banner = bannerOf(leyla)
    await shows(banner.getByText(/You are viewing 3 Feb 2026, \d\d:\d\d .*“Iran wants Oman/))
    await shows(banner.getByText(/read-only/))
    await expect.poll(() => leyla.sheet.words(VENUE, 'Iran')).toContain('Wants Oman')
    expect(new URL(leyla.page.url()).searchParams.get('at')).toBeTruthy()
    expect(await leyla.sheet.active()).toEqual({ issue: VENUE, party: 'Iran' })
    expect(await leyla.sheet.grid.getAttribute('aria-readonly')).toBe('true')

    await leyla.sheet.select(SANCTIONS, 'Qatar')
    await leyla.page.keyboard.type('nothing')
    expect(await leyla.sheet.editor.count()).toBe(0)
    await write(omar, SANCTIONS, 'Qatar', 'Would mediate')
    await shows(banner.getByText('1 change since you opened this'))
    const blank = await leyla.sheet.cell(SANCTIONS, 'Qatar')
    await shows(blank.getByRole('img', { name: 'unknown' }))

    await leyla.page.keyboard.press('Escape')
    await banner.waitFor({ state: 'detached' })
    expect(new URL(leyla.page.url()).searchParams.get('at')).toBeNull()
    await expect.poll(() => leyla.sheet.words(VENUE, 'Iran')).toBe(live)
    await expect.poll(() => leyla.sheet.words(SANCTIONS, 'Qatar')).toBe('Would mediate')
  })

  test('is shared by its address', async ({ world }) => {
    const leyla = await withHistory(world)
    const omar = await world.person('Omar', { role: 'viewer' })
    await entryOf(leyla, 'Friday in Istanbul').click()
    await shows(bannerOf(leyla).getByText('Friday in Istanbul'))
    const { pathname, search } = new URL(leyla.page.url())
    await omar.go(pathname + search)
    await shows(bannerOf(omar).getByText('Friday in Istanbul'))
    await expect.poll(() => omar.sheet.words(VENUE, 'Iran')).toContain('Istanbul on Friday')
    await shows(omar.sheet.row('Missile limits'))
    expect(await omar.page.getByRole('button', { name: /^Restore/ }).count()).toBe(0)
    await bannerOf(omar).getByRole('button', { name: 'Back to live' }).click()
    await shows(panelOf(omar).getByText(/Saving and restoring needs the editor’s role/))
    await expect.poll(() => omar.sheet.row('Missile limits').count()).toBe(0)
  })

  test('that does not exist says so, and leads back', async ({ world }) => {
    const leyla = await world.person('Leyla')
    await leyla.go(`/t/${world.demo()}?at=no-such-snapshot`)
    await shows(leyla.page.getByRole('alert').getByText(/no such snapshot/))
    await leyla.page.getByRole('button', { name: 'Back to live' }).click()
    await leyla.sheet.ready()
    expect(new URL(leyla.page.url()).search).not.toContain('at=')
  })
})

describe('a comparison', () => {
  test('of two moments marks what changed, word by word, and folds the rest', async ({ world }) => {
    const leyla = await withHistory(world)
    const { page, sheet } = leyla
    const panel = panelOf(leyla)
    await panel.getByRole('radio', { name: /^Compare from Friday in Istanbul/ }).check()
    await panel.getByRole('radio', { name: /^Compare up to Iran wants Oman/ }).check()
    await panel.getByRole('button', { name: 'Compare', exact: true }).click()
    const banner = bannerOf(leyla)
    await shows(banner.getByText('Friday in Istanbul'))
    await shows(banner.getByText(OMAN))
    expect(new URL(page.url()).searchParams.get('compare')).toMatch(/^[\w-]+\.\.[\w-]+$/)

    const venue = await sheet.cell(VENUE, 'Iran')
    await expect.poll(() => venue.getAttribute('data-mark')).toBe('changed')
    expect(await venue.locator('del').first().innerText()).toBe('Accepts')
    expect(await venue.locator('ins').first().innerText()).toBe('Reluctant')
    const shown = await venue
      .locator('ins')
      .last()
      .evaluate(element => {
        const { textDecorationLine } = getComputedStyle(element)
        return textDecorationLine
      })
    expect(shown).toContain('underline')
    expect(await (await sheet.cell(VENUE, 'United States')).getAttribute('data-mark')).toBeNull()
    expect(await sheet.row(SANCTIONS).count()).toBe(0)
    await sheet.grid
      .getByRole('button', { name: /unchanged/ })
      .first()
      .click()
    await banner.getByRole('button', { name: 'Show unchanged' }).click()
    await shows(sheet.row(SANCTIONS))
  })

  test('is walked by keys and buttons, from the first change round to the first', async ({
    world,
  }) => {
    const leyla = await withHistory(world)
    await entryOf(leyla, OMAN).click()
    await bannerOf(leyla).getByRole('button', { name: 'Compare with now' }).click()
    const place = bannerOf(leyla).getByRole('group', { name: 'Changes' }).getByRole('status')
    await expect.poll(() => place.innerText()).toMatch(/^1 of \d+/)
    const many = Number(/of (\d+)/.exec(await place.innerText())?.[1])
    const card = leyla.page.getByRole('region', { name: 'This change' })
    const visited = new Set<string>()
    for (let at = 1; at <= many; at++) {
      await expect.poll(() => place.innerText()).toMatch(new RegExp(`^${at} of ${many}`))
      visited.add(await card.getByRole('heading').innerText())
      await leyla.page.keyboard.press(at % 2 === 0 ? 'n' : 'F7')
    }
    expect(visited.size).toBe(many)
    await expect.poll(() => place.innerText()).toMatch(/^1 of/)
    await leyla.page.keyboard.press('p')
    await expect.poll(() => place.innerText()).toMatch(new RegExp(`^${many} of`))
    await leyla.page.keyboard.press('Shift+F7')
    await expect.poll(() => place.innerText()).toMatch(new RegExp(`^${many - 1} of`))
    await bannerOf(leyla).getByRole('button', { name: 'Next change' }).click()
    await expect.poll(() => place.innerText()).toMatch(new RegExp(`^${many} of`))
    await leyla.page.keyboard.press('Escape')
    await bannerOf(leyla).waitFor({ state: 'detached' })
  })

  test('names rows that came, went, moved and were renamed; and follows what others do', async ({
    world,
  }) => {
    const leyla = await world.person('Leyla')
    const omar = await world.person('Omar')
    await Promise.all([leyla.open(), omar.open()])
    const { page, sheet } = leyla
    await sheet.row('Long-term guarantees').getByRole('rowheader').click()
    await page.keyboard.press('F2')
    await page.keyboard.type('Guarantees')
    await page.keyboard.press('Enter')
    await sheet.party('Egypt').click()
    await page.keyboard.press('Alt+Shift+ArrowRight')
    await sheet.grid.getByRole('button', { name: 'Add issue' }).first().click()
    await page.keyboard.type('Centrifuges')
    await page.keyboard.press('Enter')
    await sheet.row('Military action against Iran').getByRole('rowheader').click()
    await page.keyboard.press('Control+Shift+Delete')
    await openHistory(leyla)
    await compareFrom(leyla, MUSCAT)
    const badges = (row: string) => sheet.row(row).locator('.badge').allInnerTexts()
    await expect.poll(() => badges('Centrifuges')).toContain('added')
    await expect.poll(() => badges('Military action against Iran')).toContain('removed')
    await expect.poll(() => badges('Guarantees')).toEqual(['renamed from “Long-term guarantees”'])
    const moved = sheet.grid.getByRole('columnheader').filter({ hasText: 'moved' })
    await expect.poll(() => moved.count()).toBe(1)

    const place = bannerOf(leyla).getByRole('group', { name: 'Changes' }).getByRole('status')
    const many = Number(/of (\d+)/.exec(await place.innerText())?.[1])
    await write(omar, SANCTIONS, 'Qatar', 'Would mediate')
    await expect.poll(() => place.innerText()).toMatch(new RegExp(`of ${many + 1}`))
    const cell = await sheet.cell(SANCTIONS, 'Qatar')
    await expect.poll(() => cell.locator('ins').allInnerTexts()).toContain('Would mediate')
  })

  test('of equal states says that nothing changed', async ({ world }) => {
    const leyla = await withHistory(world)
    const panel = panelOf(leyla)
    await panel.getByRole('button', { name: 'Save snapshot' }).click()
    await panel.getByLabel('Label').fill('As it is')
    await panel.getByRole('button', { name: 'Save', exact: true }).click()
    await compareFrom(leyla, 'As it is')
    await shows(bannerOf(leyla).getByText('These two states are equal: nothing changed.'))
  })
})

describe('a restore', () => {
  test('P8 of a chosen cell leaves what the other types in the same row, and tells everybody', async ({
    world,
  }) => {
    const leyla = await withHistory(world)
    const omar = await world.person('Omar')
    await omar.open()
    const past = 'Whether it takes part is open again. Held Turkey to be the most neutral place.'
    await omar.sheet.select(VENUE, 'Israel')
    await omar.page.keyboard.press('F2')
    await shows(omar.sheet.editor)
    await omar.page.keyboard.type('No view ')
    const dialog = await restoreDialog(leyla, OMAN)
    // What Omar has written is one of the changes as soon as it has arrived; only then is the list at rest.
    await shows(dialog.getByRole('checkbox', { name: `${VENUE} · Israel` }))
    await leaveChosen(dialog, `${VENUE} · Qatar`)
    const typing = omar.page.keyboard.type('is reported, and none is expected.', { delay: 30 })
    await dialog.getByRole('button', { name: 'Restore 1 change' }).click()
    await dialog.waitFor({ state: 'detached' })
    await typing
    await omar.page.keyboard.press('Tab')
    await expect.poll(() => leyla.sheet.words(VENUE, 'Qatar')).toBe(past)
    await expect.poll(() => omar.sheet.words(VENUE, 'Qatar')).toBe(past)
    const theirs = 'No view is reported, and none is expected.'
    await expect.poll(() => leyla.sheet.words(VENUE, 'Israel')).toBe(theirs)
    await expect.poll(omar.status).toBe('saved')
    expect(cellIn(await world.tracker(), VENUE, 'Israel').position).toBe(theirs)
    await shows(toasts(leyla).getByText(`You restored 1 change from “${OMAN}”.`))
    await shows(toasts(omar).getByText(`Leyla restored 1 change from “${OMAN}”.`))
    await shows(entryOf(leyla, 'Before a restore'))

    await toasts(omar).getByRole('button', { name: 'Undo' }).click()
    await expect
      .poll(() => leyla.sheet.words(VENUE, 'Qatar'))
      .toBe('No part in Muscat is reported. Held Turkey to be the most neutral place.')
    await shows(toasts(leyla).getByText(/^Omar took back 1 change that you restored/))
    await expect.poll(() => omar.sheet.words(VENUE, 'Israel')).toBe(theirs)
  })

  test('of the whole leaves out what somebody writes in, unless it is chosen', async ({
    world,
  }) => {
    const leyla = await withHistory(world)
    const omar = await world.person('Omar')
    await omar.open()
    await omar.sheet.select(VENUE, 'Qatar')
    await omar.page.keyboard.press('F2')
    await omar.page.keyboard.type(' Still so.')
    await expect.poll(omar.status).toBe('saved')
    await chooseFor(leyla, MUSCAT, 'Restore…')
    const dialog = leyla.page.getByRole('dialog')
    await shows(dialog.getByText('Omar is editing this'))
    const his = dialog.getByRole('checkbox', { name: `${VENUE} · Qatar` })
    expect(await his.isChecked()).toBe(false)
    expect(await dialog.getByRole('checkbox', { name: `${VENUE} · Egypt` }).isChecked()).toBe(true)
    await dialog.getByRole('button', { name: /^Restore \d+ changes?$/ }).click()
    await dialog.waitFor({ state: 'detached' })
    await expect.poll(() => omar.sheet.words(VENUE, 'Egypt')).toContain('open again')
    await omar.page.keyboard.press('Tab')
    expect(await omar.sheet.words(VENUE, 'Qatar')).toContain('No part in Muscat is reported.')
    expect(await omar.sheet.words(VENUE, 'Qatar')).toContain('Still so.')
  })

  test('P8 brings a removed row back under its own id, and repeated changes nothing', async ({
    world,
  }) => {
    const leyla = await world.person('Leyla')
    await leyla.open()
    const before = await world.tracker()
    await leyla.sheet.row(SANCTIONS).getByRole('rowheader').click()
    await leyla.page.keyboard.press('Control+Shift+Delete')
    await leyla.sheet.row(SANCTIONS).waitFor({ state: 'detached' })
    await openHistory(leyla)
    const dialog = await chooseToRestore(leyla, MUSCAT, SANCTIONS)
    await dialog.getByRole('button', { name: 'Restore 1 change' }).click()
    await shows(leyla.sheet.row(SANCTIONS))
    await expect.poll(leyla.status).toBe('saved')
    const after = await world.tracker()
    expect(after.issues.map(({ id }) => id)).toEqual(before.issues.map(({ id }) => id))
    expect(after.cells).toEqual(before.cells)
    expect(after.restores).toHaveLength(1)

    await chooseFor(leyla, MUSCAT, 'Restore…')
    await leyla.page
      .getByRole('dialog')
      .getByRole('button', { name: /^Restore \d/ })
      .click()
    await leyla.page.getByRole('dialog').waitFor({ state: 'detached' })
    await expect.poll(leyla.status).toBe('saved')
    const once = await world.tracker()
    await chooseFor(leyla, MUSCAT, 'Restore…')
    await shows(leyla.page.getByText('Nothing to restore: the matrix is as it was then already.'))
    expect(
      await leyla.page.getByRole('dialog').getByRole('button', { name: 'Restore' }).isDisabled(),
    ).toBe(true)
    expect(await world.tracker()).toEqual(once)
  })

  test('is one step of my own undo', async ({ world }) => {
    const leyla = await withHistory(world)
    const before = await world.tracker()
    const dialog = await chooseToRestore(leyla, OMAN, `${VENUE} · Qatar`, `${VENUE} · Iran`)
    await dialog.getByRole('button', { name: 'Restore 2 changes' }).click()
    await expect.poll(() => leyla.sheet.words(VENUE, 'Iran')).toContain('Wants Oman')
    await toasts(leyla).getByRole('button', { name: 'Undo' }).click()
    await expect.poll(() => leyla.sheet.words(VENUE, 'Iran')).toContain('Muscat')
    await expect.poll(leyla.status).toBe('saved')
    expect((await world.tracker()).cells).toEqual(before.cells)
  })
})
