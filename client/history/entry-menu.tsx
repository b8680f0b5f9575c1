/** What else can be done with a snapshot. */
import { wordsOf } from '#client/api.ts'
import type { SnapshotStore } from '#client/history/snapshots.ts'
import { download } from '#client/ui/download.ts'
import { Icon } from '#client/ui/icon.tsx'
import { MenuButton, type MenuEntry } from '#client/ui/menu.tsx'
import { notify } from '#client/ui/toaster.tsx'
import type { SnapshotEntry } from '#shared/api.ts'
import type { SnapshotId } from '#shared/ids.ts'

interface SnapshotMenuProps {
  readonly snapshot: SnapshotEntry
  readonly label: string
  readonly store: SnapshotStore
  /** My account's id. */
  readonly me: string
  readonly mayChange: boolean
  readonly restore: (id: SnapshotId) => void
  /** Opens a form in the row. */
  readonly write: (what: 'words' | 'sign-off') => void
  /** Does it, and has the list tell of it. */
  readonly told: (change: Promise<unknown>) => Promise<void>
}

export const SnapshotMenu = (props: SnapshotMenuProps) => (
  <MenuButton
    class="button quiet icon small"
    label={props.label}
    entries={() => [...(props.mayChange ? changingEntries(props) : []), ...fileEntries(props)]}
  >
    <Icon name="more" />
  </MenuButton>
)

const changingEntries = (props: SnapshotMenuProps): readonly MenuEntry[] => {
  const { me, restore, snapshot, store, told, write } = props
  const id = snapshot.id as SnapshotId
  const quietly = (change: Promise<unknown>): void =>
    void told(change).catch((error: unknown) => notify({ tone: 'warning', text: wordsOf(error) }))
  const isMine = snapshot.signOffs.some(({ by }) => by.id === me)
  return [
    { label: 'Restore…', run: () => restore(id) },
    null,
    { label: 'Edit words', run: () => write('words') },
    snapshot.pinned
      ? { label: 'Unpin', run: () => quietly(store.pin(id, false)) }
      : { label: 'Pin, to keep it for good', run: () => quietly(store.pin(id, true)) },
    isMine
      ? { label: 'Take back my sign-off', run: () => quietly(store.unsign(id)) }
      : { label: 'Sign off…', run: () => write('sign-off') },
    null,
  ]
}

const fileEntries = ({ snapshot, store }: SnapshotMenuProps): readonly MenuEntry[] => {
  const id = snapshot.id as SnapshotId
  return [
    { label: 'Download as JSON', run: () => download(store.file(id, 'json')) },
    { label: 'Download the matrix as CSV', run: () => download(store.file(id, 'csv')) },
  ]
}
