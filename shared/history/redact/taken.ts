/**
 * What is blanked of a document's whole life where something was taken out of it into a compartment: by where it stands,
 * everything that ever belonged to it, also what had been deleted or overwritten. No past moment shows it afterwards, and no
 * record of changes tells of it; whoever still writes about its column is refused, as about one that never existed.
 */
import * as Y from 'yjs'
import type { Subject } from '#shared/compartments.ts'
import { belongingTo, type Belonging } from '#shared/document/belonging.ts'
import { movementsMap, parseTextName } from '#shared/document/layout.ts'
import type { Blanks } from '#shared/history/redact/blanks.ts'
import { rangesOf } from '#shared/history/redact/find.ts'

export const takenFromJournal = (updates: readonly Uint8Array[], subject: Subject): Blanks => {
  const taken = new Taken(belongingOfLife(subject, updates, Y.applyUpdate))
  for (const update of updates) taken.add(update)
  return taken.blanks()
}

/** Of a snapshot, an update V2: an imported one has nothing in common with the journal but the ids. */
export const takenFromState = (state: Uint8Array, subject: Subject): Blanks => {
  const taken = new Taken(belongingOfLife(subject, [state], Y.applyUpdateV2))
  taken.add(Y.convertUpdateFormatV2ToV1(state))
  return taken.blanks()
}

/** Also by what records said once: a red line that was another party's before belongs to both. */
const belongingOfLife = (
  subject: Subject,
  updates: readonly Uint8Array[],
  apply: (doc: Y.Doc, update: Uint8Array) => void,
): Belonging => {
  const doc = new Y.Doc({ gc: false })
  Y.transact(doc, () => {
    for (const update of updates) apply(doc, update)
  })
  const belonging = belongingTo(
    subject,
    function* (root) {
      for (const [id, last] of doc.getMap(root)._map)
        yield [id, field => chainOf(last).flatMap(({ content }) => valuesUnder(content, field))]
    },
    [...movementsMap(doc)._map].map(([key, last]) => [key, valuesOf(last)]),
  )
  doc.destroy()
  return belonging
}

const chainOf = (last: Y.Item | undefined): readonly Y.Item[] => {
  const items: Y.Item[] = []
  for (let item = last ?? null; item !== null; item = item.left) items.push(item)
  return items
}

const valuesOf = (last: Y.Item | undefined): readonly unknown[] =>
  chainOf(last).flatMap(({ content }) => (content instanceof Y.ContentAny ? content.arr : []))

const valuesUnder = (content: Y.Item['content'], field: string): readonly unknown[] =>
  content instanceof Y.ContentType ? valuesOf((content.type as Y.Map<unknown>)._map.get(field)) : []

/** Goes through updates in an order in which each comes after what it builds on. */
export class Taken {
  readonly #belonging: Belonging
  readonly #gone = new Map<number, Set<number>>()

  constructor(belonging: Belonging) {
    this.#belonging = belonging
  }

  add(update: Uint8Array): void {
    const items = Y.decodeUpdate(update).structs.filter(struct => struct instanceof Y.Item)
    let waiting = items
    // Within an update structs stand by client: one may build on a later one.
    for (let before = -1; waiting.length !== before;) {
      before = waiting.length
      waiting = waiting.filter(item => !this.#take(item))
    }
  }

  blanks(): Blanks {
    return Array.from(this.#gone, ([client, clocks]) => ({
      client,
      letters: [],
      values: [],
      gone: rangesOf(clocks),
    }))
  }

  /** Whether it goes. */
  #take({ id, length, origin, parent, parentSub, rightOrigin }: Y.Item): boolean {
    const isGone =
      this.#has(origin) ||
      this.#has(rightOrigin) ||
      (parent instanceof Y.ID && this.#has(parent)) ||
      (typeof parent === 'string' && this.#isAt(parent, parentSub))
    if (!isGone) return false
    for (let at = 0; at < length; at++) this.#note(id.client, id.clock + at)
    return true
  }

  #note(client: number, clock: number): void {
    const clocks = this.#gone.get(client)
    if (clocks) clocks.add(clock)
    else this.#gone.set(client, new Set([clock]))
  }

  #has(id: Y.ID | null): boolean {
    return id !== null && (this.#gone.get(id.client)?.has(id.clock) ?? false)
  }

  #isAt(root: string, key: string | null): boolean {
    const { holds, holdsCell, holdsMark, holdsText } = this.#belonging
    if (key === null) return parseTextName(root) !== undefined && holdsText(root)
    if (root === 'cells') return holdsCell(key)
    return root === 'movements' ? holdsMark(key) : holds(root, key)
  }
}
