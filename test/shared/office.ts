/** Several people at one document: with and without a line to the server, undoing, coming back; and the journal of it. */
import * as Y from 'yjs'
import { compare } from '#shared/compare/compare.ts'
import { readTracker } from '#shared/document/tracker.ts'
import { restoreRecords } from '#shared/document/restores.ts'
import type { Entry } from '#shared/history/entry.ts'
import { restorable, restore } from '#shared/history/restore.ts'
import { newId, type AccountId } from '#shared/ids.ts'
import { copyOf, newDoc, VERBS } from '#test/shared/edits.ts'
import type { Dice } from '#test/simulation/dice.ts'

export interface Person {
  readonly account: AccountId
  readonly doc: Y.Doc
  readonly undo: Y.UndoManager
  /** What the server has not heard yet. */
  readonly unsent: Uint8Array[]
  isOnline: boolean
}

const REMOTE = Symbol('remote')
const MINUTE = 60_000

export class Office {
  readonly people: readonly [Person, ...Person[]]
  readonly entries: Entry[] = []
  /** The document as it is after the last entry. */
  readonly doc = newDoc()
  readonly #dice: Dice
  readonly #onEntry: (entry: Entry) => void
  #at = 1_700_000_000_000

  /** `onEntry` is told of each entry, and afterwards finds it applied. */
  constructor(names: readonly [string, ...string[]], dice: Dice, onEntry: (entry: Entry) => void) {
    this.#dice = dice
    this.#onEntry = onEntry
    const [first, ...others] = names
    this.people = [personNamed(first), ...others.map(personNamed)]
  }

  /** One of them does something, and may undo, go, come back, or hear of the others. */
  step(edit: (doc: Y.Doc, person: Person) => void): void {
    const dice = this.#dice
    const person = dice.pick(this.people)
    const roll = dice.below(20)
    if (roll < 12) {
      person.doc.transact(() => edit(person.doc, person), person)
      person.undo.stopCapturing()
    } else if (roll < 14) person.undo.undo()
    else if (roll === 14) person.undo.redo()
    else if (roll === 15) person.isOnline = !person.isOnline
    else if (person.isOnline) this.receive(person)
    if (person.isOnline && dice.below(4) > 0) this.send(person)
    this.#at += dice.once(12) ? dice.below(10) * MINUTE : dice.below(8_000)
    if (dice.once(60)) this.#at -= 30_000
  }

  /** Everybody tells and hears everything. */
  reunite(): void {
    for (const person of this.people) this.send(person)
    for (const person of this.people) this.receive(person)
  }

  send(person: Person): void {
    if (person.unsent.length === 0) return
    const updates = person.unsent.splice(0)
    const way = this.#dice.pick(['one by one', 'as one', 'as an answer'])
    if (way === 'one by one') for (const update of updates) this.append(person.account, update)
    else if (way === 'as one') this.append(person.account, Y.mergeUpdates(updates))
    else {
      // Of what was deleted before the server heard of it only the room that it took is left.
      const known = Y.encodeStateVector(this.doc)
      this.append(person.account, Y.encodeStateAsUpdate(person.doc, known))
    }
  }

  append(account: AccountId, update: Uint8Array): void {
    const entry = { seq: this.entries.length + 1, account, at: this.#at, update }
    this.entries.push(entry)
    Y.applyUpdate(this.doc, update)
    this.#onEntry(entry)
  }

  receive(person: Person): void {
    const missing = Y.encodeStateAsUpdate(this.doc, Y.encodeStateVector(person.doc))
    Y.applyUpdate(person.doc, missing, REMOTE)
  }
}

const personNamed = (name: string): Person => {
  const doc = newDoc()
  const unsent: Uint8Array[] = []
  doc.on('update', (update: Uint8Array, origin: unknown) => {
    if (origin !== REMOTE) unsent.push(update)
  })
  const person = {
    account: name as AccountId,
    doc,
    undo: new Y.UndoManager(doc, { captureTimeout: 0, trackedOrigins: new Set() }),
    unsent,
    isOnline: true,
  }
  person.undo.addTrackedOrigin(person)
  return person
}

const WORDS = [
  '',
  'Asks for relief',
  'Asks for early relief at once',
  'رفع تحریم‌ها',
  '🕊️ ok',
] as const

const verbs = Object.values(VERBS)

/** Any verb of the document, and now and then a restore of a state that never was. */
export const editByChance = (doc: Y.Doc, dice: Dice): void => {
  const draw = () => ({
    a: dice.below(1_000),
    b: dice.below(1_000),
    c: dice.below(1_000),
    words: dice.pick(WORDS),
  })
  if (dice.once(25)) {
    const past = copyOf(doc)
    for (let many = dice.below(4); many >= 0; many--)
      verbs[dice.below(verbs.length)]?.(past, draw())
    const then = readTracker(past)
    restore(doc, then, restorable(compare(then, readTracker(doc))))
    restoreRecords.put(doc, newId(), { by: 'somebody', at: 1, changes: 2 })
  } else verbs[dice.below(verbs.length)]?.(doc, draw())
}
