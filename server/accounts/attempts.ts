/** Counts attempts under a name and refuses when too many failed: guessing a password takes years. */

interface Window {
  attempts: number
  readonly endsAt: number
}

export interface Limit {
  readonly most: number
  readonly withinMs: number
}

/**
 * Names kept at once of each kind, which is their first word; the oldest go first, so that a flood of names costs no
 * memory, and forgets nothing of another kind.
 */
const MOST_NAMES = 10_000

export class Attempts {
  readonly #now: () => number
  readonly #kinds = new Map<string, Map<string, Window>>()

  constructor(now: () => number) {
    this.#now = now
  }

  /** Milliseconds until this name may try again; 0: now. */
  waitFor(name: string, { most }: Limit): number {
    const window = this.#open(name)
    return window && window.attempts >= most ? window.endsAt - this.#now() : 0
  }

  /** Counts one that begins; it counts as failed until it is taken back, so that many at once get no further. */
  begin(name: string, { withinMs }: Limit): void {
    const window = this.#open(name)
    if (window) {
      window.attempts++
      return
    }
    const windows = this.#ofKind(name)
    const oldest = windows.keys().next()
    if (windows.size >= MOST_NAMES && !oldest.done) windows.delete(oldest.value)
    windows.delete(name)
    windows.set(name, { attempts: 1, endsAt: this.#now() + withinMs })
  }

  /** This one succeeded. */
  takeBack(name: string): void {
    const window = this.#open(name)
    if (window) window.attempts--
  }

  /** Forgets what failed before, too. */
  forgive(name: string): void {
    this.#ofKind(name).delete(name)
  }

  #ofKind(name: string): Map<string, Window> {
    const kind = name.slice(0, Math.max(0, name.indexOf(' ')))
    const known = this.#kinds.get(kind) ?? new Map<string, Window>()
    this.#kinds.set(kind, known)
    return known
  }

  #open(name: string): Window | undefined {
    const window = this.#ofKind(name).get(name)
    return window && window.endsAt > this.#now() ? window : undefined
  }
}

const QUARTER_HOUR = 15 * 60_000
/** For one account from one address; then for each of the two alone, where many guesses may be honest people's. */
const PAIR: Limit = { most: 10, withinMs: QUARTER_HOUR }
const ALONE: Limit = { most: 50, withinMs: QUARTER_HOUR }

/** Tells that the password was right. */
export type Succeeded = () => void

/**
 * One guess at an account's password, or at something like it, from an address; or, for too many, how many milliseconds to
 * wait. What is guessed at one door keeps nobody at the same address from another.
 */
export const beginGuess = (
  attempts: Attempts,
  address: string,
  email: string,
  door: 'password' | 'second factor' | 'share link' = 'password',
): Succeeded | number => {
  const pair = `pair ${address} ${email}`
  const counted: readonly (readonly [string, Limit])[] = [
    [pair, PAIR],
    [`account ${email}`, ALONE],
    [`address ${door} ${address}`, ALONE],
  ]
  const wait = Math.max(...counted.map(([name, limit]) => attempts.waitFor(name, limit)))
  if (wait > 0) return wait
  for (const [name, limit] of counted) attempts.begin(name, limit)
  return () => {
    for (const [name] of counted) attempts.takeBack(name)
    attempts.forgive(pair)
  }
}

/** Sign-ins that succeed, of one account: each costs a hash and a session. */
const SIGNED_IN: Limit = { most: 30, withinMs: QUARTER_HOUR }

/** Milliseconds until this account may be signed in to again, however right the password is. */
export const waitToSignIn = (attempts: Attempts, email: string): number =>
  attempts.waitFor(`signed in ${email}`, SIGNED_IN)

export const countSignIn = (attempts: Attempts, email: string): void =>
  attempts.begin(`signed in ${email}`, SIGNED_IN)

/** One try that names no account; or, for too many from this address, how many milliseconds to wait. */
export const beginTry = (attempts: Attempts, address: string, what: string): Succeeded | number => {
  const name = `${what} ${address}`
  const wait = attempts.waitFor(name, ALONE)
  if (wait > 0) return wait
  attempts.begin(name, ALONE)
  return () => attempts.takeBack(name)
}

/** Something that a stranger may ask for, and that costs a row; or how many milliseconds to wait. */
const ASKED: Limit = { most: 200, withinMs: QUARTER_HOUR }

export const waitToAsk = (attempts: Attempts, address: string, what: string): number => {
  const name = `${what} ${address}`
  const wait = attempts.waitFor(name, ASKED)
  if (wait === 0) attempts.begin(name, ASKED)
  return wait
}
