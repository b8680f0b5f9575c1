/**
 * Loaded into every server that is measured: when the bench asks, garbage is collected, and what is then in memory is
 * written down. Room that the collector keeps for itself is left out: it comes and goes by megabytes.
 */
import { writeFileSync } from 'node:fs'

process.on('SIGUSR2', () => {
  for (let times = 0; times < 3; times++)
    globalThis.gc?.({ type: 'major', execution: 'sync', flavor: 'last-resort' })
  const { heapTotal, heapUsed, rss } = process.memoryUsage()
  writeFileSync(process.env.MEMORY_FILE, String(rss - (heapTotal - heapUsed)))
})
