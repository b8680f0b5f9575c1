/** All that ever happened to one cell, newest first; the cell is the selected one, of the present or of the past. */
import { createEffect, createMemo, For, Match, on, Show, Switch, type Accessor } from 'solid-js'
import { wordsOf } from '#client/api.ts'
import { createAsking } from '#client/history/asking.ts'
import { createMovementList, soon } from '#client/history/movements/list.ts'
import { MovementEntry } from '#client/history/movements/movement-entry.tsx'
import { restoreValue } from '#client/history/movements/restore-value.ts'
import { createSaid } from '#client/history/movements/said.ts'
import { tellMovements, type Told } from '#client/history/movements/told.ts'
import { Questions } from '#client/history/questions.tsx'
import { sharing } from '#client/history/sharing.ts'
import { snapshotStore } from '#client/history/snapshots.ts'
import { whenSaved } from '#client/history/when-saved.ts'
import { useNegotiation } from '#client/live/negotiation.ts'
import type { MatrixView } from '#client/live/view.ts'
import { notify } from '#client/ui/toaster.tsx'
import { may } from '#shared/access.ts'
import type { ApiMovement } from '#shared/api.ts'
import type { IssueId, PartyId } from '#shared/ids.ts'
import type { MovementKey } from '#shared/movements.ts'
import '#client/history/history.css'
import '#client/history/movements/movements.css'

export interface CellRef {
  readonly issueId: IssueId
  readonly partyId: PartyId
}

export interface CellMovementsProps {
  readonly cell: CellRef
  /** What the matrix shows: it may know a row or a column that is gone now. */
  readonly view: MatrixView
}

export default function CellMovements(props: CellMovementsProps) {
  const negotiation = useNegotiation()
  const { trackerId, view } = negotiation
  const store = snapshotStore(trackerId)
  const said = createSaid(negotiation)
  const mayRestore = (): boolean => negotiation.mayEdit() && may(negotiation.role(), 'snapshot')

  const asking = createAsking(negotiation)
  const list = createMovementList(trackerId, () => ({
    issue: props.cell.issueId,
    party: props.cell.partyId,
  }))
  const standing = createMemo(() => ({
    cell: view.cell(props.cell.issueId, props.cell.partyId),
    redLines: view.redLines(props.cell.issueId, props.cell.partyId),
  }))
  followCell(standing, async () => {
    await whenSaved(negotiation).catch(() => undefined)
    list.again()
  })
  const told = createMemo<ReadonlyMap<MovementKey, Told> | undefined>(before => {
    const latest = list.latest()
    if (!latest) return undefined
    const issue = view.issue(props.cell.issueId) ?? props.view.issue(props.cell.issueId)
    const all = tellMovements(latest.movements, standing(), { issue, claim: view.claim })
    return new Map(all.map(one => [one.key, sharing(before?.get(one.key) ?? one, one)]))
  })
  const keys = createMemo<readonly MovementKey[]>(
    before => sharing(before, [...(told()?.keys() ?? [])]),
    [],
  )

  const restore = async (movement: ApiMovement): Promise<void> => {
    try {
      if ((await restoreValue(negotiation, store, movement)) === 0)
        notify({ text: 'Nothing to restore: the cell says the same already.' })
    } catch (error) {
      notify({ tone: 'warning', text: wordsOf(error) })
    }
  }
  /** Who wrote what a restore has brought back. */
  const creditOf = ({ restore }: ApiMovement): string | undefined => {
    const note = restore && view.restores().find(({ id }) => id === restore)
    if (!note || note.moment === 0) return undefined
    const author = list
      .latest()
      ?.movements.find(it => it.lastSeq <= note.moment && it.restore === null)
    return author?.account.name
  }

  return (
    <>
      <Questions asking={asking} about={`cell/${props.cell.issueId}/${props.cell.partyId}`} />
      <Switch fallback={<p class="history-loading">Looking up what happened here …</p>}>
        <Match when={list.failed() && !told()}>
          <div class="history-empty" role="alert">
            <p>{wordsOf(list.failed())}</p>
            <button type="button" class="button" onClick={list.again}>
              Try again
            </button>
          </div>
        </Match>
        <Match when={told()?.size === 0}>
          <p class="history-empty" role="status">
            Nobody has changed this cell yet. From the first word on, every change will be told
            here, with who made it and why.
          </p>
        </Match>
        <Match when={told()}>
          <p class="unseen" role="status">
            {countOf(keys().length, list.latest()?.hasMore === true)}
          </p>
          <ol class="movements">
            <For each={keys()}>
              {key => (
                <Show when={told()?.get(key)}>
                  {one => (
                    <MovementEntry
                      told={one()}
                      credit={creditOf(one().movement)}
                      said={said}
                      pasts={store.pasts}
                      onRestore={mayRestore() ? () => restore(one().movement) : undefined}
                    />
                  )}
                </Show>
              )}
            </For>
          </ol>
          <Show when={list.latest()?.hasMore}>
            <button type="button" class="button small movements-more" onClick={list.more}>
              Show earlier changes
            </button>
          </Show>
        </Match>
      </Switch>
    </>
  )
}

const countOf = (many: number, hasMore: boolean): string =>
  many === 1 && !hasMore ? '1 change' : `${many} changes${hasMore ? ' and more' : ''}`

/** Asks again a moment after the cell has changed. */
const followCell = (standing: Accessor<unknown>, ask: () => Promise<void>): void => {
  const askSoon = soon(() => void ask())
  createEffect(on(standing, askSoon, { defer: true }))
}
