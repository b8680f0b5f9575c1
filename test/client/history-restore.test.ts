import { createRoot } from 'solid-js'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { noticeOf } from '#client/history/restore-notices.tsx'
import {
  choose,
  chosenItems,
  isChosen,
  planRestore,
  standingAt,
  type PlanItem,
} from '#client/history/restore-plan.ts'
import { runRestore, stillStanding, undoRestore } from '#client/history/restore-run.ts'
import type { Spot } from '#client/matrix/marks.ts'
import { createLocalNegotiation } from '#client/live/local.ts'
import type { Role } from '#shared/access.ts'
import { compare, isUnchanged } from '#shared/compare/compare.ts'
import { setCell, setPosition } from '#shared/document/cells.ts'
import { removeBasket, removeIssue } from '#shared/document/issues.ts'
import { partyRecords, removeParty } from '#shared/document/parties.ts'
import { addPoint, pointRecords } from '#shared/document/scales.ts'
import { readTracker } from '#shared/document/tracker.ts'
import { restoreRecords } from '#shared/document/restores.ts'
import { restorable, type RestoreAddress } from '#shared/history/restore.ts'
import type { RestoreId, SnapshotId } from '#shared/ids.ts'
import type { MomentRef } from '#shared/moments.ts'
import type { Restore, Tracker } from '#shared/tracker.ts'
import type { SnapshotEntry } from '#shared/api.ts'
import {
  edited,
  iran,
  limits,
  pointOf,
  process,
  states,
  talks,
  turkey,
  venue,
  verification,
} from '#test/client/history-states.ts'

const cell = `cell/${verification}/${iran}` as const
const otherCell = `cell/${verification}/${states}` as const

const plan = (
  past: Tracker,
  now: Tracker,
  rest: Partial<Parameters<typeof planRestore>[0]> = {},
): readonly PlanItem[] => planRestore({ past, now, successor: undefined, typists: [], ...rest })
const addressesOf = (items: readonly PlanItem[]): readonly RestoreAddress[] =>
  items.map(({ address }) => address)

test('the preview says then and now of everything that differs, with its row and column', () => {
  const items = plan(
    ...edited(doc => {
      setPosition(doc, verification, iran, 'Nothing at all.')
      partyRecords.set(doc, turkey, { name: 'Türkiye' })
    }),
  )
  expect(items).toMatchObject([
    { address: `party/${turkey}`, title: 'Türkiye', partyName: 'Türkiye', issueId: null },
    {
      address: cell,
      title: 'Verification · Iran',
      issueTitle: 'Verification',
      details: [
        { name: 'Position', was: 'Declared sites only, by agreed rules.', is: 'Nothing at all.' },
      ],
    },
  ])
})

test('what is offered can be kept to a cell, a row, a column or several cells, with what they need', () => {
  const change = edited(doc => {
    for (const issue of [verification, limits])
      for (const party of [iran, states]) setPosition(doc, issue, party, 'Other words.')
    partyRecords.set(doc, states, { name: 'USA' })
  })
  const at = (...spots: readonly Spot[]) =>
    addressesOf(plan(...change, { only: standingAt(spots) })).toSorted()
  const [line, column] = [`cell/${limits}/${iran}`, `cell/${limits}/${states}`]
  expect(at({ issueId: verification, partyId: iran })).toEqual([cell])
  expect(at({ issueId: verification, partyId: null })).toEqual([cell, otherCell].toSorted())
  expect(at({ issueId: null, partyId: states })).toEqual(
    [column, otherCell, `party/${states}`].toSorted(),
  )
  expect(
    at({ issueId: limits, partyId: iran }, { issueId: verification, partyId: states }),
  ).toEqual([line, otherCell].toSorted())
  expect(at({ issueId: venue, partyId: iran })).toEqual([])
})

test('a cell of a row that is gone comes back with the row', () => {
  const change = edited(doc => removeIssue(doc, verification))
  expect(
    addressesOf(plan(...change, { only: standingAt([{ issueId: verification, partyId: iran }]) })),
  ).toEqual([`issue/${verification}`])
})

test('what somebody changed after the snapshot that followed is marked', () => {
  const doc = talks()
  const past = readTracker(doc)
  setPosition(doc, verification, iran, 'Second round.')
  setPosition(doc, verification, states, 'Second round.')
  const successor = readTracker(doc)
  setPosition(doc, verification, states, 'Later work.')
  const items = plan(past, readTracker(doc), { successor })
  expect(items.map(it => [it.address, it.changedSince])).toEqual([
    [cell, false],
    [otherCell, true],
  ])
})

test('what somebody is typing in is left out unless it is chosen, also a row that would go away', () => {
  const [now, past] = edited(doc => removeIssue(doc, verification))
  const [before, after] = edited(doc => setPosition(doc, verification, iran, 'Typed.'))
  const typists = [{ name: 'Leyla', issueId: verification, partyId: iran }]

  const [typed] = plan(before, after, { typists })
  expect(typed?.typists).toEqual(['Leyla'])
  expect(typed && isChosen(typed, new Map())).toBe(false)
  expect(typed && isChosen(typed, choose([typed], new Map(), [cell], true))).toBe(true)

  const goesAway = plan(past, now, { typists }).find(it => it.address === `issue/${verification}`)
  expect(goesAway?.typists).toEqual(['Leyla'])
})

test('a stance on a point that is gone needs the scale, a row the basket that it stood in', () => {
  const items = plan(
    ...edited(doc => {
      setCell(doc, verification, iran, { stance: null })
      pointRecords.remove(doc, pointOf(verification, 1))
      removeIssue(doc, venue)
      removeBasket(doc, process)
    }),
  )
  const scale = `issue/${verification}` as const
  expect(items.find(({ address }) => address === cell)?.needs).toEqual([scale])
  expect(items.find(({ address }) => address === `issue/${venue}`)?.needs).toEqual([
    `basket/${process}`,
  ])

  const none = choose(items, new Map(), addressesOf(items), false)
  expect(chosenItems(items, none)).toEqual([])
  expect(addressesOf(chosenItems(items, choose(items, none, [cell], true)))).toEqual([scale, cell])
  const withoutScale = choose(items, new Map(), [scale], false)
  expect(addressesOf(chosenItems(items, withoutScale))).not.toContain(cell)
})

const world = (role: Role = 'editor') => {
  const doc = talks()
  const past = readTracker(doc)
  const safeties: Tracker[] = []
  const negotiation = createRoot(() => createLocalNegotiation(doc, undefined, role))
  const snapshots = new Map<string, Tracker>([['s1', past]])
  const store = {
    saveSafety: () => {
      safeties.push(readTracker(doc))
      const id = `safety${safeties.length}`
      snapshots.set(id, readTracker(doc))
      return Promise.resolve({ id } as SnapshotEntry)
    },
    pasts: {
      open: (id: MomentRef) => {
        const found = snapshots.get(id)
        return found ? Promise.resolve(found) : Promise.reject(new Error(`no snapshot ${id}`))
      },
    },
  }
  const run = (addresses = restorable(compare(past, readTracker(doc)))) =>
    runRestore(negotiation, store, {
      from: 's1' as SnapshotId,
      fromLabel: 'Before the round',
      moment: undefined,
      past,
      addresses,
    })
  return { doc, negotiation, past, run, safeties, store }
}

test('a restore is one step of mine, told in the document, with a safety snapshot before it', async () => {
  const { doc, negotiation, past, run, safeties } = world()
  setPosition(doc, verification, iran, 'Nothing at all.')
  removeParty(doc, turkey)
  const changed = readTracker(doc)

  expect(await run()).toBe(2)
  expect(safeties).toEqual([changed])
  expect(isUnchanged(compare(past, readTracker(doc)))).toBe(true)
  expect(readTracker(doc).restores).toMatchObject([
    { from: 's1', fromLabel: 'Before the round', safety: 'safety1', by: 'Me', changes: 2 },
  ])

  negotiation.undo()
  expect(readTracker(doc)).toEqual(changed)
  negotiation.dispose()
})

test('only what was chosen comes back', async () => {
  const { doc, negotiation, run } = world()
  setPosition(doc, verification, iran, 'Nothing at all.')
  setPosition(doc, verification, states, 'Everything.')
  expect(await run([cell])).toBe(1)
  const { cells } = readTracker(doc)
  expect(cells[`${verification}/${iran}`]?.position).toBe('Declared sites only, by agreed rules.')
  expect(cells[`${verification}/${states}`]?.position).toBe('Everything.')
  negotiation.dispose()
})

test('restoring what is equal already changes nothing and takes no snapshot', async () => {
  const { doc, negotiation, run, safeties } = world()
  setPosition(doc, verification, iran, 'Nothing at all.')
  await run()
  let updates = 0
  doc.on('update', () => updates++)
  expect(await run()).toBe(0)
  expect(await run([cell])).toBe(0)
  expect([updates, safeties.length]).toEqual([0, 1])
  negotiation.dispose()
})

test('a viewer restores nothing', async () => {
  const { doc, negotiation, run } = world('viewer')
  setPosition(doc, verification, iran, 'Nothing at all.')
  const before = readTracker(doc)
  expect(await run()).toBe(0)
  expect(readTracker(doc)).toEqual(before)
  negotiation.dispose()
})

test('anybody can take a restore back, and what was changed since stays', async () => {
  const { doc, negotiation, run, store } = world()
  setPosition(doc, verification, iran, 'Nothing at all.')
  setPosition(doc, verification, states, 'Everything.')
  setCell(doc, limits, turkey, { knowledge: 'agenda_only' })
  await run()
  // Somebody writes on: in a cell that was restored, and in one that was not.
  setPosition(doc, verification, states, 'Written after the restore.')
  setPosition(doc, venue, turkey, 'Offers Istanbul.')
  negotiation.act('type', doc => setPosition(doc, venue, iran, 'Oman.'))

  const [record] = readTracker(doc).restores
  expect(record && (await undoRestore(negotiation, store, record))).toBe(2)
  const { cells } = readTracker(doc)
  const position = (key: keyof typeof cells): string | undefined => cells[key]?.position
  expect(position(`${verification}/${iran}`)).toBe('Nothing at all.')
  expect(cells[`${limits}/${turkey}`]?.knowledge).toBe('agenda_only')
  expect(position(`${verification}/${states}`)).toBe('Written after the restore.')
  expect(position(`${venue}/${turkey}`)).toBe('Offers Istanbul.')
  expect(position(`${venue}/${iran}`)).toBe('Oman.')

  // Taken back once, there is nothing left to take back.
  expect(record && (await undoRestore(negotiation, store, record))).toBe(0)
  negotiation.dispose()
})

test('my own last restore is simply undone', async () => {
  const { doc, negotiation, run, safeties, store } = world()
  setPosition(doc, verification, iran, 'Nothing at all.')
  const changed = readTracker(doc)
  await run()
  const [record] = readTracker(doc).restores
  expect(record && (await undoRestore(negotiation, store, record))).toBe(1)
  expect(readTracker(doc)).toEqual(changed)
  expect(safeties.length).toBe(1)
  negotiation.dispose()
})

test('somebody’s restore is told once, not as every choice that it replaces', () => {
  const { doc, negotiation } = world()
  const theirs = new Y.Doc()
  Y.applyUpdate(theirs, Y.encodeStateAsUpdate(doc))
  const told: unknown[] = []
  negotiation.onOverwritten(event => told.push(event))
  const choose = (step: number): void =>
    void negotiation.act('choose', doc =>
      setCell(doc, verification, iran, { stance: pointOf(verification, step) }),
    )
  const bring = (change: () => void): void => {
    Y.applyUpdate(theirs, Y.encodeStateAsUpdate(doc))
    theirs.transact(change)
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(theirs))
  }
  const replace = (): void => setCell(theirs, verification, iran, { stance: null })

  choose(2)
  bring(replace)
  expect(told.length).toBe(1)

  choose(2)
  bring(() => {
    replace()
    restoreRecords.put(theirs, 'r' as RestoreId, { by: 'Leyla' })
  })
  expect(told.length).toBe(1)
  negotiation.dispose()
})

test('a restore is told by who did what, and a taken back one as such', () => {
  const record: Restore = {
    id: 'r1' as RestoreId,
    from: 's1' as SnapshotId,
    fromLabel: 'Before the round',
    moment: 0,
    safety: 's2' as SnapshotId,
    by: 'Leyla',
    at: 0,
    changes: 3,
  }
  const back: Restore = {
    ...record,
    id: 'r2' as RestoreId,
    from: record.safety,
    by: 'Ada',
    changes: 1,
  }
  expect(noticeOf(record, [record], 'Ada')).toBe(
    'Leyla restored 3 changes from “Before the round”.',
  )
  expect(noticeOf(back, [record, back], 'Ada')).toBe(
    'You took back 1 change that Leyla restored from “Before the round”.',
  )
})

test('what still stands of a restore is what nobody has touched since', () => {
  const doc = talks()
  const from = readTracker(doc)
  setPosition(doc, verification, iran, 'Changed.')
  addPoint(doc, pointOf(limits, 3), limits, 'More')
  const safety = readTracker(doc)
  expect(stillStanding(from, safety, safety)).toEqual([])
  expect(stillStanding(from, safety, from)).toEqual([`issue/${limits}`, cell])
})
