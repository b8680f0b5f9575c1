/** P9: strangers reach nothing, and each role reaches what shared/access.ts says. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ROLES, type Role, type ServerRole } from '#shared/access.ts'
import type {
  ApiError,
  ApiSession,
  InvitationLink,
  PersonAdded,
  SignedInAt,
  TrackerEntry,
} from '#shared/api.ts'
import type { ApiCompartments } from '#shared/compartment-api.ts'
import type { AuditPage } from '#shared/audit-api.ts'
import type { AccountId, TrackerId } from '#shared/ids.ts'
import type { Tracker } from '#shared/tracker.ts'
import type { TokenMade } from '#shared/tokens-api.ts'
import {
  PASSWORD,
  personNamed,
  startServer,
  type Ask,
  type Person,
  type TestServer,
} from '#test/server/harness.ts'

let server: TestServer
let tracker: TrackerId
let people: Readonly<Record<Exclude<Who, 'stranger'>, Person>>

beforeAll(async () => {
  server = await startServer()
  const { owner, trackerId } = await server.createFirstAccount('Olga Owner')
  tracker = trackerId
  const elsewhere = await server.ask<TrackerEntry>('POST', '/api/trackers', {
    cookie: owner.cookie,
    body: { title: 'Elsewhere' },
  })
  people = {
    owner,
    editor: await server.invite(owner, tracker, 'editor', 'Edda Editor'),
    commenter: await server.invite(owner, tracker, 'commenter', 'Colin Commenter'),
    viewer: await server.invite(owner, tracker, 'viewer', 'Vera Viewer'),
    outsider: await server.invite(owner, elsewhere.body.id as TrackerId, 'editor', 'Otto Outsider'),
    administrator: await added('administrator', owner),
    guest: await added('guest', owner),
    closed: await server.invite(owner, tracker, 'editor', 'Clara Closed'),
  }
  const { cookie } = owner
  await server.ask('POST', `/api/people/${people.closed.id}/close`, { cookie, body: {} })
})
afterAll(() => server.close())

/** Somebody with a role on the server and none in any tracker. */
const added = async (serverRole: ServerRole, { cookie }: Person): Promise<Person> => {
  const { email, name } = personNamed(`Somebody ${serverRole}`)
  const { body } = await server.ask<PersonAdded>('POST', '/api/people', {
    cookie,
    body: { name, email, serverRole },
  })
  await server.ask('POST', `/api/reset-links/${body.link.token}`, { body: { password: PASSWORD } })
  return { id: body.accountId as AccountId, name, email, cookie: await server.signIn(email) }
}

/** `closed`: with the session of an account that is closed since. */
type Who = Role | 'outsider' | 'administrator' | 'guest' | 'closed' | 'stranger'
const everybody: readonly Who[] = [
  ...ROLES,
  'outsider',
  'administrator',
  'guest',
  'closed',
  'stranger',
]
/**
 * Who a route is for; `accounts`: whoever is signed in; `members` and `administrators`: of the server, whose administrators
 * here are the tracker's owner and one who is in no tracker.
 */
type For = 'all' | 'accounts' | 'members' | 'administrators' | Role

interface Sample {
  readonly for: For
  /** A request of this kind that an allowed person may send; made afresh for each, of whom it may know the cookie. */
  readonly path?: (cookie: string | undefined) => string | Promise<string>
  readonly body?: () => unknown
  readonly headers?: Readonly<Record<string, string>>
}

const at = (rest: string) => () => `/api/trackers/${tracker}${rest}`

const openInvitation = async () => {
  const link = await server.ask<InvitationLink>('POST', at('/invitations')(), {
    cookie: people.owner.cookie,
    body: { role: 'viewer' },
  })
  return link.body
}
const shareLink = async () => {
  const made = await server.ask<{ id: string }>('POST', at('/share-links')(), {
    cookie: people.owner.cookie,
    body: { name: 'Of the table' },
  })
  return made.body.id
}
const meeting = async () => {
  const begun = await server.ask<{ id: string }>('POST', at('/meetings')(), {
    cookie: people.owner.cookie,
    body: { title: 'Of the table' },
  })
  return begun.body.id
}
const question = async () => {
  const asked = await server.ask<{ id: string }>('POST', at('/questions')(), {
    cookie: people.owner.cookie,
    body: { about: 'tracker', text: 'Of the table?' },
  })
  return asked.body.id
}
let redLine = ''
let compartmentMade: Promise<string> | undefined
const compartment = () =>
  (compartmentMade ??= server
    .ask<ApiCompartments>('POST', at('/compartments')(), {
      cookie: people.owner.cookie,
      body: { name: 'Of the table' },
    })
    .then(({ body }) => body.compartments[0]?.id ?? ''))
const snapshot = async () => {
  const saved = await server.ask<{ id: string }>('POST', at('/snapshots')(), {
    cookie: people.owner.cookie,
    body: { label: 'For the table' },
  })
  return saved.body.id
}
const text = async () => {
  const taken = await server.ask<{ hash: string }>('POST', at('/texts')(), {
    cookie: people.owner.cookie,
    body: { text: 'Words of a source' },
  })
  return taken.body.hash
}
const group = async () => {
  const made = await server.ask<{ id: string }>('POST', '/api/groups', {
    cookie: people.owner.cookie,
    body: { name: 'Of the table' },
  })
  return made.body.id
}
const groupWithin = async (rest: (id: string) => string) => {
  const id = await group()
  await server.ask('PUT', rest(id), { cookie: people.owner.cookie, body: { role: 'viewer' } })
  return rest(id)
}
let made = 0
const otherSession = async (cookie = '') => {
  const { body: session } = await server.ask<ApiSession>('GET', '/api/session', { cookie })
  if (!session.account) return 'none'
  await server.signIn(session.account.email)
  const { body } = await server.ask<SignedInAt[]>('GET', '/api/account/sessions', { cookie })
  return body.find(({ isThis }) => !isThis)?.id ?? 'none'
}
const newToken = () => ({
  name: 'Of the table',
  actions: [],
  trackerIds: null,
  expiresAt: Date.now() + 3_600_000,
})
const newOwnToken = () => ({ ...newToken(), password: PASSWORD })
const tokenOf = async (cookie: string | undefined) => {
  if (cookie === undefined) return 'none'
  const made = await server.ask<TokenMade>('POST', '/api/account/tokens', {
    cookie,
    body: newOwnToken(),
  })
  return made.body.id
}
const service = async () => {
  const made = await server.ask<{ accountId: string }>('POST', '/api/service-accounts', {
    cookie: people.owner.cookie,
    body: { name: 'Importer' },
  })
  return made.body.accountId
}
const spare = () =>
  server.invite(people.owner, tracker, 'viewer', `Spare ${++made}`).then(({ id }) => id)

const person = async () => {
  const { body } = await server.ask<PersonAdded>('POST', '/api/people', {
    cookie: people.owner.cookie,
    body: { name: 'Nora New', email: `new-${++made}@example.org`, serverRole: 'member' },
  })
  return body
}
const closed = async () => {
  const { accountId } = await person()
  const { cookie } = people.owner
  await server.ask('POST', `/api/people/${accountId}/close`, { cookie, body: {} })
  return accountId
}

const ROUTES: Readonly<Record<string, Sample>> = {
  'GET /healthz': { for: 'all' },
  'GET /readyz': { for: 'all' },
  'GET /api/session': { for: 'all' },
  'POST /api/setup': { for: 'all', body: () => personNamed('Late Visitor') },
  'POST /api/auth/sign-in/email': {
    for: 'all',
    body: () => ({ email: people.owner.email, password: PASSWORD }),
  },
  'POST /api/auth/sign-out': { for: 'accounts' },
  'PATCH /api/account': { for: 'accounts', body: () => ({ name: 'Somebody' }) },
  'POST /api/account/password': {
    for: 'accounts',
    body: () => ({ present: PASSWORD, next: PASSWORD }),
  },
  'GET /api/account/security': { for: 'accounts' },
  'POST /api/account/second-factor': { for: 'accounts', body: () => ({ password: PASSWORD }) },
  // Let in, and told that there is none.
  'POST /api/account/second-factor/confirm': { for: 'accounts', body: () => ({ code: '' }) },
  'POST /api/account/second-factor/recovery-codes': {
    for: 'accounts',
    body: () => ({ password: PASSWORD }),
  },
  'POST /api/account/second-factor/off': { for: 'accounts', body: () => ({ password: PASSWORD }) },
  // Whoever has not given a password is sent back to it with the 401 of a stranger.
  'POST /api/auth/sign-in/second-factor': { for: 'all', body: () => ({ code: '' }) },
  'POST /api/auth/passkey/options': { for: 'all' },
  'POST /api/auth/passkey': { for: 'all', body: () => ({}) },
  'GET /api/account/passkeys': { for: 'accounts' },
  'POST /api/account/passkeys/options': {
    for: 'accounts',
    body: () => ({ password: PASSWORD }),
  },
  'POST /api/account/passkeys': { for: 'accounts', body: () => ({}) },
  'PATCH /api/account/passkeys/{passkeyId}': { for: 'accounts', body: () => ({}) },
  'DELETE /api/account/passkeys/{passkeyId}': { for: 'accounts' },
  'GET /api/account/sessions': { for: 'accounts' },
  'DELETE /api/account/sessions': { for: 'accounts' },
  'DELETE /api/account/sessions/{sessionId}': {
    for: 'accounts',
    path: async cookie => `/api/account/sessions/${await otherSession(cookie)}`,
  },
  'GET /api/account/tokens': { for: 'accounts' },
  'POST /api/account/tokens': { for: 'accounts', body: newOwnToken },
  'DELETE /api/account/tokens/{tokenId}': {
    for: 'accounts',
    path: async cookie => `/api/account/tokens/${await tokenOf(cookie)}`,
  },
  'GET /api/service-accounts': { for: 'administrators' },
  'POST /api/service-accounts': { for: 'administrators', body: () => ({ name: 'Importer' }) },
  'DELETE /api/service-accounts/{accountId}': {
    for: 'administrators',
    path: async () => `/api/service-accounts/${await service()}`,
  },
  'POST /api/service-accounts/{accountId}/tokens': {
    for: 'administrators',
    path: async () => `/api/service-accounts/${await service()}/tokens`,
    body: newToken,
  },
  'DELETE /api/service-accounts/{accountId}/tokens/{tokenId}': {
    for: 'administrators',
    path: async () => {
      const tokens = `/api/service-accounts/${await service()}/tokens`
      const made = await server.ask<TokenMade>('POST', tokens, {
        cookie: people.owner.cookie,
        body: newToken(),
      })
      return `${tokens}/${made.body.id}`
    },
  },
  'GET /api/invitations/{token}': {
    for: 'all',
    path: async () => `/api/invitations/${(await openInvitation()).token}`,
  },
  'POST /api/invitations/{token}/accept': {
    for: 'all',
    path: async () => `/api/invitations/${(await openInvitation()).token}/accept`,
    body: () => ({ account: personNamed(`Joiner ${++made}`) }),
  },
  'GET /api/reset-links/{token}': {
    for: 'all',
    path: async () => `/api/reset-links/${(await person()).link.token}`,
  },
  'POST /api/reset-links/{token}': {
    for: 'all',
    path: async () => `/api/reset-links/${(await person()).link.token}`,
    body: () => ({ password: PASSWORD }),
  },
  'GET /api/ways-in': { for: 'all' },
  'GET /api/settings': { for: 'administrators' },
  'PATCH /api/settings': { for: 'administrators', body: () => ({ registration: 'guest' }) },
  'POST /api/auth/sign-up/email': {
    for: 'all',
    path: async () => {
      const { cookie } = people.owner
      await server.ask('PATCH', '/api/settings', { cookie, body: { registration: 'member' } })
      return '/api/auth/sign-up/email'
    },
    body: () => personNamed(`Registered ${++made}`),
  },
  // Let in and refused for another reason: this server sends no mail.
  'POST /api/reset-links': { for: 'all', body: () => ({ email: 'no address' }) },
  // Let in and refused for another reason: this server knows no organisation.
  'POST /api/auth/sign-in/organisation': { for: 'all', body: () => ({ return: 1 }) },
  'GET /api/auth/callback/organisation': {
    for: 'all',
    path: () => `/api/auth/callback/organisation?code=${'x'.repeat(5_000)}`,
  },
  'GET /api/people': { for: 'administrators' },
  'POST /api/people': {
    for: 'administrators',
    body: () => ({ name: 'Nora New', email: `new-${++made}@example.org`, serverRole: 'guest' }),
  },
  'PATCH /api/people/{accountId}': {
    for: 'administrators',
    path: async () => `/api/people/${(await person()).accountId}`,
    body: () => ({ serverRole: 'guest' }),
  },
  'POST /api/people/{accountId}/close': {
    for: 'administrators',
    path: async () => `/api/people/${(await person()).accountId}/close`,
    body: () => ({}),
  },
  'POST /api/people/{accountId}/reopen': {
    for: 'administrators',
    path: async () => `/api/people/${await closed()}/reopen`,
  },
  'POST /api/people/{accountId}/reset-link': {
    for: 'administrators',
    path: async () => `/api/people/${(await person()).accountId}/reset-link`,
  },
  'DELETE /api/people/{accountId}/second-factor': {
    for: 'administrators',
    path: async () => `/api/people/${(await person()).accountId}/second-factor`,
  },
  'POST /api/account/close': { for: 'accounts', body: () => ({ password: PASSWORD }) },
  'GET /api/trackers': { for: 'accounts' },
  'POST /api/trackers': { for: 'members', body: () => ({ title: 'Mine', template: 'peace' }) },
  'POST /api/trackers/import': { for: 'members', body: () => ({}) },
  'GET /api/trackers/{id}': { for: 'viewer', path: at('') },
  'PATCH /api/trackers/{id}': { for: 'owner', path: at(''), body: () => ({ archived: false }) },
  'GET /api/trackers/{id}/members': { for: 'viewer', path: at('/members') },
  'PATCH /api/trackers/{id}/members/{accountId}': {
    for: 'owner',
    path: async () => at(`/members/${await spare()}`)(),
    body: () => ({ role: 'commenter' }),
  },
  'DELETE /api/trackers/{id}/members/{accountId}': {
    for: 'owner',
    path: async () => at(`/members/${await spare()}`)(),
  },
  'GET /api/trackers/{id}/compartments': { for: 'viewer', path: at('/compartments') },
  'POST /api/trackers/{id}/compartments': {
    for: 'owner',
    path: at('/compartments'),
    body: () => ({ name: 'Back channel' }),
  },
  'PATCH /api/trackers/{id}/compartments/{compartmentId}': {
    for: 'owner',
    path: async () => at(`/compartments/${await compartment()}`)(),
    body: () => ({ outsidersSee: 'withheld' }),
  },
  'PUT /api/trackers/{id}/compartments/{compartmentId}/members/{accountId}': {
    for: 'owner',
    path: async () => at(`/compartments/${await compartment()}/members/${await spare()}`)(),
  },
  'DELETE /api/trackers/{id}/compartments/{compartmentId}/members/{accountId}': {
    for: 'owner',
    path: async () => {
      const path = at(`/compartments/${await compartment()}/members/${await spare()}`)()
      await server.ask('PUT', path, { cookie: people.owner.cookie })
      return path
    },
  },
  'PUT /api/trackers/{id}/members/{accountId}': {
    for: 'owner',
    path: async () => at(`/members/${await spare()}`)(),
    body: () => ({ role: 'editor' }),
  },
  // Refused for another reason: the tracker has to stay the owner's.
  'POST /api/trackers/{id}/ownership': {
    for: 'owner',
    path: at('/ownership'),
    body: () => ({ to: '' }),
  },
  'GET /api/trackers/{id}/groups': { for: 'viewer', path: at('/groups') },
  'PUT /api/trackers/{id}/groups/{groupId}': {
    for: 'owner',
    path: async () => at(`/groups/${await group()}`)(),
    body: () => ({ role: 'viewer' }),
  },
  'DELETE /api/trackers/{id}/groups/{groupId}': {
    for: 'owner',
    path: () => groupWithin(id => at(`/groups/${id}`)()),
  },
  'GET /api/directory': { for: 'members' },
  'GET /api/groups': { for: 'members' },
  'POST /api/groups': { for: 'administrators', body: () => ({ name: 'Desk' }) },
  'GET /api/groups/{groupId}': {
    for: 'administrators',
    path: async () => `/api/groups/${await group()}`,
  },
  'PATCH /api/groups/{groupId}': {
    for: 'administrators',
    path: async () => `/api/groups/${await group()}`,
    body: () => ({ name: 'Renamed' }),
  },
  'DELETE /api/groups/{groupId}': {
    for: 'administrators',
    path: async () => `/api/groups/${await group()}`,
  },
  'PUT /api/groups/{groupId}/people/{accountId}': {
    for: 'administrators',
    path: async () => `/api/groups/${await group()}/people/${people.viewer.id}`,
  },
  'DELETE /api/groups/{groupId}/people/{accountId}': {
    for: 'administrators',
    path: () => groupWithin(id => `/api/groups/${id}/people/${people.viewer.id}`),
  },
  'POST /api/trackers/{id}/compartments/{compartmentId}/move': {
    for: 'owner',
    path: async () => {
      const { body } = await server.ask<{ tracker: Tracker }>('GET', at('')(), {
        cookie: people.owner.cookie,
      })
      redLine = body.tracker.redLines[0]?.id ?? ''
      return at(`/compartments/${await compartment()}/move`)()
    },
    body: () => ({ kind: 'redLine', id: redLine }),
  },
  'GET /api/trackers/{id}/invitations': { for: 'owner', path: at('/invitations') },
  'POST /api/trackers/{id}/invitations': {
    for: 'owner',
    path: at('/invitations'),
    body: () => ({ role: 'viewer' }),
  },
  'DELETE /api/trackers/{id}/invitations/{invitationId}': {
    for: 'owner',
    path: async () => at(`/invitations/${(await openInvitation()).id}`)(),
  },
  'GET /api/trackers/{id}/share-links': { for: 'owner', path: at('/share-links') },
  'POST /api/trackers/{id}/share-links': {
    for: 'owner',
    path: at('/share-links'),
    body: () => ({ name: 'For the press' }),
  },
  'DELETE /api/trackers/{id}/share-links/{linkId}': {
    for: 'owner',
    path: async () => at(`/share-links/${await shareLink()}`)(),
  },
  'GET /api/trackers/{id}/snapshots': { for: 'viewer', path: at('/snapshots') },
  'POST /api/trackers/{id}/snapshots': {
    for: 'editor',
    path: at('/snapshots'),
    body: () => ({ label: 'Now' }),
  },
  'GET /api/trackers/{id}/snapshots/{snapshotId}': {
    for: 'viewer',
    path: async () => at(`/snapshots/${await snapshot()}`)(),
  },
  'GET /api/trackers/{id}/snapshots/{snapshotId}/state': {
    for: 'viewer',
    path: async () => at(`/snapshots/${await snapshot()}/state`)(),
  },
  'PATCH /api/trackers/{id}/snapshots/{snapshotId}': {
    for: 'editor',
    path: async () => at(`/snapshots/${await snapshot()}`)(),
    body: () => ({ note: 'Written by the table' }),
  },
  'GET /api/trackers/{id}/journal': { for: 'viewer', path: at('/journal?after=3') },
  'GET /api/trackers/{id}/authors': { for: 'viewer', path: at('/authors') },
  'GET /api/trackers/{id}/snapshots/{snapshotId}/summary': {
    for: 'viewer',
    path: async () => at(`/snapshots/${await snapshot()}/summary?since=${await snapshot()}`)(),
  },
  'POST /api/trackers/{id}/snapshots/{snapshotId}/sign-off': {
    for: 'editor',
    path: async () => at(`/snapshots/${await snapshot()}/sign-off`)(),
    body: () => ({ note: 'As agreed' }),
  },
  'DELETE /api/trackers/{id}/snapshots/{snapshotId}/sign-off': {
    for: 'editor',
    path: async () => at(`/snapshots/${await snapshot()}/sign-off`)(),
  },
  'GET /api/trackers/{id}/snapshots/{snapshotId}/export.json': {
    for: 'viewer',
    path: async () => at(`/snapshots/${await snapshot()}/export.json`)(),
  },
  'GET /api/trackers/{id}/snapshots/{snapshotId}/export.csv': {
    for: 'viewer',
    path: async () => at(`/snapshots/${await snapshot()}/export.csv`)(),
  },
  'POST /api/trackers/{id}/meetings': {
    for: 'editor',
    path: at('/meetings'),
    body: () => ({ title: 'Round two' }),
  },
  'POST /api/trackers/{id}/meetings/{meetingId}/start': {
    for: 'editor',
    path: async () => at(`/meetings/${await meeting()}/start`)(),
  },
  'POST /api/trackers/{id}/meetings/{meetingId}/end': {
    for: 'editor',
    path: async () => at(`/meetings/${await meeting()}/end`)(),
  },
  'GET /api/trackers/{id}/changes/last': {
    for: 'viewer',
    path: at('/changes/last?cells=some/other'),
  },
  'GET /api/trackers/{id}/changes': { for: 'viewer', path: at('/changes') },
  'GET /api/trackers/{id}/movements': { for: 'viewer', path: at('/movements') },
  'GET /api/trackers/{id}/brief': { for: 'viewer', path: at('/brief') },
  'PUT /api/trackers/{id}/visit': {
    for: 'viewer',
    path: at('/visit'),
    body: () => ({ arrived: true }),
  },
  'POST /api/trackers/{id}/questions': {
    for: 'commenter',
    path: at('/questions'),
    body: () => ({ about: 'tracker', text: 'Why?' }),
  },
  'PATCH /api/trackers/{id}/questions/{questionId}': {
    for: 'commenter',
    path: async () => at(`/questions/${await question()}`)(),
    body: () => ({ answer: 'Because' }),
  },
  'POST /api/trackers/{id}/reviews': {
    for: 'viewer',
    path: at('/reviews'),
    body: () => ({ upTo: 1 }),
  },
  'GET /api/trackers/{id}/redactions': { for: 'viewer', path: at('/redactions') },
  'POST /api/trackers/{id}/redactions/search': {
    for: 'owner',
    path: at('/redactions/search'),
    body: () => ({ text: 'Sanctions relief' }),
  },
  'POST /api/trackers/{id}/redactions': {
    for: 'owner',
    path: async () => {
      await server.ask('PATCH', at('')(), {
        cookie: people.owner.cookie,
        body: { title: `hunter2, ${++made} times` },
      })
      return at('/redactions')()
    },
    body: () => ({ text: 'hunter2,', reason: 'By accident' }),
  },
  'POST /api/trackers/{id}/texts': {
    for: 'editor',
    path: at('/texts'),
    body: () => ({ text: 'Words of a source' }),
  },
  'GET /api/trackers/{id}/texts/{hash}': {
    for: 'viewer',
    path: async () => at(`/texts/${await text()}`)(),
  },
  'GET /api/audit': { for: 'administrators' },
  'GET /api/audit/export.json': { for: 'administrators' },
  'GET /api/audit/export.csv': { for: 'administrators' },
  'GET /api/trackers/{id}/audit': { for: 'owner', path: at('/audit') },
  'GET /api/trackers/{id}/export.json': { for: 'viewer', path: at('/export.json') },
  'GET /api/trackers/{id}/export.csv': { for: 'viewer', path: at('/export.csv') },
  'POST /api/trackers/{id}/import': {
    for: 'editor',
    path: at('/import'),
    body: () => 'Basket,Issue\r\n',
    headers: { 'content-type': 'text/csv' },
  },
}

/** What is written about a negotiation is told by its history; what somebody has read, or has only begun, by nobody. */
const NOT_NOTED: ReadonlySet<string> = new Set([
  'POST /api/trackers/{id}/snapshots',
  'PATCH /api/trackers/{id}/snapshots/{snapshotId}',
  'POST /api/trackers/{id}/snapshots/{snapshotId}/sign-off',
  'DELETE /api/trackers/{id}/snapshots/{snapshotId}/sign-off',
  'POST /api/trackers/{id}/meetings',
  'POST /api/trackers/{id}/meetings/{meetingId}/start',
  'POST /api/trackers/{id}/meetings/{meetingId}/end',
  'PUT /api/trackers/{id}/visit',
  'POST /api/trackers/{id}/reviews',
  'POST /api/trackers/{id}/questions',
  'PATCH /api/trackers/{id}/questions/{questionId}',
  'POST /api/trackers/{id}/redactions/search',
  'POST /api/trackers/{id}/texts',
  'POST /api/account/second-factor',
  // The table's accounts have no passkey to lose.
  'DELETE /api/account/passkeys/{passkeyId}',
])

/** P36: whatever else changes something, and what hands out a file. */
const belongsIntoTheLog = (route: string): boolean =>
  (!route.startsWith('GET ') || route.includes('/export.')) && !NOT_NOTED.has(route)

const notes = async (): Promise<number> => {
  const { cookie } = people.owner
  const { body } = await server.ask<AuditPage>('GET', '/api/audit?limit=1', { cookie })
  return body.head.seq
}

/** What ends sessions does so with one of its own, what changes an account with one of its own: the others' go on. */
const cookieFor = async (who: Who, route: string): Promise<string | undefined> => {
  if (who === 'stranger') return undefined
  if (who === 'closed') return people.closed.cookie
  if (route.includes('/api/account'))
    return (await server.invite(people.owner, tracker, 'viewer', `Own ${++made}`)).cookie
  return route.endsWith('/sign-out') ? server.signIn(people[who].email) : people[who].cookie
}

const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const

/** What nobody describes: the description itself, and pages for those who have a link. */
const UNDESCRIBED = [
  'GET /api/openapi.json',
  'GET /s/page.css',
  'GET /s/{token}',
  'POST /s/{token}',
]
/** What is asked on the way to others, and the refusal of what is not there. */
const ON_THE_WAY = ['ALL /*', 'ALL /api/*', 'ALL /s/*']

const documented = async (): Promise<string[]> => {
  const { body } = await server.ask<{ paths: Record<string, Record<string, unknown>> }>(
    'GET',
    '/api/openapi.json',
  )
  return Object.entries(body.paths).flatMap(([path, item]) =>
    METHODS.filter(method => method in item).map(method => `${method.toUpperCase()} ${path}`),
  )
}

/** What an answer must be: the refusal that fits, or none of the refusals. */
const expected = (audience: For, who: Who): number | 'let in' => {
  if (audience === 'all') return 'let in'
  if (who === 'stranger' || who === 'closed') return 401
  if (audience === 'accounts') return 'let in'
  if (audience === 'members') return who === 'guest' ? 403 : 'let in'
  if (audience === 'administrators')
    return who === 'owner' || who === 'administrator' ? 'let in' : 403
  if (who === 'outsider' || who === 'administrator' || who === 'guest') return 404
  return ROLES.indexOf(who) <= ROLES.indexOf(audience) ? 'let in' : 403
}

describe('P9 the table of routes and roles', () => {
  test('holds every route that the description names', async () => {
    expect((await documented()).toSorted()).toEqual(Object.keys(ROUTES).toSorted())
  })

  test('and every route that is mounted is described', async () => {
    const mounted = new Set(
      server.parley.app.routes.map(
        ({ method, path }) => `${method} ${path.replaceAll(/:(\w+)/g, '{$1}')}`,
      ),
    )
    const known = [...(await documented()), ...UNDESCRIBED, ...ON_THE_WAY]
    expect([...mounted].toSorted()).toEqual(known.toSorted())
  })

  describe.each(Object.entries(ROUTES))('%s', (route, sample) => {
    const [method = '', template = ''] = route.split(' ')
    /** Who is turned away leaves what it leads to as it was: one is enough for all of them. */
    let kept: string | undefined
    test.each(everybody)('by the %s', async who => {
      const should = expected(sample.for, who)
      const cookie = await cookieFor(who, route)
      const path =
        (should === 'let in' ? undefined : kept) ?? (await sample.path?.(cookie)) ?? template
      if (should !== 'let in') kept = path
      const ask: Ask = {
        ...(cookie !== undefined && { cookie }),
        ...(sample.body && { body: sample.body() }),
        ...(sample.headers && { headers: sample.headers }),
      }
      const isNoted = who === 'owner' && belongsIntoTheLog(route)
      const before = isNoted ? await notes() : 0
      const { status, body } = await server.ask<ApiError>(method, path, ask)
      if (isNoted && status < 300)
        expect(await notes(), 'nothing in the audit log').toBeGreaterThan(before)
      expect(status, JSON.stringify(body)).toBeLessThan(500)
      if (should === 'let in') expect([401, 403, 404], JSON.stringify(body)).not.toContain(status)
      else {
        expect(status).toBe(should)
        expect(body.error.message).not.toBe('')
      }
    })
  })
})
