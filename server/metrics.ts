/**
 * The metrics, in the text that Prometheus reads. The engine counts in plain numbers of its own; they are read when
 * somebody asks. No label carries a name, an id or anything that a visitor chose.
 */
import {
  collectDefaultMetrics,
  Counter,
  Gauge,
  Registry,
  type Histogram,
} from '@prometheus-io/client'
import type { Clock } from '#server/live/clock.ts'
import type { Backlog } from '#server/live/journal.ts'
import type { Distribution, Flow, Observer } from '#server/live/observer.ts'
import type { Census } from '#server/live/rooms.ts'
import type { Requests } from '#server/routes/tracing.ts'
import { CLOSES } from '#shared/access.ts'
import { FRAME_KINDS } from '#shared/wire.ts'

export interface MetricsDeps {
  readonly observer: Observer
  readonly requests: Requests
  readonly census: () => Census
  readonly peers: () => number
  readonly backlog: () => Backlog
  readonly isStoring: () => boolean
  readonly clock: Pick<Clock, 'now'>
}

export interface Metrics {
  readonly contentType: string
  readonly render: () => Promise<string>
}

type Labels = Readonly<Record<string, string>>
type Read = () => number | Iterable<readonly [Labels, number]>

export const createMetrics = (deps: MetricsDeps): Metrics => {
  const { observer, requests, census, peers, backlog, isStoring, clock } = deps
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const { counter, gauge, histogram } = metersIn(registry)

  gauge('parley_rooms', 'Documents that somebody has open, in memory or not', () => census().rooms)
  gauge('parley_documents', 'Documents in memory', () => census().documents)
  gauge('parley_documents_bytes', 'Memory that they take, about', () => census().bytes)
  gauge('parley_peers', 'Connections in rooms', peers)
  counter('parley_peers_joined_total', 'Connections let into a room', () => observer.joined)
  counter('parley_rooms_opened_total', 'Documents read from disk', () => observer.opened)
  counter('parley_rooms_evicted_total', 'Documents that left memory', () => observer.evicted)
  counter('parley_rooms_broken_total', 'Documents given up in memory', () => observer.broken)
  counter(
    'parley_closes_total',
    'Connections ended by the server, and why',
    () =>
      Object.entries(CLOSES).map(([reason, { code }]) => [
        { reason, code: String(code) },
        observer.closed.get(code) ?? 0,
      ]),
    ['reason', 'code'],
  )

  counter(
    'parley_upgrades_refused_total',
    'Requests for a socket that were turned away before there was one',
    () => [...observer.turnedAway].map(([status, many]) => [{ status }, many]),
    ['status'],
  )

  counter(
    'parley_frames_total',
    'Frames, by direction and kind',
    () => [...framesOf('in', observer.in), ...framesOf('out', observer.out)],
    ['direction', 'kind'],
  )
  counter(
    'parley_frames_bytes_total',
    'Their bytes',
    () => [
      [{ direction: 'in' }, observer.in.bytes],
      [{ direction: 'out' }, observer.out.bytes],
    ],
    ['direction'],
  )
  counter('parley_edits_accepted_total', 'Edits let in', () => observer.accepted)
  counter('parley_edits_stored_total', 'Edits on disk', () => observer.stored)
  counter('parley_edits_delivered_total', 'Edits sent on, by reader', () => observer.delivered)

  histogram('parley_commit_seconds', 'Time until a commit is on disk', observer.commitSeconds)
  histogram('parley_commit_edits', 'Edits in a commit', observer.commitEdits)
  histogram('parley_commit_documents', 'Documents in a commit', observer.commitDocuments)
  counter('parley_commits_failed_total', 'Commits refused', () => observer.commitFailures)
  counter(
    'parley_storage_restarts_total',
    'Storage threads or connections that ended and were replaced',
    () => observer.storageRestarts,
  )
  gauge('parley_storing', '1 while the disk takes edits, else 0', () => (isStoring() ? 1 : 0))
  gauge('parley_backlog_edits', 'Edits in memory that are not on disk', () => backlog().edits)
  gauge('parley_backlog_documents', 'Documents that they belong to', () => backlog().documents)
  gauge('parley_backlog_bytes', 'Their bytes', () => backlog().bytes)
  gauge('parley_backlog_age_seconds', 'For how long the oldest of them has waited', () => {
    const { since } = backlog()
    return since === undefined ? 0 : Math.max(0, clock.now() - since) / 1_000
  })

  counter(
    'parley_requests_total',
    'Requests answered',
    () =>
      [...requests.answered].flatMap(([method, byStatus]) =>
        [...byStatus].map(([status, many]) => [{ method, status: String(status) }, many] as const),
      ),
    ['method', 'status'],
  )
  histogram('parley_request_seconds', 'Time until an answer', requests.seconds)

  return { contentType: registry.contentType, render: () => registry.metrics() }
}

const framesOf = (
  direction: string,
  { frames, unknown }: Flow,
): readonly (readonly [Labels, number])[] => [
  ...FRAME_KINDS.map((kind, at) => [{ direction, kind }, frames[at] ?? 0] as const),
  [{ direction, kind: 'unknown' }, unknown],
]

const metersIn = (registry: Registry) => {
  const registers = [registry]
  return {
    counter: (name: string, help: string, read: Read, labelNames: readonly string[] = []): void =>
      void new Counter({
        name,
        help,
        labelNames,
        registers,
        collect() {
          this.reset()
          const value = read()
          if (typeof value === 'number') this.inc(value)
          else for (const [labels, many] of value) this.inc(labels, many)
        },
      }),

    gauge: (name: string, help: string, read: () => number): void =>
      void new Gauge({
        name,
        help,
        registers,
        collect() {
          this.set(read())
        },
      }),

    // The class of the library counts by itself; the registry asks a metric for no more than this.
    histogram: (name: string, help: string, distribution: Distribution): void =>
      registry.registerMetric({
        name,
        help,
        get: () =>
          Promise.resolve({ name, help, type: 'histogram', values: valuesOf(name, distribution) }),
      } as unknown as Histogram),
  }
}

const valuesOf = (name: string, { bounds, counts, sum }: Distribution) => {
  let below = 0
  const buckets = Array.from(counts, (count, at) => ({
    metricName: `${name}_bucket`,
    labels: { le: String(bounds[at] ?? '+Inf') },
    value: (below += count),
  }))
  return [
    ...buckets,
    { metricName: `${name}_sum`, labels: {}, value: sum },
    { metricName: `${name}_count`, labels: {}, value: below },
  ]
}
