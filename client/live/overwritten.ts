/** Tells when somebody else's choice replaces mine within moments: a choice is last-writer, and nobody is left wondering. */
import type { Awareness } from 'y-protocols/awareness'
import type * as Y from 'yjs'
import type { Overwritten } from '#client/live/negotiation.ts'
import { issueRecords } from '#shared/document/issues.ts'
import { cellsMap, parseCellKey, recordsMap } from '#shared/document/layout.ts'
import { partyRecords } from '#shared/document/parties.ts'
import type { PresenceState, PresentAccount } from '#shared/presence.ts'

/** For how long after a choice of mine I want to hear of it. */
const MOMENTS = 10_000

export const watchOverwritten = (doc: Y.Doc, awareness: Awareness, me: PresentAccount) => {
  const listeners = new Set<(event: Overwritten) => void>()
  const chosen = new Map<string, { readonly value: unknown; readonly at: number }>()
  const cells = cellsMap(doc)
  const restores = recordsMap(doc, 'restores')

  const writerOf = (key: string): PresentAccount | undefined => {
    const item = cells._map.get(key)
    // Who deleted it is written nowhere; the item itself is mine.
    const state = item && !item.deleted ? awareness.getStates().get(item.id.client) : undefined
    return (state as PresenceState | undefined)?.account
  }

  const look = (key: string, local: boolean): void => {
    const entry = parseCellKey(key)
    if (!entry || !('field' in entry)) return
    if (local) {
      chosen.set(key, { value: cells.get(key), at: Date.now() })
      return
    }
    const mine = chosen.get(key)
    const theirs = cells.get(key)
    if (!mine || mine.value === theirs) return
    chosen.delete(key)
    // Who removes a row or a column has not chosen anything in its cells.
    if (!issueRecords.has(doc, entry.issueId) || !partyRecords.has(doc, entry.partyId)) return
    const by = writerOf(key)
    if (Date.now() - mine.at > MOMENTS || by?.id === me.id) return
    const { issueId, partyId, field } = entry
    const event = { issueId, partyId, field, mine: mine.value, theirs, by: by?.name ?? 'Somebody' }
    for (const tell of listeners) tell(event)
  }

  const onChange = (event: Y.YMapEvent<unknown>, transaction: Y.Transaction): void => {
    const keys = event.keysChanged as ReadonlySet<string>
    // A restore is told as one thing, not choice by choice.
    if (!transaction.local && transaction.changed.has(restores as never))
      for (const key of keys) chosen.delete(key)
    else for (const key of keys) look(key, transaction.local)
  }
  cells.observe(onChange)

  return {
    listen: (tell: (event: Overwritten) => void): (() => void) => {
      listeners.add(tell)
      return () => listeners.delete(tell)
    },
    dispose: () => cells.unobserve(onChange),
  }
}
