/** Notes in the document that somebody brought something back. */
import { count, moment, word, words } from '#shared/document/field.ts'
import { recordKind } from '#shared/document/record.ts'
import type { RestoreId, SnapshotId } from '#shared/ids.ts'
import type { MomentRef } from '#shared/moments.ts'
import type { Restore } from '#shared/tracker.ts'

export const restoreRecords = recordKind<RestoreId, Omit<Restore, 'id'>>('restores', {
  from: word<MomentRef>(),
  fromLabel: words,
  moment: count,
  safety: word<SnapshotId>(),
  by: words,
  at: moment,
  changes: count,
})
