/** better-auth over our database: passwords, sessions, cookies. Nothing of it is mounted; accounts.ts calls it. */
import { passkey } from '@better-auth/passkey'
import { APIError } from 'better-auth/api'
import { betterAuth } from 'better-auth/minimal'
import { and, desc, eq, isNull, notInArray } from 'drizzle-orm'
import { twoFactor } from 'better-auth/plugins/two-factor'
import { drizzleAdapter } from 'better-auth/adapters/drizzle'
import * as schema from '#drizzle/sqlite/schema.ts'
import { GUARDED, mayLink } from '#server/accounts/linking.ts'
import { hashing } from '#server/accounts/hashing.ts'
import { MOST_SESSIONS } from '#server/accounts/sessions.ts'
import { newAccountId } from '#server/accounts/account-id.ts'
import {
  organisationPlugin,
  unverified,
  type OrganisationSettings,
} from '#server/accounts/openid.ts'
import type { Database } from '#server/store/database.ts'
import { SERVER_ROLES, type ServerRole } from '#shared/access.ts'
import { newId } from '#shared/ids.ts'
import { LONGEST_PASSWORD, SHORTEST_PASSWORD } from '#shared/passwords.ts'

export interface AuthSettings {
  readonly secret: string
  /** Where people reach Parley; over https cookies are `Secure` and say so in their name. */
  readonly publicUrl: string
  readonly organisation?: OrganisationSettings | undefined
  /** Cuts the live connections of a session that made room for another. */
  readonly sessionEnded?: (session: string) => void
  /** Where the pages are from which somebody uses a passkey, when it is not there. */
  readonly pagesAt?: string
}

/** Who asks, as far as a session that begins is to remember it. */
export interface Asking {
  readonly headers: Headers
  /** As `addressOf` says. */
  readonly address: string
}

const DAY = 24 * 60 * 60
/** In which header the address comes to the session's row; from outside it comes no further than `toldBy`. */
const ADDRESS = 'x-parley-address'

/** In which header the role on the server comes to the row of a new account. */
const SERVER_ROLE = 'x-parley-server-role'

/** What the library is told of a request. Nothing else of it counts, whatever it holds. */
export const toldBy = ({ address, headers }: Asking, joinsAs?: ServerRole): Headers => {
  const told = new Headers({ [ADDRESS]: address, ...(joinsAs && { [SERVER_ROLE]: joinsAs }) })
  for (const name of ['cookie', 'user-agent']) {
    const value = headers.get(name)
    if (value !== null) told.set(name, value)
  }
  return told
}

/** The same, with one of its cookies alone: whatever session the browser has besides is not meant. */
export const toldWith = (cookie: OwnCookie, asking: Asking): Headers => {
  const told = toldBy(asking)
  told.delete('cookie')
  const pair = cookieIn(cookie, asking.headers)
  if (pair !== undefined) told.set('cookie', pair)
  return told
}

/** Cookies besides the session's, of a sign-in that is under way. */
type OwnCookie = 'two_factor' | 'passkey'

/** As it was sent: name, `=` and value. */
export const cookieIn = (cookie: OwnCookie, headers: Headers): string | undefined =>
  headers
    .get('cookie')
    ?.split('; ')
    .find(pair => pair.split('=', 1)[0]?.endsWith(`parley.${cookie}`))

export const createAuth = (
  db: Database,
  {
    organisation,
    publicUrl,
    secret,
    pagesAt = publicUrl,
    sessionEnded = () => undefined,
  }: AuthSettings,
) => {
  const isSecure = publicUrl.startsWith('https:')
  return betterAuth({
    baseURL: publicUrl,
    secret,
    database: drizzleAdapter(db, { provider: 'sqlite', schema, transaction: false }),
    emailAndPassword: {
      enabled: true,
      minPasswordLength: SHORTEST_PASSWORD,
      maxPasswordLength: LONGEST_PASSWORD,
      password: hashing,
    },
    user: {
      validateUserInfo: async ({ source, user }) => {
        if (source.method !== 'oauth' || source.action === 'sign-in') return undefined
        const isGuarded =
          source.action === 'link-account' &&
          organisation?.only !== true &&
          !(await mayLink(db, user.id))
        return unverified(user) ?? (isGuarded ? { error: GUARDED } : undefined)
      },
      additionalFields: {
        kind: { type: 'string', input: false, required: false, defaultValue: 'person' },
        serverRole: { type: 'string', input: false, required: false, defaultValue: 'member' },
        closedAt: { type: 'number', input: false, required: false },
      },
    },
    // Of what the organisation's provider hands out nothing is needed but the answer to who somebody is.
    account: { updateAccountOnSignIn: false },
    databaseHooks: {
      account: { create: { before: async account => ({ data: { ...account, ...NO_TOKENS } }) } },
      // However somebody proves who they are: there is no session of a closed account.
      session: {
        create: {
          before: async (session, context) =>
            (await isOpen(db, session.userId)) && {
              data: { ...session, ipAddress: context?.headers?.get(ADDRESS) ?? '' },
            },
          after: async ({ userId }) => {
            for (const { id } of await endOldest(db, userId)) sessionEnded(id)
          },
        },
      },
      user: {
        create: {
          before: async (user, context) => {
            const serverRole =
              context?.path === CALLBACK
                ? organisation?.joins
                : roleNamed(context?.headers?.get(SERVER_ROLE))
            // Whoever sets the server up vouches for the address, as for everybody's later.
            const isVouchedFor = serverRole === 'administrator' && { emailVerified: true }
            const id = await newAccountId(db)
            return { data: { ...user, ...isVouchedFor, serverRole: serverRole ?? 'guest', id } }
          },
        },
      },
    },
    // Who has no password, but signs in at their organisation, gives none here either: see confirming.ts.
    plugins: [
      twoFactor({ issuer: 'Parley', allowPasswordless: true }),
      ...(organisation ? [organisationPlugin(organisation)] : []),
      passkey({
        rpName: 'Parley',
        rpID: new URL(pagesAt).hostname,
        origin: pagesAt,
        authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
        registration: {
          afterVerification: ({ verification: { registrationInfo } }) =>
            needVerified(registrationInfo?.userVerified),
        },
        authentication: {
          afterVerification: ({ verification: { authenticationInfo } }) =>
            needVerified(authenticationInfo.userVerified),
        },
        advanced: { webAuthnChallengeCookie: 'passkey' },
      }),
    ],
    session: { expiresIn: 30 * DAY, updateAge: DAY, freshAge: 0 },
    // Wrong passwords are counted in attempts.ts: by account too, and without trusting forwarded headers.
    rateLimit: { enabled: false },
    telemetry: { enabled: false },
    logger: { disabled: true },
    advanced: {
      // `__Host-`: no neighbour below the same domain can set or read them. better-auth knows `__Secure-` alone.
      cookiePrefix: isSecure ? '__Host-parley' : 'parley',
      useSecureCookies: false,
      defaultCookieAttributes: { secure: isSecure },
      ipAddress: { disableIpTracking: true },
      database: { generateId: () => newId() },
    },
  })
}

const roleNamed = (name: string | null | undefined): ServerRole | undefined =>
  SERVER_ROLES.find(role => role === name)

const CALLBACK = '/callback/:id'
const NO_TOKENS = { accessToken: null, refreshToken: null, idToken: null }

/** Alone, a passkey takes the place of two factors: the device has to know who holds it, by a PIN or a finger. */
const needVerified = (isVerified: boolean | undefined): void => {
  if (!isVerified) throw new APIError('UNAUTHORIZED', { code: 'NOT_VERIFIED' })
}

/** The last used stay; answers those that have ended. */
const endOldest = (db: Database, userId: string) => {
  const { session } = schema
  const kept = db
    .select({ id: session.id })
    .from(session)
    .where(eq(session.userId, userId))
    .orderBy(desc(session.updatedAt), desc(session.id))
    .limit(MOST_SESSIONS)
  return db
    .delete(session)
    .where(and(eq(session.userId, userId), notInArray(session.id, kept)))
    .returning({ id: session.id })
}

const isOpen = async (db: Database, id: string): Promise<boolean> => {
  const isThis = and(eq(schema.user.id, id), isNull(schema.user.closedAt))
  return (await db.select({ id: schema.user.id }).from(schema.user).where(isThis)).length > 0
}

export type Auth = ReturnType<typeof createAuth>
