/** P20: what somebody has seen and reviewed of a tracker, and the brief of what happened meanwhile. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { signed, VISIT_PAUSE, type Visit } from '#server/history/visit.ts'
import { systemClock } from '#server/live/clock.ts'
import type { ApiError, TrackerEntry } from '#shared/api.ts'
import type { ApiBrief, ApiStanding } from '#shared/brief-api.ts'
import type { TrackerId } from '#shared/ids.ts'
import type { Meeting } from '#shared/meetings.ts'
import type { Question } from '#shared/questions.ts'
import type { Tracker } from '#shared/tracker.ts'
import { startServer, type Person, type TestServer } from '#test/server/harness.ts'

vi.setConfig({ testTimeout: 30_000 })

const MINUTE = 60_000

describe('a visit', () => {
  const first = signed(undefined, { at: 0, head: 10, hasArrived: true })
  const sign = (visit: Visit, minutes: number, head: number, hasArrived = false): Visit =>
    signed(visit, { at: minutes * MINUTE, head, hasArrived })

  test('begins with everything known', () => {
    expect(first).toEqual({
      baselineSeq: 10,
      baselineAt: 0,
      seenSeq: 10,
      seenAt: 0,
      reviewedSeq: 10,
    })
  })

  test('keeps up while somebody looks on, and its beginning stays', () => {
    const later = sign(sign(first, 1, 12), 2, 15)
    expect(later).toMatchObject({ baselineSeq: 10, seenSeq: 15, reviewedSeq: 15 })
    const secondTab = sign(later, 3, 15, true)
    expect(secondTab).toMatchObject({ baselineSeq: 10, seenSeq: 15, reviewedSeq: 15 })
  })

  test('ends with a pause, and the next one begins where it ended', () => {
    const left = sign(first, 5, 12)
    const back = sign({ ...left, reviewedSeq: 12 }, 5 + VISIT_PAUSE / MINUTE + 1, 20, true)
    expect(back).toMatchObject({ baselineSeq: 12, baselineAt: 5 * MINUTE, reviewedSeq: 12 })
    expect(sign(back, 6 + VISIT_PAUSE / MINUTE + 1, 21)).toMatchObject({ reviewedSeq: 12 })
  })

  test('does not take for seen what happened while nobody looked on', () => {
    expect(sign(first, 0.1, 12, true)).toMatchObject({ seenSeq: 12, reviewedSeq: 10 })
    expect(sign(first, 10, 12)).toMatchObject({ seenSeq: 12, reviewedSeq: 10 })
  })

  test('goes on when a clock steps back', () => {
    const seen = sign(first, 5, 12)
    expect(sign(seen, 4, 11)).toMatchObject({ seenSeq: 12, seenAt: 5 * MINUTE })
  })
})

describe('catching up', () => {
  let server: TestServer
  let skipped: number
  let ada: Person
  let bo: Person
  let path: string

  beforeEach(async () => {
    skipped = 0
    const clock = { ...systemClock, now: () => Date.now() + skipped }
    server = await startServer({ clock })
    ada = (await server.createFirstAccount('Ada')).owner
    const made = await server.ask<TrackerEntry>('POST', '/api/trackers', {
      cookie: ada.cookie,
      body: { title: 'Talks' },
    })
    path = `/api/trackers/${made.body.id}`
    bo = await server.invite(ada, made.body.id as TrackerId, 'editor', 'Bo')
    await sheet(ada, [
      ['Relief', 'Asks', 'Some'],
      ['Access', '', ''],
    ])
  })
  afterEach(() => server.close())

  const skip = (minutes: number): void => void (skipped += minutes * MINUTE)
  /** What Iran asks for, and where it stands. */
  const sheet = async (
    { cookie }: Person,
    rows: readonly (readonly [issue: string, position: string, stance: string])[],
  ): Promise<void> => {
    const head = 'Basket,Issue,Scale points,Iran,Iran · stance'
    const body = rows.map(([issue, ...cell]) =>
      ['B', issue, 'None | Some | All', ...cell].join(','),
    )
    const answer = await server.ask('POST', `${path}/import`, {
      cookie,
      body: [head, ...body].join('\r\n'),
      headers: { 'content-type': 'text/csv' },
    })
    expect(answer.status, JSON.stringify(answer.body)).toBe(200)
  }
  const sign = async ({ cookie }: Person, arrived = false): Promise<ApiStanding> => {
    const answer = await server.ask<ApiStanding>('PUT', `${path}/visit`, {
      cookie,
      body: { arrived },
    })
    expect(answer.status, JSON.stringify(answer.body)).toBe(200)
    return answer.body
  }
  const review = async (body: unknown, { cookie } = ada): Promise<ApiStanding> => {
    const answer = await server.ask<ApiStanding>('POST', `${path}/reviews`, { cookie, body })
    expect(answer.status, JSON.stringify(answer.body)).toBe(200)
    return answer.body
  }
  const ask = async <Body = ApiBrief>(query: string, { cookie } = ada, headers = {}) =>
    server.ask<Body>('GET', `${path}/brief${query}`, { cookie, headers })
  const listed = async ({ cookie } = ada): Promise<number | undefined> => {
    const { body } = await server.ask<readonly TrackerEntry[]>('GET', '/api/trackers', { cookie })
    return body.find(({ title }) => title === 'Talks')?.unreviewed
  }
  /** Ada looks at the tracker and leaves; much later Bo changes two cells. */
  const boWorksMeanwhile = async (): Promise<void> => {
    await sign(ada, true)
    await sign(ada)
    skip(60)
    await sheet(bo, [
      ['Relief', 'Asks for early relief', 'All'],
      ['Access', 'Refuses', ''],
    ])
    skip(60)
  }

  test('tells what others did since the last visit, and counts what of it is not reviewed', async () => {
    await boWorksMeanwhile()
    expect(await listed()).toBe(2)
    const back = await sign(ada, true)
    expect(back).toMatchObject({ unreviewed: 2, reviewed: [] })
    expect(back.seenAt - back.baselineAt).toBeGreaterThanOrEqual(120 * MINUTE)

    const { body: brief } = await ask('')
    expect(brief).toMatchObject({
      since: { is: 'last-visit', at: back.baselineAt, seq: back.baselineSeq },
      title: 'Talks',
      headline: '1 new finding, 1 new judgement',
      authors: [{ id: bo.id, name: 'Bo' }],
    })
    expect(brief.items.map(({ group, title }) => [group, title])).toEqual([
      ['stances', 'Relief · Iran'],
      ['knowledge', 'Access · Iran'],
    ])
    const [stance, known] = brief.items.map(({ address }) => address)
    expect(brief.items[0]?.credits).toMatchObject([{ account: bo.id }])

    const one = await review({ upTo: brief.upTo, addresses: [stance] })
    expect(one).toMatchObject({ unreviewed: 1, reviewed: [{ address: stance }] })
    expect(await listed()).toBe(1)
    const none = await review({ reviewed: false, addresses: [stance], since: brief.since.seq })
    expect(none).toMatchObject({ unreviewed: 2, reviewed: [] })

    expect(await review({ upTo: brief.upTo })).toMatchObject({ unreviewed: 0, reviewed: [] })
    expect(await listed()).toBe(0)
    expect((await ask('')).body).toEqual(brief)
    expect((await ask('?since=last-review')).body).toMatchObject({ items: [] })
    // Of all that is reviewed one thing is taken back, and the other stays.
    const again = await review({ reviewed: false, addresses: [known], since: brief.since.seq })
    expect(again).toMatchObject({ unreviewed: 1 })
    expect(again.reviewed.map(({ address }) => address)).toContain(stance)
    await server.restart()
    expect(await listed()).toBe(1)
    const rest = await review({ upTo: brief.upTo, addresses: [known] })
    expect(rest).toMatchObject({ unreviewed: 0, reviewed: [] })

    await sheet(bo, [['Relief', 'Asks again', 'All']])
    expect(await listed()).toBe(1)
  }, 30_000)

  test('never counts what I did myself, nor what I looked on at', async () => {
    await boWorksMeanwhile()
    expect(await listed(bo)).toBe(0)
    await sign(bo, true)
    await sheet(bo, [['Relief', 'Mine', 'None']])
    expect(await sign(bo, true)).toMatchObject({ unreviewed: 0 })
    await sheet(ada, [['Relief', 'Hers', 'All']])
    expect(await sign(bo)).toMatchObject({ unreviewed: 0 })
    expect(await listed(bo)).toBe(0)
    skip(10)
    await sheet(ada, [['Relief', 'Hers later', 'All']])
    expect(await sign(bo)).toMatchObject({ unreviewed: 1 })
  })

  test('takes for seen only what there was when I left, however late that is heard', async () => {
    const here = await sign(ada, true)
    await sheet(bo, [['Relief', 'While she looks on', 'All']])
    skip(1)
    const left = Date.now() + skipped
    skip(1)
    await sheet(bo, [['Access', 'After she has left', '']])
    const heard = await server.ask<ApiStanding>('PUT', `${path}/visit`, {
      cookie: ada.cookie,
      body: { left },
    })
    expect(heard.body).toMatchObject({ seenAt: left, unreviewed: 1 })
    expect(heard.body.seenSeq).toBeGreaterThan(here.seenSeq)
    skip(60)
    await sign(ada, true)
    const { body } = await ask('')
    expect(body).toMatchObject({ since: { at: left }, upTo: heard.body.seenSeq + 1 })
    expect(body.items.map(({ title }) => title)).toEqual(['Access · Iran'])
  })

  test('is the same, byte for byte, for everybody who asks from one moment', async () => {
    const saved = await server.ask<{ id: string }>('POST', `${path}/snapshots`, {
      cookie: ada.cookie,
      body: { label: 'Before the break' },
    })
    const begun = await server.ask<Meeting>('POST', `${path}/meetings`, {
      cookie: ada.cookie,
      body: { title: 'Round two' },
    })
    skip(1)
    const time = new Date(Date.now() + skipped).toISOString()
    skip(1)
    await sheet(bo, [['Relief', 'Asks for *all*', 'All']])
    const texts = async (query: string, person: Person): Promise<readonly string[]> => {
      const [json, markdown] = await Promise.all([
        ask(query, person),
        ask<string>(query, person, { accept: 'text/markdown' }),
      ])
      expect(json.headers.get('content-type')).toContain('application/json')
      expect(markdown.headers.get('content-type')).toContain('text/markdown')
      expect((await ask(`${query}&format=markdown`, person)).body).toBe(markdown.body)
      return [JSON.stringify(json.body), markdown.body]
    }
    for (const [since, is] of [
      [saved.body.id, 'snapshot'],
      [begun.body.id, 'meeting'],
      [time, 'time'],
    ] as const) {
      const query = `?since=${encodeURIComponent(since)}`
      const [json, markdown] = await texts(query, ada)
      expect(await texts(query, bo)).toEqual([json, markdown])
      const { items, since: told } = JSON.parse(json ?? '') as ApiBrief
      expect(told.is).toBe(is)
      expect(items.map(({ title }) => title)).toEqual(['Relief · Iran'])
      expect(markdown).toContain(String.raw`\*all\*`)
    }
    await server.ask('POST', `${path}/meetings/${begun.body.id}/end`, { cookie: ada.cookie })
    expect((await ask(`?since=${begun.body.id}`)).body).toMatchObject({
      since: { is: 'meeting', label: 'Round two' },
      items: [],
    })
  })

  test('a question is asked under one’s own name, answered by another and resolved; all see it', async () => {
    const colin = await server.invite(
      ada,
      path.split('/').at(-1) as TrackerId,
      'commenter',
      'Colin',
    )
    const send = async <Body = Question>(
      method: 'POST' | 'PATCH',
      rest: string,
      { cookie }: Person,
      body: unknown,
    ) => server.ask<Body>(method, `${path}/questions${rest}`, { cookie, body })
    const all = async (): Promise<readonly Question[]> => {
      const { body } = await server.ask<{ tracker: Tracker }>('GET', path, { cookie: bo.cookie })
      return body.tracker.questions
    }
    await sheet(bo, [['Relief', 'Asks for all of it', 'All']])
    const { body: brief } = await ask(`?since=${new Date(0).toISOString()}`)
    const about = brief.items[0]?.address
    const asked = await send('POST', '', colin, { about, text: ' On what basis? ', by: 'Bo' })
    expect(asked.status).toBe(201)
    expect(asked.body).toMatchObject({ about, text: 'On what basis?', by: 'Colin', resolvedAt: 0 })
    expect(await all()).toEqual([asked.body])

    const answered = await send('PATCH', `/${asked.body.id}`, bo, { answer: 'The Muscat paper' })
    expect(answered.body).toMatchObject({ answer: 'The Muscat paper', answeredBy: 'Bo' })
    const resolved = await send('PATCH', `/${asked.body.id}`, ada, { resolved: true })
    expect(resolved.body).toMatchObject({ answeredBy: 'Bo', resolvedBy: 'Ada' })
    expect(resolved.body.resolvedAt).toBeGreaterThan(0)
    expect(await all()).toEqual([resolved.body])
    const again = await send('PATCH', `/${asked.body.id}`, colin, { resolved: false })
    expect(again.body).toMatchObject({ resolvedAt: 0, resolvedBy: '', answer: 'The Muscat paper' })
    // It is no change of the matrix, and nobody has to review it.
    expect((await ask(`?since=${new Date(0).toISOString()}`)).body.items).toEqual(brief.items)

    // It goes along into a file, and goes with the words that have to go.
    const file = await server.ask('GET', `${path}/export.json`, { cookie: ada.cookie })
    const copy = await server.ask<TrackerEntry>('POST', '/api/trackers/import', {
      cookie: ada.cookie,
      body: file.body,
    })
    const { body: imported } = await server.ask<{ tracker: Tracker }>(
      'GET',
      `/api/trackers/${copy.body.id}`,
      { cookie: ada.cookie },
    )
    expect(imported.tracker.questions).toEqual([again.body])
    const gone = await server.ask('POST', `${path}/redactions`, {
      cookie: ada.cookie,
      body: { text: 'Muscat paper', reason: 'Not ours to tell' },
    })
    expect(gone.status, JSON.stringify(gone.body)).toBe(201)
    expect(JSON.stringify(await all())).not.toContain('Muscat')

    const missing = await send<ApiError>('PATCH', '/none', bo, { resolved: true })
    expect(missing).toMatchObject({ status: 404, body: { error: { code: 'no_question' } } })
    for (const body of [
      { about, text: ' ' },
      { about, text: 'x'.repeat(501) },
      { about: 'x', text: 'Why?' },
    ])
      expect((await send('POST', '', bo, body)).status, JSON.stringify(body)).toBe(400)
    expect(await all()).toHaveLength(1)
  }, 20_000)

  test('refuses with words what it cannot tell', async () => {
    const missing = await ask<ApiError>('?since=none')
    expect(missing).toMatchObject({ status: 404, body: { error: { code: 'no_baseline' } } })
    for (const wrong of ['?since=last%20week', '?since=', '?format=pdf'])
      expect((await ask(wrong)).status, wrong).toBe(400)
    for (const body of [
      {},
      { upTo: -1 },
      { upTo: 1, addresses: [] },
      { upTo: 1, addresses: ['cell/x'] },
      { upTo: 1, addresses: ['__proto__'] },
      { reviewed: false, addresses: ['tracker'] },
      { upTo: 1, since: 1 },
    ]) {
      const answer = await server.ask('POST', `${path}/reviews`, { cookie: ada.cookie, body })
      expect(answer.status, JSON.stringify(body)).toBe(400)
    }
    // Nobody reviews what does not exist yet.
    const { reviewedSeq, seenSeq } = await review({ upTo: 1_000_000 })
    expect(reviewedSeq).toBe(seenSeq)
  })
})
