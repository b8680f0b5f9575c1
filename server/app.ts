/** The HTTP side, put together: what holds for all routes, the open ones, then those for people who are signed in. */
import type { Context } from 'hono'
import { createMiddleware } from 'hono/factory'
import type { AuditLog } from '#server/audit/audit-log.ts'
import { faultFields } from '#server/log.ts'
import { auditRoutes, type AuditDeps } from '#server/routes/audit.ts'
import { accountRoutes, type AccountDeps } from '#server/routes/account.ts'
import { catchUpRoutes, type CatchUpDeps } from '#server/routes/catch-up.ts'
import { changesRoutes, type ChangesDeps } from '#server/routes/changes.ts'
import { clientRoutes } from '#server/routes/client.ts'
import { compartmentsRoutes, type CompartmentsDeps } from '#server/routes/compartments.ts'
import { identify, signedIn, type CallerDeps } from '#server/routes/caller.ts'
import { openDoor, type DoorEnv } from '#server/routes/door.ts'
import { exchangeRoutes, type ExchangeDeps } from '#server/routes/exchange.ts'
import { groupRolesRoutes } from '#server/routes/group-roles.ts'
import { groupsRoutes, type GroupsDeps } from '#server/routes/groups.ts'
import { healthRoutes, type HealthDeps } from '#server/routes/health.ts'
import {
  invitationLinkRoutes,
  invitationsRoutes,
  type InvitationsDeps,
} from '#server/routes/invitations.ts'
import { journalRoutes, type JournalDeps } from '#server/routes/journal.ts'
import { meetingsRoutes, type MeetingsDeps } from '#server/routes/meetings.ts'
import { metricsRoutes, type MetricsRouteDeps } from '#server/routes/metrics.ts'
import { membersRoutes, type MembersDeps } from '#server/routes/members.ts'
import { movementsRoutes, type MovementsDeps } from '#server/routes/movements.ts'
import { ownAccountRoutes, peopleRoutes, type PeopleDeps } from '#server/routes/people.ts'
import { limitBody, protectAnswers, refuseOtherOrigins } from '#server/routes/protection.ts'
import { answerError, noRoute } from '#server/routes/refusal.ts'
import { resetRoutes, type ResetDeps } from '#server/routes/resets.ts'
import { passkeySignInRoutes, passkeysRoutes, type PasskeysDeps } from '#server/routes/passkeys.ts'
import { questionsRoutes, type QuestionsDeps } from '#server/routes/questions.ts'
import { redactionsRoutes, type RedactionsRoutesDeps } from '#server/routes/redactions.ts'
import { shareLinksRoutes, type ShareLinksDeps } from '#server/routes/share-links.ts'
import { scriptless, sharedPageRoutes, type SharedPageDeps } from '#server/routes/shared-page.ts'
import { organisationRoutes, type OrganisationDeps } from '#server/routes/organisation.ts'
import { registrationRoutes, type RegistrationDeps } from '#server/routes/registration.ts'
import { settingsRoutes, waysInRoutes, type SettingsDeps } from '#server/routes/settings.ts'
import {
  secondFactorRoutes,
  secondStepRoutes,
  type SecondFactorDeps,
} from '#server/routes/second-factor.ts'
import { sessionRoutes, type SessionDeps } from '#server/routes/session.ts'
import { traced, type TracingDeps } from '#server/routes/tracing.ts'
import { snapshotsRoutes, type SnapshotsDeps } from '#server/routes/snapshots.ts'
import { textsRoutes, type TextsRoutesDeps } from '#server/routes/texts.ts'
import { tokensRoutes, type TokensRoutesDeps } from '#server/routes/tokens.ts'
import { trackersRoutes, type TrackersDeps } from '#server/routes/trackers.ts'

export type AppDeps = SessionDeps &
  PeopleDeps &
  ResetDeps &
  AccountDeps &
  SettingsDeps &
  RegistrationDeps &
  SecondFactorDeps &
  OrganisationDeps &
  PasskeysDeps &
  InvitationsDeps &
  MembersDeps &
  CompartmentsDeps &
  GroupsDeps &
  TrackersDeps &
  SnapshotsDeps &
  MeetingsDeps &
  ChangesDeps &
  CatchUpDeps &
  QuestionsDeps &
  MovementsDeps &
  JournalDeps &
  RedactionsRoutesDeps &
  TextsRoutesDeps &
  ExchangeDeps &
  CallerDeps &
  ShareLinksDeps &
  TokensRoutesDeps &
  SharedPageDeps &
  AuditDeps &
  HealthDeps &
  TracingDeps & {
    readonly publicUrl: URL | undefined
    readonly auditLog: AuditLog
    /** Where the built client is; undefined when something else serves it. */
    readonly clientFolder: string | undefined
    /** Undefined where they are not served to people's address. */
    readonly metrics: MetricsRouteDeps | undefined
  }

/** For the description of the routes. */
const WAYS_IN = {
  session: { type: 'apiKey', in: 'cookie', name: 'parley.session_token' },
  token: { type: 'http', scheme: 'bearer' },
} as const

export const createApp = (deps: AppDeps) => {
  const app = openDoor()
  answerErrors(app, deps)

  app.use('/s/*', scriptless)
  app.use('*', traced(deps), protectAnswers(deps.publicUrl))
  app.route('/', healthRoutes(deps))
  if (deps.metrics) app.route('/', metricsRoutes(deps.metrics))
  app.route('/', sharedPageRoutes(deps))
  app.use('/api/*', refuseOtherOrigins(deps.publicUrl), limitBody, privateAnswer, identify(deps))
  for (const [name, scheme] of Object.entries(WAYS_IN))
    app.openAPIRegistry.registerComponent('securitySchemes', name, scheme)
  app.doc31('/api/openapi.json', {
    openapi: '3.1.0',
    info: { title: 'Parley', version: '1', description: 'A live negotiation tracker.' },
    security: [{ session: [] }, { token: [] }],
  })
  app.route('/', sessionRoutes(deps))
  app.route('/', secondStepRoutes(deps))
  app.route('/', passkeySignInRoutes(deps))
  app.route('/', invitationLinkRoutes(deps))
  app.route('/', resetRoutes(deps))
  app.route('/', waysInRoutes(deps))
  app.route('/', registrationRoutes(deps))
  app.route('/', organisationRoutes(deps))

  // What is mounted from here on is closed to strangers, and so is every path that nobody has thought of.
  app.use('/api/*', signedIn)
  app.route('/', peopleRoutes(deps))
  app.route('/', settingsRoutes(deps))
  app.route('/', ownAccountRoutes(deps))
  app.route('/', accountRoutes(deps))
  app.route('/', secondFactorRoutes(deps))
  app.route('/', passkeysRoutes(deps))
  app.route('/', trackersRoutes(deps))
  app.route('/', membersRoutes(deps))
  app.route('/', compartmentsRoutes(deps))
  app.route('/', groupsRoutes(deps))
  app.route('/', groupRolesRoutes(deps))
  app.route('/', invitationsRoutes(deps))
  app.route('/', snapshotsRoutes(deps))
  app.route('/', meetingsRoutes(deps))
  app.route('/', changesRoutes(deps))
  app.route('/', catchUpRoutes(deps))
  app.route('/', questionsRoutes(deps))
  app.route('/', movementsRoutes(deps))
  app.route('/', journalRoutes(deps))
  app.route('/', redactionsRoutes(deps))
  app.route('/', textsRoutes(deps))
  app.route('/', exchangeRoutes(deps))
  app.route('/', shareLinksRoutes(deps))
  app.route('/', tokensRoutes(deps))
  app.route('/', auditRoutes(deps))
  app.all('/api/*', () => {
    throw noRoute()
  })
  if (deps.clientFolder !== undefined) app.route('/', clientRoutes(deps.clientFolder))
  return app
}

/** What operators alone reach, on a port of its own. */
export const createOperatorsApp = (
  deps: HealthDeps & TracingDeps & { readonly metrics: MetricsRouteDeps },
) => {
  const app = openDoor()
  answerErrors(app, deps)
  app.use('*', traced(deps), protectAnswers(undefined))
  app.route('/', healthRoutes(deps))
  app.route('/', metricsRoutes(deps.metrics))
  return app
}

const answerErrors = (
  app: ReturnType<typeof openDoor>,
  { log }: Pick<TracingDeps, 'log'>,
): void => {
  const answer = (error: Error, context: Context<DoorEnv>): Response =>
    answerError(error, context, fault =>
      log.error('fault', { request: context.var.request, ...faultFields(fault) }),
    )
  app.onError(answer)
  app.notFound(context => answer(noRoute(), context))
}

const privateAnswer = createMiddleware(async (context, next) => {
  await next()
  context.header('cache-control', 'no-store')
})
