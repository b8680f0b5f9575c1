/** The record of changes of a tracker, for whoever may read it. */
import { createRoute } from '@hono/zod-openapi'
import type { Members } from '#server/accounts/members.ts'
import type { Archive } from '#server/history/archive.ts'
import type { Place } from '#server/history/change-table.ts'
import type { Changes } from '#server/history/changes.ts'
import { answers, mayOn, openDoor, refusals, trackerParams } from '#server/routes/door.ts'
import { cellsQuery, changesPage, changesQuery, lastChanges } from '#shared/api.ts'

export interface ChangesDeps {
  readonly members: Members
  readonly changes: Pick<Changes, 'newest' | 'read'>
  readonly authors: Archive['authors']
}

/** In which somebody says where a party stands. */
const WRITTEN = ['position', 'stance', 'knowledge'] as const

export const changesRoutes = ({ authors, changes, members }: ChangesDeps) => {
  const listRoute = createRoute({
    method: 'get',
    path: '/api/trackers/{id}/changes',
    summary: 'Who turned what from what into what, newest first',
    description:
      'One entry for each account and field in one go; what ended as it had begun is left out. ' +
      'The history of a cell is that with its issue and party. Texts come whole, before and after.',
    middleware: mayOn(members, 'read'),
    request: { params: trackerParams, query: changesQuery },
    responses: { 200: answers(changesPage, 'A page of changes'), ...refusals(400, 401, 404, 503) },
  })

  const lastRoute = createRoute({
    method: 'get',
    path: '/api/trackers/{id}/changes/last',
    summary: 'When each of some cells was changed last, and who wrote the position',
    middleware: mayOn(members, 'read'),
    request: { params: trackerParams, query: cellsQuery },
    responses: {
      200: answers(lastChanges, 'The cells that were ever changed'),
      ...refusals(400, 401, 404, 503),
    },
  })

  const door = openDoor().openapi(lastRoute, async c => {
    const { cells } = c.req.valid('query')
    const newest = await changes.newest(c.var.trackerId, cells, WRITTEN)
    const people = await authors([...new Set(newest.flatMap(one => one?.by ?? []))])
    const named = new Map<string, (typeof people)[number]>(people.map(one => [one.id, one]))
    const told = cells.flatMap((cell, index) => {
      const one = newest[index]
      return one ? [{ ...cell, lastAt: one.lastAt, writer: named.get(one.by ?? '') ?? null }] : []
    })
    return c.json({ cells: told } as never, 200)
  })

  return door.openapi(listRoute, async c => {
    const { trackerId } = c.var
    const { before, ...query } = c.req.valid('query')
    const page = await changes.read(trackerId, {
      ...query,
      before: before === undefined ? undefined : placeOf(before),
    })
    const people = await authors([...new Set(page.map(({ account }) => account))])
    const named = new Map(people.map(person => [person.id, person]))
    const last = page.at(-1)
    return c.json(
      {
        changes: page.map(change => ({ ...change, account: named.get(change.account) })),
        next: last && page.length === query.limit ? `${last.lastSeq}.${last.address}` : null,
      } as never,
      200,
    )
  })
}

/** Where a page's `next` leads. */
export const placeOf = (cursor: string): Place => {
  const dot = cursor.indexOf('.')
  return { lastSeq: Number(cursor.slice(0, dot)), address: cursor.slice(dot + 1) }
}
