/** Who may do what, and the codes with which a connection ends. */
import { ID_PATTERN, isId, type CompartmentId, type TrackerId } from '#shared/ids.ts'

/** From the most to the least powerful; each may do all that the later ones may. */
export const ROLES = ['owner', 'editor', 'commenter', 'viewer'] as const
export type Role = (typeof ROLES)[number]

export const ROLE_LABELS: Readonly<Record<Role, string>> = {
  owner: 'Owner',
  editor: 'Editor',
  commenter: 'Commenter',
  viewer: 'Viewer',
}

export const ACTIONS = ['read', 'discuss', 'edit', 'snapshot', 'manage'] as const
/** `manage`: rename, archive, invite, change roles. `snapshot`: save one, or restore from one. */
export type Action = (typeof ACTIONS)[number]

/** Of two the one that may do less; without a second the first. */
export const lowerRole = (role: Role, other: Role | undefined): Role =>
  other !== undefined && ROLES.indexOf(other) > ROLES.indexOf(role) ? other : role

const LEAST_ROLE: Readonly<Record<Action, Role>> = {
  read: 'viewer',
  discuss: 'commenter',
  edit: 'editor',
  snapshot: 'editor',
  manage: 'owner',
}

export const may = (role: Role, action: Action): boolean =>
  ROLES.indexOf(role) <= ROLES.indexOf(LEAST_ROLE[action])

/** What counts of several roles that somebody has in a tracker: of their own, and through groups. */
export const highestRole = (roles: readonly Role[]): Role | undefined =>
  ROLES.find(role => roles.includes(role))

/** What an account is on the server, whatever it is in its trackers; from the most to the least powerful. */
export const SERVER_ROLES = ['administrator', 'member', 'guest'] as const
export type ServerRole = (typeof SERVER_ROLES)[number]

export const SERVER_ROLE_LABELS: Readonly<Record<ServerRole, string>> = {
  administrator: 'Administrator',
  member: 'Member',
  guest: 'Guest',
}

/** A service account is a program's: it is named as such, and gets in with tokens alone. */
export const ACCOUNT_KINDS = ['person', 'service'] as const
export type AccountKind = (typeof ACCOUNT_KINDS)[number]

/** Who may make an account without being asked: nobody, or anybody, who is then this on the server. */
export const REGISTRATIONS = ['closed', 'guest', 'member'] as const
export type Registration = (typeof REGISTRATIONS)[number]

export const SERVER_ACTIONS = ['create trackers', 'see people', 'administrate'] as const
/**
 * `see people`: also those with whom one shares no tracker, and the groups. `administrate`: people, groups, settings,
 * the audit log. It opens no tracker.
 */
export type ServerAction = (typeof SERVER_ACTIONS)[number]

const LEAST_SERVER_ROLE: Readonly<Record<ServerAction, ServerRole>> = {
  'create trackers': 'member',
  'see people': 'member',
  administrate: 'administrator',
}

export const mayOnServer = (role: ServerRole, action: ServerAction): boolean =>
  SERVER_ROLES.indexOf(role) <= SERVER_ROLES.indexOf(LEAST_SERVER_ROLE[action])

/**
 * A tracker is several documents: the matrix, the discussion, which a restore never touches, and each compartment, which has
 * members of its own.
 */
export type DocumentName = TrackerId | `${TrackerId}.discussion` | `${TrackerId}.${CompartmentId}`

interface Of<Kind extends string> {
  readonly name: DocumentName
  readonly trackerId: TrackerId
  readonly kind: Kind
}

export type CompartmentRef = Of<'compartment'> & { readonly compartmentId: CompartmentId }
export type DocumentRef = Of<'matrix'> | Of<'discussion'> | CompartmentRef

export const parseDocumentName = (name: string): DocumentRef | undefined => {
  const [tracker = '', part, ...rest] = name.split('.')
  if (!ID_PATTERN.test(tracker) || rest.length > 0) return undefined
  const of = { name: name as DocumentName, trackerId: tracker as TrackerId }
  if (part === undefined) return { ...of, kind: 'matrix' }
  if (part === 'discussion') return { ...of, kind: 'discussion' }
  return isId(part)
    ? { ...of, kind: 'compartment', compartmentId: part as CompartmentId }
    : undefined
}

export const compartmentRef = (
  trackerId: TrackerId,
  compartmentId: CompartmentId,
): CompartmentRef => ({
  name: `${trackerId}.${compartmentId}`,
  trackerId,
  kind: 'compartment',
  compartmentId,
})

/** The action that writing to a document of this kind is. */
export const writeAction = (kind: DocumentRef['kind']): Action =>
  kind === 'discussion' ? 'discuss' : 'edit'

/**
 * Why a connection ends. The stock y-websocket client never returns after 4400 to 4499, and always after
 * anything else: nothing that passes may have a 44xx code.
 */
export const CLOSES = {
  malformed: { code: 4400, reason: 'This message could not be understood; reload the page.' },
  signedOut: { code: 4401, reason: 'Signed out; sign in again.' },
  notAllowed: { code: 4403, reason: 'Your role does not allow this change.' },
  notFound: { code: 4404, reason: 'There is no such tracker, or you have no access to it.' },
  newerLayout: { code: 4409, reason: 'This tracker was made by a newer version of Parley.' },
  tooLarge: { code: 4413, reason: 'This change is too large; make it in smaller parts.' },
  unavailable: { code: 4503, reason: 'The server is restarting or cannot store; trying again.' },
  outOfStep: { code: 4500, reason: 'Out of step with the server; synchronising again.' },
  tooSlow: { code: 4508, reason: 'The connection is too slow; synchronising again.' },
  damaged: { code: 4510, reason: 'What is stored of this tracker is damaged; tell its operator.' },
  tooFast: { code: 4529, reason: 'Too many messages; trying again.' },
} as const satisfies Readonly<Record<string, { readonly code: number; readonly reason: string }>>
export type Close = (typeof CLOSES)[keyof typeof CLOSES]
