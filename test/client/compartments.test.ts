/** What is done to a matrix with a compartment beside it goes where it belongs, and is read as one. */
import { createRoot, createEffect } from 'solid-js'
import { beforeEach, describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { createActions, type Actions } from '#client/live/actions.ts'
import { bind, type Beside } from '#client/live/binding.ts'
import { attachClaim, clearCell, readCells, setCell, setPosition } from '#shared/document/cells.ts'
import { claimRecords, claimEventRecords } from '#shared/document/claims.ts'
import { addIssue, removeIssue } from '#shared/document/issues.ts'
import { gapRecords } from '#shared/document/outlook.ts'
import { addParty, moveParty, partyRecords, removeParty } from '#shared/document/parties.ts'
import { redLineRecords } from '#shared/document/redlines.ts'
import { sourceRecords } from '#shared/document/sources.ts'
import { createTracker, describeTracker, readTracker } from '#shared/document/tracker.ts'
import type {
  ClaimEventId,
  ClaimId,
  GapId,
  IssueId,
  PartyId,
  RedLineId,
  SourceId,
} from '#shared/ids.ts'

const ISSUE = 'issue' as IssueId
const [OPEN, HIDDEN] = ['open' as PartyId, 'hidden' as PartyId]
const [CLAIM, SOURCE] = ['claim' as ClaimId, 'source' as SourceId]
const SECRET = 'Zwetschge'

let main: Y.Doc
let secret: Y.Doc
let actions: Actions
let told: Parameters<Beside['watch']>[0][]
let docs: Y.Doc[]
const beside: Beside = {
  docs: () => docs,
  watch: tell => {
    told.push(tell)
    return () => undefined
  },
}

beforeEach(() => {
  ;[told, docs] = [[], []]
  main = new Y.Doc()
  secret = new Y.Doc()
  createTracker(main, 'Talks')
  addIssue(main, ISSUE, { title: 'Relief', basketId: null })
  addParty(main, OPEN, { name: 'Open' })
  partyRecords.put(secret, HIDDEN, { name: `${SECRET} party` })
  claimRecords.put(secret, 'told' as ClaimId, { statement: `${SECRET} told` })
  sourceRecords.put(secret, SOURCE, { title: `${SECRET} source` })
  actions = createActions(main, beside)
})

const come = (isThere = true): void => {
  docs = isThere ? [secret] : []
  for (const tell of told) tell(secret, isThere)
}
const act = (verbs: (doc: Y.Doc) => void): void => actions.act('do something', verbs)
/** All that anybody who is not in the compartment gets. */
const outside = (): string => new TextDecoder().decode(Y.encodeStateAsUpdate(main))

describe('what is done', () => {
  beforeEach(() => come())

  test('to a column in a compartment stays in it', () => {
    act(doc => {
      setCell(doc, ISSUE, HIDDEN, { scopeNote: SECRET, confidence: 'high' })
      setPosition(doc, ISSUE, HIDDEN, `Wants ${SECRET}`)
      redLineRecords.put(doc, 'line' as RedLineId, {
        issueId: ISSUE,
        partyId: HIDDEN,
        statement: SECRET,
      })
      gapRecords.put(doc, 'gap' as GapId, { question: `${SECRET}?`, partyId: HIDDEN })
      partyRecords.set(doc, HIDDEN, { name: `${SECRET} again` })
    })
    expect(outside()).not.toContain(SECRET)
    expect(outside()).not.toContain(HIDDEN)
    expect(readCells(secret).get(`${ISSUE}/${HIDDEN}`)).toMatchObject({
      scopeNote: SECRET,
      position: `Wants ${SECRET}`,
    })
    expect(redLineRecords.all(secret)).toHaveLength(1)
    expect(gapRecords.all(secret)).toHaveLength(1)
    act(doc => clearCell(doc, ISSUE, HIDDEN))
    expect(readCells(secret).get(`${ISSUE}/${HIDDEN}`)).toBeUndefined()
    act(doc => removeParty(doc, HIDDEN))
    expect(partyRecords.all(secret)).toEqual([])
    expect(redLineRecords.all(secret)).toEqual([])
  })

  test.each<[string, (doc: Y.Doc) => void]>([
    [
      'for a cell of its column',
      doc => {
        sourceRecords.put(doc, 'made' as SourceId, { title: SECRET })
        claimRecords.put(doc, CLAIM, { statement: SECRET, sourceId: 'made' as SourceId })
        attachClaim(doc, ISSUE, HIDDEN, CLAIM)
      },
    ],
    [
      'from its source',
      doc => {
        claimRecords.put(doc, CLAIM, { statement: SECRET, sourceId: SOURCE })
        attachClaim(doc, ISSUE, OPEN, CLAIM)
      },
    ],
    [
      'against a claim of it',
      doc => claimRecords.put(doc, CLAIM, { statement: SECRET, deniesClaimId: 'told' as ClaimId }),
    ],
    [
      'of which something happened',
      doc => {
        claimRecords.put(doc, CLAIM, { statement: SECRET, sourceId: SOURCE })
        claimEventRecords.put(doc, 'event' as ClaimEventId, { claimId: CLAIM, reason: SECRET })
      },
    ],
  ])('a new claim %s goes into the compartment', (_, verbs) => {
    act(verbs)
    expect(claimRecords.read(secret, CLAIM)?.statement).toBe(SECRET)
    expect(outside()).not.toContain(SECRET)
    expect(outside()).not.toContain('claim/claim')
  })

  test('to what everybody sees stays there, in one step with the rest', () => {
    act(doc => {
      describeTracker(doc, { title: 'Renamed' })
      claimRecords.put(doc, CLAIM, { statement: 'Said in public' })
      attachClaim(doc, ISSUE, OPEN, CLAIM)
      setCell(doc, ISSUE, OPEN, { confidence: 'low' })
      addParty(doc, 'third' as PartyId, { name: 'Third' })
      moveParty(doc, HIDDEN, 0)
    })
    expect(readTracker(main)).toMatchObject({ title: 'Renamed', claims: [{ id: CLAIM }] })
    expect(partyRecords.all(main).map(({ name }) => name)).toEqual(['Open', 'Third'])
    expect(readCells(main).get(`${ISSUE}/${OPEN}`)?.claimIds).toEqual([CLAIM])
    expect(claimRecords.has(secret, CLAIM)).toBe(false)
    act(doc => setCell(doc, ISSUE, HIDDEN, { scopeNote: SECRET }))
    act(doc => removeIssue(doc, ISSUE))
    expect(readCells(secret).size).toBe(0)
  })

  test('is undone in the order in which it was done', () => {
    const note = () => readCells(secret).get(`${ISSUE}/${HIDDEN}`)?.scopeNote ?? ''
    const confidence = () => readCells(main).get(`${ISSUE}/${OPEN}`)?.confidence ?? null
    act(doc => setCell(doc, ISSUE, HIDDEN, { scopeNote: 'first' }))
    act(doc => setCell(doc, ISSUE, OPEN, { confidence: 'low' }))
    act(doc => setCell(doc, ISSUE, HIDDEN, { scopeNote: 'second' }))
    const seen = [actions.undo, actions.undo, actions.undo, actions.redo, actions.redo].map(
      step => {
        expect(step()?.label).toBe('do something')
        return [note(), confidence()]
      },
    )
    expect(seen).toEqual([
      ['first', 'low'],
      ['first', null],
      ['', null],
      ['first', null],
      ['first', 'low'],
    ])
  })
})

test('a screen shows a compartment from when it has come until it goes, each cell by itself', () => {
  const view = bind(main, beside)
  const columns: (readonly PartyId[])[] = []
  const positions: string[] = []
  let others = 0
  const dispose = createRoot(dispose => {
    createEffect(() => columns.push(view.partyIds()))
    createEffect(() => positions.push(view.cell(ISSUE, HIDDEN).position))
    createEffect(() => {
      view.cell(ISSUE, OPEN)
      others++
    })
    return dispose
  })
  setPosition(secret, ISSUE, HIDDEN, 'Asks')
  come()
  setPosition(secret, ISSUE, HIDDEN, 'Asks for more')
  expect(view.party(HIDDEN)?.name).toBe(`${SECRET} party`)
  expect(view.tracker().parties).toHaveLength(2)
  expect(view.common()).toEqual(readTracker(main))
  come(false)
  expect(columns.map(ids => ids.toSorted())).toEqual([[OPEN], [HIDDEN, OPEN], [OPEN]])
  expect([positions[0], positions.at(-1)]).toEqual(['', ''])
  expect(positions).toContain('Asks for more')
  expect(others).toBeLessThanOrEqual(3)
  dispose()
  view.dispose()
})
