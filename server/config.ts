/** The settings: read once from the environment, checked together, every fault named. */
import { z } from 'zod'
import { LIMIT_TABLE } from '#server/live/limit-table.ts'
import { LIMIT_ORDER, limitsFrom, type Limits } from '#server/live/limits.ts'
import { LEVELS, type Level } from '#server/log.ts'
import { OUTSIDE_SECRETS, readOutside, type Outside } from '#server/outside-settings.ts'
import type { Retention } from '#shared/snapshots.ts'

export interface Config extends Outside {
  readonly port: number
  readonly host: string
  readonly dataDir: string
  /** The PostgreSQL database that takes the place of the SQLite file in the data folder. Holds a password. */
  readonly databaseUrl: string | undefined
  /** Where people reach Parley when that is not the address it listens on, such as behind a proxy. */
  readonly publicUrl: URL | undefined
  /** Signs session cookies; without one a secret is made once and kept in the data folder. */
  readonly sessionSecret: string | undefined
  /** The proxy whose word on a visitor's address is believed. */
  readonly trustedProxy: string | undefined
  /** How long nobody edits before a working burst is over and an automatic snapshot is taken. */
  readonly burstIdleMs: number
  /** How automatic snapshots thin out with age. */
  readonly retention: Retention
  readonly invitationMs: number
  readonly limits: Limits
  readonly logLevel: Level
  /** Where metrics are served beside what people use. */
  readonly metricsPort: number | undefined
  /** What a reader of the metrics must show; with it they are served to people's address as well. */
  readonly metricsToken: string | undefined
  /** What a deployment gives the process to stop in. */
  readonly stopWithinMs: number
}

const SECOND = 1_000
const MINUTE = 60 * SECOND
const DAY = 24 * 60 * MINUTE

const wholeNumber = (least: number, most: number) =>
  z
    .string()
    .refine(
      text => /^\d+$/.test(text) && Number(text) >= least && Number(text) <= most,
      `must be a whole number from ${least} to ${most}`,
    )
    .transform(Number)

const isAddress = (text: string): boolean => {
  const url = URL.parse(text)
  return url !== null && /^https?:$/.test(url.protocol) && url.pathname === '/' && !url.search
}

/** Without a host it is the machine's own, by way of a socket that a parameter may name. */
const isPostgres = (text: string): boolean => {
  const url = URL.parse(text)
  return url !== null && /^postgres(ql)?:$/.test(url.protocol) && url.pathname.length > 1
}

const SETTINGS = {
  PORT: wholeNumber(0, 65_535).default(3_000),
  HOST: z.string().default('127.0.0.1'),
  DATA_DIR: z.string().default('./data'),
  DATABASE_URL: z
    .string()
    .refine(isPostgres, 'must be an address such as postgres://name:password@db.example.org/parley')
    .optional(),
  PUBLIC_URL: z
    .string()
    .refine(isAddress, 'must be an address such as https://parley.example.org, without a path')
    .transform(text => new URL(text))
    .optional(),
  SESSION_SECRET: z.string().min(32, 'must have at least 32 characters').optional(),
  TRUSTED_PROXY: z
    .union([z.ipv4(), z.ipv6()], 'must be the IP address of the proxy in front of Parley')
    .optional(),
  BURST_IDLE_MINUTES: wholeNumber(1, 24 * 60).default(5),
  KEEP_ALL_HOURS: wholeNumber(0, 876_000).default(24),
  KEEP_HOURLY_DAYS: wholeNumber(0, 36_500).default(2),
  KEEP_DAILY_DAYS: wholeNumber(0, 36_500).default(90),
  INVITATION_DAYS: wholeNumber(1, 365).default(7),
  LOG_LEVEL: z.enum(LEVELS, `must be one of ${LEVELS.join(', ')}`).default('info'),
  METRICS_PORT: wholeNumber(0, 65_535).optional(),
  METRICS_TOKEN: z.string().min(16, 'must have at least 16 characters').optional(),
  STOP_SECONDS: wholeNumber(1, 3_600).default(9),
}
const SECRET: ReadonlySet<string> = new Set([
  'SESSION_SECRET',
  'METRICS_TOKEN',
  'DATABASE_URL',
  ...OUTSIDE_SECRETS,
])

type Environment = Readonly<Record<string, string | undefined>>

/** What could be read (a faulty setting has its default), and what is wrong with the rest, one line each. */
export interface ParsedConfig {
  readonly config: Config
  readonly faults: readonly string[]
}

export const parseConfig = (environment: Environment): ParsedConfig => {
  const faults: string[] = []
  const read = <Value>(name: string, setting: z.ZodType<Value>): Value => {
    // An empty variable is how many tools write "not set".
    const text = environment[name]?.trim() || undefined
    const parsed = setting.safeParse(text)
    if (parsed.success) return parsed.data
    const shown = SECRET.has(name) ? '' : ` (it is ${JSON.stringify(text)})`
    faults.push(`${name} ${parsed.error.issues[0]?.message ?? 'is wrong'}${shown}`)
    return setting.parse(undefined)
  }
  const config: Config = {
    port: read('PORT', SETTINGS.PORT),
    host: read('HOST', SETTINGS.HOST),
    dataDir: read('DATA_DIR', SETTINGS.DATA_DIR),
    databaseUrl: read('DATABASE_URL', SETTINGS.DATABASE_URL),
    publicUrl: read('PUBLIC_URL', SETTINGS.PUBLIC_URL),
    sessionSecret: read('SESSION_SECRET', SETTINGS.SESSION_SECRET),
    trustedProxy: read('TRUSTED_PROXY', SETTINGS.TRUSTED_PROXY),
    burstIdleMs: read('BURST_IDLE_MINUTES', SETTINGS.BURST_IDLE_MINUTES) * MINUTE,
    retention: {
      allHours: read('KEEP_ALL_HOURS', SETTINGS.KEEP_ALL_HOURS),
      hourlyDays: read('KEEP_HOURLY_DAYS', SETTINGS.KEEP_HOURLY_DAYS),
      dailyDays: read('KEEP_DAILY_DAYS', SETTINGS.KEEP_DAILY_DAYS),
    },
    invitationMs: read('INVITATION_DAYS', SETTINGS.INVITATION_DAYS) * DAY,
    limits: limitsFrom(({ least, most, setting, standard }) =>
      read(setting, wholeNumber(least, most).default(standard)),
    ),
    logLevel: read('LOG_LEVEL', SETTINGS.LOG_LEVEL),
    metricsPort: read('METRICS_PORT', SETTINGS.METRICS_PORT),
    metricsToken: read('METRICS_TOKEN', SETTINGS.METRICS_TOKEN),
    ...readOutside(read, environment['PUBLIC_URL']?.trim() !== undefined, faults),
    stopWithinMs: read('STOP_SECONDS', SETTINGS.STOP_SECONDS) * SECOND,
  }
  if (config.metricsPort === config.port && config.port !== 0)
    faults.push('METRICS_PORT must be another one than PORT')
  return {
    config,
    faults: [
      ...faults,

      ...retentionFaults(config.retention),
      ...orderFaults(config.limits),
    ],
  }
}

const retentionFaults = ({ allHours, dailyDays, hourlyDays }: Retention): readonly string[] => [
  ...(allHours > 24 * hourlyDays
    ? [`KEEP_ALL_HOURS must not be above KEEP_HOURLY_DAYS (${allHours} hours > ${hourlyDays} days)`]
    : []),
  ...(hourlyDays > dailyDays
    ? [`KEEP_HOURLY_DAYS must not be above KEEP_DAILY_DAYS (${hourlyDays} > ${dailyDays})`]
    : []),
]

const orderFaults = (limits: Limits): readonly string[] =>
  LIMIT_ORDER.filter(([lower, upper]) => limits[lower] > limits[upper]).map(
    ([lower, upper]) =>
      `${LIMIT_TABLE[lower].setting} must not be above ${LIMIT_TABLE[upper].setting} ` +
      `(${limits[lower]} > ${limits[upper]})`,
  )
