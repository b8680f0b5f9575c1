/** Some tests look at, or meddle with, what a process asks of the system. */
import { execFileSync } from 'node:child_process'
import type { TestContext } from 'vitest'

/** Skips the test, saying so, where there is no strace; where everything must be shown, that is a failure. */
export const needStrace = (context: TestContext): void => {
  try {
    execFileSync('strace', ['-o', '/dev/null', 'true'], { stdio: 'ignore' })
  } catch {
    const why = 'strace is missing, or may not trace here'
    if (process.env['PARLEY_CI'] !== undefined) throw new Error(why)
    context.skip(why)
  }
}
