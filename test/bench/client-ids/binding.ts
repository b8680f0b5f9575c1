/** What a keystroke, another person's and mine, costs a screen, by the client ids that the document has seen. Needs Solid's browser build. */
import { createRenderEffect, createRoot } from 'solid-js'
import * as Y from 'yjs'
import { bind } from '#client/live/binding.ts'
import { positionName } from '#shared/document/layout.ts'
import { sparseDoc, transactSparsely } from '#shared/document/sparse.ts'
import { seededMatrix } from '#test/bench/load/matrix.ts'

const IDS = [20, 200, 2_000]
const ROWS_IN_SIGHT = 40
const KEYS = 400
const ROUNDS = 9

const { state } = seededMatrix({ issues: 200, parties: 12, words: 120 })

const median = (numbers: readonly number[]): number =>
  numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? NaN

const keysOn = (doc: Y.Doc, name: string): void => {
  const text = doc.getText(name)
  for (let nth = 0; nth < KEYS; nth++) text.insert(text.length, 'x')
}

/** The keystrokes of one more person, as the server would send them. */
const typed = (doc: Y.Doc, name: string): readonly Uint8Array[] => {
  const keys: Uint8Array[] = []
  const listen = (update: Uint8Array): void => void keys.push(update)
  doc.on('update', listen)
  keysOn(doc, name)
  doc.off('update', listen)
  return keys
}

/** The median of several rounds, in microseconds for each of the keystrokes. */
const perKey = (round: () => void): number =>
  median(
    Array.from({ length: ROUNDS }, () => {
      const start = performance.now()
      round()
      return ((performance.now() - start) * 1_000) / KEYS
    }),
  )

interface Costs {
  readonly theirs: number
  readonly mine: number
}

const costsWith = (ids: number): Costs => {
  const typist = new Y.Doc()
  Y.applyUpdate(typist, state)
  const [own, mapped] = [typist.clientID, typist.getMap('restores')]
  for (let nth = 1; nth < ids; nth++) {
    typist.clientID = nth
    mapped.set(`r${nth}`, nth)
  }
  typist.clientID = own
  const screen = sparseDoc()
  Y.applyUpdate(screen, Y.encodeStateAsUpdate(typist))
  const view = bind(screen)
  const [rows, columns] = [view.issueIds().slice(0, ROWS_IN_SIGHT), view.partyIds()]
  const [first, second] = [rows[0], columns[0]]
  if (first === undefined || second === undefined) throw new Error('An empty matrix')
  const name = positionName(first, second)
  let woken = 0
  const dispose = createRoot(disposeRoot => {
    for (const row of rows)
      for (const column of columns)
        createRenderEffect(() => {
          view.cell(row, column)
          woken++
        })
    return disposeRoot
  })
  woken = 0
  const coming = Array.from({ length: ROUNDS }, () => typed(typist, name)).values()
  const theirs = perKey(() => {
    for (const key of coming.next().value ?? [])
      transactSparsely(screen, () => Y.applyUpdate(screen, key), 'the server')
  })
  const mine = perKey(() => keysOn(screen, name))
  const all = 2 * ROUNDS * KEYS
  if (woken !== all) throw new Error(`${woken} cells woke for ${all} keystrokes`)
  dispose()
  view.dispose()
  return { theirs, mine }
}

// Once for nothing, so that the first figures do not pay for the compiler.
costsWith(20)
for (const ids of IDS) {
  const { theirs, mine } = costsWith(ids)
  process.stdout.write(
    `a keystroke with ${ids} client ids in the document: another's ${theirs.toFixed(0)} µs, mine ${mine.toFixed(0)} µs\n`,
  )
}
