/** Each request has an id of ours, which its answer and every line about it carry; and each is counted. */
import { createMiddleware } from 'hono/factory'
import type { Clock } from '#server/live/clock.ts'
import { Distribution } from '#server/live/observer.ts'
import { withoutSecrets, type Log } from '#server/log.ts'
import type { DoorEnv } from '#server/routes/door.ts'
import { newId } from '#shared/ids.ts'

/** Requests that were answered, by method and status, and how long they took. */
export class Requests {
  /** The one that came last, without secrets. */
  latest: string | undefined
  readonly answered = new Map<string, Map<number, number>>()
  readonly seconds = new Distribution([0.001, 0.004, 0.016, 0.064, 0.25, 1, 4, 16])
  readonly #underWay = new Set<Promise<unknown>>()

  /** Whoever asked may have gone: what they asked for is worked on all the same. */
  async track(request: Promise<unknown>): Promise<void> {
    this.#underWay.add(request)
    try {
      await request
    } finally {
      this.#underWay.delete(request)
    }
  }

  /** Resolves once nothing is being worked on. */
  async settled(): Promise<void> {
    while (this.#underWay.size > 0) await Promise.allSettled(this.#underWay)
  }

  add(method: string, status: number, seconds: number): void {
    const byStatus = this.answered.get(method) ?? new Map<number, number>()
    this.answered.set(method, byStatus.set(status, (byStatus.get(status) ?? 0) + 1))
    this.seconds.add(seconds)
  }
}

export interface TracingDeps {
  readonly log: Log
  readonly clock: Pick<Clock, 'elapsed'>
  readonly requests: Requests
  readonly isStopping: () => boolean
}

export const traced = ({ log, clock, isStopping, requests }: TracingDeps) =>
  createMiddleware<DoorEnv>(async (context, next) => {
    // Never the visitor's own word: what it says could be somebody else's id, or a line of its own.
    const request = newId()
    context.set('request', request)
    const { method } = context.req
    const path = withoutSecrets(context.req.path)
    requests.latest = `${method} ${path}`
    const start = clock.elapsed()
    await requests.track(next())
    context.header('x-request-id', request)

    const { status } = context.res
    const milliseconds = clock.elapsed() - start
    requests.add(method, status, milliseconds / 1_000)
    log[levelOf(status, isStopping())]('request', {
      request,
      method,
      path,
      status,
      milliseconds: Math.round(milliseconds),
      account: (context.var.bearer ?? context.var.session)?.account.id,
    })
  })

const levelOf = (status: number, isStopping: boolean): 'debug' | 'info' | 'warn' => {
  // Documents are closed then, as they should be.
  if (status === 503 && isStopping) return 'info'
  if (status >= 500) return 'warn'
  return status >= 400 ? 'info' : 'debug'
}
