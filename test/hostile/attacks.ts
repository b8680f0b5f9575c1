/** What a hostile client sends: one attack a function, on a connection that is open. */
import * as encoding from 'lib0/encoding'
import * as Y from 'yjs'
import { encodeFrame } from '#shared/wire.ts'
import type { LoadClient } from '#test/bench/load/client.ts'
import { mutate, type Surroundings } from '#test/hostile/mutations.ts'
import type { Dice } from '#test/simulation/dice.ts'

export interface Field {
  readonly client: LoadClient
  readonly dice: Dice
  readonly around: Surroundings
  /** How far each client id in the document was when this connection began. */
  readonly clocks: ReadonlyMap<number, number>
  /** Client ids of honest people who are there. */
  readonly victims: readonly [number, ...number[]]
  readonly updates: readonly [Uint8Array, ...Uint8Array[]]
  readonly document: string
}

/** Answers how many frames it sends. */
type Attack = (field: Field) => number

const bytes = (...parts: readonly (number | string | Uint8Array)[]): Uint8Array => {
  const to = encoding.createEncoder()
  for (const part of parts)
    if (typeof part === 'number') encoding.writeVarUint(to, part)
    else if (typeof part === 'string') encoding.writeVarString(to, part)
    else encoding.writeUint8Array(to, part)
  return encoding.toUint8Array(to)
}

const update =
  (make: (field: Field) => Uint8Array): Attack =>
  field => {
    const kind = field.dice.once(5) ? 'answer' : 'update'
    field.client.send(encodeFrame({ kind, update: make(field) }))
    return 1
  }

const presence =
  (make: (field: Field) => Uint8Array): Attack =>
  field => {
    field.client.send(encodeFrame({ kind: 'presence', update: make(field) }))
    return 1
  }

/** Past what the websocket library of this side would let through. */
const raw =
  (...frame: readonly number[]): Attack =>
  ({ client }) => {
    client.socket.write(Uint8Array.from(frame))
    return 1
  }

const payload =
  (make: (field: Field) => Uint8Array, many = 1): Attack =>
  field => {
    const frame = make(field)
    for (let nth = 0; nth < many; nth++) field.client.send(frame)
    return many
  }

const state = (client: number, clock: number, json: string): Uint8Array =>
  bytes(client, clock, json)
const impostor = JSON.stringify({
  account: { id: 'impostor', name: 'The Director', colour: 1 },
  user: { name: 'The Director', color: '#f00' },
})

const nested = (depth: number): Uint8Array => {
  const doc = new Y.Doc()
  let map = doc.getMap<unknown>('issues')
  for (let level = 0; level < depth; level++) {
    const inner = new Y.Map<unknown>()
    map.set('m', inner)
    map = inner
  }
  return Y.encodeStateAsUpdate(doc)
}
const NESTED = nested(1_500)
const many = (count: number, make: (nth: number) => readonly number[]): Uint8Array =>
  bytes(count, ...Array.from({ length: count }, (_, nth) => make(nth)).flat(), 0)
const CLIENT_BOMB = many(20_000, nth => [1, 9_000_000 - nth, 0, 0, 1])
const RANGE_BOMB = bytes(0, 1, 7, 90_000, ...Array.from({ length: 90_000 }, () => [0, 60]).flat())
const VECTOR_BOMB = bytes(100_000, ...Array.from({ length: 100_000 }, (_, nth) => [nth, 1]).flat())
const CROWD = bytes(
  5_000,
  ...Array.from({ length: 5_000 }, (_, nth) => state(1_000_000 + nth, 1, impostor)),
)

const ofText = (origin: number, clock: number): Uint8Array =>
  bytes(Uint8Array.of(4 | 128), origin, clock, 'I give in')

/** More of a kind: more often. */
const mutated = update(({ around, dice, updates }) => mutate(updates, around, dice))
const ATTACKS: readonly [Attack, ...Attack[]] = [
  mutated,
  ...Array.from({ length: 11 }, () => mutated),
  // Over the victim's next clocks, with nothing and with words.
  ...Array.from({ length: 4 }, () =>
    update(({ clocks, dice, victims }) => {
      const victim = dice.pick(victims)
      const clock = clocks.get(victim) ?? 0
      const content = dice.once(2)
        ? bytes(0, 1 + dice.below(50))
        : ofText(victim, Math.max(0, clock - 1))
      return bytes(1, 1, victim, clock + dice.below(3), content, 0)
    }),
  ),
  ...Array.from({ length: 2 }, () =>
    update(({ clocks, dice, victims }) => {
      const victim = dice.pick(victims)
      return bytes(0, 1, victim, 1, (clocks.get(victim) ?? 0) + dice.below(20), 1 + dice.below(50))
    }),
  ),
  update(() => bytes(1, 2 ** 25 - 1, 5, 0)),
  update(() => bytes(1, 1, 77, 0, 0, 2 ** 53 - 1, 0)),
  update(() => CLIENT_BOMB),
  update(() => RANGE_BOMB),
  update(() => NESTED),
  update(({ dice }) => new Uint8Array(dice.below(5_000)).map(() => dice.below(256))),
  update(() => new Uint8Array()),
  // A base that never comes.
  field => {
    const own = 3_000_000 + field.dice.below(1_000)
    for (let nth = 0; nth < 20; nth++)
      update(() => bytes(1, 1, own, 10 + 2 * nth, ofText(own, 5), 0))(field)
    return 20
  },
  ...Array.from({ length: 3 }, () =>
    presence(({ dice, victims }) => {
      const json = dice.pick([impostor, 'null', '{}', '{"place":null}'])
      return bytes(1, state(dice.pick(victims), dice.pick([1, 1_000, 2 ** 40, 2 ** 52]), json))
    }),
  ),
  presence(() => CROWD),
  presence(({ victims }) => bytes(2, state(victims[0], 9, impostor), 5, 1, '{"half')),
  presence(() => bytes(1, state(4_000_001, 1, JSON.stringify({ x: 'x'.repeat(20_000) })))),
  presence(() => bytes(1, state(4_000_002, 1, `${'['.repeat(3_000)}${']'.repeat(3_000)}`))),
  presence(() => bytes(1, state(4_000_003, 1, '{"__proto__":{"isOwner":true},"account":5}'))),
  payload(() => encodeFrame({ kind: 'ask', stateVector: VECTOR_BOMB })),
  payload(() => encodeFrame({ kind: 'ask', stateVector: Uint8Array.of(0) }), 15),
  payload(({ dice }) =>
    encodeFrame({ kind: 'ask', stateVector: Uint8Array.of(1, dice.below(127), 255) }),
  ),
  payload(() => encodeFrame({ kind: 'askPresence' }), 30),
  payload(() => Uint8Array.of(0, 2, 2, 0, 0), 300),
  payload(({ dice }) => Uint8Array.of(dice.pick([2, 4, 5, 100, 101, 102, 103, 127, 128, 255]), 1)),
  payload(() => Uint8Array.of(0, 7, 1, 1)),
  payload(() => Uint8Array.of(128, 0, 128, 0, 0)),
  payload(() => Buffer.concat([Uint8Array.of(0, 2, 2, 0, 0), Uint8Array.of(0, 2, 2, 0, 0)])),
  payload(() => new Uint8Array()),
  payload(({ dice }) => new Uint8Array(1_500_000).fill(dice.below(3))),
  // A frame of 15 MiB of which only half comes, and then the rest does not.
  field => {
    field.client.socket.write(Uint8Array.of(0x82, 0xff, 0, 0, 0, 0, 0, 0xf0, 0, 0, 1, 2, 3, 4))
    field.client.socket.write(new Uint8Array(7_000_000))
    return 1
  },
  // A frame above what the socket takes at all.
  raw(0x82, 0xff, 0, 0, 0, 0, 0x7f, 0xff, 0xff, 0xff, 0, 0, 0, 0, 1, 2, 3),
  raw(0x82, 0xff, 0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0),
  raw(0x83, 0x80, 0, 0, 0, 0),
  raw(0xf2, 0x80, 0, 0, 0, 0),
  raw(0x82, 0x01, 0x00),
  raw(0x89, 0xfe, 0x01, 0x00, 0, 0, 0, 0),
  raw(0x88, 0x82, 0, 0, 0, 0, 0x03, 0xe7),
  raw(0x81, 0x83, 0, 0, 0, 0, 0xff, 0xfe, 0xfd),
  raw(0x81, 0x82, 0, 0, 0, 0, 0x68, 0x69),
  // Fragments without end.
  ({ client }) => {
    const fragment = Uint8Array.of(0x00, 0x81, 0, 0, 0, 0, 1)
    client.socket.write(
      Buffer.concat([
        Uint8Array.of(0x02, 0x81, 0, 0, 0, 0, 0),
        ...Array<Uint8Array>(1_500).fill(fragment),
      ]),
    )
    return 1
  },
  // Asks for everything and reads nothing.
  ({ client }) => {
    client.socket.pause()
    for (let nth = 0; nth < 10; nth++)
      client.send(encodeFrame({ kind: 'ask', stateVector: Uint8Array.of(0) }))
    return 10
  },
]

export const attack = (field: Field): number => field.dice.pick(ATTACKS)(field)

/** Greetings that are none, each on a connection of its own. */
export const KNOCKS: readonly [string, ...string[]] = [
  'GET // HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n',
  'GET http://[ HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n',
  'GET /live/%00 HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n',
  'GET /live/x HTTP/1.1\r\nHost: x\r\nConnection: Upgr',
  '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03',
]
