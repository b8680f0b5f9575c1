/** For whoever watches over the process. */
import { createRoute } from '@hono/zod-openapi'
import { z } from 'zod'
import type { Readiness } from '#server/readiness.ts'
import { answers, openDoor } from '#server/routes/door.ts'

export interface HealthDeps {
  /** False while the disk refuses what people write. */
  readonly isStoring: () => boolean
  readonly readiness: () => Promise<Readiness>
}

const health = z.object({ storing: z.boolean() }).meta({ id: 'Health' })
const readiness = z
  .object({ ready: z.boolean(), because: z.string().optional() })
  .meta({ id: 'Readiness' })

const healthRoute = createRoute({
  method: 'get',
  path: '/healthz',
  summary: 'Whether the server stores what people write',
  responses: { 200: answers(health, 'It does'), 503: answers(health, 'The disk refuses') },
})

const readyRoute = createRoute({
  method: 'get',
  path: '/readyz',
  summary: 'Whether people may be sent here',
  responses: { 200: answers(readiness, 'They may'), 503: answers(readiness, 'Not now') },
})

export const healthRoutes = (deps: HealthDeps) =>
  openDoor()
    .openapi(healthRoute, c => {
      const storing = deps.isStoring()
      return c.json({ storing }, storing ? 200 : 503)
    })
    .openapi(readyRoute, async c => {
      const answer = await deps.readiness()
      return c.json(answer, answer.ready ? 200 : 503)
    })
