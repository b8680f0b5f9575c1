/** What the route files are built from: a router that refuses in words, and the right to enter a tracker. */
import { OpenAPIHono } from '@hono/zod-openapi'
import type { HttpBindings } from '@hono/node-server'
import type { Context } from 'hono'
import { createMiddleware } from 'hono/factory'
import { z } from 'zod'
import type { Account, Session } from '#server/accounts/accounts.ts'
import type { Asking } from '#server/accounts/auth.ts'
import { isFor, roleWithin, type Bearer } from '#server/accounts/tokens.ts'
import type { AuditNote } from '#server/audit/audit-log.ts'
import type { Members } from '#server/accounts/members.ts'
import {
  noTracker,
  notAllowed,
  notAllowedHere,
  notForToken,
  Refusal,
  type RefusalStatus,
} from '#server/routes/refusal.ts'
import { may, mayOnServer, type Action, type Role, type ServerAction } from '#shared/access.ts'
import { apiError } from '#shared/api.ts'
import { isId, type SnapshotId, type TrackerId } from '#shared/ids.ts'

export interface DoorEnv {
  readonly Bindings: HttpBindings
  Variables: {
    /** The request's name in the log. */
    request: string
    /** Null for a stranger. */
    session: Session | null
    /** Null where no token was shown. */
    bearer: Bearer | null
    /** Who asks. Set for every route that is mounted behind `signedIn`. */
    account: Account
    /** What a session that begins with this request remembers of it. */
    asking: Asking
    /** Writes into the audit log, under the name of who asks and from where they do. */
    note: Note
  }
}

export type Note = (
  what: AuditNote['what'],
  about?: Partial<Pick<AuditNote, 'by' | 'trackerId' | 'subject' | 'detail'>>,
) => Promise<void>

export interface TrackerEnv extends DoorEnv {
  Variables: DoorEnv['Variables'] & { trackerId: TrackerId; role: Role }
}

export const openDoor = () =>
  new OpenAPIHono<DoorEnv>({
    defaultHook: result => {
      if (!result.success) throw new Refusal(400, 'invalid', describeIssues(result.error.issues))
    },
  })

const describeIssues = (
  issues: readonly { readonly path: readonly PropertyKey[]; readonly message: string }[],
): string =>
  issues
    .slice(0, 5)
    .map(({ path, message }) =>
      path.length > 0 ? `${path.map(String).join('.')}: ${message}` : message,
    )
    .join('; ')

/** Lets in who may do this in the tracker of the path, before anything else of the request is looked at. */
export const mayOn = (members: Members, action: Action) =>
  createMiddleware<TrackerEnv>(async (context, next) => {
    const id = context.req.param('id')
    const { account, bearer } = context.var
    const mayKnow = isId(id) && (bearer === null || isFor(bearer, id as TrackerId))
    const role = mayKnow ? await members.roleOf(id as TrackerId, account.id) : undefined
    if (!role) throw noTracker()
    if (!may(role, action)) throw notAllowed()
    if (bearer && !tokenMay(bearer, action, context.req.method)) throw notForToken()
    context.set('trackerId', id as TrackerId)
    context.set('role', bearer ? roleWithin(role, bearer) : role)
    await next()
  })

/** Who may read may also leave, or have reviewed: a token that reads does nothing else in its account's name. */
const tokenMay = ({ actions }: Bearer, action: Action, method: string): boolean =>
  actions.includes(action) && (action !== 'read' || method === 'GET' || method === 'HEAD')

/** What a token may be shown for at all: one tracker, where `mayOn` looks further, and the list of them. */
export const isForTokens = (method: string, path: string): boolean =>
  path === '/api/trackers'
    ? method === 'GET' || method === 'HEAD'
    : /^\/api\/trackers\/(?!import(?:\/|$))[^/]+(?:\/|$)/.test(path)

/** Lets in who may do this on the server, whatever they are in its trackers. */
export const mayServe = (action: ServerAction) =>
  createMiddleware<DoorEnv>(async (context, next) => {
    if (!mayOnServer(context.var.account.serverRole, action)) throw notAllowedHere()
    await next()
  })

export const setCookies = (context: Context, cookies: readonly string[]): void => {
  for (const cookie of cookies) context.header('set-cookie', cookie, { append: true })
}

/** `{id}` in a path; checked by `mayOn`. */
export const trackerParams = z.object({ id: z.string() })

export const snapshotParams = trackerParams.extend({ snapshotId: z.string() })

export const snapshotId = (params: z.infer<typeof snapshotParams>): SnapshotId =>
  params.snapshotId as SnapshotId

export const jsonBody = <Schema extends z.ZodType>(schema: Schema) =>
  ({ required: true, content: { 'application/json': { schema } } }) as const

export const answers = <Schema extends z.ZodType>(schema: Schema, description: string) => ({
  description,
  content: { 'application/json': { schema } },
})

const REFUSED: Readonly<Record<RefusalStatus, string>> = {
  400: 'The request is not what it should be',
  401: 'Signed out',
  403: 'The role does not allow it',
  404: 'Not there, or no access to it',
  409: 'Something else is already there',
  410: 'No longer valid',
  413: 'Too large',
  415: 'The body has another type than the route takes',
  429: 'Too many attempts',
  503: 'The server cannot store at the moment',
}

type Refused = { readonly [Status in RefusalStatus]: ReturnType<typeof answers<typeof apiError>> }

/** The refusals of a route, for its description. Handlers throw them as `Refusal`. */
export const refusals = <Status extends RefusalStatus>(
  ...statuses: readonly Status[]
): Pick<Refused, Status> =>
  Object.fromEntries(
    statuses.map(status => [status, answers(apiError, REFUSED[status])]),
  ) as unknown as Pick<Refused, Status>
