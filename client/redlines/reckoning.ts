/**
 * What rows and cells say of collisions and open questions. What reckons and draws it comes once the matrix can be read:
 * it is no part of the first load.
 */
import { createMemo, createSignal, onMount, type Accessor } from 'solid-js'
import type { MatrixView } from '#client/live/view.ts'
import type * as Notes from '#client/redlines/notes.tsx'
import { persist, whenIdle } from '#client/ui/late.ts'
import type { IssueId } from '#shared/ids.ts'

type Reckoning = typeof Notes

const [reckoning, setReckoning] = createSignal<Reckoning>()
/** Undefined until it has come. */
export { reckoning }

let loading: Promise<void> | undefined
export const loadReckoning = (): Promise<void> =>
  (loading ??= persist(() => import('#client/redlines/notes.tsx')).then(
    part => void setReckoning(() => part),
  ))

/** Of a row: the same object for as long as it says the same. */
export const createRowNotes = (
  view: Accessor<MatrixView>,
  issueId: Accessor<IssueId>,
  isLive: Accessor<boolean>,
): Accessor<Notes.RowNotes | undefined> => {
  onMount(() => {
    if (!loading) whenIdle(() => void loadReckoning())
  })
  return createMemo(() => reckoning()?.notesOn(view(), issueId(), isLive()), undefined, {
    equals: sameNotes,
  })
}

/** By what they say: nearly all are undefined. */
export const sameNotes = (a: unknown, b: unknown): boolean =>
  a === b || (a !== undefined && b !== undefined && JSON.stringify(a) === JSON.stringify(b))
