/** A text of two million characters in a real browser: until it can be read, and while it is scrolled. `npm run bench:reader` */
import { fileURLToPath } from 'node:url'
import { launchBrowser } from '#test/e2e/browser.ts'
import { cookiesOf } from '#test/e2e/cookies.ts'
import { startServer } from '#test/server/harness.ts'

const TIMES = 7
const FRAMES = 200
const SENTENCE = 'A long sentence of a long report, which says something on the matter. '
const text = `${SENTENCE.repeat(8)}\n\n`.repeat(3_560).slice(0, 1_999_000)

const client = fileURLToPath(new URL('../../client/dist', import.meta.url))
const server = await startServer({ clientFolder: client })
const browser = await launchBrowser()
const { owner, trackerId } = await server.createFirstAccount('Leyla')
const context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
await context.addCookies(cookiesOf(owner, server.url))
const page = await context.newPage()
await page.goto(`${server.url}/t/${trackerId}?tab=evidence`)
await page.getByRole('button', { name: 'Add a source' }).click()
await page.getByLabel('Title of the source').fill('A long report')
await page.getByLabel('Title of the source').press('Enter')
await page.getByLabel('Paste its text').evaluate((field, text) => {
  // As pasted: at once.
  ;(field as HTMLTextAreaElement).value = text
  field.dispatchEvent(new InputEvent('input', { bubbles: true }))
}, text)
await page.getByRole('button', { name: 'Keep this text' }).click()
const reader = page.getByRole('document', { name: 'Text of A long report' })
await reader.waitFor()

const sources = page.getByRole('list', { name: 'Sources' })
const times: number[] = []
for (let time = 0; time < TIMES; time++) {
  await sources.getByRole('button').last().click()
  await reader.waitFor({ state: 'detached' })
  const start = performance.now()
  await sources.getByRole('button', { name: 'A long report' }).click()
  await reader.waitFor()
  await page.evaluate(() => new Promise(resolve => requestAnimationFrame(resolve)))
  times.push(performance.now() - start)
}
const frames = await reader.evaluate(async (element, count) => {
  const lengths: number[] = []
  let last = performance.now()
  for (let frame = 0; frame < count; frame++) {
    element.scrollBy(0, 600)
    await new Promise(resolve => requestAnimationFrame(resolve))
    const now = performance.now()
    lengths.push(now - last)
    last = now
  }
  return lengths
}, FRAMES)

const sorted = times.toSorted((a, b) => a - b)
const slow = frames.filter(length => length > 34).length
process.stdout.write(
  `${text.length} characters: from the click until they can be read, median ${Math.round(sorted[TIMES >> 1] ?? 0)} ms, ` +
    `worst ${Math.round(sorted.at(-1) ?? 0)} ms; scrolled by 600 px a frame, ${slow} of ${FRAMES} frames over 34 ms, ` +
    `the longest ${Math.round(Math.max(...frames))} ms\n`,
)
await context.close()
await browser.close()
await server.close()
