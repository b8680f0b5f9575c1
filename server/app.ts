/** The HTTP side, put together: what holds for all routes, the open ones, then those for people who are signed in. */
import { createMiddleware } from 'hono/factory'
import { clientRoutes } from '#server/routes/client.ts'
import { openDoor, type DoorEnv } from '#server/routes/door.ts'
import { exchangeRoutes, type ExchangeDeps } from '#server/routes/exchange.ts'
import { healthRoutes, type HealthDeps } from '#server/routes/health.ts'
import {
  invitationLinkRoutes,
  invitationsRoutes,
  type InvitationsDeps,
} from '#server/routes/invitations.ts'
import { membersRoutes, type MembersDeps } from '#server/routes/members.ts'
import { limitBody, protectAnswers, refuseOtherOrigins } from '#server/routes/protection.ts'
import { answerError, noRoute, signedOut } from '#server/routes/refusal.ts'
import { sessionRoutes, type SessionDeps } from '#server/routes/session.ts'
import { snapshotsRoutes, type SnapshotsDeps } from '#server/routes/snapshots.ts'
import { trackersRoutes, type TrackersDeps } from '#server/routes/trackers.ts'

export type AppDeps = SessionDeps &
  InvitationsDeps &
  MembersDeps &
  TrackersDeps &
  SnapshotsDeps &
  ExchangeDeps &
  HealthDeps & {
    readonly publicUrl: URL | undefined
    /** Where the built client is; undefined when something else serves it. */
    readonly clientFolder: string | undefined
    /** Told of every fault that no route expected. */
    readonly report: (error: Error, path: string) => void
  }

export const createApp = (deps: AppDeps) => {
  const app = openDoor()
  app.onError((error, context) => answerError(error, context, deps.report))
  app.notFound(context => answerError(noRoute(), context, deps.report))

  app.use('*', protectAnswers(deps.publicUrl))
  app.route('/', healthRoutes(deps))
  app.use('/api/*', refuseOtherOrigins(deps.publicUrl), limitBody, privateAnswer, identify(deps))
  app.doc31('/api/openapi.json', {
    openapi: '3.1.0',
    info: { title: 'Parley', version: '1', description: 'A live negotiation tracker.' },
  })
  app.route('/', sessionRoutes(deps))
  app.route('/', invitationLinkRoutes(deps))

  // What is mounted from here on is closed to strangers, and so is every path that nobody has thought of.
  app.use('/api/*', signedIn)
  app.route('/', trackersRoutes(deps))
  app.route('/', membersRoutes(deps))
  app.route('/', invitationsRoutes(deps))
  app.route('/', snapshotsRoutes(deps))
  app.route('/', exchangeRoutes(deps))
  app.all('/api/*', () => {
    throw noRoute()
  })
  if (deps.clientFolder !== undefined) app.route('/', clientRoutes(deps.clientFolder))
  return app
}

const identify = ({ accounts }: Pick<AppDeps, 'accounts'>) =>
  createMiddleware<DoorEnv>(async (context, next) => {
    context.set('session', await accounts.session(context.req.raw.headers))
    await next()
  })

const signedIn = createMiddleware<DoorEnv>(async (context, next) => {
  const { session } = context.var
  if (!session) throw signedOut()
  context.set('account', session.account)
  await next()
})

const privateAnswer = createMiddleware(async (context, next) => {
  await next()
  context.header('cache-control', 'no-store')
})
