/** Simulated worlds whose tabs draw: after every step each screen shows what a fresh reading of its document gives. */
import '#test/simulation/chance.ts'
import { createMemo, createRoot, mapArray, untrack } from 'solid-js'
import { describe, expect, test } from 'vitest'
import type * as Y from 'yjs'
import { bind } from '#client/live/binding.ts'
import type { MatrixView } from '#client/live/view.ts'
import { readTracker } from '#shared/document/tracker.ts'
import type { IssueId } from '#shared/ids.ts'
import { cellOf, type Tracker } from '#shared/tracker.ts'
import { Broken } from '#test/simulation/ledger.ts'
import { run } from '#test/simulation/run.ts'
import type { Screen, Watch } from '#test/simulation/tab.ts'

const SEEDS = 30
const PATIENCE = 120_000

/** A matrix as nested memos, as a screen is made: a row, a cell, a list is drawn anew only when it is woken. */
const drawn = (view: MatrixView): (() => string) => {
  const draw = (...read: readonly (() => unknown)[]): (() => string) =>
    createMemo(() => JSON.stringify(read.map(part => part())))
  const row = (issueId: IssueId): (() => string) => {
    const cells = mapArray(view.partyIds, partyId =>
      draw(
        () => view.cell(issueId, partyId),
        () => view.redLines(issueId, partyId),
      ),
    )
    return draw(
      () => view.issue(issueId),
      () => cells().map(cell => cell()),
    )
  }
  const rows = mapArray(view.issueIds, row)
  const columns = mapArray(view.partyIds, id => draw(() => view.party(id)))
  const baskets = mapArray(view.basketIds, id => draw(() => view.basket(id)))
  return draw(
    view.title,
    view.description,
    () => rows().map(row => row()),
    () => columns().map(column => column()),
    () => baskets().map(basket => basket()),
    view.claims,
    view.sources,
    view.restores,
  )
}

/** The same from plain data. */
const drawnFrom = (tracker: Tracker): string => {
  const text = (...parts: readonly unknown[]): string => JSON.stringify(parts)
  const linesOf = (issueId: string, partyId: string) =>
    tracker.redLines.filter(line => line.issueId === issueId && line.partyId === partyId)
  return text(
    tracker.title,
    tracker.description,
    tracker.issues.map(issue =>
      text(
        issue,
        tracker.parties.map(({ id }) => text(cellOf(tracker, issue.id, id), linesOf(issue.id, id))),
      ),
    ),
    tracker.parties.map(party => text(party)),
    tracker.baskets.map(basket => text(basket)),
    tracker.claims,
    tracker.sources,
    tracker.restores,
  )
}

const watchWith =
  (bindTo: (doc: Y.Doc) => MatrixView): Watch =>
  (doc, { name, ref }): Screen => {
    if (ref.kind !== 'matrix') return { check: () => undefined, dispose: () => undefined }
    const { dispose, screen } = createRoot(disposeRoot => {
      const view = bindTo(doc)
      return {
        screen: drawn(view),
        dispose: () => {
          view.dispose()
          disposeRoot()
        },
      }
    })
    let isFresh = true
    doc.on('afterTransaction', () => {
      isFresh = true
    })
    return {
      check: () => {
        if (!isFresh) return
        isFresh = false
        if (screen() !== drawnFrom(readTracker(doc)))
          throw new Broken(`${name}'s screen shows something else than its document holds`)
      },
      dispose,
    }
  }

describe('every screen shows its document after every step', () => {
  for (let first = 1; first <= SEEDS; first += 10)
    test(
      `seeds ${first} to ${first + 9}`,
      async () => {
        for (let seed = first; seed < first + 10; seed++)
          await run(seed, { watch: watchWith(bind) })
      },
      PATIENCE,
    )
})

test(
  'a planted bug is found: a cell that nothing wakes',
  async () => {
    const deaf = watchWith(doc => {
      const view = bind(doc)
      return { ...view, cell: (issueId, partyId) => untrack(() => view.cell(issueId, partyId)) }
    })
    await expect(run(1, { watch: deaf })).rejects.toThrow(/screen shows something else/)
  },
  PATIENCE,
)
