/** Why somebody who comes back from their organisation's sign-in is not signed in here. */
export const ORGANISATION_FAILURES = {
  'no account':
    'You have no account on this server yet. Ask an administrator to add you with the e-mail address that your organisation knows.',
  'not linked':
    'There is an account with your e-mail address, and nobody has shown yet that it is yours. Sign in with its password, or ask an administrator.',
  guarded:
    'Your account here has a second factor, or administers this server: your e-mail address alone does not open it. Sign in with its password.',
  'not verified':
    'Your organisation does not vouch for your e-mail address. Ask whoever runs its sign-in to have it verified.',
  closed: 'Your account on this server is closed. Ask one of its administrators.',
  'called off': 'You were not signed in: it was called off at your organisation.',
  'too late': 'This sign-in took too long, or was begun in another window. Try again.',
  unclear: 'Your organisation’s sign-in did not work. Try again, or ask an administrator.',
} as const
export type OrganisationFailure = keyof typeof ORGANISATION_FAILURES

export const isOrganisationFailure = (text: unknown): text is OrganisationFailure =>
  typeof text === 'string' && Object.hasOwn(ORGANISATION_FAILURES, text)
