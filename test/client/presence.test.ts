import { createEffect, createRoot } from 'solid-js'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { applyAwarenessUpdate, Awareness, encodeAwarenessUpdate } from 'y-protocols/awareness'
import * as Y from 'yjs'
import { createLocalNegotiation } from '#client/live/local.ts'
import type { Negotiation, Overwritten } from '#client/live/negotiation.ts'
import { setCell } from '#shared/document/cells.ts'
import { addIssue, removeIssue } from '#shared/document/issues.ts'
import { addParty, removeParty } from '#shared/document/parties.ts'
import type { AccountId, IssueId, PartyId, PointId } from '#shared/ids.ts'
import type { PresenceState, PresentAccount } from '#shared/presence.ts'

const account = (name: string): PresentAccount => ({ id: name as AccountId, name, colour: 3 })
const [i0, i1] = ['i0', 'i1'] as [IssueId, IssueId]
const [p0, p1] = ['p0', 'p1'] as [PartyId, PartyId]

let mine: Negotiation & { dispose: () => void }

/** Somebody else's tab, as the server lets it appear. */
const tabOf = (name: string) => {
  const doc = new Y.Doc()
  const awareness = new Awareness(doc)
  const tell = (state: PresenceState | null): void => {
    awareness.setLocalState(state && { account: account(name), ...state })
    applyAwarenessUpdate(
      mine.awareness,
      encodeAwarenessUpdate(awareness, [doc.clientID]),
      'the server',
    )
  }
  return { doc, tell, close: () => awareness.destroy() }
}
const names = (): readonly string[] => mine.people().map(({ account }) => account.name)

beforeEach(() => {
  vi.useFakeTimers()
  const doc = new Y.Doc()
  addIssue(doc, i0, { title: 'Verification', basketId: null })
  addParty(doc, p0, { name: 'Iran' })
  mine = createLocalNegotiation(doc, account('Me'))
})
afterEach(() => {
  mine.dispose()
  vi.useRealTimers()
})

test('several tabs of one account are one person, at the place used last', () => {
  const [one, two] = [tabOf('Leyla'), tabOf('Leyla')]
  one.tell({ place: { issueId: i0, partyId: p0, editing: false } })
  two.tell({ place: { issueId: i1, partyId: p0, editing: false } })
  expect(names()).toEqual(['Me', 'Leyla'])
  expect(mine.peopleAt(i0, p0)).toEqual([])
  expect(mine.peopleAt(i1, p0).map(person => person.account.name)).toEqual(['Leyla'])
  two.tell(null)
  expect(mine.peopleAt(i0, p0)).toHaveLength(1)
  one.tell(null)
  expect(names()).toEqual(['Me'])
  one.close()
  two.close()
})

test('one person moving wakes the readers of two cells and no other', () => {
  const leyla = tabOf('Leyla')
  leyla.tell({ place: { issueId: i0, partyId: p0, editing: false } })
  const woken: string[] = []
  const dispose = createRoot(dispose => {
    for (const issueId of [i0, i1])
      for (const partyId of [p0, p1])
        createEffect(() =>
          woken.push(`${issueId}/${partyId}:${mine.peopleAt(issueId, partyId).length}`),
        )
    return dispose
  })
  woken.length = 0
  leyla.tell({ place: { issueId: i1, partyId: p1, editing: true } })
  expect(woken.sort()).toEqual(['i0/p0:0', 'i1/p1:1'])
  woken.length = 0
  leyla.tell({ place: { issueId: i1, partyId: p1, editing: true }, cursor: { anchor: 3 } })
  expect(woken).toEqual([])
  dispose()
  leyla.close()
})

test('a tab that the server has not named is nobody', () => {
  const stranger = new Y.Doc()
  const awareness = new Awareness(stranger)
  applyAwarenessUpdate(mine.awareness, encodeAwarenessUpdate(awareness, [stranger.clientID]), '')
  expect(names()).toEqual(['Me'])
  awareness.destroy()
})

test('my other tab is me and never outlined', () => {
  const other = tabOf('Me')
  other.tell({ place: { issueId: i0, partyId: p0, editing: true } })
  expect(names()).toEqual(['Me'])
  expect(mine.peopleAt(i0, p0)).toEqual([])
  other.close()
})

test('a minute without input is idle, and any input ends it', () => {
  const idle = (): boolean | undefined => mine.people()[0]?.idle
  expect(idle()).toBe(false)
  vi.advanceTimersByTime(61_000)
  expect(idle()).toBe(true)
  dispatchEvent(new Event('keydown'))
  expect(idle()).toBe(false)
})

const choose = (doc: Y.Doc, stance: string): void =>
  setCell(doc, i0, p0, { stance: stance as PointId })
const heard = (): readonly Overwritten[] => {
  const events: Overwritten[] = []
  mine.onOverwritten(event => events.push(event))
  return events
}
const receive = (from: Y.Doc): void =>
  Y.applyUpdate(mine.doc, Y.encodeStateAsUpdate(from), 'the server')

test("somebody's choice over mine within moments is told with both and the name", () => {
  const events = heard()
  const leyla = tabOf('Leyla')
  leyla.tell({})
  mine.act('set the stance', doc => choose(doc, 'mine'))
  Y.applyUpdate(leyla.doc, Y.encodeStateAsUpdate(mine.doc))
  choose(leyla.doc, 'theirs')
  receive(leyla.doc)
  expect(events).toEqual([
    { issueId: i0, partyId: p0, field: 'stance', mine: 'mine', theirs: 'theirs', by: 'Leyla' },
  ])
  leyla.close()
})

test('a choice over one that I made long ago is not told', () => {
  const events = heard()
  const theirs = new Y.Doc()
  mine.act('set the stance', doc => choose(doc, 'mine'))
  Y.applyUpdate(theirs, Y.encodeStateAsUpdate(mine.doc))
  vi.advanceTimersByTime(11_000)
  choose(theirs, 'theirs')
  receive(theirs)
  expect(events).toEqual([])
})

test('a choice over mine by somebody who has left is told without a name', () => {
  const events = heard()
  const theirs = new Y.Doc()
  mine.act('set the stance', doc => choose(doc, 'mine'))
  Y.applyUpdate(theirs, Y.encodeStateAsUpdate(mine.doc))
  choose(theirs, 'theirs')
  receive(theirs)
  expect(events.map(({ by }) => by)).toEqual(['Somebody'])
})

test.each([
  ['row', (doc: Y.Doc) => removeIssue(doc, i0)],
  ['column', (doc: Y.Doc) => removeParty(doc, p0)],
])('the removal of the whole %s is not told as a choice over mine', (_name, remove) => {
  const events = heard()
  const theirs = new Y.Doc()
  mine.act('set the stance', doc => choose(doc, 'mine'))
  Y.applyUpdate(theirs, Y.encodeStateAsUpdate(mine.doc))
  remove(theirs)
  receive(theirs)
  expect(mine.view.cell(i0, p0).stance).toBe(null)
  expect(events).toEqual([])
})

test('a viewer acts in vain', () => {
  const doc = new Y.Doc()
  const viewer = createLocalNegotiation(doc, account('Me'), 'viewer')
  expect(viewer.act('set the stance', doc => choose(doc, 'mine'))).toBe(false)
  expect(viewer.view.cell(i0, p0).stance).toBe(null)
  viewer.dispose()
})
