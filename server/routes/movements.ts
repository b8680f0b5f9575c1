/** Movements of a tracker's cells, for whoever may read it. */
import { createRoute } from '@hono/zod-openapi'
import type { Members } from '#server/accounts/members.ts'
import type { Archive } from '#server/history/archive.ts'
import type { Movements } from '#server/history/movements.ts'
import { placeOf } from '#server/routes/changes.ts'
import { answers, mayOn, openDoor, refusals, trackerParams } from '#server/routes/door.ts'
import { movementsPage, movementsQuery } from '#shared/api.ts'

export interface MovementsDeps {
  readonly members: Members
  readonly movements: Pick<Movements, 'read'>
  readonly authors: Archive['authors']
}

export const movementsRoutes = ({ authors, members, movements }: MovementsDeps) => {
  const listRoute = createRoute({
    method: 'get',
    path: '/api/trackers/{id}/movements',
    summary: 'What moved in which cell, of what kind and why, newest first',
    description:
      'One entry for what an account changed of a cell in one go; what came to nothing is left out. ' +
      'The kind is proposed, unless somebody has said otherwise.',
    middleware: mayOn(members, 'read'),
    request: { params: trackerParams, query: movementsQuery },
    responses: {
      200: answers(movementsPage, 'A page of movements'),
      ...refusals(400, 401, 404, 503),
    },
  })

  return openDoor().openapi(listRoute, async c => {
    const { before, unexplained, ...query } = c.req.valid('query')
    const page = await movements.read(c.var.trackerId, {
      ...query,
      isUnexplained: unexplained === 'true',
      before: before === undefined ? undefined : placeOf(before),
    })
    const people = await authors([...new Set(page.movements.map(({ account }) => account))])
    const named = new Map(people.map(person => [person.id, person]))
    const told = page.movements.map(({ account, changes, ...movement }) => ({
      ...movement,
      account: named.get(account),
      changes: changes.map(({ address, after, before, field }) => ({
        address,
        field,
        before,
        after,
      })),
    }))
    const { next } = page
    return c.json(
      { movements: told, next: next ? `${next.lastSeq}.${next.address}` : null } as never,
      200,
    )
  })
}
