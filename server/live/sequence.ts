/**
 * Whether new words in a text say truly between which others they stand. Yjs believes what it is told; an item whose
 * right neighbour stands to the left of its left one ends up at a different place on every screen.
 */
import * as Y from 'yjs'
import type { Struct } from '#server/live/placing.ts'

/** Steps along texts that one update may cost. */
const MOST_STEPS = 1_000_000

/** `update`: the same structs as bytes. */
export const isSequenceTrue = (
  doc: Y.Doc,
  structs: readonly Struct[],
  update: Uint8Array,
): boolean => {
  const neighbours = new Neighbours(doc, structs)
  const unclear: Y.Item[] = []
  for (const struct of structs) {
    if (!(struct instanceof Y.Item) || !struct.origin || !struct.rightOrigin) continue
    const answer = neighbours.stand(struct.origin, struct.rightOrigin)
    if (answer === false) return false
    if (answer === undefined) unclear.push(struct)
  }
  return unclear.length === 0 || standsAfterwards(doc, unclear, update)
}

class Neighbours {
  readonly #doc: Y.Doc
  readonly #new = new Map<number, Struct[]>()
  #steps = MOST_STEPS

  constructor(doc: Y.Doc, structs: readonly Struct[]) {
    this.#doc = doc
    for (const struct of structs) {
      const own = this.#new.get(struct.id.client)
      if (own) own.push(struct)
      else this.#new.set(struct.id.client, [struct])
    }
  }

  /** Whether `left` stands before `right`; undefined where only putting them into the text would tell. */
  stand(left: Y.ID, right: Y.ID): boolean | undefined {
    const [newLeft, newRight] = [this.#newItem(left), this.#newItem(right)]
    if (newLeft && newLeft === newRight) return left.clock < right.clock
    if (newLeft) {
      // Typing on: what comes after the last word stands before the same neighbour.
      if (newLeft instanceof Y.Item && isSameId(newLeft.rightOrigin, right)) return true
      return newRight && this.#isAfter(newRight, left) ? true : undefined
    }
    if (!newRight) return this.#walk(left, right)
    if (this.#isAfter(newRight, left)) return true
    const beyond = newRight instanceof Y.Item ? newRight.origin : null
    return beyond && !this.#newItem(beyond) && this.#walk(left, beyond) ? true : undefined
  }

  #isAfter(struct: Struct, id: Y.ID): boolean {
    return struct instanceof Y.Item && isSameId(struct.origin, id)
  }

  #newItem(id: Y.ID): Struct | undefined {
    const own = this.#new.get(id.client)
    return own && id.clock >= (own[0]?.id.clock ?? 0)
      ? own[Y.findIndexSS(own, id.clock)]
      : undefined
  }

  #walk(left: Y.ID, right: Y.ID): boolean {
    const [from, to] = [
      Y.getItem(this.#doc.store, left),
      Y.getItem(this.#doc.store, right),
    ] as Struct[]
    // Beside something that is gone for good, Yjs makes nothing of the item.
    if (!(from instanceof Y.Item) || !(to instanceof Y.Item)) return true
    if (from === to) return left.clock < right.clock
    for (let item: Y.Item | null = from.right; item; item = item.right) {
      if (item === to) return true
      if (--this.#steps < 0) return false
    }
    return false
  }
}

const isSameId = (a: Y.ID | null, b: Y.ID): boolean =>
  a !== null && a.client === b.client && a.clock === b.clock

/** Puts the update into a copy: dear, and needed only where two people write at one spot at one moment. */
const standsAfterwards = (doc: Y.Doc, items: readonly Y.Item[], update: Uint8Array): boolean => {
  const copy = new Y.Doc()
  try {
    Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc))
    Y.applyUpdate(copy, update)
    const inCopy = new Neighbours(copy, [])
    return items.every(
      ({ id, origin, rightOrigin }) =>
        (!origin || inCopy.stand(origin, id) === true) &&
        (!rightOrigin || inCopy.stand(id, rightOrigin) === true),
    )
  } catch {
    return false
  } finally {
    copy.destroy()
  }
}
