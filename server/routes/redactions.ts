/** Redactions: looking where a text stands in a tracker's whole history, taking it out, and what is left of those. */
import { createRoute } from '@hono/zod-openapi'
import { z } from 'zod'
import type { Members } from '#server/accounts/members.ts'
import type { Redactions } from '#server/history/redactions.ts'
import { Unfinished } from '#server/history/rewriter.ts'
import { answers, jsonBody, mayOn, openDoor, refusals, trackerParams } from '#server/routes/door.ts'
import { Refusal } from '#server/routes/refusal.ts'
import {
  newRedaction,
  redactionDone,
  redactionEntry,
  redactionFindings,
  redactionSearch,
} from '#shared/api.ts'

export interface RedactionsRoutesDeps {
  readonly members: Members
  readonly redactions: Redactions
}

export const redactionsRoutes = ({ members, redactions }: RedactionsRoutesDeps) => {
  const listRoute = createRoute({
    method: 'get',
    path: '/api/trackers/{id}/redactions',
    summary: 'What was taken out of the history: where, by whom, when and why',
    middleware: mayOn(members, 'read'),
    request: { params: trackerParams },
    responses: {
      200: answers(z.array(redactionEntry), 'The redactions, oldest first'),
      ...refusals(401, 404),
    },
  })

  const searchRoute = createRoute({
    method: 'post',
    path: '/api/trackers/{id}/redactions/search',
    summary: 'Where a text stands or ever stood; nothing changes',
    description: 'The text travels in the body: addresses are kept by browsers and proxies.',
    middleware: mayOn(members, 'manage'),
    request: { params: trackerParams, body: jsonBody(redactionSearch) },
    responses: {
      200: answers(redactionFindings, 'Where'),
      ...refusals(400, 401, 403, 404, 413, 415, 503),
    },
  })

  const redactRoute = createRoute({
    method: 'post',
    path: '/api/trackers/{id}/redactions',
    summary: 'Take a text out of the tracker and all of its history, for good',
    middleware: mayOn(members, 'manage'),
    request: { params: trackerParams, body: jsonBody(newRedaction) },
    responses: {
      201: answers(redactionDone, 'It is gone, and a tombstone is left'),
      ...refusals(400, 401, 403, 404, 413, 415, 503),
    },
  })

  return openDoor()
    .openapi(listRoute, async c => c.json([...(await redactions.list(c.var.trackerId))], 200))
    .openapi(searchRoute, async c => {
      const { places, ...found } = await redactions.find(c.var.trackerId, c.req.valid('json').text)
      return c.json({ ...found, places: [...places] }, 200)
    })
    .openapi(redactRoute, async c => {
      const { account, trackerId } = c.var
      const { reason, text } = c.req.valid('json')
      if (reason.includes(text))
        throw new Refusal(
          400,
          'reason_tells',
          'The reason says the very text that is to go, and everybody will read it. Say it in other words.',
        )
      const done = await redactions.redact(trackerId, account, text, reason).catch(async error => {
        if (error instanceof Unfinished)
          await c.var.note('redacted', { trackerId, detail: 'begun; it goes on by itself' })
        throw error
      })
      if (!done)
        throw new Refusal(
          404,
          'no_text',
          'This text never stood in this tracker. Capitals, spaces and line breaks count: copy it from where it stands.',
        )
      const { places, ...rest } = done
      const { id: subject } = done.redaction
      await c.var.note('redacted', { trackerId, subject, detail: `in ${places.length} places` })
      return c.json({ ...rest, places: [...places] }, 201)
    })
}
