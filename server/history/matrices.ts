/** The matrix documents, for whoever is not a connection: what is read of one is on disk, and so is what was edited. */
import type * as Y from 'yjs'
import type { Clock } from '#server/live/clock.ts'
import type { Rooms } from '#server/live/rooms.ts'
import { parseDocumentName } from '#shared/access.ts'
import { LAYOUT, layoutOf } from '#shared/document/layout.ts'
import type { AccountId, TrackerId } from '#shared/ids.ts'

export interface Matrices {
  /** Looks at the document as it is now; answers once all of that is on disk, up to the entry `seq`. */
  readonly read: <Value>(
    id: TrackerId,
    look: (doc: Y.Doc) => Value,
  ) => Promise<{ readonly value: Value; readonly seq: number }>
  /** Edits in an account's name; answers the number of the edit's last entry once that is on disk. */
  readonly edit: (id: TrackerId, by: AccountId, change: (doc: Y.Doc) => void) => Promise<number>
}

/** The disk refuses, for longer than somebody who asked should wait. What was edited is kept and tried again. */
export class NotStored extends Error {}

/** The document was made by a newer version of Parley, which knows what an edit of ours would break. */
export class NewerLayout extends Error {}

const PATIENCE = 10_000

export const matricesIn = (rooms: Rooms, clock: Clock): Matrices => {
  const open = (id: TrackerId) => {
    const ref = parseDocumentName(id)
    if (!ref) throw new Error(`${id} names no document`)
    return rooms.open(ref)
  }
  return {
    read: async (id, look) => {
      const room = await open(id)
      // First the number, then the look, in one turn: the number is that of the state that was looked at.
      const durable = room.whenDurable()
      const value = look(room.doc)
      return { value, seq: await inTime(clock, durable) }
    },
    edit: async (id, by, change) => {
      const room = await open(id)
      if (layoutOf(room.doc) > LAYOUT) throw new NewerLayout(`${id} has a newer layout`)
      return inTime(clock, room.edit(by, change))
    },
  }
}

const inTime = <Value>(clock: Clock, stored: Promise<Value>): Promise<Value> =>
  new Promise((resolve, reject) => {
    const callOff = clock.after(PATIENCE, () =>
      reject(new NotStored('The disk has refused what is to be stored for too long')),
    )
    stored.then(resolve, reject).finally(callOff)
  })
