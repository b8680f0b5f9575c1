/** Property: what honest people do, in any order and offline as long as they like, is let in and converges. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { readTracker } from '#shared/document/tracker.ts'
import type { AccountId } from '#shared/ids.ts'
import { guard, type Guarded } from '#server/live/guard.ts'
import { LIMITS } from '#server/live/limits.ts'
import { givenDice } from '#test/simulation/dice.ts'
import { ADA_CLIENT, docOf, trackerState } from '#test/server/guard-world.ts'
import { editByChance } from '#test/simulation/edits.ts'

const USER = 'user'

interface HonestTab {
  readonly account: AccountId
  readonly doc: Y.Doc
  readonly undo: Y.UndoManager
  readonly unsent: Uint8Array[]
  online: boolean
}

const step = fc.record({
  tab: fc.nat(2),
  what: fc.nat(15),
  dice: fc.array(fc.nat(), { minLength: 1, maxLength: 12 }),
})

test('every edit of honest tabs is let in, undo and offline included, and all end with the same tracker', () => {
  const state = trackerState()
  let letIn = 0
  fc.assert(
    fc.property(fc.array(step, { minLength: 30, maxLength: 120, size: 'max' }), steps => {
      const clients = new Map([[ADA_CLIENT, 'ada' as AccountId]])
      const server: Guarded = { doc: docOf(1, state), kind: 'matrix', clients, limits: LIMITS }
      const tabs = ['ada', 'bo', 'cy'].map((name, nth): HonestTab => {
        const doc = docOf(10 + nth, state)
        const undo = new Y.UndoManager(doc, { trackedOrigins: new Set([USER]), captureTimeout: 0 })
        const tab: HonestTab = { account: name as AccountId, doc, undo, unsent: [], online: true }
        doc.on('update', (update: Uint8Array, origin: unknown) => {
          if (origin !== server) tab.unsent.push(update)
        })
        return tab
      })
      const send = (tab: HonestTab, bytes: Uint8Array): void => {
        const verdict = guard(server, tab.account, bytes)
        expect(verdict.is === 'refused' ? verdict.why : verdict.is).toMatch(/^(accepted|nothing)$/)
        if (verdict.is !== 'accepted') return
        letIn++
        for (const client of verdict.clients) clients.set(client, tab.account)
        Y.applyUpdate(server.doc, verdict.update)
        expect(server.doc.store.pendingStructs ?? server.doc.store.pendingDs).toBeNull()
      }
      const read = (tab: HonestTab): void =>
        Y.applyUpdate(
          tab.doc,
          Y.encodeStateAsUpdate(server.doc, Y.encodeStateVector(tab.doc)),
          server,
        )
      const reconnect = (tab: HonestTab): void => {
        tab.online = true
        tab.unsent.length = 0
        send(tab, Y.encodeStateAsUpdate(tab.doc, Y.encodeStateVector(server.doc)))
        read(tab)
      }
      for (const { dice, tab: which, what } of steps) {
        const tab = tabs[which]
        if (!tab) continue
        if (what < 9) editByChance(tab.doc, givenDice(dice), USER)
        else if (what === 9) tab.undo.undo()
        else if (what === 10) tab.undo.redo()
        else if (what === 11) tab.online = false
        else if (what === 12) reconnect(tab)
        else if (what === 13 && tab.online) read(tab)
        else if (tab.online) for (const update of tab.unsent.splice(0)) send(tab, update)
      }
      for (let round = 0; round < 2; round++) for (const tab of tabs) reconnect(tab)
      const truth = readTracker(server.doc)
      for (const { doc } of tabs) expect(readTracker(doc)).toEqual(truth)
      const reopened = new Y.Doc()
      Y.applyUpdate(reopened, Y.encodeStateAsUpdate(server.doc))
      expect(readTracker(reopened)).toEqual(truth)
    }),
    { numRuns: 120, seed: 20_261_122 },
  )
  expect(letIn).toBeGreaterThan(1_000)
})
