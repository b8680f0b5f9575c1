/** The README's operators' part and the code say the same. */
import { globSync, readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startServer, type TestServer } from '#test/server/harness.ts'

const page = readFileSync('README.md', 'utf8')
const sources = globSync('server/**/*.ts')
  .map(path => readFileSync(path, 'utf8'))
  .join('\n')

/** What the pattern's one group finds, each once. */
const all = (text: string, pattern: RegExp): readonly string[] =>
  [...new Set([...text.matchAll(pattern)].map(([, found = '']) => found))].toSorted()

let server: TestServer
beforeAll(async () => {
  server = await startServer({ environment: { METRICS_PORT: '0' } })
})
afterAll(() => server.close())

test('explains every metric, and none that is not there', async () => {
  const metrics = await (await fetch(server.parley.metricsUrl ?? '')).text()
  expect(all(page, /`(parley_\w+)`/g)).toEqual(all(metrics, /^# TYPE (parley_\w+)/gm))
})

test('explains every event of the log', () => {
  const written =
    /(?:log\??\.(?:\[\w+\]|debug|info|warn|error)|log\[\w+\(\w+\)\]|reportIn|leave)\(\s*'([^']+)'/g
  const events = all(sources, written)
  expect(events.length).toBeGreaterThan(20)
  expect(events.filter(event => !page.includes(`\`${event}\``))).toEqual([])
})

test('names every setting of the environment', () => {
  const config = readFileSync('server/config.ts', 'utf8')
  const settings = all(config, /^ {2}([A-Z_]+): /gm)
  expect(settings).toContain('METRICS_PORT')
  expect(settings.filter(setting => !page.includes(`\`${setting}\``))).toEqual([])
})
