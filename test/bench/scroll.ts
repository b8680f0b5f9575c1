/**
 * How smoothly a matrix of 300 issues by 30 parties scrolls, in a real browser on this machine.
 * Run with `npm run bench:scroll`; prints frame times of scrolling down and across the whole sheet.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build, preview } from 'vite'
import solid from 'vite-plugin-solid'
import { launchBrowser } from '#test/e2e/browser.ts'

const root = fileURLToPath(new URL('scroll', import.meta.url))
const outDir = await mkdtemp(join(tmpdir(), 'parley-scroll-'))
const shared = { configFile: false, root, logLevel: 'error' } as const
await build({ ...shared, plugins: [solid()], build: { outDir, target: 'es2023' } })
const server = await preview({
  ...shared,
  build: { outDir },
  preview: { port: 0, host: '127.0.0.1' },
})
const browser = await launchBrowser()

const scroll = async (axis: 'scrollTop' | 'scrollLeft', stride: number) =>
  page.evaluate(
    ([axis, stride]) =>
      new Promise<number[]>(resolve => {
        const grid = document.querySelector('.matrix')
        if (!grid) return resolve([])
        const size = axis === 'scrollTop' ? 'Height' : 'Width'
        const end = grid[`scroll${size}`] - grid[`client${size}`]
        const frames: number[] = []
        let last: number | undefined
        const step = (now: number): void => {
          if (last !== undefined) frames.push(now - last)
          last = now
          if (grid[axis] >= end - 1) return resolve(frames)
          grid[axis] += stride
          requestAnimationFrame(step)
        }
        requestAnimationFrame(step)
      }),
    [axis, stride] as const,
  )

const page = await browser.newPage({ viewport: { width: 1_440, height: 900 } })
page.on('pageerror', error => process.stderr.write(`${error.stack}\n`))
await page.goto(server.resolvedUrls?.local[0] ?? '')
await page.waitForSelector('[role=gridcell]', { timeout: 8_000 })
const cdp = await page.context().newCDPSession(page)
// Thread time: what the page itself costs, also on a machine that is busy with other things.
await cdp.send('Performance.enable', { timeDomain: 'threadTicks' })
const busy = async (): Promise<number> => {
  const { metrics } = await cdp.send('Performance.getMetrics')
  return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0) * 1_000
}
const mounted = await page.evaluate(() => document.documentElement.dataset['mounted'])
const lines = [`mounted in ${mounted} ms`]
for (const [name, axis, stride] of [
  ['warming up', 'scrollTop', 2_000],
  ['down, 60 px a frame', 'scrollTop', 60],
  ['down, 240 px a frame', 'scrollTop', 240],
  ['across, 40 px a frame', 'scrollLeft', 40],
  ['across, 120 px a frame', 'scrollLeft', 120],
] as const) {
  await page.evaluate(
    axis => document.querySelector('.matrix')?.scrollTo({ [axis]: 0 }),
    axis === 'scrollTop' ? 'top' : 'left',
  )
  const before = await busy()
  const frames = (await scroll(axis, stride)).toSorted((a, b) => a - b)
  const own = ((await busy()) - before) / frames.length
  const at = (share: number): string => (frames[Math.floor(frames.length * share)] ?? 0).toFixed(1)
  const late = frames.filter(frame => frame > 20).length
  lines.push(
    `${name}: ${frames.length} frames, ${late} over 20 ms, p50 ${at(0.5)}, p95 ${at(0.95)}, p99 ${at(0.99)}, worst ${at(0.9999)} ms; ${own.toFixed(1)} ms of the main thread a frame`,
  )
}
process.stdout.write(`${lines.join('\n')}\n`)
await browser.close()
await server.close()
await rm(outDir, { recursive: true })
