/**
 * What it takes to look at any moment of a 200 by 12 matrix in a real browser, after 20,000 and after 200,000 edits: until
 * the slider is ready, for a step of a drag until the page is drawn anew, and what comes over the wire. `npm run bench:moments`
 */
import type { Page } from 'playwright-core'
import { bigTrackers } from '#test/bench/big-tracker.ts'
import { journalOf } from '#test/bench/history.ts'
import { sheetOn } from '#test/e2e/sheet.ts'

/** Steps from one end to the other: as many as a hand makes. */
const STEPS = 200
const { close, open, server, trackerWith } = await bigTrackers()

/** Milliseconds from the pointer's move until the page is drawn anew, for each of many steps to and fro. */
const drag = (page: Page, steps: number): Promise<readonly number[]> =>
  page.evaluate(async steps => {
    const track = document.querySelector('.moments-track')
    const moments = document.querySelector<HTMLElement>('.moments')
    const sheet = document.querySelector('.sheet')
    if (!track || !moments || !sheet) throw new Error('There is no slider')
    const thumb = () => track.querySelector('[role=slider]')
    const { left, top, width } = track.getBoundingClientRect()
    const send = (type: string, share: number): void => {
      const at = { clientX: left + share * width, clientY: top + 5 }
      track.dispatchEvent(new PointerEvent(type, { ...at, button: 0, pointerId: 1, bubbles: true }))
    }
    const shown = (): Promise<void> =>
      new Promise(resolve => {
        const look = (): boolean =>
          moments.dataset['shown'] === thumb()?.getAttribute('aria-valuenow')
        if (look()) return resolve()
        const observer = new MutationObserver(() => {
          if (!look()) return
          observer.disconnect()
          resolve()
        })
        observer.observe(moments, { attributes: true })
      })
    // A pointer that a script moves cannot be captured.
    track.setPointerCapture = () => undefined
    send('pointerdown', 0.999)
    await shown()
    const times: number[] = []
    for (let step = 0; step <= 2 * steps; step++) {
      const share = Math.abs(1 - step / steps) * 0.998
      await new Promise(resolve => requestAnimationFrame(resolve))
      const start = performance.now()
      send('pointermove', share)
      await shown()
      sheet.getBoundingClientRect()
      times.push(performance.now() - start)
    }
    track.dispatchEvent(new PointerEvent('lostpointercapture', { pointerId: 1 }))
    return times
  }, steps)

const at = (sorted: readonly number[], share: number): string =>
  (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0).toFixed(1)

for (const edits of [20_000, 200_000]) {
  const { entries } = journalOf(edits)
  const { id } = await trackerWith(entries)
  const page = await open()
  let bytes = 0
  page.on('response', async response => {
    if (new URL(response.url()).pathname.endsWith('/journal'))
      bytes += Number(await response.headerValue('content-length'))
  })
  await page.goto(`${server.url}/t/${id}`)
  await sheetOn(page).ready()
  const ready: number[] = []
  for (let time = 0; time < 5; time++) {
    await page.evaluate(() => performance.mark('asked'))
    await page.getByRole('button', { name: 'History', exact: true }).click()
    await page.locator('.moments-track').waitFor()
    ready.push(
      await page.evaluate(
        () => performance.now() - (performance.getEntriesByName('asked').at(-1)?.startTime ?? 0),
      ),
    )
    if (time < 4) await page.getByRole('button', { name: 'Close history' }).click()
  }
  const steps = (await drag(page, STEPS)).toSorted((a, b) => a - b)
  const limit = edits > 100_000 ? 32 : 16
  process.stdout.write(
    `${entries.length} edits, 200 by 12:
  from the click on History until the slider is ready, five times: ${ready.map(ms => Math.round(ms)).join(', ')} ms
  a step of the drag, ${steps.length} over the whole life, median, 95th, 99th of a hundred, worst: ${[0.5, 0.95, 0.99, 1].map(share => at(steps, share)).join(', ')} ms; ${steps.filter(ms => ms > limit).length} above ${limit}
  over the wire: ${(bytes / 5 / entries.length).toFixed(2)} bytes an edit
`,
  )
  await page.context().close()
}

await close()
