/** Catching up: signs of life from those who look on, what they have reviewed, and the brief of what happened meanwhile. */
import { createRoute } from '@hono/zod-openapi'
import { z } from 'zod'
import type { Members } from '#server/accounts/members.ts'
import type { Trackers } from '#server/accounts/trackers.ts'
import type { Briefs, Told } from '#server/history/briefs.ts'
import type { Standing, Visits } from '#server/history/visits.ts'
import { answers, jsonBody, mayOn, openDoor, refusals, trackerParams } from '#server/routes/door.ts'
import { Refusal } from '#server/routes/refusal.ts'
import {
  brief,
  briefQuery,
  review,
  standing,
  visitSign,
  type ApiStanding,
} from '#shared/brief-api.ts'
import { briefMarkdown, classified } from '#shared/compare/brief-markdown.ts'

export interface CatchUpDeps {
  readonly members: Members
  readonly trackers: Pick<Trackers, 'classificationOf'>
  readonly briefs: Pick<Briefs, 'read'>
  readonly visits: Pick<Visits, 'sign' | 'review' | 'unreview'>
}

export const catchUpRoutes = ({ briefs, members, trackers, visits }: CatchUpDeps) => {
  const briefRoute = createRoute({
    method: 'get',
    path: '/api/trackers/{id}/brief',
    summary: 'What happened since my last visit, a snapshot, a meeting or a time, ranked',
    description:
      'Collisions that came up or dissolved, then every change between the two moments once, red lines first and ' +
      'wording last. For the same two moments it is the ' +
      'same for whoever asks. As Markdown where `format` or the Accept header says so.',
    middleware: mayOn(members, 'read'),
    request: { params: trackerParams, query: briefQuery },
    responses: {
      200: {
        description: 'The brief',
        content: {
          'application/json': { schema: brief },
          'text/markdown': { schema: z.string() },
        },
      },
      ...refusals(400, 401, 404, 503),
    },
  })

  const visitRoute = createRoute({
    method: 'put',
    path: '/api/trackers/{id}/visit',
    summary: 'I am looking at the tracker, or was until a moment ago',
    middleware: mayOn(members, 'read'),
    request: { params: trackerParams, body: jsonBody(visitSign) },
    responses: {
      200: answers(standing, 'Where I stand'),
      ...refusals(400, 401, 404, 413, 415, 503),
    },
  })

  const reviewRoute = createRoute({
    method: 'post',
    path: '/api/trackers/{id}/reviews',
    summary: 'I have reviewed some changes, or all; or I take that back',
    middleware: mayOn(members, 'read'),
    request: { params: trackerParams, body: jsonBody(review) },
    responses: {
      200: answers(standing, 'Where I stand'),
      ...refusals(400, 401, 404, 413, 415, 503),
    },
  })

  return openDoor()
    .openapi(briefRoute, async c => {
      const { account, trackerId } = c.var
      const { format, since } = c.req.valid('query')
      const told = await briefs.read(trackerId, account.id, since)
      if (!told) throw noBaseline()
      const isMarkdown = format ? format === 'markdown' : wantsMarkdown(c.req.header('accept'))
      c.header('vary', 'accept', { append: true })
      if (!isMarkdown) return c.json(told as never, 200)
      await c.var.note('exported', { trackerId, detail: 'a brief, as Markdown' })
      const line = await trackers.classificationOf(trackerId)
      return c.body(classified(markdownOf(told), line), 200, {
        'content-type': 'text/markdown; charset=utf-8',
      })
    })
    .openapi(visitRoute, async c => {
      const { account, trackerId } = c.var
      const { arrived, left } = c.req.valid('json')
      const sign = { hasArrived: arrived, left }
      return c.json(asApi(await visits.sign(trackerId, account.id, sign)), 200)
    })
    .openapi(reviewRoute, async c => {
      const { account, trackerId } = c.var
      const said = c.req.valid('json')
      const now =
        'since' in said
          ? visits.unreview(trackerId, account.id, said.addresses, said.since)
          : visits.review(trackerId, account.id, said.upTo, said.addresses)
      return c.json(asApi(await now), 200)
    })
}

const wantsMarkdown = (accept = ''): boolean =>
  accept.includes('text/markdown') && !accept.includes('application/json')

const markdownOf = ({ authors, since, title, ...brief }: Told): string => {
  const names = new Map<string, string>(authors.map(({ id, name }) => [id, name]))
  return briefMarkdown(brief, { title, since: since.at, nameOf: id => names.get(id) ?? '' })
}

const asApi = (standing: Standing): ApiStanding => ({
  ...standing,
  reviewed: standing.reviewed.map(({ address, seq }) => ({ address, seq })),
})

const noBaseline = (): Refusal =>
  new Refusal(
    404,
    'no_baseline',
    'This tracker has no such snapshot or meeting; automatic snapshots thin out with age. Choose another one, or a time.',
  )
