/** Matrices of a given size as Yjs documents, and where in them one can type. */
import * as Y from 'yjs'
import { setCell, setPosition } from '#shared/document/cells.ts'
import { addBasket, issueRecords } from '#shared/document/issues.ts'
import { positionName } from '#shared/document/layout.ts'
import { partyRecords } from '#shared/document/parties.ts'
import { createTracker } from '#shared/document/tracker.ts'
import { newId, type BasketId, type IssueId, type PartyId, type Rank } from '#shared/ids.ts'

export interface MatrixSize {
  readonly issues: number
  readonly parties: number
  /** Characters of each cell's position. */
  readonly words: number
}

/** A text of the seed: one run of characters under one client id. */
export interface SeededText {
  readonly client: number
  readonly clock: number
  readonly length: number
}

export interface SeededMatrix {
  /** Update V1. */
  readonly state: Uint8Array
  /** The client id that wrote it. */
  readonly client: number
  readonly texts: readonly SeededText[]
}

const PHRASE =
  'insists that relief comes first, in one step and in writing, and that verification follows it; '

export const seededMatrix = ({ issues, parties, words }: MatrixSize): SeededMatrix => {
  const doc = new Y.Doc()
  const basket = newId<BasketId>()
  const rows = Array.from({ length: issues }, () => newId<IssueId>())
  const columns = Array.from({ length: parties }, () => newId<PartyId>())
  const position = PHRASE.repeat(Math.ceil(words / PHRASE.length)).slice(0, words)
  doc.transact(() => {
    createTracker(doc, `${issues} issues, ${parties} parties`)
    addBasket(doc, basket, 'All of it')
    for (const [index, id] of columns.entries())
      partyRecords.put(doc, id, { name: `Party ${index + 1}`, rank: rankOf(index) })
    for (const [index, id] of rows.entries())
      issueRecords.put(doc, id, {
        title: `Issue ${index + 1}`,
        basketId: basket,
        rank: rankOf(index),
      })
    for (const row of rows)
      for (const column of columns) {
        setCell(doc, row, column, { knowledge: 'reported', salience: 'moderate' })
        setPosition(doc, row, column, position)
      }
  })
  const texts = rows.flatMap(row =>
    columns.map(column => {
      const first = doc.getText(positionName(row, column))._start
      if (!first) throw new Error('A text of the seed is empty')
      return { ...first.id, length: first.length }
    }),
  )
  return { state: Y.encodeStateAsUpdate(doc), client: doc.clientID, texts }
}

/** Ranks need not be fractional indices to be sorted; these sort by number. */
const rankOf = (index: number): Rank => `a${String(index).padStart(4, '0')}` as Rank
