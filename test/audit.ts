/**
 * `npm run audit`: asks npm's registry for known holes in what is installed. Ends with 0 where there is none of weight, with
 * 1 where there is, and with 2 where nobody answered: no answer is no clean bill.
 */
import { spawnSync } from 'node:child_process'

interface Report {
  readonly vulnerabilities?: Readonly<
    Record<string, { readonly severity: string; readonly range: string }>
  >
  readonly error?: unknown
  readonly message?: string
}

const HEAVY: ReadonlySet<string> = new Set(['high', 'critical'])

const parsed = (text: string): Report => {
  try {
    return JSON.parse(text) as Report
  } catch {
    return {}
  }
}

const { stderr, stdout } = spawnSync('npm', ['audit', '--audit-level=high', '--json'], {
  encoding: 'utf8',
  timeout: 120_000,
})
const { vulnerabilities } = parsed(stdout)
if (!vulnerabilities) {
  const said = /npm warn audit (.+)/.exec(stderr)?.[1] ?? 'it did not say why'
  process.stdout.write(
    `npm’s registry did not answer whether there are known holes (${said}). Ask again where it can be reached; test/lock.test.ts holds the versions that are known to be safe.\n`,
  )
  process.exitCode = 2
} else {
  const all = Object.entries(vulnerabilities)
  const heavy = all.filter(([, { severity }]) => HEAVY.has(severity))
  for (const [name, { range, severity }] of heavy)
    process.stdout.write(`${severity}: ${name} ${range}\n`)
  process.stdout.write(
    `${heavy.length} known holes of weight, ${all.length - heavy.length} lighter ones.\n`,
  )
  process.exitCode = heavy.length > 0 ? 1 : 0
}
