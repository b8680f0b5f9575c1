/** The settings of what is outside: the mail server and the organisation's OpenID Connect provider. */
import { z } from 'zod'
import type { MailSettings } from '#server/accounts/mail.ts'
import type { OrganisationSettings } from '#server/accounts/openid.ts'

const isMailServer = (text: string): boolean => {
  const url = URL.parse(text)
  return url !== null && /^smtps?:$/.test(url.protocol) && url.hostname !== ''
}

const OWN_HOST = /^(?:localhost|127\.0\.0\.1|\[::1\])$/

/** What the provider says is believed because of who answers there: over the network that needs TLS. */
const isIssuer = (text: string): boolean => {
  const url = URL.parse(text)
  if (!url || url.search || url.hash) return false
  return url.protocol === 'https:' || (url.protocol === 'http:' && OWN_HOST.test(url.hostname))
}

const SETTINGS = {
  SMTP_URL: z
    .string()
    .refine(isMailServer, 'must be an address such as smtps://name:password@mail.example.org')
    .optional(),
  MAIL_FROM: z
    .string()
    .regex(/^[^\r\n]*[^\s@<]+@[^\s@>]+>?$/, 'must be an e-mail address such as parley@example.org')
    .optional(),
  OIDC_ISSUER: z
    .string()
    .refine(isIssuer, 'must be an address such as https://login.example.org')
    .transform(text => new URL(text))
    .optional(),
  OIDC_CLIENT_ID: z.string().optional(),
  OIDC_CLIENT_SECRET: z.string().optional(),
  OIDC_NAME: z.string().max(60, 'must have at most 60 characters').default('your organisation'),
  OIDC_JOIN: z.enum(['member', 'guest'], 'must be member or guest').optional(),
  OIDC_ONLY: z.enum(['true', 'false'], 'must be true or false').default('false'),
}

export type Read = <Value>(name: string, setting: z.ZodType<Value>) => Value

export interface Outside {
  readonly mail: MailSettings | undefined
  readonly organisation: OrganisationSettings | undefined
}

/** What belongs together and is not there together is named in `faults`. */
export const readOutside = (read: Read, hasPublicUrl: boolean, faults: string[]): Outside => {
  const url = read('SMTP_URL', SETTINGS.SMTP_URL)
  const from = read('MAIL_FROM', SETTINGS.MAIL_FROM)
  const issuer = read('OIDC_ISSUER', SETTINGS.OIDC_ISSUER)
  const clientId = read('OIDC_CLIENT_ID', SETTINGS.OIDC_CLIENT_ID)
  const clientSecret = read('OIDC_CLIENT_SECRET', SETTINGS.OIDC_CLIENT_SECRET)
  const name = read('OIDC_NAME', SETTINGS.OIDC_NAME)
  const joins = read('OIDC_JOIN', SETTINGS.OIDC_JOIN)
  const only = read('OIDC_ONLY', SETTINGS.OIDC_ONLY) === 'true'

  const together = (why: string, parts: Readonly<Record<string, unknown>>): void => {
    const missing = Object.entries(parts).filter(([, value]) => !value)
    if (missing.length < Object.keys(parts).length)
      for (const [name] of missing) faults.push(`${name} must be set as well, ${why}`)
  }
  together('to send mail', { SMTP_URL: url, MAIL_FROM: from })
  together('for the organisation’s sign-in', {
    OIDC_ISSUER: issuer,
    OIDC_CLIENT_ID: clientId,
    OIDC_CLIENT_SECRET: clientSecret,
  })
  if (!issuer && (joins || only))
    faults.push('OIDC_ISSUER must be set where OIDC_JOIN or OIDC_ONLY is')
  if (!hasPublicUrl && (url ?? issuer))
    faults.push('PUBLIC_URL must be set: links in mails and the organisation’s sign-in lead there')
  return {
    mail: url && from ? { url, from } : undefined,
    organisation:
      issuer && clientId && clientSecret
        ? { issuer, clientId, clientSecret, name, joins, only }
        : undefined,
  }
}

export const OUTSIDE_SECRETS = ['SMTP_URL', 'OIDC_CLIENT_SECRET']
