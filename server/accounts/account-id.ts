/** The id of a new account, drawn so that people who meet have different colours: a colour follows from an id. */
import { user } from '#drizzle/sqlite/schema.ts'
import type { Database } from '#server/store/database.ts'
import { newId, type AccountId } from '#shared/ids.ts'
import { colourOf, PERSON_COLOURS } from '#shared/presence.ts'

/** Neighbours on the wheel look alike: one account and the next take colours far from each other. */
const STRIDE = 5
const INVITING = Array.from({ length: PERSON_COLOURS }, (_, n) => (n * STRIDE) % PERSON_COLOURS)

export const newAccountId = async (db: Database): Promise<AccountId> => {
  const colour = rarest(await db.select({ id: user.id }).from(user))
  for (;;) {
    const id = newId<AccountId>()
    if (colourOf(id) === colour) return id
  }
}

const rarest = (accounts: readonly { readonly id: string }[]): number => {
  const taken = accounts.map(({ id }) => colourOf(id as AccountId))
  const many = (colour: number): number => taken.filter(one => one === colour).length
  return INVITING.reduce((best, colour) => (many(colour) < many(best) ? colour : best))
}
