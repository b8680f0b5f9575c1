/** The rows of changes, against somebody who reads the whole document before and after each entry. */
import { beforeEach, describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { compare } from '#shared/compare/compare.ts'
import { CELL_FIELDS } from '#shared/cells.ts'
import { readCells, setCell, setPosition } from '#shared/document/cells.ts'
import { claimRecords } from '#shared/document/claims.ts'
import { sourceRecords } from '#shared/document/sources.ts'
import { addIssue, basketRecords, issueRecords, removeIssue } from '#shared/document/issues.ts'
import {
  cellsMap,
  descriptionName,
  movementsMap,
  parseCellKey,
  parseMovementKey,
  readText,
} from '#shared/document/layout.ts'
import { meetingRecords } from '#shared/document/meetings.ts'
import { markFields, reasonRecords } from '#shared/document/movements.ts'
import { addParty, partyRecords } from '#shared/document/parties.ts'
import { redLineRecords } from '#shared/document/redlines.ts'
import { pointRecords } from '#shared/document/scales.ts'
import {
  createTracker,
  describeTracker,
  readDescription,
  readTitle,
  readTracker,
} from '#shared/document/tracker.ts'
import { restoreRecords } from '#shared/document/restores.ts'
import {
  ChangeLog,
  changeKey,
  changesIn,
  LONGEST_PAUSE,
  type Change,
} from '#shared/history/changes.ts'
import type { Entry } from '#shared/history/entry.ts'
import type { Value } from '#shared/history/fields.ts'
import { restorable, restore } from '#shared/history/restore.ts'
import type { AccountId, IssueId, PartyId, RestoreId } from '#shared/ids.ts'
import { BEGINNING, make, newDoc, rewind } from '#test/shared/edits.ts'
import { editByChance, Office } from '#test/shared/office.ts'
import { seededDice } from '#test/simulation/dice.ts'

beforeEach(rewind)

const KINDS = [
  partyRecords,
  basketRecords,
  issueRecords,
  pointRecords,
  sourceRecords,
  claimRecords,
  redLineRecords,
  restoreRecords,
  reasonRecords,
  meetingRecords,
]

/** Every field of the document under its address. */
const everyField = (doc: Y.Doc): ReadonlyMap<string, Value> => {
  const fields = new Map<string, Value>([
    ['tracker/title', readTitle(doc)],
    ['tracker/description', readDescription(doc)],
  ])
  for (const { all, root } of KINDS)
    for (const { id, ...record } of all(doc)) {
      fields.set(`${root}/${id}`, record as Value)
      for (const [field, value] of Object.entries(record))
        fields.set(`${root}/${id}/${field}`, value as Value)
    }
  for (const [key, cell] of readCells(doc)) {
    for (const field of CELL_FIELDS) fields.set(`cells/${key}/${field}`, cell[field])
    fields.set(`cells/${key}/position`, cell.position)
  }
  for (const key of cellsMap(doc).keys()) {
    const entry = parseCellKey(key)
    if (entry && 'claimId' in entry) fields.set(`cells/${key}`, true)
  }
  for (const [key, value] of movementsMap(doc)) {
    const entry = parseMovementKey(key)
    if (entry) fields.set(`movements/${key}`, markFields[entry.field](value))
  }
  for (const name of doc.share.keys()) {
    const issueId = name.split('/')[1] as IssueId
    if (name === descriptionName(issueId))
      fields.set(`issues/${issueId}/description`, readText(doc, name))
  }
  return fields
}

const blankOf = (address: string): Value => {
  const field = address.split('/').at(-1)
  if (field === 'knowledge') return 'unknown'
  if (address.includes('/claim/')) return false
  return field === 'position' || field === 'scopeNote' || field === 'description' ? '' : null
}

const isRecord = (address: string): boolean =>
  address.split('/').length === 2 && !address.startsWith('tracker/')

/** What differs between the two, but for the fields of a record that came or went as a whole. */
const differences = (
  before: ReadonlyMap<string, Value>,
  after: ReadonlyMap<string, Value>,
): ReadonlyMap<string, readonly [before: Value, after: Value]> => {
  const found = new Map<string, readonly [Value, Value]>()
  for (const address of new Set([...before.keys(), ...after.keys()])) {
    const [root, id] = address.split('/')
    const owner = `${root}/${id}`
    const comesOrGoes = before.has(owner) !== after.has(owner)
    const isText = address.startsWith('issues/') && address.endsWith('/description')
    if (isRecord(address) ? !comesOrGoes : comesOrGoes && !isText) continue
    const then = before.get(address) ?? blankOf(address)
    const now = after.get(address) ?? blankOf(address)
    if (JSON.stringify(then) !== JSON.stringify(now)) found.set(address, [then, now])
  }
  return found
}

/** The cell that a field is in, directly or because its record is of it. */
const cellWith = (address: string, ...moments: readonly ReadonlyMap<string, Value>[]) => {
  const [root, first, second] = address.split('/')
  if (root === 'cells') return `${first}/${second}`
  const fields = moments.find(moment => moment.has(`${root}/${first}`))
  const [issueId, partyId] = ['issueId', 'partyId'].map(name =>
    fields?.get(`${root}/${first}/${name}`),
  )
  return issueId && partyId ? `${String(issueId)}/${String(partyId)}` : null
}

type Row = Omit<Change, 'issueId' | 'partyId' | 'field'>

/** That somebody changed something of a cell. */
type Touch = Pick<Row, 'account' | 'lastAt' | 'lastSeq' | 'movement' | 'restore'> & {
  readonly cell: string | null
}

class Reader {
  readonly rows: Row[] = []
  readonly #touches: Touch[] = []
  #before: ReadonlyMap<string, Value> = new Map()

  constructor() {
    this.#before = everyField(newDoc())
  }

  read(doc: Y.Doc, { account, at, seq }: Entry): void {
    const after = everyField(doc)
    const changed = differences(this.#before, after)
    const notes = [...changed.keys()].filter(
      address => address.startsWith('restores/') && isRecord(address) && after.has(address),
    )
    const [note] = notes.length === 1 ? notes : []
    const restore = (note?.split('/')[1] ?? null) as RestoreId | null
    for (const [address, [before, now]] of changed) {
      const last = this.rows.findLastIndex(row => row.address === address)
      const run = this.rows[last]
      const goesOn =
        run &&
        run.account === account &&
        run.restore === null &&
        restore === null &&
        at - run.lastAt <= LONGEST_PAUSE
      const times = { lastSeq: seq, lastAt: at, after: now }
      const cell = cellWith(address, after, this.#before)
      const touch = this.#touches.findLast(
        touch => touch.cell === cell && touch.account === account,
      )
      const isPart =
        touch &&
        (touch.lastSeq === seq ||
          (touch.restore === null && restore === null && at - touch.lastAt <= LONGEST_PAUSE))
      const movement =
        cell === null ? null : ((goesOn ? run : isPart ? touch : null)?.movement ?? seq)
      if (cell) this.#touches.push({ cell, account, restore, movement, lastSeq: seq, lastAt: at })
      if (goesOn) this.rows[last] = { ...run, ...times }
      else
        this.rows.push({
          address,
          before,
          account,
          firstSeq: seq,
          firstAt: at,
          restore,
          movement,
          ...times,
        })
    }
    this.#before = after
  }
}

const sorted = (rows: readonly Row[]): readonly object[] =>
  rows
    .toSorted((a, b) => (changeKey(a) < changeKey(b) ? -1 : 1))
    .map(row =>
      Object.fromEntries(
        Object.entries(row).filter(([name]) => !['field', 'issueId', 'partyId'].includes(name)),
      ),
    )

const run = (
  seed: number,
  steps: number,
  watch: (office: Office, entry: Entry) => void,
): Office => {
  const dice = seededDice(seed)
  const office: Office = new Office(['ada', 'bo', 'cy', 'di'], dice, entry => watch(office, entry))
  const [first] = office.people
  createTracker(first.doc, 'Talks')
  make(first.doc, BEGINNING)
  office.reunite()
  for (let nth = 0; nth < steps; nth++) office.step(doc => editByChance(doc, dice))
  office.reunite()
  return office
}

describe('the rows are those of somebody who compares the whole document around each entry', () => {
  test.each(Array.from({ length: 30 }, (_, nth) => nth + 1))('seed %i', seed => {
    const reader = new Reader()
    const { entries } = run(seed, 80, (office, entry) => reader.read(office.doc, entry))
    expect(sorted(changesIn(entries))).toEqual(sorted(reader.rows))
    expect(reader.rows.length).toBeGreaterThan(20)
  })
})

describe('written in steps, from a state and the runs that may go on, they equal a rebuild', () => {
  test.each(Array.from({ length: 20 }, (_, nth) => nth + 1))('seed %i', seed => {
    const { entries } = run(seed, 80, () => undefined)
    const dice = seededDice(seed)
    const stored = new Map<string, Change>()
    let doc = newDoc()
    for (let from = 0; from < entries.length;) {
      const to = from + 1 + dice.below(12)
      const next = entries.slice(from, to)
      const since = Math.min(...next.map(({ at }) => at)) - LONGEST_PAUSE
      const open = [...stored.values()].filter(({ lastAt }) => lastAt >= since)
      const log = new ChangeLog(
        [Y.encodeStateAsUpdate(doc)],
        JSON.parse(JSON.stringify(open)) as Change[],
      )
      for (const change of changesIn(next, log)) stored.set(changeKey(change), change)
      doc = log.doc
      from = to
    }
    expect(sorted([...stored.values()])).toEqual(sorted(changesIn(entries)))
  })
})

test('an entry that is in the journal twice changes nothing', () => {
  const { entries } = run(3, 60, () => undefined)
  const doubled = entries
    .flatMap(entry => [entry, entry])
    .map((entry, nth) => ({ ...entry, seq: nth + 1 }))
  const values = (changes: readonly Change[]) =>
    changes.map(({ account, address, after, before }) => [address, account, before, after])
  expect(values(changesIn(doubled))).toEqual(values(changesIn(entries)))
})

describe('one by one', () => {
  const MINUTE = 60_000
  const [issue, party] = ['i1' as IssueId, 'p1' as PartyId]
  let doc: Y.Doc
  let entries: Entry[]
  const write = (account: string, minute: number, edit: (doc: Y.Doc) => void): void => {
    let update: Uint8Array | undefined
    doc.once('update', (bytes: Uint8Array) => (update = bytes))
    doc.transact(() => edit(doc))
    if (update)
      entries.push({
        seq: entries.length + 1,
        account: account as AccountId,
        at: minute * MINUTE,
        update,
      })
  }
  const rows = (address: string) =>
    changesIn(entries)
      .filter(change => change.address === address)
      .map(({ account, after, before, firstSeq, lastSeq }) => [
        account,
        before,
        after,
        firstSeq,
        lastSeq,
      ])

  beforeEach(() => {
    doc = newDoc()
    entries = []
    write('ada', 0, doc => {
      createTracker(doc, 'Talks')
      addIssue(doc, issue, { title: 'Relief', basketId: null })
      addParty(doc, party, { name: 'Iran' })
    })
  })
  const type = (account: string, minute: number, text: string): void =>
    write(account, minute, doc => setPosition(doc, issue, party, text))
  const POSITION = 'cells/i1/p1/position'

  test('typing without a longer pause is one row', () => {
    type('ada', 1, 'A')
    type('ada', 2, 'Asks')
    type('ada', 7, 'Asks for')
    expect(rows(POSITION)).toEqual([['ada', '', 'Asks for', 2, 4]])
  })

  test('a longer pause begins another', () => {
    type('ada', 1, 'A')
    type('ada', 6.1, 'Asks')
    expect(rows(POSITION)).toEqual([
      ['ada', '', 'A', 2, 2],
      ['ada', 'A', 'Asks', 3, 3],
    ])
  })

  test('so does somebody else, in this field but not in another', () => {
    type('ada', 1, 'A')
    write('bo', 1, doc => setCell(doc, issue, party, { scope: 'on_table' }))
    type('ada', 1, 'Asks')
    type('bo', 1, 'Asks for')
    type('ada', 1, 'Asks for relief')
    expect(rows(POSITION)).toEqual([
      ['ada', '', 'Asks', 2, 4],
      ['bo', 'Asks', 'Asks for', 5, 5],
      ['ada', 'Asks for', 'Asks for relief', 6, 6],
    ])
  })

  test('a run that ends as it began stays, with the same before and after', () => {
    type('ada', 1, 'A')
    type('ada', 2, '')
    expect(rows(POSITION)).toEqual([['ada', '', '', 2, 3]])
  })

  test('a removed row tells what was in it, and of each of its cells', () => {
    type('ada', 1, 'Asks')
    write('bo', 2, doc => removeIssue(doc, issue))
    expect(rows('issues/i1').at(-1)).toEqual([
      'bo',
      expect.objectContaining({ title: 'Relief' }),
      null,
      3,
      3,
    ])
    expect(rows(POSITION).at(-1)).toEqual(['bo', 'Asks', '', 3, 3])
  })

  test('a restore is a row of its own, with its note', () => {
    type('ada', 1, 'Asks')
    const then = readTracker(doc)
    type('bo', 1, 'Demands')
    write('bo', 1, doc => {
      restore(doc, then, restorable(compare(then, readTracker(doc))))
      restoreRecords.put(doc, 'r1' as RestoreId, { by: 'Bo' })
    })
    type('bo', 1, 'Asks for')
    expect(
      changesIn(entries)
        .filter(({ address }) => address === POSITION)
        .map(({ after, restore }) => [after, restore]),
    ).toEqual([
      ['Asks', null],
      ['Demands', null],
      ['Asks', 'r1'],
      ['Asks for', null],
    ])
  })

  test('a tracker that is made with notes of restores in it is not restored', () => {
    const fresh = newDoc()
    fresh.transact(() => {
      createTracker(fresh, 'Imported')
      restoreRecords.put(fresh, 'r1' as RestoreId, { by: 'Bo' })
    })
    const update = Y.encodeStateAsUpdate(fresh)
    const made = changesIn([{ seq: 1, account: 'ada' as AccountId, at: 0, update }])
    expect(made.map(({ restore }) => restore)).toEqual(made.map(() => null))
    expect(made.length).toBeGreaterThan(1)
  })

  test('what this version does not know, and what reads the same, is no change', () => {
    write('ada', 1, doc => {
      doc.getMap('cells').set('i1/p1/mood', 'bright')
      doc.getMap('cells').set('i1/p1/stance', { not: 'a point' })
      doc.getMap('links').set('l1', new Y.Map())
      describeTracker(doc, { title: 'Talks' })
    })
    expect(changesIn(entries).filter(({ firstSeq }) => firstSeq === 2)).toEqual([])
  })

  test('each row knows the issue and the party that it speaks of', () => {
    write('ada', 1, doc => {
      setCell(doc, issue, party, { salience: 'high' })
      redLineRecords.put(doc, 'l1' as never, { issueId: issue, partyId: party, soft: true })
      pointRecords.put(doc, 'pt1' as never, { issueId: issue, label: 'low' })
    })
    write('ada', 2, doc => redLineRecords.set(doc, 'l1' as never, { soft: false }))
    const about = new Map(
      changesIn(entries).map(({ address, issueId, partyId }) => [address, [issueId, partyId]]),
    )
    expect(about.get('cells/i1/p1/salience')).toEqual([issue, party])
    expect(about.get('redLines/l1')).toEqual([issue, party])
    expect(about.get('redLines/l1/soft')).toEqual([issue, party])
    expect(about.get('points/pt1')).toEqual([issue, null])
    expect(about.get('issues/i1')).toEqual([issue, null])
    expect(about.get('parties/p1')).toEqual([null, party])
    expect(about.get('tracker/title')).toEqual([null, null])
  })
})
