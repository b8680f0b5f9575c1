/** How much one account may ask of the server, over all its connections together. */
import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import type { AccountId } from '#shared/ids.ts'
import { encodeFrame, type Frame } from '#shared/wire.ts'
import { costOf, Guests, type Visit } from '#server/live/guests.ts'
import { LIMITS, type Limits } from '#server/live/limits.ts'
import { ManualClock } from '#test/simulation/clock.ts'

const ada = 'ada' as AccountId
const bo = 'bo' as AccountId

const bytesOf = (kind: 'update' | 'answer' | 'presence', size = 8): Uint8Array =>
  encodeFrame({ kind, update: new Uint8Array(size) } as Frame)
const ask = encodeFrame({ kind: 'ask', stateVector: Uint8Array.of(0) })
const update = bytesOf('update')
const presence = bytesOf('presence')

const welcome = (limits: Partial<Limits> = {}) => {
  const clock = new ManualClock()
  const guests = new Guests(clock, { ...LIMITS, ...limits })
  const enter = (account: AccountId): Visit => {
    const visit = guests.enter(account)
    if (!visit) throw new Error('One too many')
    return visit
  }
  return { clock, guests, enter }
}
/** How many of these are taken before one is not. */
const taken = (visit: Visit, frame: Uint8Array): number => {
  for (let many = 0; ; many++) if (visit.judge(frame) !== 'take') return many
}

describe('messages', () => {
  test('of all tabs of an account have one allowance, and nobody else pays for it', async () => {
    const { clock, enter } = welcome({ burst: 100, sustained: 10 })
    const [one, other, bos] = [enter(ada), enter(ada), enter(bo)]
    expect(taken(one, update)).toBe(100)
    expect(other.judge(update)).toBe('too fast')
    expect(bos.judge(update)).toBe('take')
    await clock.advance(1_000)
    expect(taken(other, update)).toBe(10)
  })

  test('count by their size, and asking for a document counts as ten', () => {
    expect(costOf(bytesOf('update', 1_000_000), LIMITS)).toBe(62)
    expect(costOf(ask, LIMITS)).toBe(10)
    const { enter } = welcome({ burst: 100 })
    expect(taken(enter(ada), ask)).toBe(10)
  })

  test('that bring along what was done offline count as one, once', () => {
    const { enter } = welcome({ burst: 100, sustained: 10 })
    const visit = enter(ada)
    expect(visit.judge(bytesOf('answer', 8_000_000))).toBe('take')
    expect(visit.judge(bytesOf('answer', 8_000_000))).toBe('too fast')
  })

  test('that bring along more than a message may be have to wait for each other', async () => {
    const { clock, enter } = welcome({ message: 1_000, answer: 10_000 })
    const large = bytesOf('answer', 9_900)
    expect(enter(ada).judge(large)).toBe('take')
    expect(enter(ada).judge(large)).toBe('take')
    expect(enter(ada).judge(large)).toBe('too fast')
    expect(enter(ada).judge(bytesOf('answer', 500))).toBe('take')
    expect(enter(bo).judge(large)).toBe('take')
    await clock.advance(60_000)
    expect(enter(ada).judge(large)).toBe('take')
  })

  test('that bring along more pieces than an update may hold have to wait for each other, too', async () => {
    const { clock, enter } = welcome({ structs: 100, answerStructs: 1_000 })
    const doc = new Y.Doc()
    for (let nth = 0; nth < 1_000; nth++) doc.getMap('m').set(`${nth % 2}`, nth)
    const heavy = encodeFrame({ kind: 'answer', update: Y.encodeStateAsUpdate(doc) })
    const many = Y.decodeUpdate(Y.encodeStateAsUpdate(doc)).structs.length
    expect(many).toBeGreaterThan(500)
    for (let nth = 0; nth < Math.floor(2_000 / many); nth++)
      expect(enter(ada).judge(heavy)).toBe('take')
    expect(enter(ada).judge(heavy)).toBe('too fast')
    await clock.advance(60_000)
    expect(enter(ada).judge(heavy)).toBe('take')
  })

  test('of presence are ignored when they are too many, and cost no edit', () => {
    const { enter } = welcome({ burst: 100 })
    const visit = enter(ada)
    expect(taken(visit, presence)).toBe(100)
    expect(visit.judge(presence)).toBe('ignore')
    expect(visit.judge(update)).toBe('take')
  })
})

describe('connections', () => {
  test('are limited in number for each account', () => {
    const { enter, guests } = welcome({ sockets: 2 })
    const [first] = [enter(ada), enter(ada)]
    expect(guests.enter(ada)).toBeUndefined()
    expect(guests.enter(bo)).toBeDefined()
    first.leave()
    first.leave()
    enter(ada)
    expect(guests.enter(ada)).toBeUndefined()
  })

  test('that begin and end and begin again are limited too, and win no new allowance', async () => {
    const { clock, enter, guests } = welcome({ burst: 50, joins: 5, joinsPerSecond: 1 })
    for (let many = 0; many < 5; many++) {
      const visit = enter(ada)
      expect(taken(visit, update)).toBe(many === 0 ? 50 : 0)
      visit.leave()
      guests.forget()
    }
    expect(guests.enter(ada)).toBeUndefined()
    await clock.advance(60_000)
    guests.forget()
    expect(taken(enter(ada), update)).toBe(50)
  })
})

test('messages that do not end are limited over all tabs of an account', () => {
  const { enter } = welcome({ unfinished: 1_000 })
  const [one, other] = [enter(ada), enter(ada)]
  expect(one.arriving(600)).toBe(true)
  expect(other.arriving(600)).toBe(false)
  one.judge(update)
  expect(other.arriving(300)).toBe(true)
  other.leave()
  expect(one.arriving(1_000)).toBe(true)
})
