/**
 * Hashing passwords, a few at a time: it costs what it is meant to cost, and the threads on which it runs write the
 * journal as well.
 */
import { hashPassword, verifyPassword } from 'better-auth/crypto'
import { Unavailable } from '#server/live/rooms.ts'

const AT_ONCE = 2
/** Who comes behind so many waits longer than anybody looks at a sign-in page. */
const MOST_WAITING = 100

/** Lets so many run at once; of more than may wait, each is told to come again. */
export const inTurn = (atOnce: number, mostWaiting: number) => {
  let running = 0
  const waiting: (() => void)[] = []
  return async <Result>(run: () => Promise<Result>): Promise<Result> => {
    if (running >= atOnce) {
      if (waiting.length >= mostWaiting) throw new Unavailable('Too many passwords at once')
      const { promise, resolve } = Promise.withResolvers<void>()
      waiting.push(resolve)
      await promise
    } else running++
    try {
      return await run()
    } finally {
      const next = waiting.shift()
      if (next) next()
      else running--
    }
  }
}

const turn = inTurn(AT_ONCE, MOST_WAITING)

export const hashing = {
  hash: (password: string) => turn(() => hashPassword(password)),
  verify: (asked: Parameters<typeof verifyPassword>[0]) => turn(() => verifyPassword(asked)),
}
