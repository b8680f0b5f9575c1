/** The metrics, for whoever may read them: by a port that only operators reach, or by a token. */
import { createHash, timingSafeEqual } from 'node:crypto'
import { Hono } from 'hono'
import { createMiddleware } from 'hono/factory'
import type { Metrics } from '#server/metrics.ts'
import { Refusal } from '#server/routes/refusal.ts'

export interface MetricsRouteDeps extends Metrics {
  /** What a reader must show; undefined where the port is for operators alone. */
  readonly token: string | undefined
}

export const metricsRoutes = ({ contentType, render, token }: MetricsRouteDeps) =>
  new Hono().get('/metrics', mayRead(token), async context =>
    context.body(await render(), 200, { 'content-type': contentType, 'cache-control': 'no-store' }),
  )

const mayRead = (token: string | undefined) =>
  createMiddleware(async (context, next) => {
    if (token !== undefined && !isBearer(context.req.header('authorization'), token)) {
      context.header('www-authenticate', 'Bearer')
      throw new Refusal(401, 'no_token', 'Show the token: Authorization: Bearer <METRICS_TOKEN>.')
    }
    await next()
  })

/** Over digests of one length, so that the time it takes tells nothing of the token. */
const isBearer = (header: string | undefined, token: string): boolean =>
  timingSafeEqual(digest(header ?? ''), digest(`Bearer ${token}`))

const digest = (text: string): Buffer => createHash('sha256').update(text).digest()
