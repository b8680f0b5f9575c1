/** The audit log: who did what with accounts, rights and what leaves the server. */

/** What is noted, and how it reads. */
export const AUDITED = {
  'account made': 'Made an account',
  'account closed': 'Closed an account',
  'account changed': 'Changed an account',
  'signed in': 'Signed in',
  'sign-in failed': 'Failed to sign in',
  'password refused': 'Gave a wrong password where it was asked for again',
  'signed out': 'Signed out',
  'session ended': 'Ended a session',
  'password changed': 'Changed a password',
  'reset link issued': 'Issued a link to set a password',
  'reset link refused': 'Tried a link that sets no password',
  'second factor changed': 'Changed a second factor',
  'passkey changed': 'Changed a passkey',
  'server role changed': 'Changed a role on the server',
  'setting changed': 'Changed a setting',
  'group changed': 'Changed a group',
  'invitation made': 'Made an invitation',
  'invitation used': 'Used an invitation',
  'invitation revoked': 'Revoked an invitation',
  'invitation refused': 'Tried an invitation that does not hold',
  'role changed': 'Changed a role in a tracker',
  'member removed': 'Removed a member',
  'tracker made': 'Made a tracker',
  'tracker changed': 'Changed a tracker’s settings',
  'share made': 'Made a share link',
  'share revoked': 'Revoked a share link',
  'share viewed': 'Looked through a share link',
  'share refused': 'Tried a share link with a wrong password',
  exported: 'Exported',
  imported: 'Imported',
  restored: 'Restored',
  redacted: 'Redacted a text',
  'token made': 'Made a token',
  'token revoked': 'Revoked a token',
  'token used': 'Used a token',
  'token refused': 'Tried a token that does not hold',
  'compartment changed': 'Changed a compartment',
  'compartment read': 'Read a compartment',
} as const
export type Audited = keyof typeof AUDITED

/** Who did not get where they wanted to. */
export const FAILURES: ReadonlySet<Audited> = new Set([
  'sign-in failed',
  'password refused',
  'reset link refused',
  'invitation refused',
  'share refused',
  'token refused',
])

/** What strangers can cause as often as they like: of many in a minute the first are written, the rest is counted. */
export const UNBIDDEN: ReadonlySet<Audited> = new Set([...FAILURES, 'share viewed'])

/** What only those know of who are in a compartment; the other notes of a tracker are for its owners. */
export const CONFINED: readonly Audited[] = ['compartment changed', 'compartment read']

export const isAudited = (what: string): what is Audited => Object.hasOwn(AUDITED, what)
