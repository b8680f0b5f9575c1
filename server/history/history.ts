/** The memory of a running Parley, put together: snapshots, any moment, the record of changes and what follows from it. */
import { Archive } from '#server/history/archive.ts'
import { Briefs } from '#server/history/briefs.ts'
import { Bursts } from '#server/history/bursts.ts'
import { Changes } from '#server/history/changes.ts'
import { openDeriving } from '#server/history/derive.ts'
import { Journals } from '#server/history/journals.ts'
import type { Matrices } from '#server/history/matrices.ts'
import { Meetings } from '#server/history/meetings.ts'
import { Moments } from '#server/history/moments.ts'
import { Moves } from '#server/history/moves.ts'
import { Movements } from '#server/history/movements.ts'
import { openRedacting } from '#server/history/redact.ts'
import { RedactionTable } from '#server/history/redaction-table.ts'
import { Redactions } from '#server/history/redactions.ts'
import { openReplaying } from '#server/history/replay.ts'
import { Rewriter } from '#server/history/rewriter.ts'
import { Said } from '#server/history/said.ts'
import { Snapshots } from '#server/history/snapshots.ts'
import { Thinning } from '#server/history/thinning.ts'
import { Visits } from '#server/history/visits.ts'
import type { Clock } from '#server/live/clock.ts'
import type { Rooms } from '#server/live/rooms.ts'
import type { Database } from '#server/store/database.ts'
import type { Store } from '#server/store/store.ts'
import type { Retention } from '#shared/snapshots.ts'

export interface HistoryDeps {
  readonly db: Database
  readonly store: Store
  readonly rooms: Pick<Rooms, 'alone'>
  readonly matrices: Matrices
  readonly clock: Pick<Clock, 'now' | 'after'>
  /** A burst of work ends after so many milliseconds without an edit. */
  readonly burstIdleMs: number
  readonly retention: Retention
  /** Writes what the list of trackers still has to be told of the documents. */
  readonly settle: () => Promise<void>
  /** Told of what failed, in which part. */
  readonly report: (event: string, error: unknown) => void
}

export type History = ReturnType<typeof openHistory>

export const openHistory = (deps: HistoryDeps) => {
  const { burstIdleMs, clock, db, matrices, retention, rooms, settle, store } = deps
  const { after, now } = clock
  const reportIn = (event: string) => (error: unknown) => deps.report(event, error)
  const [replaying, deriving, redacting] = [openReplaying(), openDeriving(), openRedacting()]

  const archive = new Archive(db)
  const authors = archive.authors.bind(archive)
  const snapshots = new Snapshots({ archive, matrices, store, now })
  const moments = new Moments({ archive, store, replay: replaying.call })
  const changes = new Changes({
    db,
    store,
    derive: deriving.call,
    report: reportIn('record of changes'),
  })
  const movements = new Movements({ db, changes, matrices })
  const said = new Said({ moments, movements, snapshots })
  const visits = new Visits({ db, changes, store, now })
  const thinning = new Thinning({
    db,
    matrices,
    moments,
    snapshots,
    retention,
    now,
    report: reportIn('thinning out snapshots'),
  })
  const bursts = new Bursts({
    snapshots,
    after,
    idle: burstIdleMs,
    onEnd: trackerId => {
      changes.catchUpLater(trackerId)
      thinning.later(trackerId)
    },
    report: reportIn('automatic snapshot'),
  })
  const table = new RedactionTable(db)
  const rewriter = new Rewriter({
    rooms,
    store,
    table,
    archive,
    snapshots,
    redacting,
    settle,
    forget: async trackerId => {
      said.forget()
      await changes.forget(trackerId)
      changes.catchUpLater(trackerId)
    },
    now,
    after,
    report: reportIn('redaction'),
  })
  const redactions = new Redactions({ matrices, store, table, archive, redacting, rewriter })
  const moves = new Moves({ matrices, store, table, archive, redacting, rewriter })

  return {
    archive,
    bursts,
    redactions,
    snapshots,
    /** What the routes ask. */
    asked: {
      authors,
      briefs: new Briefs({ archive, changes, matrices, moments, visits }),
      changes,
      journals: new Journals({ db, store, named: authors }),
      meetings: new Meetings({ matrices, snapshots }),
      moments,
      movements,
      moves,
      redactions,
      retention,
      said,
      snapshots,
      visits,
    },
    /** Before anybody can come and read what was to go. */
    finish: () => rewriter.finish(),
    /** Takes up what nobody waits for. */
    begin: () => void thinning.begin(),
    /** Begins nothing more of it. */
    stop: async (): Promise<void> => {
      changes.close()
      await thinning.close()
    },
    /** Once nobody asks any more. */
    close: async (): Promise<void> => {
      await Promise.all([deriving.close(), replaying.close()])
      await redacting.close()
    },
  }
}
