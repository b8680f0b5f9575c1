/** What a comparison draws over the matrix: which cells, rows and columns changed, and how. */
import { createMemo, createSignal, Show, untrack, type Accessor } from 'solid-js'
import { ChangedCell, type Placed } from '#client/history/changed-cell.tsx'
import type { Compared } from '#client/history/compared.ts'
import type { Detail } from '#shared/compare/detail.ts'
import { roughExcerpt } from '#client/history/excerpt.ts'
import { spotOf } from '#shared/compare/stops.ts'
import type { Walk } from '#client/history/walk.ts'
import type { Mark, Marks, Spot } from '#client/matrix/marks.ts'
import { cellKey } from '#shared/cells.ts'
import type { IssueId, PartyId } from '#shared/ids.ts'
import { NO_SCALE } from '#shared/issues.ts'
import { cellOf, type Tracker } from '#shared/tracker.ts'

export interface Marking {
  readonly marks: Marks
  /** The same without words: which places changed, over one of the two states as it is. */
  readonly outlines: Marks
  readonly showsUnchanged: Accessor<boolean>
  readonly showUnchanged: (shown: boolean) => void
}

const NO_MARKS: readonly Mark[] = []

export const createMarking = (
  compared: Accessor<Compared>,
  walk: Walk,
  isFiltered: Accessor<boolean> = () => false,
): Marking => {
  const [showsUnchanged, showUnchanged] = createSignal(false)
  const [unfolded, setUnfolded] = createSignal<ReadonlySet<IssueId>>(new Set())

  const changedRows = createMemo(() => {
    const { cells, issues } = compared().comparison
    return new Set<string>([...issues.map(({ id }) => id), ...cells.map(it => it.issueId)])
  })
  const marksAt = (address: string): readonly Mark[] => compared().marks[address] ?? NO_MARKS
  /** An added or removed row or column marks all of its cells. */
  const wholeMark = (address: string): Mark | undefined =>
    marksAt(address).find(({ kind }) => kind === 'added' || kind === 'removed')
  const detailsAt = (issueId: IssueId, partyId: PartyId): readonly Detail[] | undefined =>
    compared().details[`cell/${cellKey(issueId, partyId)}`]
  const keptPosition = (issueId: IssueId, partyId: PartyId): string => {
    const { after } = compared().comparison
    const changed = detailsAt(issueId, partyId)?.some(({ name }) => name === 'Position')
    return changed ? '' : cellOf(after, issueId, partyId).position
  }

  const overview = createMemo(() => {
    const rows = new Map<IssueId, Mark['kind']>()
    const columns = new Map<PartyId, Mark['kind']>()
    const { comparison } = compared()
    for (const { issueId, partyId } of comparison.cells) {
      rows.set(issueId, 'changed')
      columns.set(partyId, 'changed')
    }
    for (const { id, status } of comparison.issues) rows.set(id as IssueId, status)
    for (const { id, status } of comparison.parties) columns.set(id as PartyId, status)
    return { rows, columns }
  })

  const current = createMemo(
    (): Spot | undefined => {
      const stop = walk.current()
      return stop && spotOf(stop)
    },
    undefined,
    { equals: (a, b) => a?.issueId === b?.issueId && a?.partyId === b?.partyId },
  )

  const outlines: Marks = {
    cell: (issueId, partyId) =>
      marksAt(`cell/${cellKey(issueId, partyId)}`)[0] ??
      wholeMark(`issue/${issueId}`) ??
      wholeMark(`party/${partyId}`),
    row: issueId => marksAt(`issue/${issueId}`),
    column: partyId => marksAt(`party/${partyId}`),
    basket: basketId => marksAt(`basket/${basketId}`),
    current,
    overview,
    folded: issueId => !showsUnchanged() && !changedRows().has(issueId) && !unfolded().has(issueId),
    foldedWord: () => (isFiltered() ? 'not shown' : 'unchanged'),
    unfold: issueIds => setUnfolded(all => new Set([...all, ...issueIds])),
  }
  const marks: Marks = {
    ...outlines,
    // Untracked: the grid asks again when the mark comes or goes, and what is drawn follows by itself.
    renderCell: (issueId, partyId) =>
      untrack(() => detailsAt(issueId, partyId)) && (
        <Show when={detailsAt(issueId, partyId)}>
          {details => (
            <ChangedCell
              details={details()}
              before={placed(compared().comparison.before, issueId, partyId)}
              after={placed(compared().comparison.after, issueId, partyId)}
            />
          )}
        </Show>
      ),
    textOf: (issueId, partyId) =>
      detailsAt(issueId, partyId)
        ?.map(roughLine)
        .concat(keptPosition(issueId, partyId) || [])
        .join('\n'),
  }
  return { marks, outlines, showsUnchanged, showUnchanged }
}

/** About as wide as a stance's bar. */
const BAR = '▪▪▪▪▪▪'

const roughLine = ({ is, kind, name, was }: Detail): string => {
  if (kind === 'prose') return roughExcerpt(was, is)
  const before = kind === 'stance' ? BAR : name
  const after = kind === 'stance' ? BAR : ''
  return [was && `${before} ${was}`, is && `→ ${after} ${is}`].filter(Boolean).join(' ')
}

const placed = (tracker: Tracker, issueId: IssueId, partyId: PartyId): Placed => ({
  cell: cellOf(tracker, issueId, partyId),
  scale: tracker.issues.find(({ id }) => id === issueId)?.scale ?? NO_SCALE,
})
