/** Frames and their bytes. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decodeFrame, encodeFrame, isSync, kindOf, type Frame } from '#shared/wire.ts'

const bytes = fc.uint8Array({ maxLength: 300 })
const frames: fc.Arbitrary<Frame> = fc.oneof(
  fc.record({ kind: fc.constant('ask' as const), stateVector: bytes }),
  fc.record({
    kind: fc.constantFrom('answer' as const, 'update' as const, 'presence' as const),
    update: bytes,
  }),
  fc.constantFrom({ kind: 'askPresence' as const }, { kind: 'rights' as const }),
  fc.record({ kind: fc.constant('denied' as const), reason: fc.string({ unit: 'grapheme' }) }),
  fc.record({ kind: fc.constant('saved' as const), upTo: fc.nat() }),
  fc.record({
    kind: fc.constantFrom('lend' as const, 'giveBack' as const),
    client: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
    clock: fc.nat(),
  }),
)

test('every frame survives the wire', () => {
  fc.assert(
    fc.property(frames, frame => {
      expect(decodeFrame(encodeFrame(frame))).toEqual(frame)
    }),
  )
})

test('the kind of a frame can be told without decoding it, and of no frame it is none', () => {
  fc.assert(
    fc.property(frames, frame => {
      expect(kindOf(encodeFrame(frame))).toBe(frame.kind)
    }),
  )
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 3 }), noise => {
      const frame = decodeFrame(noise)
      if (frame) expect(kindOf(noise)).toBe(frame.kind)
    }),
  )
  for (const bytes of [[], [0], [0, 3], [0, 200], [4], [99], [255]])
    expect(kindOf(Uint8Array.from(bytes))).toBeUndefined()
})

test('asks, answers and updates count, and nothing else', () => {
  fc.assert(
    fc.property(frames, frame => {
      expect(isSync(encodeFrame(frame))).toBe(['ask', 'answer', 'update'].includes(frame.kind))
    }),
  )
})

test('bytes that are no frame are an answer, not an exception', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 40 }), noise => {
      const frame = decodeFrame(noise)
      if (frame) expect(decodeFrame(encodeFrame(frame))).toEqual(frame)
    }),
    { numRuns: 2_000 },
  )
})

test('a frame that is cut off, or followed by another, is none', () => {
  fc.assert(
    fc.property(frames, frames, (frame, next) => {
      const whole = encodeFrame(frame)
      expect(decodeFrame(Uint8Array.of(...whole, ...encodeFrame(next)))).toBeUndefined()
      expect(decodeFrame(whole.subarray(0, -1))).toBeUndefined()
    }),
  )
})
