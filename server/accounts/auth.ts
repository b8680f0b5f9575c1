/** better-auth over our database: passwords, sessions, cookies. Nothing of it is mounted; accounts.ts calls it. */
import { betterAuth } from 'better-auth/minimal'
import { and, eq, isNull } from 'drizzle-orm'
import { drizzleAdapter } from 'better-auth/adapters/drizzle'
import * as schema from '#drizzle/sqlite/schema.ts'
import { newAccountId } from '#server/accounts/account-id.ts'
import type { Database } from '#server/store/database.ts'
import { newId } from '#shared/ids.ts'

export interface AuthSettings {
  readonly secret: string
  /** Where people reach Parley; over https cookies are `Secure` and say so in their name. */
  readonly publicUrl: string
}

const DAY = 24 * 60 * 60

export const createAuth = (db: Database, { secret, publicUrl }: AuthSettings) =>
  betterAuth({
    baseURL: publicUrl,
    secret,
    database: drizzleAdapter(db, { provider: 'sqlite', schema, transaction: false }),
    emailAndPassword: { enabled: true, minPasswordLength: 8, maxPasswordLength: 128 },
    user: {
      additionalFields: {
        kind: { type: 'string', input: false, required: false, defaultValue: 'person' },
        serverRole: { type: 'string', input: false, required: false, defaultValue: 'member' },
        closedAt: { type: 'number', input: false, required: false },
      },
    },
    databaseHooks: {
      // However somebody proves who they are: there is no session of a closed account.
      session: {
        create: { before: async ({ userId }) => ((await isOpen(db, userId)) ? undefined : false) },
      },
      user: {
        create: { before: async user => ({ data: { ...user, id: await newAccountId(db) } }) },
      },
    },
    session: { expiresIn: 30 * DAY, updateAge: DAY },
    // Wrong passwords are counted in attempts.ts: by account too, and without trusting forwarded headers.
    rateLimit: { enabled: false },
    telemetry: { enabled: false },
    logger: { disabled: true },
    advanced: {
      cookiePrefix: 'parley',
      useSecureCookies: publicUrl.startsWith('https:'),
      ipAddress: { disableIpTracking: true },
      database: { generateId: () => newId() },
    },
  })

const isOpen = async (db: Database, id: string): Promise<boolean> => {
  const isThis = and(eq(schema.user.id, id), isNull(schema.user.closedAt))
  return (await db.select({ id: schema.user.id }).from(schema.user).where(isThis)).length > 0
}

export type Auth = ReturnType<typeof createAuth>
