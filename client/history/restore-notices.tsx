/** Tells everybody present that something was restored, with a way to take it back. Drawn on the tracker's page. */
import { createEffect, createMemo, on } from 'solid-js'
import { wordsOf } from '#client/api.ts'
import { useNegotiation, type Negotiation } from '#client/live/negotiation.ts'
import { notify } from '#client/ui/toaster.tsx'
import type { Restore } from '#shared/tracker.ts'

export const RestoreNotices = () => {
  const negotiation = useNegotiation()
  const known = new Set<string>()
  const told = new Map<string, () => void>()
  const restores = createMemo(() =>
    negotiation.loaded() ? negotiation.view.restores() : undefined,
  )
  createEffect(
    on(restores, (all, before) => {
      for (const record of all ?? []) {
        if (before && !known.has(record.id)) {
          // What was taken back is no longer offered to be taken back.
          told.get(takenBackBy(record, all ?? [])?.id ?? '')?.()
          told.set(record.id, tell(negotiation, record, all ?? []))
        }
        known.add(record.id)
      }
    }),
  )
  return null
}

/** A restore from the safety snapshot of another one takes that one back. */
const takenBackBy = (record: Restore, all: readonly Restore[]): Restore | undefined =>
  all.find(({ safety }) => safety === record.from)

export const noticeOf = (record: Restore, all: readonly Restore[], me: string): string => {
  const who = (by: string): string => (by === me ? 'you' : by || 'somebody')
  const what = record.changes === 1 ? '1 change' : `${record.changes} changes`
  const back = takenBackBy(record, all)
  const deed = back
    ? `took back ${what} that ${who(back.by)} restored from “${back.fromLabel}”`
    : `restored ${what} from “${record.fromLabel}”`
  const by = who(record.by)
  return `${by[0]?.toUpperCase()}${by.slice(1)} ${deed}.`
}

/** Answers how to take the notice away. */
const tell = (negotiation: Negotiation, record: Restore, all: readonly Restore[]): (() => void) =>
  notify({
    text: noticeOf(record, all, negotiation.me.name),
    ...(negotiation.mayEdit() && {
      action: { label: 'Undo', run: () => void takeBack(negotiation, record) },
    }),
  })

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
