/** Parley put together over a disk and a clock: what a process starts and stops, and what tests start many of. */
import { getHeapStatistics } from 'node:v8'
import { Accounts } from '#server/accounts/accounts.ts'
import { CompartmentDoor } from '#server/accounts/compartment-door.ts'
import { Compartments } from '#server/accounts/compartments.ts'
import { entrance } from '#server/accounts/entrance.ts'
import { ServiceAccounts } from '#server/accounts/service-accounts.ts'
import { Tokens } from '#server/accounts/tokens.ts'
import { Attempts } from '#server/accounts/attempts.ts'
import { createAuth } from '#server/accounts/auth.ts'
import { enforcement } from '#server/accounts/enforcement.ts'
import { Groups } from '#server/accounts/groups.ts'
import { Invitations } from '#server/accounts/invitations.ts'
import { openMail } from '#server/accounts/mail.ts'
import { Members } from '#server/accounts/members.ts'
import { Organisation } from '#server/accounts/organisation.ts'
import { authsByOrigin, Passkeys } from '#server/accounts/passkeys.ts'
import { People } from '#server/accounts/people.ts'
import { ResetMail } from '#server/accounts/reset-mail.ts'
import { ResetLinks } from '#server/accounts/reset-links.ts'
import { Settings } from '#server/accounts/settings.ts'
import { SecondFactors } from '#server/accounts/second-factor.ts'
import { TrackerIndex } from '#server/accounts/tracker-index.ts'
import { Trackers } from '#server/accounts/trackers.ts'
import { createApp, createOperatorsApp } from '#server/app.ts'
import { AuditLog } from '#server/audit/audit-log.ts'
import { AuditReading } from '#server/audit/audit-reading.ts'
import type { Config } from '#server/config.ts'
import { Exchange } from '#server/exchange/exchange.ts'
import { openHistory, type History } from '#server/history/history.ts'
import { matricesIn } from '#server/history/matrices.ts'
import type { Clock } from '#server/live/clock.ts'
import { countedStore } from '#server/live/counted-store.ts'
import { Edge } from '#server/live/edge.ts'
import { Observer } from '#server/live/observer.ts'
import { openFolding } from '#server/live/folding.ts'
import type { Backlog } from '#server/live/journal.ts'
import { Rooms } from '#server/live/rooms.ts'
import { addressUrl, httpServer, listen } from '#server/listening.ts'
import type { Limits } from '#server/live/limits.ts'
import { faultFields, type Log } from '#server/log.ts'
import { createMetrics } from '#server/metrics.ts'
import { readinessOf } from '#server/readiness.ts'
import { mayConnect } from '#server/routes/origin.ts'
import { toldOutside } from '#server/routes/settings.ts'
import { addressOf } from '#server/routes/protection.ts'
import { Requests } from '#server/routes/tracing.ts'
import { seedDemo } from '#server/seeds/demo.ts'
import { ShareLinks } from '#server/sharing/share-links.ts'
import { templates } from '#server/seeds/templates.ts'
import { openReading } from '#server/texts/reading.ts'
import { TextTable } from '#server/texts/text-table.ts'
import { Texts } from '#server/texts/texts.ts'
import { watchEventLoop } from '#server/watchdog.ts'
import type { Storage } from '#server/store/database.ts'
import { CLOSES, compartmentRef, type DocumentName } from '#shared/access.ts'
import { readTitle } from '#shared/document/tracker.ts'

export interface ParleyDeps {
  readonly config: Config
  readonly storage: Storage
  readonly secret: string
  readonly clientFolder: string | undefined
  readonly clock: Clock
  readonly log: Log
  readonly observer?: Observer
}

export interface Parley {
  /** Where people reach it. */
  readonly url: string
  /** Where operators read the metrics, if there is a port for that. */
  readonly metricsUrl: string | undefined
  readonly app: ReturnType<typeof createApp>
  /** What was accepted and is not on disk. */
  readonly backlog: () => Backlog
  /** Takes no more, sends everybody away to come back, and leaves when all is on disk. */
  readonly close: () => Promise<void>
}

/** The name of none: to ask the storage for costs it next to nothing. */
const NO_DOCUMENT = 'readyz' as DocumentName
/** Milliseconds for the last answers and goodbyes to get through. */
const GOODBYES = 1_000

export const startParley = async (deps: ParleyDeps): Promise<Parley> => {
  const { config, storage, secret, clientFolder, clock, log } = deps
  const { db } = storage
  const observer = deps.observer ?? new Observer()
  const store = countedStore(storage.store, observer, clock)
  const { now } = clock

  const publicUrl = config.publicUrl?.origin ?? 'http://localhost'
  const sessionEnded = (session: string): void => edge.disconnect({ session }, CLOSES.signedOut)
  const settingsOfAuth = { secret, publicUrl, sessionEnded }
  const auth = createAuth(db, { ...settingsOfAuth, organisation: config.organisation })
  const accounts = new Accounts(auth, db, now)
  const secondFactors = new SecondFactors(auth, db, accounts)
  const authAt = authsByOrigin(pagesAt => createAuth(db, { ...settingsOfAuth, pagesAt }))
  const passkeys = new Passkeys(authAt, db)
  const members = new Members(db, now)
  const compartments = new Compartments(db, members, now)
  const auditLog = new AuditLog({
    db,
    clock,
    report: error => log.error('audit log', faultFields(error)),
  })
  const resetLinks = new ResetLinks(db, now)
  const mail = config.mail && openMail(config.mail)
  const resetMail =
    mail &&
    new ResetMail({
      db,
      mail,
      resetLinks,
      auditLog,
      now,
      publicUrl,
      report: error => log.error('mail', faultFields(error)),
    })
  const compartmentDoor = new CompartmentDoor({ compartments, auditLog, now })
  const trackers = new Trackers(db, now)
  const invitations = new Invitations(db, { now, validForMs: config.invitationMs })
  const index = new TrackerIndex({
    trackers,
    after: clock.after,
    report: error => log.error('tracker index', faultFields(error)),
  })

  let isStoring = true
  const folding = openFolding()
  const rooms: Rooms = new Rooms({
    store,
    clock,
    observer,
    fold: folding.fold,
    limits: withinHeap(config.limits),
    // What was taken out of the matrix may stand in a compartment.
    brought: ({ kind, trackerId }, update) =>
      kind === 'compartment' ? update : history.redactions.without(trackerId, update),
    onSaved: ({ ref, doc, at }) => {
      if (ref.kind !== 'matrix') return
      index.edited(ref.trackerId, { title: readTitle(doc), at })
      history.bursts.edited(ref.trackerId)
    },
    onEvict: async (ref, doc, head) => {
      if (ref.kind === 'matrix') await history.bursts.end(ref.trackerId, doc, head)
    },
    onFailing: error => {
      isStoring = false
      log.error('storage fails', faultFields(error))
    },
    onRecovered: () => {
      isStoring = true
      log.warn('storage is back')
    },
    onTrouble: (document, what, detail) =>
      log.warn('trouble', { document, what, ...faultFields(detail) }),
  })
  const matrices = matricesIn(rooms, clock)
  const history: History = openHistory({
    db,
    store,
    rooms,
    matrices,
    clock,
    burstIdleMs: config.burstIdleMs,
    retention: config.retention,
    settle: () => index.flush(),
    report: (event, error) => log.error(event, faultFields(error)),
  })
  const { archive, snapshots } = history
  const reading = openReading()
  const textTable = new TextTable(db)
  const { authors } = history.asked

  const attempts = new Attempts(now)
  const tokens = new Tokens({ db, now, attempts, auditLog })
  const edge = new Edge({
    rooms,
    clock,
    limits: config.limits,
    enter: entrance({ accounts, members, tokens, compartmentDoor }),
    mayConnect: headers => mayConnect(headers, config.publicUrl),
    addressOf: addressOf(config.trustedProxy),
    log,
    observer,
  })

  let isStopping = false
  const requests = new Requests()
  const watched = {
    log,
    clock,
    requests,
    isStoring: () => isStoring,
    isStopping: () => isStopping,
    readiness: readinessOf({
      clock,
      isStopping: () => isStopping,
      isStoring: () => isStoring,
      probe: () => store.readSince(NO_DOCUMENT, 0),
    }),
  }
  const stopWatching = watchEventLoop({
    clock,
    log,
    observer,
    lastRequest: () => requests.latest,
  })
  const metrics =
    config.metricsPort !== undefined || config.metricsToken !== undefined
      ? createMetrics({
          ...watched,
          observer,
          census: () => rooms.census(),
          peers: () => edge.size,
          backlog: () => rooms.backlog(),
        })
      : undefined

  const app = createApp({
    accounts,
    secondFactors,
    passkeys,
    auditLog,
    compartments,
    compartmentDoor,
    putOut: (id, compartment, account) => rooms.putOut(compartmentRef(id, compartment), account),
    auditReading: new AuditReading(db),
    members,
    trackers,
    invitations,
    people: new People(db, now),
    shareLinks: new ShareLinks(db, members, now),
    resetLinks,
    resetMail,
    settings: new Settings(db),
    outside: toldOutside(config),
    organisation: config.organisation && new Organisation(auth, config.organisation, publicUrl),
    matrices,
    ...history.asked,
    now,
    texts: new Texts({ table: textTable, reading, authors, now }),
    exchange: new Exchange({ archive, matrices, snapshots, texts: textTable, trackers, now }),
    templates,
    listed: () => index.flush(),
    attempts,
    tokens,
    serviceAccounts: new ServiceAccounts(db, now, tokens),
    addressOf: addressOf(config.trustedProxy),
    seedDemo: owner => seedDemo({ db, store: storage.store, archive, now }, owner),
    sessionEnded,
    sessionRenewed: (session, renewed) => edge.renew(session, renewed),
    renamed: account => edge.disconnect({ account }, CLOSES.outOfStep),
    accessEnded: account => edge.disconnect({ account }, CLOSES.signedOut),
    groups: new Groups(db, now),
    rightsChanged: enforcement({
      members,
      setRole: async (id, account, role) => {
        rooms.setRole(id, account, role)
        if (role === null) await compartments.forget(id, account)
      },
      cut: account => edge.disconnect({ account }, CLOSES.unavailable),
      report: error => log.error('rights', faultFields(error)),
    }),
    ...watched,
    metrics:
      metrics && config.metricsToken ? { ...metrics, token: config.metricsToken } : undefined,
    publicUrl: config.publicUrl,
    clientFolder,
  })

  const server = httpServer(app.fetch, config.limits)
  edge.attach(server)
  await history.finish()
  await listen(server, config.port, config.host)
  const operators =
    metrics && config.metricsPort !== undefined
      ? httpServer(
          createOperatorsApp({ ...watched, metrics: { ...metrics, token: config.metricsToken } })
            .fetch,
          config.limits,
        )
      : undefined
  if (operators) await listen(operators, config.metricsPort ?? 0, config.host)
  history.begin()

  return {
    url: config.publicUrl?.origin ?? addressUrl(server),
    metricsUrl: operators && `${addressUrl(operators)}/metrics`,
    app,
    backlog: () => rooms.backlog(),
    close: async () => {
      reading.close()
      mail?.close()
      isStopping = true
      const stopped = history.stop()
      const closed = new Promise<void>(resolve => server.close(() => resolve()))
      await rooms.closeAll()
      await index.flush()
      await stopped
      const callOff = clock.after(GOODBYES, () => {
        edge.close()
        server.closeAllConnections()
      })
      await closed
      callOff()
      const patience = Promise.withResolvers<void>()
      const callOffPatience = clock.after(GOODBYES, patience.resolve)
      await Promise.race([requests.settled(), patience.promise])
      callOffPatience()
      await Promise.all([folding.close(), history.close(), auditLog.close()])
      await storage.close()
      stopWatching()
      operators?.close()
      operators?.closeAllConnections()
    },
  }
}

/** Documents leave a part of the memory to everything else, whatever the settings say. */
const withinHeap = (limits: Limits): Limits => ({
  ...limits,
  memory: Math.min(limits.memory, 0.6 * getHeapStatistics().heap_size_limit),
})
