/** Real updates, damaged in every way: the guard lets nothing in that throws, waits for ever or does not open again. */
import * as encoding from 'lib0/encoding'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { readTracker } from '#shared/document/tracker.ts'
import { guard } from '#server/live/guard.ts'
import { seededDice, type Dice } from '#test/simulation/dice.ts'
import { editByChance } from '#test/simulation/edits.ts'
import {
  ada,
  ADA_CLIENT,
  changeBy,
  docOf,
  guarded,
  mallory,
  trackerState,
} from '#test/server/guard-world.ts'

const MUTATIONS = 4_000
const SLOW = 50

const varint = (number: number): Uint8Array => {
  const to = encoding.createEncoder()
  encoding.writeVarUint(to, number)
  return encoding.toUint8Array(to)
}

const joined = (...parts: readonly Uint8Array[]): Uint8Array => {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    bytes.set(part, at)
    at += part.length
  }
  return bytes
}

const damage = (bytes: Uint8Array, other: Uint8Array, dice: Dice): Uint8Array => {
  const at = dice.below(bytes.length)
  switch (dice.below(7)) {
    case 0:
      return bytes.map((byte, index) => (index === at ? byte ^ (1 << dice.below(8)) : byte))
    case 1:
      return bytes.map((byte, index) => (index === at ? dice.below(256) : byte))
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

/** Updates of ada's and of mallory's client over one state, each of one to five edits. */
const corpus = (state: Uint8Array, dice: Dice): readonly [Uint8Array, ...Uint8Array[]] => {
  const make = (client: number): Uint8Array =>
    changeBy(
      state,
      doc => {
        for (let many = dice.below(5); many >= 0; many--) editByChance(doc, dice, null)
      },
      client,
    )
  return [
    make(ADA_CLIENT),
    ...Array.from({ length: 60 }, (_, nth) => make(nth % 4 === 0 ? ADA_CLIENT : 2_000 + nth)),
  ]
}

test.each([1, 2, 3, 4, 5, 6])('seed %i: nothing harmful gets in', seed => {
  const dice = seededDice(seed)
  const state = trackerState()
  const updates = corpus(state, dice)
  let [accepted, to] = [0, guarded(state)]
  const clients = new Map(to.clients)
  for (let nth = 0; nth < MUTATIONS; nth++) {
    let bytes = dice.pick(updates)
    for (let many = dice.below(3); many >= 0; many--)
      if (bytes.length > 0) bytes = damage(bytes, dice.pick(updates), dice)
    const judged = (): ReturnType<typeof guard> => guard({ ...to, clients }, mallory, bytes)
    let start = performance.now()
    const verdict = judged()
    // Twice, where it was slow: the machine may have been busy with something else.
    if (performance.now() - start > SLOW) {
      start = performance.now()
      judged()
      expect(performance.now() - start).toBeLessThan(SLOW)
    }
    if (verdict.is !== 'accepted') continue
    accepted++
    for (const client of verdict.clients) clients.set(client, mallory)
    Y.applyUpdate(to.doc, verdict.update)
    expect(to.doc.store.pendingStructs).toBeNull()
    expect(to.doc.store.pendingDs).toBeNull()
    const whole = Y.encodeStateAsUpdate(to.doc)
    const reopened = docOf(1, whole)
    expect(readTracker(reopened)).toEqual(readTracker(to.doc))
    expect(reopened.store.pendingStructs).toBeNull()

    const honest = changeBy(whole, doc => editByChance(doc, dice, null), ADA_CLIENT)
    const next = guard({ ...to, clients }, ada, honest)
    expect(next.is === 'refused' ? next.why : next.is).toMatch(/^(accepted|nothing)$/)
    if (accepted % 20 === 0) {
      to = guarded(state)
      clients.clear()
      for (const [client, account] of to.clients) clients.set(client, account)
    }
  }
  expect(accepted).toBeGreaterThan(50)
})
