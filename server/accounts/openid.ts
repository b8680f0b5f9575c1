/** The organisation's OpenID Connect provider as better-auth knows it, and whom it may bring in. */
import { genericOAuth } from 'better-auth/plugins/generic-oauth'
import type { ServerRole } from '#shared/access.ts'
import { nearestName } from '#shared/person-names.ts'

export interface OrganisationSettings {
  readonly issuer: URL
  readonly clientId: string
  readonly clientSecret: string
  /** As the button names it. */
  readonly name: string
  /** What somebody is who has no account yet; undefined: they get none. */
  readonly joins: Exclude<ServerRole, 'administrator'> | undefined
  /** Nobody signs in with a password. */
  readonly only: boolean
}

/** In the address to which the provider sends people back, `/api/auth/callback/organisation`, which it has to know. */
export const ORGANISATION = 'organisation'

export const organisationPlugin = (settings: OrganisationSettings) =>
  genericOAuth({
    config: [
      {
        providerId: ORGANISATION,
        discoveryUrl: `${settings.issuer.href.replace(/\/$/, '')}/.well-known/openid-configuration`,
        clientId: settings.clientId,
        clientSecret: settings.clientSecret,
        scopes: ['openid', 'email', 'profile'],
        requireIdTokenVerification: true,
        disableSignUp: settings.joins === undefined,
        mapProfileToUser: ({ email, name }) => ({ name: nameFrom(name, email) }),
      },
    ],
  })

/** Somebody's address is theirs only where the provider has seen that they read its mail. */
export const unverified = ({ email, emailVerified }: Vouched) =>
  emailVerified === true && !/\.invalid$/i.test(email ?? '')
    ? undefined
    : { error: 'email_not_verified' }

interface Vouched {
  readonly email?: string | null | undefined
  readonly emailVerified?: boolean | undefined
}

const nameFrom = (name: unknown, email: unknown): string => {
  const told = typeof name === 'string' ? nearestName(name) : ''
  return told || nearestName(String(email).split('@', 1)[0] ?? '') || 'Somebody'
}
