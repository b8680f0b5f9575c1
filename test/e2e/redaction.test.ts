/** P22: a text is taken out of all of the history while somebody is away with it, who comes back with work of their own. */
import { gunzipSync } from 'node:zlib'
import { expect } from 'vitest'
import type { TrackerFile } from '#server/exchange/tracker-file.ts'
import { holdsText } from '#test/contract/files.ts'
import { accessibilityFaults, cutTexts } from '#test/e2e/looks.ts'
import { cellIn, shows, test, type Member } from '#test/e2e/people.ts'

const SECRET = 'hunter2-Zarya'
const BLANKS = '█'.repeat(SECRET.length)
const SANCTIONS = 'Sanctions relief'
const VERIFICATION = 'Verification mechanisms'

const write = async (who: Member, issue: string, words: string): Promise<void> => {
  await who.sheet.select(issue, 'Qatar')
  await who.page.keyboard.type(words)
  await who.page.keyboard.press('Tab')
}

/** Whether a text is anywhere in the page's memory: in documents, stacks, caches, what is drawn. */
const remembers = async ({ context, page }: Member, text: string): Promise<boolean> => {
  const session = await context.newCDPSession(page)
  let heap = ''
  session.on('HeapProfiler.addHeapSnapshotChunk', ({ chunk }) => (heap += chunk))
  await session.send('HeapProfiler.enable')
  await session.send('HeapProfiler.collectGarbage')
  await session.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false })
  await session.detach()
  return heap.includes(text)
}

test('an owner redacts a text; a page that was away with it loses it, and not its work', async ({
  world,
}) => {
  const leyla = await world.person('Leyla')
  const omar = await world.person('Omar')
  await leyla.open()
  await omar.open()
  await write(omar, SANCTIONS, `Login is ${SECRET}, do not tell`)
  await expect.poll(omar.status).toBe('saved')
  await expect.poll(() => leyla.sheet.words(SANCTIONS, 'Qatar')).toContain(SECRET)
  await omar.context.setOffline(true)
  await expect.poll(omar.status).toBe('reconnecting')
  await write(omar, VERIFICATION, 'Written on the train')
  await expect.poll(omar.status).toBe('not_saved')

  await leyla.go(`/t/${world.demo()}?tab=history`)
  const panel = leyla.page.getByRole('complementary', { name: 'History' })
  await panel.getByRole('button', { name: 'Redact a text…' }).click()
  const dialog = leyla.page.getByRole('dialog', { name: 'Redact a text' })
  const text = dialog.getByLabel('The text, exactly as it stands')
  await text.fill(`${SECRET}!`)
  await text.press('Enter')
  await shows(dialog.getByText(/stands nowhere, and never did/))
  await text.fill(SECRET)
  await dialog.getByRole('button', { name: 'Find it' }).click()
  await shows(dialog.getByText(`${SANCTIONS} · Qatar`))
  expect(await accessibilityFaults(leyla.page)).toEqual([])
  expect(await cutTexts(leyla.page)).toEqual([])
  const go = dialog.getByRole('button', { name: 'Redact for good' })
  expect(await go.isDisabled()).toBe(true)
  await dialog.getByLabel(/^Reason/).fill('A password, by accident')
  await go.click()
  await shows(leyla.page.getByText('The text is gone from 1 place.'))
  await shows(panel.getByText(/^Redacted by Leyla on/))
  await shows(panel.getByText('A password, by accident'))
  expect(await holdsText(world.server.folder, SECRET)).toBe(false)

  await omar.context.setOffline(false)
  await shows(omar.page.getByText(/Leyla has taken a text out of this tracker/))
  await expect.poll(omar.status).toBe('saved')
  await shows(omar.page.getByText(`Login is ${BLANKS}, do not tell`).first())
  for (let nth = 0; nth < 4; nth++) await omar.page.keyboard.press('Control+z')
  await expect.poll(omar.status).toBe('saved')
  const after = await world.tracker()
  expect(cellIn(after, VERIFICATION, 'Qatar').position).toContain('Written on the train')
  expect(cellIn(after, SANCTIONS, 'Qatar').position).toBe(`Login is ${BLANKS}, do not tell`)
  expect(await omar.page.content()).not.toContain(SECRET)
  expect(await remembers(omar, 'Written on the train')).toBe(true)
  // The timer with which the old connection would have come back runs out.
  const [interval, timeout] = [2_000, 20_000]
  await expect.poll(() => remembers(omar, SECRET), { interval, timeout }).toBe(false)

  const { body } = await world.server.ask<TrackerFile>(
    'GET',
    `/api/trackers/${world.demo()}/export.json`,
    leyla.account,
  )
  const packed = body.snapshots.map(({ tracker }) => gunzipSync(Buffer.from(tracker, 'base64')))
  const whole = Buffer.concat([
    Buffer.from(JSON.stringify(body)),
    Buffer.from(body.document, 'base64'),
    ...packed,
  ])
  expect(whole.includes(SECRET)).toBe(false)
  expect(await holdsText(world.server.folder, SECRET)).toBe(false)
})
