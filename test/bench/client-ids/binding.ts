/** What another person's keystroke costs a screen, by the client ids that the document has seen. Needs Solid's browser build. */
import { createRenderEffect, createRoot } from 'solid-js'
import * as Y from 'yjs'
import { bind } from '#client/live/binding.ts'
import { positionName } from '#shared/document/layout.ts'
import { seededMatrix } from '#test/bench/load/matrix.ts'

const IDS = [20, 200, 2_000]
const ROWS_IN_SIGHT = 40
const KEYS = 400
const ROUNDS = 9

const { state } = seededMatrix({ issues: 200, parties: 12, words: 120 })

const median = (numbers: readonly number[]): number =>
  numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? NaN

/** The keystrokes of one more person, as the server would send them. */
const typed = (doc: Y.Doc, name: string): readonly Uint8Array[] => {
  const keys: Uint8Array[] = []
  const listen = (update: Uint8Array): void => void keys.push(update)
  doc.on('update', listen)
  const text = doc.getText(name)
  for (let nth = 0; nth < KEYS; nth++) text.insert(text.length, 'x')
  doc.off('update', listen)
  return keys
}

/** Microseconds. */
const costOfKey = (ids: number): number => {
  const typist = new Y.Doc()
  Y.applyUpdate(typist, state)
  const [own, mapped] = [typist.clientID, typist.getMap('restores')]
  for (let nth = 1; nth < ids; nth++) {
    typist.clientID = nth
    mapped.set(`r${nth}`, nth)
  }
  typist.clientID = own
  const screen = new Y.Doc()
  Y.applyUpdate(screen, Y.encodeStateAsUpdate(typist))
  const view = bind(screen)
  const [rows, columns] = [view.issueIds().slice(0, ROWS_IN_SIGHT), view.partyIds()]
  const [first, second] = [rows[0], columns[0]]
  if (first === undefined || second === undefined) throw new Error('An empty matrix')
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
  const rounds = Array.from({ length: ROUNDS }, () => {
    const keys = typed(typist, positionName(first, second))
    woken = 0
    const start = performance.now()
    for (const key of keys) Y.applyUpdate(screen, key, 'the server')
    const cost = ((performance.now() - start) * 1_000) / keys.length
    if (woken !== keys.length) throw new Error(`${woken} cells woke for ${keys.length} keys`)
    return cost
  })
  dispose()
  view.dispose()
  return median(rounds)
}

// Once for nothing, so that the first figure does not pay for the compiler.
costOfKey(20)
for (const ids of IDS)
  process.stdout.write(
    `another person's keystroke, ${ids} client ids in the document: ${costOfKey(ids).toFixed(0)} µs\n`,
  )
