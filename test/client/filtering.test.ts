import { createRoot } from 'solid-js'
import { expect, test } from 'vitest'
import { compared } from '#client/history/compared.ts'
import { createFiltering, type Filtering } from '#client/history/filtering.ts'
import type { Dimension } from '#shared/compare/filter.ts'
import { setCell, setPosition } from '#shared/document/cells.ts'
import { removeIssue } from '#shared/document/issues.ts'
import { partyRecords } from '#shared/document/parties.ts'
import type { AccountId } from '#shared/ids.ts'
import {
  edited,
  iran,
  limits,
  pointOf,
  states,
  turkey,
  venue,
  verification,
} from '#test/client/history-states.ts'

const [leyla, omar] = ['leyla' as AccountId, 'omar' as AccountId]

const CHANGE = edited(doc => {
  setPosition(doc, verification, iran, 'Other words.')
  setCell(doc, verification, states, { stance: pointOf(verification, 1) })
  setPosition(doc, limits, states, 'Other words.')
  partyRecords.set(doc, turkey, { name: 'Türkiye' })
  removeIssue(doc, venue)
})
const PEOPLE = new Map([
  [`cell/${verification}/${iran}`, [leyla]],
  [`cell/${verification}/${states}`, [leyla, omar]],
  [`cell/${limits}/${states}`, [omar]],
  [`party/${turkey}`, [omar]],
])

const filtered = <T>(look: (filtering: Filtering) => T): T =>
  createRoot(dispose => {
    const whole = compared(...CHANGE)
    const found = look(
      createFiltering(
        () => whole,
        () => PEOPLE,
      ),
    )
    dispose()
    return found
  })
const shown = ({ compared }: Filtering): readonly string[] =>
  compared().stops.map(({ address }) => address)

test('a comparison is kept to one person, party, issue or kind, and to several of these at once', () =>
  filtered(it => {
    const all = shown(it)
    expect(all).toHaveLength(5)
    it.choose({ account: omar })
    expect(shown(it)).toEqual([
      `party/${turkey}`,
      ...all.filter(address => address.endsWith(`/${states}`)),
    ])
    it.choose({ partyId: states })
    expect(shown(it)).toHaveLength(2)
    it.choose({ issueId: verification })
    expect(shown(it)).toEqual([`cell/${verification}/${states}`])
    it.choose({ account: null, issueId: null, partyId: null, kind: 'worded' })
    expect(shown(it).toSorted()).toEqual(
      [`cell/${limits}/${states}`, `cell/${verification}/${iran}`].toSorted(),
    )
    it.choose({ kind: null })
    expect(shown(it)).toEqual(all)
  }))

test('what is left out has no mark, no words and no part in the summary, and the matrix still holds it', () =>
  filtered(it => {
    const whole = it.compared()
    it.choose({ issueId: verification, partyId: iran })
    const { comparison, details, marks, matrix, summary } = it.compared()
    const address = `cell/${verification}/${iran}`
    expect([Object.keys(marks), Object.keys(details)]).toEqual([[address], [address]])
    expect(comparison.cells.map(({ key }) => key)).toEqual([`${verification}/${iran}`])
    expect([comparison.issues, comparison.parties]).toEqual([[], []])
    expect(summary).toMatch(/^1 wording edit · /)
    expect(matrix).toBe(whole.matrix)
  }))

test('every choice says how many changes it would leave, as the others stand', () =>
  filtered(it => {
    for (const before of [
      {},
      { account: omar },
      { partyId: states },
      { kind: 'worded' },
    ] as const) {
      it.choose({ account: null, partyId: null, issueId: null, kind: null, ...before })
      for (const dimension of [
        'account',
        'partyId',
        'issueId',
        'kind',
      ] as const satisfies Dimension[]) {
        const is = it.filter()[dimension]
        for (const [value, many] of it.choices<Dimension>(dimension)) {
          it.choose({ [dimension]: value })
          expect(shown(it), `${dimension} ${value}`).toHaveLength(many)
        }
        it.choose({ [dimension]: is })
      }
    }
    it.choose({ account: null, partyId: null, issueId: null, kind: null })
    expect(it.choices('account')).toEqual(
      new Map([
        [omar, 3],
        [leyla, 2],
      ]),
    )
  }))
