/** Coming back: signs of life, what is offered, and the reader's way through the brief. */
import { cleanup, render, screen } from '@solidjs/testing-library'
import { createRoot, createSignal } from 'solid-js'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import CatchUpOffer from '#client/history/catch-up-offer.tsx'
import { baselineOf, createCatchUp, type Item } from '#client/history/catch-up.ts'
import { createStanding, type Said, type StandingStore } from '#client/history/standing.ts'
import type { Link } from '#client/live/negotiation.ts'
import { shortlyOf } from '#client/ui/when.ts'
import type { ApiBrief, ApiStanding } from '#shared/brief-api.ts'
import type { TrackerId } from '#shared/ids.ts'

const TRACKER = 'talks' as TrackerId
const STANDING: ApiStanding = {
  baselineSeq: 10,
  baselineAt: 1_000,
  seenSeq: 20,
  seenAt: 2_000,
  reviewedSeq: 10,
  reviewed: [],
  unreviewed: 2,
}
const item = (address: string, by: string, lastSeq: number): Item => ({
  address,
  group: 'stances',
  kind: 'moved',
  title: address,
  issueId: null,
  partyId: null,
  turns: [],
  details: [],
  credits: [{ account: by, firstAt: 0, lastAt: 0, lastSeq }],
  reasons: [],
  evidence: [],
})
const briefWith = (items: readonly Item[], is: ApiBrief['since']['is'] = 'last-visit') =>
  ({
    since: { is, seq: 10, at: 1_000, label: '', moment: '2026-02-03T15:40:00Z' },
    upTo: 20,
    title: 'Talks',
    headline: '2 movements',
    collisions: [],
    items,
    authors: [],
  }) as unknown as ApiBrief

/** What the server was sent, and answers next. */
let sent: (readonly [method: string, path: string, body: unknown])[]
let answers: { visit: ApiStanding; brief: ApiBrief }

beforeEach(() => {
  sent = []
  answers = { visit: STANDING, brief: briefWith([]) }
  vi.stubGlobal('fetch', async (path: string, { body, method }: RequestInit) => {
    sent.push([method ?? '', path, body === undefined ? undefined : JSON.parse(body as string)])
    return Response.json(path.includes('/brief') ? answers.brief : answers.visit)
  })
})
afterEach(() => {
  cleanup()
  vi.useRealTimers()
  vi.unstubAllGlobals()
  vi.restoreAllMocks()
})

describe('signs of life', () => {
  const MINUTE = 60_000
  let dispose: () => void
  let standing: StandingStore
  let setLoaded: (loaded: boolean) => void
  let setLink: (link: Link) => void
  const signs = (): readonly unknown[] => sent.map(([, , body]) => body)
  const hide = (hidden: boolean): void => {
    vi.spyOn(document, 'hidden', 'get').mockReturnValue(hidden)
    document.dispatchEvent(new Event('visibilitychange'))
  }

  beforeEach(() => {
    vi.useFakeTimers()
    createRoot(end => {
      dispose = end
      const [loaded, load] = createSignal(false)
      const [link, join] = createSignal<Link>({ at: 'live' })
      setLoaded = load
      setLink = join
      standing = createStanding({ link, loaded, trackerId: TRACKER })
    })
  })
  afterEach(() => dispose())

  test('come once the tracker is there, every minute, and while somebody looks on only', async () => {
    expect(sent).toEqual([])
    setLoaded(true)
    await vi.advanceTimersByTimeAsync(2 * MINUTE)
    expect(sent[0]).toEqual(['PUT', '/api/trackers/talks/visit', { arrived: true }])
    expect(signs()).toEqual([{ arrived: true }, {}, {}])
    await vi.advanceTimersByTimeAsync(7_000)
    hide(true)
    await vi.advanceTimersByTimeAsync(10 * MINUTE)
    // By the server's clock, seven seconds after the last sign.
    expect(signs().slice(3)).toEqual([{ left: STANDING.seenAt + 7_000 }])
    hide(false)
    await vi.advanceTimersByTimeAsync(MINUTE)
    expect(signs().slice(4)).toEqual([{ arrived: true }, {}])
    setLink({ at: 'offline' })
    await vi.advanceTimersByTimeAsync(10 * MINUTE)
    expect(signs()).toHaveLength(6)
  })

  test('what is new is offered once a visit, until it is waved away or reviewed', async () => {
    setLoaded(true)
    await vi.advanceTimersByTimeAsync(0)
    expect(standing.isBack()).toBe(true)
    standing.waveAway()
    await vi.advanceTimersByTimeAsync(MINUTE)
    expect(standing.isBack()).toBe(false)
    expect(standing.now()?.unreviewed).toBe(2)

    answers.visit = { ...STANDING, baselineAt: 5_000, baselineSeq: 20 }
    await vi.advanceTimersByTimeAsync(MINUTE)
    expect(standing.isBack()).toBe(true)
    answers.visit = { ...answers.visit, unreviewed: 0 }
    await standing.say({ upTo: 20 })
    expect(standing.isBack()).toBe(false)
  })
})

test('a moment is told as shortly as it can be without a doubt', () => {
  const [now, hour] = [Date.UTC(2026, 1, 6, 12), 3_600_000]
  expect(shortlyOf(now - hour, now, 'UTC')).toBe('11:00')
  expect(shortlyOf(now - 24 * hour, now, 'UTC')).toBe('Thu 12:00')
  expect(shortlyOf(now - 7 * 24 * hour, now, 'UTC')).toBe('30 Jan 2026, 12:00')
  // A clock that is ahead of this one.
  expect(shortlyOf(now + 24 * hour, now, 'UTC')).toBe('7 Feb 2026, 12:00')
})

test('who has left something unreviewed catches up on that, else on the last visit', () => {
  expect(baselineOf(undefined)).toBe('last-visit')
  expect(baselineOf(STANDING)).toBe('last-visit')
  expect(baselineOf({ ...STANDING, reviewedSeq: 4 })).toBe('last-review')
  expect(baselineOf({ ...STANDING, reviewedSeq: 15 })).toBe('last-review')
  expect(baselineOf({ ...STANDING, reviewedSeq: 20, unreviewed: 0 })).toBe('last-visit')
})

/** A store that keeps what it is told, and answers as the test says. */
const storeWith = (standing: ApiStanding) => {
  const [now, setNow] = createSignal(standing)
  const said: Said[] = []
  const store: StandingStore = {
    now,
    isBack: () => true,
    waveAway: () => undefined,
    say: async what => void said.push(what),
  }
  return { said, setNow, store }
}

describe('the way through a brief', () => {
  const open = async (brief: ApiBrief, standing = STANDING, since = 'last-visit') => {
    answers.brief = brief
    const kept = storeWith(standing)
    const compared: unknown[] = []
    const catchUp = createRoot(() =>
      createCatchUp({
        trackerId: TRACKER,
        me: 'ada',
        since: () => since,
        standing: kept.store,
        review: () => undefined,
        select: () => undefined,
        compareFrom: (...asked) => compared.push(asked),
      }),
    )
    await vi.waitFor(() => expect(catchUp.brief()).toBeDefined())
    return { ...kept, catchUp, compared }
  }
  const three = [item('issue/a', 'ada', 18), item('issue/b', 'bo', 12), item('issue/c', 'bo', 19)]

  test('begins at what is not reviewed, marks it and goes on to the next', async () => {
    const { catchUp, compared, said, setNow } = await open(briefWith(three))
    expect(compared).toEqual([['2026-02-03T15:40:00Z', 'last-visit']])
    expect(catchUp.brief()?.items.map(catchUp.stateOf)).toEqual([
      'mine',
      'unreviewed',
      'unreviewed',
    ])
    expect(catchUp.current()?.address).toBe('issue/b')
    catchUp.turn()
    expect(said).toEqual([{ upTo: 20, addresses: ['issue/b'] }])
    expect(catchUp.current()?.address).toBe('issue/c')

    setNow({ ...STANDING, unreviewed: 1, reviewed: [{ address: 'issue/b', seq: 20 }] })
    expect(catchUp.unreviewed().map(({ address }) => address)).toEqual(['issue/c'])
    catchUp.step(-1)
    catchUp.turn()
    expect(said.at(-1)).toEqual({ reviewed: false, addresses: ['issue/b'], since: 10 })
    catchUp.step(-1)
    catchUp.turn()
    expect(said).toHaveLength(2)
    catchUp.step(-1)
    expect(catchUp.current()?.address).toBe('issue/c')
  })

  test('what changed again after it was reviewed is to be reviewed again', async () => {
    const reviewed = [{ address: 'issue/c', seq: 18 }]
    const { catchUp } = await open(briefWith(three), { ...STANDING, reviewedSeq: 12, reviewed })
    expect(catchUp.unreviewed().map(({ address }) => address)).toEqual(['issue/c'])
  })

  test('what was undone again is reviewed with the rest', async () => {
    const { said } = await open(briefWith([item('issue/a', 'ada', 18)]))
    expect(said).toEqual([{ upTo: 20 }])
  })

  test('of what I reviewed last stays with where it began', async () => {
    const { compared } = await open(briefWith(three, 'last-review'), STANDING, 'last-review')
    expect(compared).toEqual([['2026-02-03T15:40:00Z', '2026-02-03T15:40:00Z']])
  })
})

describe('the offer', () => {
  const offer = (brief: ApiBrief) => {
    answers.brief = brief
    const kept = storeWith(STANDING)
    render(() => (
      <CatchUpOffer trackerId={TRACKER} me="ada" standing={kept.store} open={() => undefined} />
    ))
    return kept
  }

  test('says in one line what happened', async () => {
    offer(briefWith([item('issue/b', 'bo', 12)]))
    expect((await screen.findByRole('status')).textContent).toMatch(/^Since .*: 2 movements$/)
  })

  test('is not made where all was undone again', async () => {
    const { said } = offer(briefWith([]))
    await vi.waitFor(() => expect(said).toEqual([{ upTo: 20 }]))
    expect(screen.queryByRole('region')).toBeNull()
  })
})
