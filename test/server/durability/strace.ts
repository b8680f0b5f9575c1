/** Some tests look at, or meddle with, what a process asks of the system. */
import { execFileSync } from 'node:child_process'
import type { TestContext } from 'vitest'

/**
 * Skips the test, saying so, where there is no strace, or where it may not trace: some containers forbid that. Where
 * everything must be shown, a missing one is a failure.
 */
export const needStrace = (context: TestContext): void => {
  if (!works('-V')) {
    const why = 'strace is missing'
    if (process.env['PARLEY_CI'] !== undefined) throw new Error(why)
    context.skip(why)
  }
  if (!works('-o', '/dev/null', 'true')) context.skip('strace may not trace here')
}

const works = (...args: readonly string[]): boolean => {
  try {
    execFileSync('strace', args, { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}
