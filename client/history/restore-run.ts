/** Doing a restore, and taking one back: a safety snapshot, then one forward edit of mine. */
import type { SnapshotStore } from '#client/history/snapshots.ts'
import type { Negotiation } from '#client/live/negotiation.ts'
import { compare } from '#shared/compare/compare.ts'
import { restoreRecords } from '#shared/document/restores.ts'
import { restorable, restore, textsIn, type RestoreAddress } from '#shared/history/restore.ts'
import type { TextParts } from '#shared/history/restore-text.ts'
import { newId, type RestoreId, type SnapshotId } from '#shared/ids.ts'
import type { MomentRef } from '#shared/moments.ts'
import type { Restore, Tracker } from '#shared/tracker.ts'

interface Wanted {
  readonly from: MomentRef
  readonly fromLabel: string
  /** Its number in the journal; undefined where it is older than that, as an imported snapshot. */
  readonly moment: number | undefined
  readonly past: Tracker
  readonly addresses: readonly RestoreAddress[]
  /** Of texts that are to be brought back, the characters; where it is missing they come back by their words. */
  readonly partsOf?: PartsOf
}

export type PartsOf = (moment: number, names: readonly string[]) => Promise<TextParts>

/** My own restores, by the step of undo that they are. */
const steps = new Map<RestoreId, unknown>()

/** How many of the wanted things came back; 0 where all of them were equal already, and nothing was done. */
export const runRestore = async (
  negotiation: Negotiation,
  store: Pick<SnapshotStore, 'saveSafety'>,
  wanted: Wanted,
): Promise<number> => {
  const differing = (): readonly RestoreAddress[] => {
    const differs = new Set(restorable(compare(wanted.past, negotiation.view.common())))
    return wanted.addresses.filter(address => differs.has(address))
  }
  if (differing().length === 0) return 0
  await negotiation.whenSaved()
  const safety = await store.saveSafety()
  const texts = await partsFor(wanted)
  const addresses = differing()
  if (addresses.length === 0) return 0
  const id = newId<RestoreId>()
  const record: Omit<Restore, 'id'> = {
    from: wanted.from,
    fromLabel: wanted.fromLabel,
    moment: wanted.moment ?? 0,
    safety: safety.id as SnapshotId,
    by: negotiation.me.name,
    at: Date.now(),
    changes: addresses.length,
  }
  const done = negotiation.act(`restore ${counted(addresses.length)}`, doc => {
    restore(doc, wanted.past, addresses, texts)
    restoreRecords.put(doc, id, record)
  })
  if (!done) return 0
  steps.set(id, negotiation.undoManager.undoStack.at(-1))
  return addresses.length
}

/** The history may fail to be read: the words bring a text back as well. */
const partsFor = async ({ addresses, moment, partsOf, past }: Wanted): Promise<TextParts> => {
  if (!moment || !partsOf) return new Map()
  try {
    return await partsOf(moment, textsIn(past, addresses))
  } catch {
    return new Map()
  }
}

/** "3 changes" */
export const counted = (changes: number): string =>
  changes === 1 ? '1 change' : `${changes} changes`

/**
 * What a restore brought back and nobody has touched since: it stands as the restore left it, and differs from
 * what was there before.
 */
export const stillStanding = (
  from: Tracker,
  safety: Tracker,
  now: Tracker,
): readonly RestoreAddress[] => {
  const touchedSince = new Set(restorable(compare(from, now)))
  return restorable(compare(safety, now)).filter(address => !touchedSince.has(address))
}

/**
 * Takes a restore back, by whoever it was. The last thing that I did is undone as such; else what still stands of
 * it is restored from its safety snapshot, which is a restore of its own: everybody is told again.
 */
export const undoRestore = async (
  negotiation: Negotiation,
  store: Pick<SnapshotStore, 'saveSafety' | 'pasts'>,
  record: Restore,
): Promise<number> => {
  const step = steps.get(record.id)
  if (step !== undefined && step === negotiation.undoManager.undoStack.at(-1)) {
    negotiation.undo()
    return record.changes
  }
  if (!negotiation.view.restores().some(({ id }) => id === record.id)) return 0
  const [from, safety] = await Promise.all([
    store.pasts.open(record.from),
    store.pasts.open(record.safety),
  ])
  return runRestore(negotiation, store, {
    from: record.safety,
    moment: undefined,
    fromLabel: `before the restore of ${record.by}`,
    past: safety,
    addresses: stillStanding(from, safety, negotiation.view.common()),
  })
}
