/** Tells everybody present that something was restored, with a way to take it back. Drawn on the tracker's page. */
import { createEffect, createMemo, on } from 'solid-js'
import { wordsOf } from '#client/api.ts'
import { useNegotiation, type Negotiation } from '#client/live/negotiation.ts'
import { notify } from '#client/ui/toaster.tsx'
import type { Restore } from '#shared/tracker.ts'

export const RestoreNotices = () => {
  const negotiation = useNegotiation()
  const known = new Set<string>()
  const restores = createMemo(() =>
    negotiation.loaded() ? negotiation.view.restores() : undefined,
  )
  createEffect(
    on(restores, (all, before) => {
      for (const record of all ?? []) {
        if (before && !known.has(record.id)) tell(negotiation, record)
        known.add(record.id)
      }
    }),
  )
  return null
}

const tell = (negotiation: Negotiation, record: Restore): void => {
  const who = record.by === negotiation.me.name ? 'You' : record.by || 'Somebody'
  const what = record.changes === 1 ? '1 change' : `${record.changes} changes`
  notify({
    text: `${who} restored ${what} from “${record.fromLabel}”.`,
    ...(negotiation.mayEdit() && {
      action: { label: 'Undo', run: () => void takeBack(negotiation, record) },
    }),
  })
}

const takeBack = async (negotiation: Negotiation, record: Restore): Promise<void> => {
  try {
    const [{ undoRestore }, { snapshotStore }] = await Promise.all([
      import('#client/history/restore-run.ts'),
      import('#client/history/snapshots.ts'),
    ])
    const store = snapshotStore(negotiation.trackerId)
    if ((await undoRestore(negotiation, store, record)) === 0)
      notify({ text: 'Nothing to undo: all of it has been changed since, or taken back already.' })
  } catch (error) {
    notify({ tone: 'warning', text: wordsOf(error) })
  }
}
