/** P40: what is installed is what was chosen, and above every version with a known hole. */
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

interface Package {
  readonly dependencies?: Readonly<Record<string, string>>
  readonly devDependencies?: Readonly<Record<string, string>>
  readonly overrides?: Readonly<Record<string, Readonly<Record<string, string>>>>
}
interface Locked {
  readonly version?: string
  readonly resolved?: string
  readonly integrity?: string
}

const read = <Content>(path: string): Content => JSON.parse(readFileSync(path, 'utf8')) as Content
const chosen = read<Package>('package.json')
const locked = Object.entries(
  read<{ packages: Readonly<Record<string, Locked>> }>('package-lock.json').packages,
)

/** The first versions without the holes that were published in what Parley is built of, and in what comes along with it. */
const SAFE_FROM: readonly (readonly [name: string, version: string, hole: string])[] = [
  ['better-auth', '1.3.26', 'CVE-2025-61928: keys for anybody, without signing in'],
  ['better-auth', '1.4.17', 'CVE-2026-45364: a forwarded address evades limits'],
  ['hono', '4.12.4', 'CVE-2026-29045: %2F evades the rules of a route'],
  ['hono', '4.12.12', 'CVE-2026-39406, -39407: // evades the rules of a route'],
  ['@hono/node-server', '2.1.8', 'an upgrade or a reset ends the process'],
  ['drizzle-orm', '0.45.2', 'CVE-2026-39356: SQL by way of a name'],
  ['ws', '8.21.1', 'CVE-2024-37890, CVE-2021-32640, tiny fragments'],
  ['seroval', '1.4.2', 'CVE-2026-23737: code by way of data'],
]

const parts = (version: string): readonly number[] => version.split(/[.-]/).slice(0, 3).map(Number)

const isAtLeast = (version: string, least: string): boolean => {
  const [have, want] = [parts(version), parts(least)]
  const at = have.findIndex((part, index) => part !== want[index])
  return at === -1 || (have[at] ?? 0) > (want[at] ?? 0)
}

test.each(SAFE_FROM)('%s is at least %s everywhere (%s)', (name, least) => {
  const copies = locked.filter(([path]) => path.endsWith(`node_modules/${name}`))
  expect(copies.length).toBeGreaterThan(0)
  expect(copies.filter(([, { version = '0' }]) => !isAtLeast(version, least))).toEqual([])
})

test('every version is chosen exactly, and locked as chosen', () => {
  const all = Object.entries({ ...chosen.dependencies, ...chosen.devDependencies })
  const overridden = Object.values(chosen.overrides ?? {}).flatMap(versions =>
    Object.entries(versions),
  )
  const exact = /^\d+\.\d+\.\d+(?:-[\w.]+)?$/
  expect([...all, ...overridden].filter(([, version]) => !exact.test(version))).toEqual([])
  const lock = new Map(locked)
  expect(
    all.filter(([name, version]) => lock.get(`node_modules/${name}`)?.version !== version),
  ).toEqual([])
})

test('everything is checked against what it was when it was chosen, and comes from no address of its own', () => {
  const foreign = locked.filter(
    ([path, { integrity, resolved }]) =>
      path !== '' && (resolved !== undefined || !integrity?.startsWith('sha512-')),
  )
  expect(foreign.map(([path]) => path)).toEqual([])
})

test('versions are compared as numbers', () => {
  expect(isAtLeast('1.10.0', '1.9.9')).toBe(true)
  expect(isAtLeast('0.45.2', '0.45.2')).toBe(true)
  expect(isAtLeast('0.45.1', '0.45.2')).toBe(false)
  expect(isAtLeast('8.9.99', '8.21.1')).toBe(false)
})
