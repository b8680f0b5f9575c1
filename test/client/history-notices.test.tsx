/** What is told of restores to those who are present. */
import { render } from '@solidjs/testing-library'
import { expect, test } from 'vitest'
import { RestoreNotices } from '#client/history/restore-notices.tsx'
import { createLocalNegotiation } from '#client/live/local.ts'
import { NegotiationContext } from '#client/live/negotiation.ts'
import { Toaster } from '#client/ui/toaster.tsx'
import { restoreRecords } from '#shared/document/restores.ts'
import type { RestoreId, SnapshotId } from '#shared/ids.ts'
import { talks } from '#test/client/history-states.ts'

test('a restore that was taken back is no longer offered to be taken back', () => {
  const doc = talks()
  const negotiation = createLocalNegotiation(doc)
  const screen = render(() => (
    <NegotiationContext.Provider value={negotiation}>
      <RestoreNotices />
      <Toaster />
    </NegotiationContext.Provider>
  ))
  const restored = {
    from: 's1' as SnapshotId,
    fromLabel: 'Before the round',
    safety: 's2' as SnapshotId,
    by: 'Leyla',
    at: 0,
    changes: 1,
  }
  restoreRecords.put(doc, 'r1' as RestoreId, restored)
  expect(screen.getByText('Leyla restored 1 change from “Before the round”.')).toBeTruthy()
  restoreRecords.put(doc, 'r2' as RestoreId, {
    ...restored,
    from: restored.safety,
    safety: 's3' as SnapshotId,
    by: 'Omar',
  })
  expect(screen.getByText(/^Omar took back 1 change that Leyla restored/)).toBeTruthy()
  expect(screen.getAllByRole('button', { name: 'Undo' })).toHaveLength(1)
  negotiation.dispose()
})
