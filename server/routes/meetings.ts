/** Meetings: beginning one, and ending it. What else there is to change of them is written into the document. */
import { createRoute } from '@hono/zod-openapi'
import { z } from 'zod'
import type { Members } from '#server/accounts/members.ts'
import type { Meetings } from '#server/history/meetings.ts'
import { answers, jsonBody, mayOn, openDoor, refusals, trackerParams } from '#server/routes/door.ts'
import { Refusal } from '#server/routes/refusal.ts'
import { meeting, newMeeting } from '#shared/api.ts'
import type { MeetingId } from '#shared/ids.ts'

export interface MeetingsDeps {
  readonly members: Members
  readonly meetings: Meetings
}

const meetingParams = trackerParams.extend({ meetingId: z.string() })

export const meetingsRoutes = ({ meetings, members }: MeetingsDeps) => {
  const startRoute = createRoute({
    method: 'post',
    path: '/api/trackers/{id}/meetings',
    summary: 'Begin a meeting, with a snapshot from before it',
    middleware: mayOn(members, 'snapshot'),
    request: { params: trackerParams, body: jsonBody(newMeeting) },
    responses: {
      201: answers(meeting, 'Begun'),
      ...refusals(400, 401, 403, 404, 409, 413, 415, 503),
    },
  })

  const beginRoute = createRoute({
    method: 'post',
    path: '/api/trackers/{id}/meetings/{meetingId}/start',
    summary: 'Begin a meeting that was planned; one that has begun stays as it is',
    middleware: mayOn(members, 'snapshot'),
    request: { params: meetingParams },
    responses: {
      200: answers(meeting, 'The meeting as it is now'),
      ...refusals(401, 403, 404, 409, 503),
    },
  })

  const endRoute = createRoute({
    method: 'post',
    path: '/api/trackers/{id}/meetings/{meetingId}/end',
    summary: 'End a meeting, with a snapshot from after it; one that has ended stays as it is',
    middleware: mayOn(members, 'snapshot'),
    request: { params: meetingParams },
    responses: {
      200: answers(meeting, 'The meeting as it is now'),
      ...refusals(401, 403, 404, 409, 503),
    },
  })

  return openDoor()
    .openapi(startRoute, async c => {
      const { account, trackerId } = c.var
      const { title } = c.req.valid('json')
      return c.json(await meetings.start(trackerId, account.id, title), 201)
    })
    .openapi(beginRoute, async c => {
      const { account, trackerId } = c.var
      const id = c.req.valid('param').meetingId as MeetingId
      return c.json(found(await meetings.begin(trackerId, id, account.id)), 200)
    })
    .openapi(endRoute, async c => {
      const { account, trackerId } = c.var
      const id = c.req.valid('param').meetingId as MeetingId
      return c.json(found(await meetings.end(trackerId, id, account.id)), 200)
    })
}

const found = <T>(meeting: T | undefined): T => {
  if (meeting) return meeting
  throw new Refusal(
    404,
    'no_meeting',
    'This tracker has no such meeting; somebody may have removed it.',
  )
}
