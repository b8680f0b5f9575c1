/** The matrix in one person's hands: the keyboard, the clipboard, rows and columns, undo. */
import { describe, expect } from 'vitest'
import { cellIn, shows, test, type Member, type World } from '#test/e2e/people.ts'

const SANCTIONS = 'Sanctions relief'
const COMPLIANCE = 'Nuclear compliance framework'
const VERIFICATION = 'Verification mechanisms'

const atDesk = async (world: World): Promise<Member> => {
  const leyla = await world.person('Leyla')
  await leyla.open()
  return leyla
}

/** What the server has, once this person's work is on its disk. */
const stored = async (world: World, who: Member, issue: string, party: string) => {
  await expect.poll(who.status).toBe('saved')
  return cellIn(await world.tracker(), issue, party)
}

describe('the keyboard', () => {
  test('one tab stop, and arrows inside', async ({ world }) => {
    const { page, sheet } = await atDesk(world)
    expect(
      await sheet.grid.locator(':is(a, button, input, [tabindex]):not([tabindex="-1"])').count(),
    ).toBe(0)
    await sheet.select(COMPLIANCE, 'Turkey')
    await page.keyboard.press('ArrowRight')
    expect(await sheet.active()).toEqual({ issue: COMPLIANCE, party: 'Egypt' })
    await page.keyboard.press('ArrowDown')
    expect(await sheet.active()).toEqual({ issue: VERIFICATION, party: 'Egypt' })
    await page.keyboard.press('Home')
    expect(await sheet.active()).toEqual({ issue: VERIFICATION, party: '' })
    await page.keyboard.press('End')
    expect(await sheet.active()).toEqual({ issue: VERIFICATION, party: 'Israel' })
    await page.keyboard.press('Control+Home')
    expect(await sheet.active()).toEqual({ issue: 'Nuclear file', party: '' })
    await page.keyboard.press('Control+End')
    const lastRow = await sheet.activeRow().getAttribute('aria-rowindex')
    expect(lastRow).toBe(await sheet.grid.getAttribute('aria-rowcount'))
    await page.keyboard.press('ArrowUp')
    expect((await sheet.active()).issue).toBe('Turkey as venue')

    const isInGrid = () => sheet.grid.evaluate(grid => grid.contains(document.activeElement))
    await page.keyboard.press('Tab')
    expect(await isInGrid()).toBe(false)
    await page.keyboard.press('Shift+Tab')
    expect(await isInGrid()).toBe(true)
    expect((await sheet.active()).issue).toBe('Turkey as venue')
  })

  test('Enter edits what is there, Escape takes back only what I wrote', async ({ world }) => {
    const leyla = await atDesk(world)
    const { page, sheet } = leyla
    const before = await sheet.words(SANCTIONS, 'Iran')
    await sheet.select(SANCTIONS, 'Iran')
    await page.keyboard.press('Enter')
    await expect.poll(() => sheet.editor.innerText()).toBe(before)
    await page.keyboard.type(' And soon.')
    await page.keyboard.press('Escape')
    await sheet.editor.waitFor({ state: 'detached' })
    expect(await sheet.words(SANCTIONS, 'Iran')).toBe(before)
    expect((await stored(world, leyla, SANCTIONS, 'Iran')).position).toBe(before)

    await page.keyboard.press('F2')
    await shows(sheet.editor)
    await page.keyboard.type(' And soon.')
    await page.keyboard.press('Enter')
    await expect.poll(() => sheet.words(SANCTIONS, 'Iran')).toBe(`${before} And soon.`)
    expect((await stored(world, leyla, SANCTIONS, 'Iran')).position).toBe(`${before} And soon.`)
  })

  test('typing replaces at once, Tab and Enter keep it and move on', async ({ world }) => {
    const leyla = await atDesk(world)
    const { page, sheet } = leyla
    await sheet.select(COMPLIANCE, 'Iran')
    await page.keyboard.type('No new limits before relief', { delay: 0 })
    await page.keyboard.press('Tab')
    await expect.poll(sheet.active).toEqual({ issue: COMPLIANCE, party: 'United States' })
    await page.keyboard.type('First line')
    await page.keyboard.press('Shift+Enter')
    await page.keyboard.type('second line')
    await page.keyboard.press('Enter')
    await expect.poll(sheet.active).toEqual({ issue: VERIFICATION, party: 'United States' })
    await expect.poll(() => sheet.words(COMPLIANCE, 'Iran')).toBe('No new limits before relief')
    expect((await stored(world, leyla, COMPLIANCE, 'Iran')).position).toBe(
      'No new limits before relief',
    )
    expect((await stored(world, leyla, COMPLIANCE, 'United States')).position).toBe(
      'First line\nsecond line',
    )
  })

  test('not a key is lost while the editor is still on its way', async ({ world }) => {
    const leyla = await world.person('Leyla')
    const { page, sheet } = leyla
    const coming = Promise.withResolvers<void>()
    await page.route('**/cell-editor*', route => coming.promise.then(() => route.continue()))
    await leyla.open()
    await sheet.select(COMPLIANCE, 'Iran')
    const { keyboard } = page
    await keyboard.type('No limitss', { delay: 0 })
    for (const key of ['Backspace', 'Tab', 'ArrowDown']) await keyboard.press(key)
    await keyboard.type('A visit', { delay: 0 })
    for (const key of ['Escape', 'ArrowLeft', 'F2']) await keyboard.press(key)
    await keyboard.type('Twice', { delay: 0 })
    expect(await leyla.status()).toBe('typed ahead')
    coming.resolve()
    await expect.poll(() => sheet.editor.innerText()).toBe('Twice')
    expect(await sheet.active()).toEqual({ issue: VERIFICATION, party: 'Iran' })
    expect((await stored(world, leyla, COMPLIANCE, 'Iran')).position).toBe('No limits')
    expect((await stored(world, leyla, VERIFICATION, 'Iran')).position).toBe('Twice')
    expect((await stored(world, leyla, VERIFICATION, 'United States')).position).not.toContain(
      'A visit',
    )
  })

  test('words make an unknown cell a reported one', async ({ world }) => {
    const leyla = await atDesk(world)
    await leyla.sheet.select(SANCTIONS, 'Qatar')
    await leyla.page.keyboard.type('Would mediate')
    await leyla.page.keyboard.press('Enter')
    expect(await stored(world, leyla, SANCTIONS, 'Qatar')).toMatchObject({
      knowledge: 'reported',
      position: 'Would mediate',
    })
  })

  test('digits set the stance, Space offers it, Delete clears the cell', async ({ world }) => {
    const leyla = await atDesk(world)
    const { page, sheet } = leyla
    await sheet.select(SANCTIONS, 'Iran')
    await page.keyboard.press('4')
    const cell = await sheet.cell(SANCTIONS, 'Iran')
    await shows(cell.getByText('Broad early relief, reversible'))
    await page.keyboard.press(' ')
    await page.getByRole('menuitemradio', { name: 'Full relief at once' }).click()
    await shows(cell.getByText('Full relief at once'))
    await page.keyboard.press('Delete')
    await shows(cell.getByRole('img', { name: 'unknown' }))
    expect(await stored(world, leyla, SANCTIONS, 'Iran')).toMatchObject({
      knowledge: 'unknown',
      stance: null,
      position: '',
    })
  })

  test('a range is selected with Shift and cleared as one step', async ({ world }) => {
    const leyla = await atDesk(world)
    const { page, sheet } = leyla
    const before = await world.tracker()
    await sheet.select(COMPLIANCE, 'Iran')
    await page.keyboard.press('Shift+ArrowDown')
    await page.keyboard.press('Shift+ArrowRight')
    expect(await sheet.grid.locator('.cell[aria-selected=true]').count()).toBe(4)
    await page.keyboard.press('Delete')
    expect((await stored(world, leyla, COMPLIANCE, 'United States')).position).toBe('')
    await page.keyboard.press('Control+z')
    await expect
      .poll(async () => (await stored(world, leyla, COMPLIANCE, 'United States')).position)
      .toBe('Asks for zero enrichment.')
    expect((await world.tracker()).cells).toEqual(before.cells)
  })
})

describe('undo', () => {
  test('P7 takes back my own steps and nobody else’s, and goes to what changed', async ({
    world,
  }) => {
    const leyla = await world.person('Leyla')
    const omar = await world.person('Omar')
    await Promise.all([leyla.open(), omar.open()])
    await leyla.sheet.select(SANCTIONS, 'Turkey')
    await leyla.page.keyboard.press('2')
    await omar.sheet.select(SANCTIONS, 'Egypt')
    await omar.page.keyboard.press('3')
    const omars = await leyla.sheet.cell(SANCTIONS, 'Egypt')
    await shows(omars.getByText('Phased, step for step'))
    await leyla.sheet.select(COMPLIANCE, 'Turkey')
    await leyla.page.keyboard.press('Control+z')
    const mine = await leyla.sheet.cell(SANCTIONS, 'Turkey')
    await shows(mine.getByRole('img', { name: 'unknown' }))
    expect(await leyla.sheet.active()).toEqual({ issue: SANCTIONS, party: 'Turkey' })
    await shows(omars.getByText('Phased, step for step'))
    await leyla.page.keyboard.press('Control+Shift+z')
    await shows(mine.getByText('Limited or humanitarian only'))
    await leyla.page.keyboard.press('Control+z')
    await leyla.page.keyboard.press('Control+z')
    await shows(leyla.page.getByText('Nothing of yours to undo'))
    expect((await stored(world, omar, SANCTIONS, 'Egypt')).knowledge).toBe('reported')
  })
})

describe('the clipboard', () => {
  const copyAndPaste = { permissions: ['clipboard-read', 'clipboard-write'] }
  const putOnClipboard = (who: Member, text: string, html = ''): Promise<void> =>
    who.page.evaluate(
      ([text, html]) =>
        navigator.clipboard.write([
          new ClipboardItem({
            'text/plain': new Blob([text], { type: 'text/plain' }),
            ...(html !== '' && { 'text/html': new Blob([html], { type: 'text/html' }) }),
          }),
        ]),
      [text, html] as const,
    )

  test('cells from Excel keep their lines, and a trailing newline is no row', async ({ world }) => {
    const leyla = await world.person('Leyla', copyAndPaste)
    await leyla.open()
    const { page, sheet } = leyla
    const below = (await world.tracker()).cells
    await sheet.select(COMPLIANCE, 'Turkey')
    await putOnClipboard(leyla, '"One\nand two"\tBeside\nBelow\tCorner\n')
    await page.keyboard.press('Control+v')
    await expect.poll(() => sheet.words(VERIFICATION, 'Egypt')).toBe('Corner')
    expect((await stored(world, leyla, COMPLIANCE, 'Turkey')).position).toBe('One\nand two')
    expect((await stored(world, leyla, COMPLIANCE, 'Egypt')).position).toBe('Beside')
    expect((await stored(world, leyla, VERIFICATION, 'Turkey')).position).toBe('Below')
    await page.keyboard.press('Control+z')
    await expect
      .poll(async () => {
        await expect.poll(leyla.status).toBe('saved')
        return (await world.tracker()).cells
      })
      .toEqual(below)
  })

  test('a table from Sheets or Word is read as HTML', async ({ world }) => {
    const leyla = await world.person('Leyla', copyAndPaste)
    await leyla.open()
    await leyla.sheet.select(COMPLIANCE, 'Turkey')
    await putOnClipboard(
      leyla,
      'ignored',
      '<table><tbody><tr><td>From <b>Sheets</b><br>two lines</td><td><p>From</p><p>Word</p></td></tr></tbody></table>',
    )
    await leyla.page.keyboard.press('Control+v')
    await expect.poll(() => leyla.sheet.words(COMPLIANCE, 'Turkey')).toBe('From Sheets\ntwo lines')
    expect((await stored(world, leyla, COMPLIANCE, 'Egypt')).position).toBe('From\nWord')
  })

  test('what is higher than the sheet offers new rows', async ({ world }) => {
    const leyla = await world.person('Leyla', copyAndPaste)
    await leyla.open()
    const { page, sheet } = leyla
    await sheet.select('Turkey as venue', 'Israel')
    await putOnClipboard(leyla, 'In the last row\nIn a new one\nAnd another')
    await page.keyboard.press('Control+v')
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('button', { name: 'Add 2 issues' }).click()
    await expect.poll(async () => (await sheet.issues()).length).toBe(9)
    await expect.poll(leyla.status).toBe('saved')
    const { cells } = await world.tracker()
    const written = Object.values(cells).map(({ position }) => position)
    expect(written).toEqual(
      expect.arrayContaining(['In the last row', 'In a new one', 'And another']),
    )
  })

  test('what is copied comes back as the same table', async ({ world }) => {
    const leyla = await world.person('Leyla', copyAndPaste)
    await leyla.open()
    const { page, sheet } = leyla
    const words = await sheet.words(SANCTIONS, 'Iran')
    await sheet.select(SANCTIONS, 'Iran')
    await page.keyboard.press('Control+c')
    // Elsewhere it reads with its hedge and attribution; in a matrix it is itself again.
    const copied = () => page.evaluate(() => navigator.clipboard.readText())
    await expect.poll(copied).toContain(words)
    expect(await copied()).toMatch(/ \(.*confirmed.*\)$/s)
    await page.keyboard.press('Shift+ArrowRight')
    await page.keyboard.press('Control+c')
    await sheet.select(SANCTIONS, 'Turkey')
    await page.keyboard.press('Control+v')
    await expect.poll(() => sheet.words(SANCTIONS, 'Turkey')).toBe(words)
    expect((await stored(world, leyla, SANCTIONS, 'Egypt')).position).toBe('')
    const { claimIds } = await stored(world, leyla, SANCTIONS, 'Iran')
    const before = (await world.tracker()).cells
    expect(claimIds.length).toBeGreaterThan(0)
    expect((await stored(world, leyla, SANCTIONS, 'Turkey')).claimIds).toEqual(
      expect.arrayContaining([...claimIds]),
    )

    await sheet.select(SANCTIONS, 'Iran')
    await page.keyboard.press('Control+x')
    await sheet.select(SANCTIONS, 'Qatar')
    await page.keyboard.press('Control+v')
    await expect.poll(() => sheet.words(SANCTIONS, 'Qatar')).toBe(words)
    expect((await stored(world, leyla, SANCTIONS, 'Qatar')).claimIds).toEqual(
      expect.arrayContaining([...claimIds]),
    )
    expect((await stored(world, leyla, SANCTIONS, 'Iran')).claimIds).toEqual([])
    // One step takes back the paste, the next the cut.
    await page.keyboard.press('Control+z')
    await page.keyboard.press('Control+z')
    await expect.poll(() => sheet.words(SANCTIONS, 'Iran')).toBe(words)
    await expect.poll(leyla.status).toBe('saved')
    expect((await world.tracker()).cells).toEqual(before)
  })

  test('a stance without words is copied as its label', async ({ world }) => {
    const leyla = await world.person('Leyla', copyAndPaste)
    await leyla.open()
    const { page, sheet } = leyla
    await sheet.select(SANCTIONS, 'Turkey')
    await page.keyboard.press('2')
    await shows((await sheet.cell(SANCTIONS, 'Turkey')).getByText('Limited or humanitarian only'))
    await page.keyboard.press('Control+c')
    await expect
      .poll(() => page.evaluate(() => navigator.clipboard.readText()))
      .toBe('Limited or humanitarian only')
  })

  test('copying and pasting goes on after writing in a cell and beside the matrix', async ({
    world,
  }) => {
    const leyla = await world.person('Leyla', copyAndPaste)
    await leyla.open()
    const { page, sheet } = leyla
    const copyFrom = async (from: string, to: string): Promise<void> => {
      await sheet.select(SANCTIONS, from)
      await page.keyboard.press('Control+c')
      await sheet.select(SANCTIONS, to)
      await page.keyboard.press('Control+v')
      await expect.poll(() => sheet.words(SANCTIONS, to)).toBe('In a cell')
    }
    await sheet.select(SANCTIONS, 'Turkey')
    await page.keyboard.type('In a cell')
    await page.keyboard.press('Tab')
    await copyFrom('Turkey', 'Egypt')
    await page.keyboard.press('F4')
    await page.getByRole('textbox', { name: 'Position of Egypt' }).click()
    await page.keyboard.press('ArrowLeft')
    await page.getByRole('button', { name: 'Close the panel' }).click()
    await copyFrom('Egypt', 'Qatar')
  })
})

describe('rows and columns', () => {
  test('an issue and a party are added, named and renamed', async ({ world }) => {
    const leyla = await atDesk(world)
    const { page, sheet } = leyla
    await sheet.grid.getByRole('button', { name: 'Add issue' }).first().click()
    await page.keyboard.type('Centrifuge numbers')
    await page.keyboard.press('Enter')
    await shows(sheet.row('Centrifuge numbers'))
    expect((await sheet.issues()).indexOf('Centrifuge numbers')).toBe(2)
    await sheet.grid.getByRole('button', { name: 'Add party' }).click()
    await page.keyboard.type('Oman')
    await page.keyboard.press('Enter')
    await shows(sheet.party('Oman'))
    await sheet.row('Centrifuge numbers').getByRole('rowheader').click()
    await page.keyboard.press('F2')
    await page.keyboard.type('Centrifuges')
    await page.keyboard.press('Enter')
    await shows(sheet.row('Centrifuges'))
    await expect.poll(leyla.status).toBe('saved')
    const tracker = await world.tracker()
    expect(tracker.parties.map(({ name }) => name)).toContain('Oman')
    expect(tracker.issues.map(({ title }) => title)).toContain('Centrifuges')
  })

  test('are reordered with the keyboard, in the same basket and out of it', async ({ world }) => {
    const { page, sheet } = await atDesk(world)
    await sheet.row(COMPLIANCE).getByRole('rowheader').click()
    await page.keyboard.press('Alt+Shift+ArrowDown')
    await expect
      .poll(sheet.issues)
      .toEqual(expect.objectContaining({ 0: VERIFICATION, 1: COMPLIANCE }))
    await page.keyboard.press('Alt+Shift+ArrowDown')
    await expect
      .poll(async () => {
        const tracker = await world.tracker()
        const issue = tracker.issues.find(({ title }) => title === COMPLIANCE)
        return tracker.baskets.find(({ id }) => id === issue?.basketId)?.title
      })
      .toBe('Sanctions and the economy')
    expect((await sheet.active()).issue).toBe(COMPLIANCE)
    await sheet.party('Turkey').click()
    await page.keyboard.press('Alt+Shift+ArrowLeft')
    await expect
      .poll(sheet.parties)
      .toEqual(['Iran', 'Turkey', 'United States', 'Egypt', 'Qatar', 'Israel'])
  })

  test('are reordered by dragging', async ({ world }) => {
    const { page, sheet } = await atDesk(world)
    const drag = async (from: string, to: { readonly x: number; readonly y: number }) => {
      const header = sheet.row(from).getByRole('rowheader')
      await header.hover()
      const grip = await header.locator('[data-grip]').boundingBox()
      if (!grip) throw new Error(`${from} has no grip`)
      await page.mouse.move(grip.x + grip.width / 2, grip.y + grip.height / 2)
      await page.mouse.down()
      await page.mouse.move(to.x, to.y, { steps: 5 })
      await shows(page.locator('.drop-line'))
      await page.mouse.up()
    }
    const target = await sheet.row(COMPLIANCE).boundingBox()
    if (!target) throw new Error('There is no row to drop on')
    await drag(VERIFICATION, { x: target.x + 100, y: target.y + 4 })
    await expect
      .poll(async () => (await sheet.issues()).slice(0, 2))
      .toEqual([VERIFICATION, COMPLIANCE])
    await expect
      .poll(async () => (await world.tracker()).issues.map(({ title }) => title).slice(0, 2))
      .toEqual([VERIFICATION, COMPLIANCE])

    const iran = await sheet.party('Iran').boundingBox()
    const header = sheet.party('Israel')
    await header.hover()
    const grip = await header.locator('[data-grip]').boundingBox()
    if (!grip || !iran) throw new Error('There is no column to drag')
    await page.mouse.move(grip.x + grip.width / 2, grip.y + grip.height / 2)
    await page.mouse.down()
    await page.mouse.move(iran.x + 20, iran.y + 20, { steps: 5 })
    await page.mouse.up()
    await expect.poll(async () => (await sheet.parties())[0]).toBe('Israel')
  })

  test('are removed, and brought back with all that was in them', async ({ world }) => {
    const leyla = await atDesk(world)
    const { page, sheet } = leyla
    const before = await world.tracker()
    await sheet.row(SANCTIONS).getByRole('rowheader').click()
    await page.keyboard.press('Control+Shift+Delete')
    await sheet.row(SANCTIONS).waitFor({ state: 'detached' })
    await page.getByRole('button', { name: 'Undo' }).click()
    await shows(sheet.row(SANCTIONS))
    await sheet.party('Iran').click()
    await page.keyboard.press('Shift+F10')
    await page.getByRole('menuitem', { name: 'Remove the party' }).click()
    await sheet.party('Iran').waitFor({ state: 'detached' })
    await sheet.grid.focus()
    await page.keyboard.press('Control+z')
    await shows(sheet.party('Iran'))
    await expect.poll(leyla.status).toBe('saved')
    const after = await world.tracker()
    expect(after.cells).toEqual(before.cells)
    expect(after.issues).toEqual(before.issues)
    expect(after.parties).toEqual(before.parties)
    expect(after.redLines).toEqual(before.redLines)
  })

  test('a basket folds for me alone, and stays folded', async ({ world }) => {
    const leyla = await world.person('Leyla')
    const omar = await world.person('Omar')
    await Promise.all([leyla.open(), omar.open()])
    const basket = leyla.sheet.grid.getByRole('rowheader', { name: /^Nuclear file/ })
    expect(await basket.getAttribute('aria-expanded')).toBe('true')
    await basket.click()
    await leyla.page.keyboard.press('Enter')
    await leyla.sheet.row(COMPLIANCE).waitFor({ state: 'detached' })
    expect(await basket.getAttribute('aria-expanded')).toBe('false')
    await leyla.page.reload()
    await leyla.sheet.ready()
    expect(await leyla.sheet.row(COMPLIANCE).count()).toBe(0)
    expect(await omar.sheet.row(COMPLIANCE).count()).toBe(1)
  })
})

test('a Persian position reads from the right, where it is shown and where it is written', async ({
  world,
}) => {
  const leyla = await atDesk(world)
  const { page, sheet } = leyla
  await sheet.select(SANCTIONS, 'Qatar')
  await page.keyboard.press('F2')
  await shows(sheet.editor)
  await page.keyboard.insertText('لغو همهٔ تحریم‌ها')
  const direction = (element: Element): string => getComputedStyle(element).direction
  expect(await sheet.editor.evaluate(direction)).toBe('rtl')
  await page.keyboard.press('Enter')
  const words = (await sheet.cell(SANCTIONS, 'Qatar')).locator('.position')
  expect(await words.evaluate(direction)).toBe('rtl')
  const other = (await sheet.cell(SANCTIONS, 'Iran')).locator('.position')
  expect(await other.evaluate(direction)).toBe('ltr')
})
