import { expect, test } from 'vitest'
import { isId, newId } from '#shared/ids.ts'

test('a fresh id may name a document, a record and part of an address', () => {
  const ids = Array.from({ length: 1_000 }, () => newId())
  expect(ids.every(isId)).toBe(true)
  expect(new Set(ids).size).toBe(ids.length)
})
