/** Two people at once: in one cell, in each other's way, and through restarts and lost networks. */
import { describe, expect } from 'vitest'
import { cellIn, shows, test, type Member, type World } from '#test/e2e/people.ts'

const SANCTIONS = 'Sanctions relief'
const COMPLIANCE = 'Nuclear compliance framework'
const VERIFICATION = 'Verification mechanisms'

const two = async (world: World): Promise<readonly [leyla: Member, omar: Member]> => {
  const leyla = await world.person('Leyla')
  const omar = await world.person('Omar')
  await Promise.all([leyla.open(), omar.open()])
  return [leyla, omar]
}

const startWriting = async (who: Member, issue: string, party: string): Promise<void> => {
  await who.sheet.select(issue, party)
  await who.page.keyboard.press('F2')
  await shows(who.sheet.editor)
}

/** All see the same words in a cell, and so has the server's disk. */
const agreed = async (
  world: World,
  people: readonly Member[],
  issue: string,
  party: string,
): Promise<string> => {
  for (const { status } of people) await expect.poll(status).toBe('saved')
  const { position } = cellIn(await world.tracker(), issue, party)
  for (const { sheet } of people) await expect.poll(() => sheet.words(issue, party)).toBe(position)
  return position
}

describe('in one cell', () => {
  test('two write at once, and both texts are there, whole', async ({ world }) => {
    const [leyla, omar] = await two(world)
    await Promise.all([
      startWriting(leyla, SANCTIONS, 'Qatar'),
      startWriting(omar, SANCTIONS, 'Qatar'),
    ])
    const hers = 'Relief comes first, in her words. '
    const his = 'Verification comes first, in his. '
    await Promise.all([
      leyla.page.keyboard.type(hers, { delay: 15 }),
      omar.page.keyboard.type(his, { delay: 20 }),
    ])
    await Promise.all([leyla.page.keyboard.press('Tab'), omar.page.keyboard.press('Tab')])
    const words = await agreed(world, [leyla, omar], SANCTIONS, 'Qatar')
    expect([hers + his, his + hers]).toContain(words)
  })

  test('what was there stays, when one writes before it and one behind', async ({ world }) => {
    const [leyla, omar] = await two(world)
    const before = await leyla.sheet.words(SANCTIONS, 'Iran')
    await Promise.all([
      startWriting(leyla, SANCTIONS, 'Iran'),
      startWriting(omar, SANCTIONS, 'Iran'),
    ])
    await leyla.page.keyboard.press('Control+Home')
    await Promise.all([
      leyla.page.keyboard.type('Before: ', { delay: 20 }),
      omar.page.keyboard.type(' And behind.', { delay: 15 }),
    ])
    await Promise.all([leyla.page.keyboard.press('Tab'), omar.page.keyboard.press('Tab')])
    expect(await agreed(world, [leyla, omar], SANCTIONS, 'Iran')).toBe(
      `Before: ${before} And behind.`,
    )
  })

  test('each sees the other’s caret, with the name', async ({ world }) => {
    const [leyla, omar] = await two(world)
    await startWriting(leyla, SANCTIONS, 'Iran')
    await startWriting(omar, SANCTIONS, 'Iran')
    await omar.page.keyboard.type('!')
    await shows(leyla.sheet.editor.getByText('Omar'))
    await omar.page.keyboard.press('Tab')
    await leyla.sheet.editor.getByText('Omar').waitFor({ state: 'detached' })
  })

  test('Escape takes back mine and leaves what the other wrote meanwhile', async ({ world }) => {
    const [leyla, omar] = await two(world)
    const before = await leyla.sheet.words(SANCTIONS, 'Iran')
    await startWriting(leyla, SANCTIONS, 'Iran')
    await leyla.page.keyboard.type(' Hers.')
    await startWriting(omar, SANCTIONS, 'Iran')
    await omar.page.keyboard.press('Control+Home')
    await omar.page.keyboard.type('His. ')
    await expect.poll(() => leyla.sheet.editor.innerText()).toContain('His. ')
    await leyla.page.keyboard.press('Escape')
    await omar.page.keyboard.press('Tab')
    expect(await agreed(world, [leyla, omar], SANCTIONS, 'Iran')).toBe(`His. ${before}`)
  })

  test('whose choice is replaced is told, and may keep it', async ({ world }) => {
    const [leyla, omar] = await two(world)
    await leyla.sheet.select(SANCTIONS, 'Turkey')
    await leyla.page.keyboard.press('2')
    const omars = await omar.sheet.cell(SANCTIONS, 'Turkey')
    await shows(omars.getByText('Limited or humanitarian only'))
    await omar.sheet.select(SANCTIONS, 'Turkey')
    await omar.page.keyboard.press('3')
    const told = leyla.page.getByText(
      'Omar set the stance to “Phased, step for step”, over your “Limited or humanitarian only”.',
    )
    await shows(told)
    await leyla.page.getByRole('button', { name: 'Keep mine' }).click()
    await shows(omars.getByText('Limited or humanitarian only'))
    await shows(omar.page.getByText(/^Leyla set the stance/))
  })
})

describe('nothing moves under a typing person’s hands', () => {
  test('while the other moves the very row', async ({ world }) => {
    const [leyla, omar] = await two(world)
    await startWriting(omar, VERIFICATION, 'Iran')
    const typing = omar.page.keyboard.type('Inspectors may come, with notice, to declared sites.', {
      delay: 20,
    })
    await leyla.sheet.row(VERIFICATION).getByRole('rowheader').click()
    await leyla.page.keyboard.press('Alt+Shift+ArrowUp')
    await expect.poll(async () => (await omar.sheet.issues())[0]).toBe(VERIFICATION)
    await leyla.page.keyboard.press('Alt+Shift+ArrowDown')
    await typing
    expect(await omar.sheet.active()).toEqual({ issue: VERIFICATION, party: 'Iran' })
    await omar.page.keyboard.press('Tab')
    expect(await agreed(world, [leyla, omar], VERIFICATION, 'Iran')).toBe(
      'Inspectors may come, with notice, to declared sites.',
    )
  })

  test('while the other adds rows above: the editor stays where it is on the screen', async ({
    world,
  }) => {
    const [leyla, omar] = await two(world)
    await startWriting(omar, 'Readiness to talk', 'Iran')
    const top = async () => Math.round((await omar.sheet.editor.boundingBox())?.y ?? NaN)
    const before = await top()
    await leyla.sheet.grid.getByRole('button', { name: 'Add issue' }).first().click()
    await leyla.page.keyboard.type('A row above')
    await leyla.page.keyboard.press('Enter')
    await expect.poll(async () => (await omar.sheet.issues()).length).toBe(8)
    await expect.poll(top).toBe(before)
    await omar.page.keyboard.type(' Undisturbed.')
    await omar.page.keyboard.press('Tab')
    expect(await agreed(world, [leyla, omar], 'Readiness to talk', 'Iran')).toContain(
      'Undisturbed.',
    )
  })

  test('a row that is removed while I write in it comes back with my words', async ({ world }) => {
    const [leyla, omar] = await two(world)
    const before = await world.tracker()
    await startWriting(omar, SANCTIONS, 'Iran')
    await omar.page.keyboard.type(' Not to be lost.')
    await expect.poll(omar.status).toBe('saved')
    await leyla.sheet.row(SANCTIONS).getByRole('rowheader').click()
    await leyla.page.keyboard.press('Control+Shift+Delete')
    await shows(omar.page.getByText(/removed “Sanctions relief” while you were writing/))
    await omar.page.getByRole('button', { name: 'Bring it back' }).click()
    await shows(omar.sheet.row(SANCTIONS))
    await shows(leyla.sheet.row(SANCTIONS))
    const after = await world.tracker()
    const id = before.issues.find(({ title }) => title === SANCTIONS)?.id
    expect(after.issues.find(({ title }) => title === SANCTIONS)?.id).toBe(id)
    expect(await agreed(world, [leyla, omar], SANCTIONS, 'Iran')).toBe(
      `${cellIn(before, SANCTIONS, 'Iran').position} Not to be lost.`,
    )
  })
})

describe('who is here', () => {
  test('is outlined by name in the cell, and told apart when writing', async ({ world }) => {
    const [leyla, omar] = await two(world)
    await omar.sheet.select(SANCTIONS, 'Egypt')
    const cell = await leyla.sheet.cell(SANCTIONS, 'Egypt')
    await expect.poll(() => cell.textContent()).toContain('Omar is here')
    await omar.page.keyboard.press('F2')
    await expect.poll(() => cell.textContent()).toContain('Omar is writing here')
    await omar.page.keyboard.press('Escape')
    await omar.page.keyboard.press('ArrowDown')
    await expect.poll(() => cell.textContent()).not.toContain('Omar')
  })

  test('is one person in several tabs, until the last one closes', async ({ world }) => {
    const [leyla, omar] = await two(world)
    const people = leyla.page.getByRole('group', { name: 'People who are here' })
    const avatars = people.getByRole('listitem')
    await expect.poll(() => avatars.count()).toBe(1)
    const second = await omar.newTab()
    await second.goto(`/t/${world.demo()}`)
    await second.getByRole('rowheader').first().waitFor()
    await second.getByRole('gridcell', { name: /Muscat, says its foreign minister/ }).click()
    await expect
      .poll(() => avatars.getByRole('button').getAttribute('aria-label'))
      .toContain('Turkey as venue')
    expect(await avatars.count()).toBe(1)
    await omar.page.close()
    await second.close()
    await expect.poll(() => avatars.count()).toBe(0)
    await expect.poll(() => people.textContent()).toContain('Omar left.')
  })

  test('can be gone to, and followed until I do something myself', async ({ world }) => {
    const [leyla, omar] = await two(world)
    await omar.sheet.select(SANCTIONS, 'Egypt')
    await leyla.page.getByRole('button', { name: /^Omar, here, Sanctions relief · Egypt/ }).click()
    await expect.poll(leyla.sheet.active).toEqual({ issue: SANCTIONS, party: 'Egypt' })
    await leyla.page.getByRole('button', { name: /else is here|others here/ }).click()
    await leyla.page.getByRole('menuitem', { name: 'Follow Omar' }).click()
    await shows(leyla.page.getByText('Following Omar'))
    await omar.sheet.select(VERIFICATION, 'Israel')
    await expect.poll(leyla.sheet.active).toEqual({ issue: VERIFICATION, party: 'Israel' })
    await leyla.sheet.select(COMPLIANCE, 'Iran')
    await leyla.page.getByText('Following Omar').waitFor({ state: 'detached' })
    await omar.sheet.select(SANCTIONS, 'Iran')
    const cell = await leyla.sheet.cell(SANCTIONS, 'Iran')
    await expect.poll(() => cell.textContent()).toContain('Omar is here')
    expect(await leyla.sheet.active()).toEqual({ issue: COMPLIANCE, party: 'Iran' })
  })
})

describe('when the server goes', () => {
  test('and comes back while both write, nothing is lost and no page is loaded again', async ({
    world,
  }) => {
    const [leyla, omar] = await two(world)
    const bystander = await world.person('Bystander')
    await bystander.open()
    const loads: string[] = []
    for (const { page } of [leyla, omar]) page.on('load', () => loads.push(page.url()))
    await startWriting(leyla, SANCTIONS, 'Qatar')
    await startWriting(omar, SANCTIONS, 'Egypt')
    await Promise.all([
      leyla.page.keyboard.type('Before, '),
      omar.page.keyboard.type('Also before, '),
    ])
    await world.server.stop()
    await expect.poll(bystander.status).toBe('reconnecting')
    await Promise.all([
      leyla.page.keyboard.type('meanwhile, '),
      omar.page.keyboard.type('also meanwhile, '),
    ])
    await shows(leyla.page.getByText('Not saved', { exact: true }))
    await shows(omar.page.getByText('Not saved', { exact: true }))
    await world.server.startAgain()
    await Promise.all([
      leyla.page.keyboard.type('and after.'),
      omar.page.keyboard.type('and also after.'),
    ])
    await Promise.all([leyla.page.keyboard.press('Tab'), omar.page.keyboard.press('Tab')])
    const everybody = [leyla, omar, bystander]
    expect(await agreed(world, everybody, SANCTIONS, 'Qatar')).toBe('Before, meanwhile, and after.')
    expect(await agreed(world, everybody, SANCTIONS, 'Egypt')).toBe(
      'Also before, also meanwhile, and also after.',
    )
    expect(loads).toEqual([])
  })

  test('the page asks before it is left, but only while something is not saved', async ({
    world,
  }) => {
    const leyla = await world.person('Leyla')
    await leyla.open()
    await startWriting(leyla, SANCTIONS, 'Qatar')
    await leyla.page.keyboard.type('Saved. ')
    await expect.poll(leyla.status).toBe('saved')
    await world.server.stop()
    await leyla.page.keyboard.type('Not yet.')
    await expect.poll(leyla.status).toBe('not_saved')
    const asked = leyla.page.waitForEvent('dialog')
    await leyla.page.close({ runBeforeUnload: true })
    const dialog = await asked
    expect(dialog.type()).toBe('beforeunload')
    await dialog.dismiss()
    await world.server.startAgain()
    await expect.poll(leyla.status).toBe('saved')
    const closed = leyla.page.waitForEvent('close')
    await leyla.page.close({ runBeforeUnload: true })
    await closed
    expect(cellIn(await world.tracker(), SANCTIONS, 'Qatar').position).toBe('Saved. Not yet.')
  })
})

test('while the disk fails nobody is told that anything is saved, and it is once it works', async ({
  world,
}) => {
  world.expectFault(/^the server: storage (fails|is back)/)
  const [leyla, omar] = await two(world)
  await startWriting(leyla, SANCTIONS, 'Qatar')
  await leyla.page.keyboard.type('On disk. ')
  await expect.poll(leyla.status).toBe('saved')
  world.server.breakDisk(true)
  await leyla.page.keyboard.type('Not on disk.')
  await shows(leyla.page.getByText('Not saved', { exact: true }))
  expect(await omar.sheet.words(SANCTIONS, 'Qatar')).toBe('On disk. ')
  world.server.breakDisk(false)
  await leyla.page.keyboard.press('Tab')
  expect(await agreed(world, [leyla, omar], SANCTIONS, 'Qatar')).toBe('On disk. Not on disk.')
})

test('what is too large is undone with a word, and the rest stays', async ({ world }) => {
  world.expectFault(/^the server: refused .*too large/)
  const leyla = await world.person('Leyla', {
    permissions: ['clipboard-read', 'clipboard-write'],
  })
  await leyla.open()
  await startWriting(leyla, SANCTIONS, 'Turkey')
  await leyla.page.keyboard.type('Small.')
  await leyla.page.keyboard.press('Tab')
  await expect.poll(leyla.status).toBe('saved')
  await leyla.sheet.select(SANCTIONS, 'Qatar')
  await leyla.page.evaluate(() => navigator.clipboard.writeText('word '.repeat(300_000)))
  await leyla.page.keyboard.press('Control+v')
  await shows(leyla.page.getByText(/too large for the server and has been undone/))
  const cell = await leyla.sheet.cell(SANCTIONS, 'Qatar')
  await shows(cell.getByRole('img', { name: 'unknown' }))
  expect(await agreed(world, [leyla], SANCTIONS, 'Turkey')).toBe('Small.')
  await startWriting(leyla, SANCTIONS, 'Qatar')
  await leyla.page.keyboard.type('Shorter.')
  await leyla.page.keyboard.press('Tab')
  expect(await agreed(world, [leyla], SANCTIONS, 'Qatar')).toBe('Shorter.')
})

test('who loses the network goes on, and both are merged when it is back', async ({ world }) => {
  const [leyla, omar] = await two(world)
  await startWriting(omar, SANCTIONS, 'Qatar')
  await omar.page.keyboard.type('Shared. ')
  await expect.poll(() => leyla.sheet.words(SANCTIONS, 'Qatar')).toBe('Shared. ')
  await omar.context.setOffline(true)
  await omar.page.keyboard.type('Offline.')
  await expect.poll(omar.status).toBe('not_saved')
  await startWriting(leyla, SANCTIONS, 'Qatar')
  await leyla.page.keyboard.press('Control+Home')
  await leyla.page.keyboard.type('Online. ')
  await leyla.page.keyboard.press('Tab')
  await leyla.sheet.select(SANCTIONS, 'Turkey')
  await leyla.page.keyboard.press('3')
  await expect.poll(leyla.status).toBe('saved')
  await omar.context.setOffline(false)
  await omar.page.keyboard.press('Tab')
  expect(await agreed(world, [leyla, omar], SANCTIONS, 'Qatar')).toBe('Online. Shared. Offline.')
  await shows((await omar.sheet.cell(SANCTIONS, 'Turkey')).getByText('Phased, step for step'))
})
