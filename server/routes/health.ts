/** For whoever watches over the process. */
import { createRoute } from '@hono/zod-openapi'
import { z } from 'zod'
import { answers, openDoor } from '#server/routes/door.ts'

export interface HealthDeps {
  /** False while the disk refuses what people write. */
  readonly isStoring: () => boolean
}

const health = z.object({ storing: z.boolean() }).meta({ id: 'Health' })

const healthRoute = createRoute({
  method: 'get',
  path: '/healthz',
  summary: 'Whether the server stores what people write',
  responses: { 200: answers(health, 'It does'), 503: answers(health, 'The disk refuses') },
})

export const healthRoutes = ({ isStoring }: HealthDeps) =>
  openDoor().openapi(healthRoute, c => {
    const storing = isStoring()
    return c.json({ storing }, storing ? 200 : 503)
  })
