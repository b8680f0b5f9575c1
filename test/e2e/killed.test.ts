/** P1 with the real process: it dies without a word in the middle of typing, and nothing that was written is lost. */
import { expect, onTestFinished } from 'vitest'
import { cookiesOf } from '#test/e2e/cookies.ts'
import { test } from '#test/e2e/people.ts'
import { startProcess } from '#test/e2e/server-process.ts'
import { sheetOn, statusOn } from '#test/e2e/sheet.ts'
import { cookieOf, personNamed } from '#test/server/harness.ts'
import type { Entered } from '#shared/api.ts'
import type { Tracker } from '#shared/tracker.ts'

test('P1 a killed server loses nothing, and the page needs no reload', async ({ house }) => {
  const server = await startProcess()
  onTestFinished(server.close)
  const setup = await fetch(`${server.url}/api/setup`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(personNamed('Leyla')),
  })
  const { trackerId } = (await setup.json()) as Entered
  const cookie = cookieOf({ status: 200, headers: setup.headers, body: null })
  const positions = async (): Promise<readonly string[]> => {
    const answer = await fetch(`${server.url}/api/trackers/${trackerId}`, { headers: { cookie } })
    const { tracker } = (await answer.json()) as { readonly tracker: Tracker }
    return Object.values(tracker.cells).map(({ position }) => position)
  }

  const context = await house.browser.newContext()
  onTestFinished(() => context.close())
  await context.addCookies(cookiesOf({ cookie }, server.url))
  const page = await context.newPage()
  const sheet = sheetOn(page)
  const status = () => statusOn(page)
  await page.goto(`${server.url}/t/${trackerId}`)
  await sheet.ready()
  await sheet.select('Sanctions relief', 'Qatar')
  await page.keyboard.type('Saved before. ')
  await expect.poll(status).toBe('saved')

  const typing = page.keyboard.type('Typed while it died. ', { delay: 20 })
  await server.kill()
  await typing
  await expect.poll(status).toBe('not_saved')
  await server.startAgain()
  expect(await positions()).toContainEqual(expect.stringMatching(/^Saved before\. /))
  await page.keyboard.type('And after.')
  await expect.poll(status).toBe('saved')
  expect(await positions()).toContain('Saved before. Typed while it died. And after.')
})
