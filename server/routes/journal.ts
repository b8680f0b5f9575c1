/** The journal of a tracker, for whoever may read it: every edit that was ever made, with its author and time. */
import { createRoute } from '@hono/zod-openapi'
import { z } from 'zod'
import type { Members } from '#server/accounts/members.ts'
import type { Journals } from '#server/history/journals.ts'
import { answers, mayOn, openDoor, refusals, trackerParams } from '#server/routes/door.ts'
import { author, journalQuery } from '#shared/api.ts'

export interface JournalDeps {
  readonly members: Members
  readonly journals: Journals
}

export const journalRoutes = ({ journals, members }: JournalDeps) => {
  const readRoute = createRoute({
    method: 'get',
    path: '/api/trackers/{id}/journal',
    summary: 'Every edit that was ever made, in chapters: about 8 bytes a keystroke',
    description:
      'Chapters of about a thousand entries, one after the other: the number of the first entry and the length of ' +
      'what follows, both as varints of lib0, then the entries, zstd-compressed. README.md describes them.',
    middleware: mayOn(members, 'read'),
    request: { params: trackerParams, query: journalQuery },
    responses: {
      200: {
        description: 'The chapters; the first may begin with earlier entries than asked for',
        content: {
          'application/octet-stream': { schema: z.string().meta({ format: 'binary' }) },
        },
      },
      ...refusals(400, 401, 404, 503),
    },
  })

  const authorsRoute = createRoute({
    method: 'get',
    path: '/api/trackers/{id}/authors',
    summary: 'Everybody whom the journal may name',
    middleware: mayOn(members, 'read'),
    request: { params: trackerParams },
    responses: { 200: answers(z.array(author), 'The authors'), ...refusals(401, 404) },
  })

  return openDoor()
    .openapi(readRoute, async c => {
      const bytes = await journals.read(c.var.trackerId, c.req.valid('query').after)
      return c.body(bytes as Uint8Array<ArrayBuffer>, 200, {
        'content-type': 'application/octet-stream',
        'content-length': String(bytes.length),
      })
    })
    .openapi(authorsRoute, async c => c.json([...(await journals.authors(c.var.trackerId))], 200))
}
