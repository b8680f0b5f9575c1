/** The heavy work of a redaction, in a thread of its own: a whole journal is read, and edits must not wait for that. */
import { gunzipSync, gzipSync } from 'node:zlib'
import * as Y from 'yjs'
import { Blanker, type Blanks } from '#shared/history/redact/blanks.ts'
import type { Subject } from '#shared/compartments.ts'
import type { CutText } from '#shared/history/redact/excerpts.ts'
import { findInJournal, findInState, type Findings } from '#shared/history/redact/find.ts'
import { takenFromJournal, takenFromState } from '#shared/history/redact/taken.ts'
import type { Checkpoint, Rewriting } from '#server/store/store.ts'
import { openThread } from '#server/thread.ts'

/** A journal in which to look for a text. */
export interface Search {
  readonly do: 'find'
  readonly updates: readonly Uint8Array[]
  readonly text: string
  /** Texts of sources that hold it. */
  readonly texts: readonly CutText[]
}

/** A journal out of which something is taken into a compartment. */
export interface Taking {
  readonly do: 'take'
  readonly updates: readonly Uint8Array[]
  readonly subject: Subject
}

/** A journal in which to blank what was found. */
export interface Blanking {
  readonly do: 'blank'
  /** From the first entry on. */
  readonly updates: readonly Uint8Array[]
  readonly checkpoint: Checkpoint | null
  readonly blanks: Blanks
}

/** A snapshot's state, a Yjs update V2 in gzip, to be blanked, and searched where there is a text. */
export interface Shot {
  readonly do: 'snapshot'
  readonly state: Uint8Array
  readonly blanks: readonly Blanks[]
  readonly text: string | null
  readonly texts: readonly CutText[]
  /** What is taken out of it, where something is. */
  readonly subject?: Subject
}

export interface BlankedShot {
  /** What is blanked in it; of an imported snapshot the journal knows nothing. */
  readonly blanks: Blanks
  /** Null where nothing of it changes. */
  readonly state: Uint8Array | null
}

type Call = Search | Taking | Blanking | Shot
type Answer = Findings | Blanks | Rewriting | BlankedShot

export interface Redacting {
  readonly find: (call: Omit<Search, 'do'>) => Promise<Findings>
  readonly take: (call: Omit<Taking, 'do'>) => Promise<Blanks>
  readonly blank: (call: Omit<Blanking, 'do'>) => Promise<Rewriting>
  readonly snapshot: (call: Omit<Shot, 'do'>) => Promise<BlankedShot>
  readonly close: () => Promise<void>
}

export const openRedacting = (): Redacting => {
  const thread = openThread<Call, Answer>(new URL('redact-worker.ts', import.meta.url))
  return {
    find: call => thread.call({ do: 'find', ...call }) as Promise<Findings>,
    take: call => thread.call({ do: 'take', ...call }) as Promise<Blanks>,
    blank: call => thread.call({ do: 'blank', ...call }) as Promise<Rewriting>,
    snapshot: call => thread.call({ do: 'snapshot', ...call }) as Promise<BlankedShot>,
    close: thread.close,
  }
}

export const answer = (call: Call): Answer => {
  switch (call.do) {
    case 'find':
      return findInJournal(call.updates, call.text, call.texts)
    case 'take':
      return takenFromJournal(call.updates, call.subject)
    case 'blank':
      return blank(call)
    case 'snapshot':
      return blankShot(call)
  }
}

/** The journal is the truth: what takes its place is compared with it before anybody writes it. */
const blank = ({ blanks, checkpoint, updates }: Blanking): Rewriting => {
  const blanker = new Blanker(blanks)
  const changed = new Map<number, Uint8Array>()
  for (const [index, update] of updates.entries()) {
    const after = blanker.update(update)
    if (after === update) continue
    assertSameShape(update, after)
    changed.set(index + 1, after)
  }
  if (!checkpoint) return { updates: changed, checkpoint }
  const state = blanker.update(checkpoint.state)
  if (state !== checkpoint.state) assertSameShape(checkpoint.state, state)
  return { updates: changed, checkpoint: { ...checkpoint, state } }
}

const blankShot = ({ blanks, state, subject, text, texts }: Shot): BlankedShot => {
  const before = new Uint8Array(gunzipSync(state))
  let after: Uint8Array = before
  for (const some of blanks) after = new Blanker(some).updateV2(after)
  const own = [
    ...(text === null ? [] : findInState(after, text, texts).blanks),
    ...(subject ? takenFromState(after, subject) : []),
  ]
  after = new Blanker(own).updateV2(after)
  return { blanks: own, state: after === before ? null : new Uint8Array(gzipSync(after)) }
}

const shapeOf = (update: Uint8Array): string => {
  const { ds, structs } = Y.decodeUpdate(update)
  return JSON.stringify([
    structs.map(({ id, length }) => [id.client, id.clock, length]),
    [...ds.clients],
  ])
}

const assertSameShape = (before: Uint8Array, after: Uint8Array): void => {
  if (shapeOf(before) !== shapeOf(after)) throw new Error('A rewritten update is not what it was')
}
