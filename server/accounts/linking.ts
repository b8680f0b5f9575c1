/** Which accounts the organisation's sign-in leads to because of their e-mail address alone. */
import { and, eq } from 'drizzle-orm'
import { account as credentials, user } from '#drizzle/sqlite/schema.ts'
import type { Database } from '#server/store/database.ts'

/** Why not, in the address after the provider. */
export const GUARDED = 'account_guarded'

/**
 * Whoever runs the provider writes its addresses: they are no way past a second factor, nor to an administrator's
 * account that has a password. Others, and those that were made for the organisation's sign-in, are linked.
 */
export const mayLink = async (db: Database, id: unknown): Promise<boolean> => {
  const [found] = await db
    .select({ isGuarded: user.twoFactorEnabled, role: user.serverRole, password: credentials.id })
    .from(user)
    .leftJoin(
      credentials,
      and(eq(credentials.userId, user.id), eq(credentials.providerId, 'credential')),
    )
    .where(eq(user.id, String(id)))
  if (!found) return false
  return !found.isGuarded && !(found.role === 'administrator' && found.password !== null)
}
