/** Who is signed in shows once more who they are, before something that only the owner of an account may do. */
import type { Context } from 'hono'
import type { Accounts, Session } from '#server/accounts/accounts.ts'
import { beginGuess, type Attempts } from '#server/accounts/attempts.ts'
import type { DoorEnv } from '#server/routes/door.ts'
import { Refusal, signedOut, tooManyAttempts, wrongPassword } from '#server/routes/refusal.ts'

export interface ConfirmingDeps {
  readonly accounts: Accounts
  readonly attempts: Attempts
  readonly now: () => number
}

/** Without a password, who has just signed in is believed. */
const JUST = 10 * 60_000

/** Answers the session, or throws the refusal. Guesses are counted together with those at the door. */
export const confirmed = async (
  { var: { account, asking, note, session } }: Context<DoorEnv>,
  { accounts, attempts, now }: ConfirmingDeps,
  password: string | undefined,
): Promise<Session> => {
  if (!session) throw signedOut()
  if (!(await accounts.hasPassword(account.id))) {
    if (now() - session.since < JUST) return session
    throw new Refusal(
      403,
      'sign_in_anew',
      'You signed in a while ago. Sign out, sign in again and do this within ten minutes.',
    )
  }
  const guess = beginGuess(attempts, asking.address, account.email.toLowerCase())
  if (typeof guess === 'number') throw tooManyAttempts(guess)
  if (!(await accounts.isPasswordOf(account.id, password ?? ''))) {
    await note('password refused')
    throw wrongPassword()
  }
  guess()
  return session
}
