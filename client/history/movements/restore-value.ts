/** Bringing back what a cell said after one of its movements: a restore of that cell alone, from that very entry. */
import { createRoot } from 'solid-js'
import { Refused } from '#client/api.ts'
import { createMoments } from '#client/history/moments/moments.ts'
import { runRestore } from '#client/history/restore-run.ts'
import type { SnapshotStore } from '#client/history/snapshots.ts'
import type { Negotiation } from '#client/live/negotiation.ts'
import { minuteOf } from '#client/ui/when.ts'
import { cellKey } from '#shared/cells.ts'
import type { ApiMovement } from '#shared/api.ts'
import type { IssueId, PartyId } from '#shared/ids.ts'
import { timeRef } from '#shared/moments.ts'

/** How many things came back: 1, or 0 where the cell says the same already. */
export const restoreValue = (
  negotiation: Negotiation,
  store: Pick<SnapshotStore, 'saveSafety'>,
  { issueId, lastAt, lastSeq, partyId }: ApiMovement,
): Promise<number> =>
  createRoot(async dispose => {
    // Several entries may have one time: the history itself knows them apart, and every character by its identity.
    const moments = createMoments(negotiation.trackerId)
    try {
      await moments.read()
      const reading = moments.reading()
      if (reading.at === 'failed') throw new Refused(0, 'no_history', reading.message)
      return await runRestore(negotiation, store, {
        from: timeRef(lastAt),
        fromLabel: minuteOf(lastAt),
        moment: lastSeq,
        past: await moments.ask('tracker', lastSeq),
        addresses: [`cell/${cellKey(issueId as IssueId, partyId as PartyId)}`],
        partsOf: (seq, names) => moments.ask('parts', { seq, names }),
      })
    } finally {
      dispose()
    }
  })
