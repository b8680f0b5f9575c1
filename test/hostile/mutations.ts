/** Honest updates made wrong: in their bytes, and in what they say. */
import * as encoding from 'lib0/encoding'
import * as Y from 'yjs'
import type { Dice } from '#test/simulation/dice.ts'

/** Of a document that is attacked: ids that are in it, of whoever. */
export interface Surroundings {
  readonly ids: readonly [Y.ID, ...Y.ID[]]
  /** Client ids that the attacker may try: own, others' and invented. */
  readonly clients: readonly [number, ...number[]]
}

type Content = Y.Item['content']

interface Item {
  readonly is: 'item'
  origin: Y.ID | null
  right: Y.ID | null
  /** A root's name or the id of a record; written only beside no neighbour, as Yjs does. */
  parent: string | Y.ID
  sub: string | null
  content: Content
}
interface Gap {
  readonly is: 'gone' | 'skipped'
  readonly length: number
}
interface Section {
  client: number
  clock: number
  structs: (Item | Gap)[]
}
interface Range {
  client: number
  clock: number
  length: number
}
/** An update as what it says. */
interface Told {
  readonly sections: Section[]
  readonly deleted: Range[]
}

export const mutate = (
  updates: readonly [Uint8Array, ...Uint8Array[]],
  around: Surroundings,
  dice: Dice,
): Uint8Array => {
  let bytes = dice.pick(updates)
  const how = dice.below(3)
  if (how > 0) bytes = rewritten(bytes, updates, around, dice)
  if (how < 2)
    for (let many = dice.below(3); many >= 0; many--)
      if (bytes.length > 0) bytes = damaged(bytes, dice.pick(updates), dice)
  return bytes
}

const damaged = (bytes: Uint8Array, other: Uint8Array, dice: Dice): Uint8Array => {
  const at = dice.below(bytes.length)
  switch (dice.below(7)) {
    case 0:
      return bytes.with(at, (bytes[at] ?? 0) ^ (1 << dice.below(8)))
    case 1:
      return bytes.with(at, dice.below(256))
    case 2:
      return bytes.slice(0, at)
    case 3:
      return joined(bytes.subarray(0, at), other.subarray(dice.below(other.length)))
    case 4:
      return joined(bytes.subarray(0, at), varint(2 ** 28), bytes.subarray(at + 1))
    case 5:
      return joined(bytes.subarray(0, at), varint(2 ** 52), bytes.subarray(at + 1))
    default:
      return joined(bytes.subarray(0, at), bytes.subarray(at + 1 + dice.below(4)))
  }
}

const varint = (number: number): Uint8Array => {
  const to = encoding.createEncoder()
  encoding.writeVarUint(to, number)
  return encoding.toUint8Array(to)
}

const joined = (...parts: readonly Uint8Array[]): Uint8Array => Buffer.concat(parts)

/** Says something else, in good form. */
const rewritten = (
  bytes: Uint8Array,
  updates: readonly [Uint8Array, ...Uint8Array[]],
  around: Surroundings,
  dice: Dice,
): Uint8Array => {
  const told = read(bytes)
  for (let many = dice.below(3); many >= 0; many--) {
    const lie = dice.pick(LIES)
    lie(told, around, dice, () => read(dice.pick(updates)))
  }
  return write(told)
}

const read = (bytes: Uint8Array): Told => {
  const { ds, structs } = Y.decodeUpdate(bytes)
  const sections: Section[] = []
  for (const struct of structs) {
    let section = sections.at(-1)
    if (section?.client !== struct.id.client) {
      section = { client: struct.id.client, clock: struct.id.clock, structs: [] }
      sections.push(section)
    }
    section.structs.push(
      struct instanceof Y.Item
        ? {
            is: 'item',
            origin: struct.origin,
            right: struct.rightOrigin,
            parent: struct.parent as string | Y.ID,
            sub: struct.parentSub,
            content: struct.content,
          }
        : { is: struct instanceof Y.Skip ? 'skipped' : 'gone', length: struct.length },
    )
  }
  const deleted = [...ds.clients].flatMap(([client, ranges]) =>
    ranges.map(({ clock, len }) => ({ client, clock, length: len })),
  )
  return { sections, deleted }
}

const write = ({ deleted, sections }: Told): Uint8Array => {
  const to = new Y.UpdateEncoderV1()
  encoding.writeVarUint(to.restEncoder, sections.length)
  for (const { client, clock, structs } of sections) {
    encoding.writeVarUint(to.restEncoder, structs.length)
    to.writeClient(client)
    encoding.writeVarUint(to.restEncoder, clock)
    for (const struct of structs) writeStruct(to, struct)
  }
  const byClient = Map.groupBy(deleted, ({ client }) => client)
  encoding.writeVarUint(to.restEncoder, byClient.size)
  for (const [client, ranges] of byClient) {
    to.writeClient(client)
    encoding.writeVarUint(to.restEncoder, ranges.length)
    for (const { clock, length } of ranges) {
      encoding.writeVarUint(to.restEncoder, clock)
      encoding.writeVarUint(to.restEncoder, length)
    }
  }
  return to.toUint8Array()
}

const HAS_ORIGIN = 128
const HAS_RIGHT = 64
const HAS_SUB = 32
const GONE = 0
const SKIPPED = 10

const writeStruct = (to: Y.UpdateEncoderV1, struct: Item | Gap): void => {
  if (struct.is !== 'item') {
    to.writeInfo(struct.is === 'gone' ? GONE : SKIPPED)
    encoding.writeVarUint(to.restEncoder, struct.length)
    return
  }
  const { content, origin, parent, right, sub } = struct
  to.writeInfo(
    content.getRef() |
      (origin ? HAS_ORIGIN : 0) |
      (right ? HAS_RIGHT : 0) |
      (sub === null ? 0 : HAS_SUB),
  )
  if (origin) to.writeLeftID(origin)
  if (right) to.writeRightID(right)
  if (!origin && !right) {
    to.writeParentInfo(typeof parent === 'string')
    if (typeof parent === 'string') to.writeString(parent)
    else to.writeLeftID(parent)
    if (sub !== null) to.writeString(sub)
  }
  content.write(to, 0)
}

type Lie = (told: Told, around: Surroundings, dice: Dice, other: () => Told) => void

const oneOf = <T>(list: readonly T[], dice: Dice): T | undefined => list[dice.below(list.length)]

const inSection =
  (change: (section: Section, around: Surroundings, dice: Dice, told: Told) => void): Lie =>
  (told, around, dice) => {
    const section = told.sections.length > 0 ? oneOf(told.sections, dice) : undefined
    if (section) change(section, around, dice, told)
  }

const inItem = (change: (item: Item, around: Surroundings, dice: Dice) => void): Lie =>
  inSection(({ structs }, around, dice) => {
    const struct = oneOf(structs, dice)
    if (struct?.is === 'item') change(struct, around, dice)
  })

/** Lengths and clocks that are nearly right, or far out. */
const number = (dice: Dice): number =>
  dice.pick([0, 1, 2, 3, dice.below(50), dice.below(5_000), 2 ** 31 - 1, 2 ** 31, 2 ** 53 - 1])

const NAMES = [
  'tracker',
  'issues',
  'parties',
  'cells',
  'points',
  'text/a/description',
  'admin',
  '__proto__',
  'constructor',
  'title',
  'layout',
  'a/b/stance',
  '',
] as const

const CONTENTS: readonly [(dice: Dice) => Content, ...((dice: Dice) => Content)[]] = [
  dice => new Y.ContentString('x'.repeat(1 + dice.below(2_000))),
  dice => new Y.ContentDeleted(1 + number(dice)),
  () => new Y.ContentAny([{ constructor: 1, a: { b: [1, 2, null] } }, undefined]),
  () => new Y.ContentAny([Number.NaN, 2 ** 60, 'x', true]),
  () => new Y.ContentJSON([{ a: 1 }]),
  () => new Y.ContentBinary(new Uint8Array(9)),
  () => new Y.ContentEmbed({ image: 'x' }),
  () => new Y.ContentFormat('bold', true as never),
  () => new Y.ContentType(new Y.Map()),
  () => new Y.ContentType(new Y.Text()),
  () => new Y.ContentType(new Y.Array()),
  () => new Y.ContentType(new Y.XmlElement('script')),
  () => new Y.ContentDoc(new Y.Doc({ guid: 'x' })),
]

const LIES: readonly [Lie, ...Lie[]] = [
  inSection((section, { clients }, dice) => (section.client = dice.pick(clients))),
  inSection((section, _around, dice) => (section.clock += dice.pick([-1, 1, 2, 50]))),
  inSection((section, _around, dice) => (section.clock = number(dice))),
  inSection(({ structs }, _around, dice) => void structs.splice(dice.below(structs.length), 1)),
  inSection(({ structs }, _around, dice) => {
    const at = dice.below(structs.length)
    structs.splice(at, 0, ...structs.slice(at, at + 3))
  }),
  inSection(({ structs }) => void structs.reverse()),
  inSection(({ structs }, _around, dice) => {
    const is = dice.once(2) ? 'gone' : 'skipped'
    structs.splice(dice.below(structs.length), dice.below(2), { is, length: number(dice) })
  }),
  inSection((section, _around, _dice, { sections }) => void sections.push({ ...section })),
  (told, _around, dice, other) => {
    const { deleted, sections } = other()
    told.sections.push(...sections)
    if (dice.once(2)) told.deleted.push(...deleted)
  },
  inItem((item, { ids }, dice) => (item.origin = dice.pick(ids))),
  inItem((item, { ids }, dice) => (item.right = dice.pick(ids))),
  inItem((item, { ids }, dice) => ([item.origin, item.right] = [dice.pick(ids), dice.pick(ids)])),
  inItem(item => ([item.origin, item.right] = [item.right, item.origin])),
  inItem((item, _around, dice) => {
    item.origin = item.right = null
    item.parent = dice.pick(NAMES)
    item.sub = dice.once(2) ? dice.pick(NAMES) : null
  }),
  inItem((item, { ids }, dice) => {
    item.origin = item.right = null
    item.parent = dice.pick(ids)
    item.sub = dice.once(3) ? null : dice.pick(NAMES)
  }),
  inItem((item, _around, dice) => (item.content = dice.pick(CONTENTS)(dice))),
  (told, { clients }, dice) =>
    void told.deleted.push({
      client: dice.pick(clients),
      clock: number(dice),
      length: number(dice),
    }),
  (told, { ids }, dice) => {
    const { client, clock } = dice.pick(ids)
    told.deleted.push({ client, clock, length: 1 + dice.below(40) })
  },
  (told, _around, dice) => {
    const range = told.deleted.length > 0 ? oneOf(told.deleted, dice) : undefined
    if (range) told.deleted.push({ ...range, length: range.length + dice.below(3) })
  },
]
