import { expect, test } from 'vitest'
import { parseConfig } from '#server/config.ts'

test('without any setting Parley listens on this machine only, and keeps its data beside itself', () => {
  const { config, faults } = parseConfig({})
  expect(faults).toEqual([])
  expect(config).toMatchObject({ port: 3000, host: '127.0.0.1', dataDir: './data' })
  expect(config.burstIdleMs).toBe(5 * 60_000)
  expect(config.invitationMs).toBe(7 * 24 * 60 * 60_000)
})

test('every fault is named at once, with what is wrong about it', () => {
  const { faults } = parseConfig({
    PORT: '70000',
    PUBLIC_URL: 'parley.example.org',
    SESSION_SECRET: 'too short',
    TRUSTED_PROXY: 'the front door',
    BURST_IDLE_MINUTES: '1.5',
    INVITATION_DAYS: '0',
  })
  expect(faults).toHaveLength(6)
  expect(faults[0]).toBe('PORT must be a whole number from 0 to 65535 (it is "70000")')
  expect(faults.join('\n')).toMatch(
    /PUBLIC_URL.*\nSESSION_SECRET.*\nTRUSTED_PROXY.*\nBURST_IDLE_MINUTES.*\nINVITATION_DAYS/,
  )
})

test.each(['SESSION_SECRET', 'METRICS_TOKEN'])(
  '%s is not repeated in the message about it',
  name => {
    const { faults } = parseConfig({ [name]: 'hunter2' })
    expect(faults).toEqual([expect.stringMatching(`^${name} must have at least`)])
    expect(faults.join()).not.toContain('hunter2')
  },
)

test('snapshots become fewer with age, never more', () => {
  expect(parseConfig({}).config.retention).toEqual({ allHours: 24, hourlyDays: 2, dailyDays: 90 })
  const faultsOf = (KEEP_ALL_HOURS: string, KEEP_HOURLY_DAYS: string, KEEP_DAILY_DAYS: string) =>
    parseConfig({ KEEP_ALL_HOURS, KEEP_HOURLY_DAYS, KEEP_DAILY_DAYS }).faults
  expect(faultsOf('48', '2', '2')).toEqual([])
  expect(faultsOf('0', '0', '0')).toEqual([])
  expect(faultsOf('49', '2', '1')).toEqual([
    'KEEP_ALL_HOURS must not be above KEEP_HOURLY_DAYS (49 hours > 2 days)',
    'KEEP_HOURLY_DAYS must not be above KEEP_DAILY_DAYS (2 > 1)',
  ])
  expect(faultsOf('a day', '2', '90')[0]).toContain('KEEP_ALL_HOURS must be a whole number')
})

test('people and operators have different ports, unless each takes a free one', () => {
  const faultsOf = (PORT: string, METRICS_PORT: string) =>
    parseConfig({ PORT, METRICS_PORT }).faults
  expect(faultsOf('3000', '3000')).toEqual(['METRICS_PORT must be another one than PORT'])
  expect(faultsOf('3000', '3001')).toEqual([])
  expect(faultsOf('0', '0')).toEqual([])
})

test('a level that the log does not have is refused with those that it has', () => {
  expect(parseConfig({ LOG_LEVEL: 'verbose' }).faults).toEqual([
    'LOG_LEVEL must be one of debug, info, warn, error, silent (it is "verbose")',
  ])
})

test.each(['0x10', '1e3', '-1', ' ', '3000 '])('the port %j is a number or not set', PORT => {
  const { config, faults } = parseConfig({ PORT })
  expect(faults.length === 1 || config.port === 3000).toBe(true)
})

test('a public address is an origin: other paths and protocols are refused', () => {
  const faultsOf = (PUBLIC_URL: string) => parseConfig({ PUBLIC_URL }).faults.length
  expect(faultsOf('https://parley.example.org')).toBe(0)
  expect(faultsOf('https://parley.example.org:8443/')).toBe(0)
  expect(faultsOf('https://example.org/parley')).toBe(1)
  expect(faultsOf('ftp://example.org')).toBe(1)
})

test.each([
  'postgres://parley:hunter2@db.example.org/parley',
  'postgresql://parley@127.0.0.1:5433/parley?sslmode=require',
  'postgres:///parley?host=/var/run/postgresql',
])('%s is an address of a database', DATABASE_URL => {
  expect(parseConfig({ DATABASE_URL })).toMatchObject({
    config: { databaseUrl: DATABASE_URL },
    faults: [],
  })
})

test.each([
  'mysql://parley:hunter2@db.example.org/parley',
  'postgres://parley:hunter2@db.example.org',
  'postgres://parley:hunter2#@db.example.org/parley',
  'parley:hunter2',
])('another is refused, and its password not repeated (%#)', DATABASE_URL => {
  const { config, faults } = parseConfig({ DATABASE_URL })
  expect(config.databaseUrl).toBeUndefined()
  expect(faults.join()).toMatch(/^DATABASE_URL must be an address such as postgres:/)
  expect(faults.join()).not.toContain('hunter2')
})
