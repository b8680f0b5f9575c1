/** The log: one line of JSON an event, no flood, and nothing in it that only people should know. */
import { expect, test } from 'vitest'
import { createLog, faultFields, withoutSecrets, type Level } from '#server/log.ts'

const listen = (level: Level = 'info') => {
  const written: string[] = []
  let at = Date.UTC(2026, 0, 1)
  return {
    log: createLog({ level, to: { write: line => void written.push(line) }, now: () => at }),
    pass: (milliseconds: number) => void (at += milliseconds),
    text: () => written.join(''),
    lines: () => written.map(line => JSON.parse(line) as Record<string, unknown>),
  }
}

test('a line is JSON with its level, time, event and fields, and ends with its line', () => {
  const { log, lines, text } = listen()
  log.warn('storage is back', { waiting: 3 })
  expect(lines()).toEqual([
    { level: 'warn', at: '2026-01-01T00:00:00.000Z', event: 'storage is back', waiting: 3 },
  ])
  expect(text().endsWith('}\n')).toBe(true)
})

test('levels below the one that is set are not written', () => {
  const { log, lines } = listen('warn')
  for (const level of ['debug', 'info', 'warn', 'error'] as const) log[level](level)
  expect(lines().map(({ event }) => event)).toEqual(['warn', 'error'])
})

test('an event that floods is cut, is told how much was left out, and pushes out no other', () => {
  const { log, lines, pass } = listen()
  for (let nth = 0; nth < 1_000; nth++) log.warn('refused', { nth })
  log.error('storage fails')
  expect(lines().filter(({ event }) => event === 'refused')).toHaveLength(20)
  expect(lines().filter(({ event }) => event === 'storage fails')).toHaveLength(1)
  pass(1_000)
  log.info('connected')
  expect(lines().slice(-2)).toMatchObject([
    { event: 'left out', of: 'refused', lines: 980 },
    { event: 'connected' },
  ])
})

test('a field that should not be there stays out', () => {
  const { log, text } = listen()
  const secrets = { cookie: 'c00kie', password: 'passw0rd', token: 't0ken', email: 'ada@x.org' }
  log.error('fault', secrets)
  log.error('fault', { request: { ...secrets, headers: { cookie: 'c00kie' } } })
  expect(text()).not.toMatch(/c00kie|passw0rd|t0ken|ada@x/)
})

test('a failed query keeps its parameters, and its causes theirs', () => {
  const query = (cause?: unknown): Error =>
    new Error('Failed query: select * from "user" where "email" = ?\nparams: ada@x.org\nand more', {
      cause,
    })
  const { log, text } = listen()
  log.error('fault', faultFields(query(query(new Error('disk I/O error')))))
  expect(text()).toContain('Failed query')
  expect(text()).toContain('disk I/O error')
  expect(text()).toContain('log.test.ts')
  expect(text()).not.toMatch(/ada@x|and more/)
})

test('what could not be read as JSON is not quoted', () => {
  for (const content of ['{"position": our last offer "x" }', 'our last offer', '{"our last offer'])
    try {
      JSON.parse(content)
    } catch (error) {
      expect(JSON.stringify(faultFields(error))).not.toContain('offer')
    }
})

test('a fault of any size is a line of bearable length', () => {
  const { log, text } = listen()
  log.error('fault', faultFields(new Error('x'.repeat(1_000_000))))
  log.error('fault', faultFields('y'.repeat(1_000_000)))
  expect(text().length).toBeLessThan(20_000)
})

test('a path keeps its invitation token to itself', () => {
  expect(withoutSecrets(`/api/invitations/${'aB3_-'.repeat(9)}/accept`)).toBe(
    '/api/invitations/…/accept',
  )
  expect(withoutSecrets('/api/trackers/0123456789abcdef/members')).toContain('0123456789abcdef')
})
