/** Before a restore: what it would change, thing by thing, and what to leave out. */
import { createMemo, createSignal, Match, Show, Switch, type Accessor } from 'solid-js'
import { wordsOf } from '#client/api.ts'
import { createAsked } from '#client/history/asked.ts'
import { RestorePreview } from '#client/history/restore-preview.tsx'
import {
  choose,
  chosenItems,
  planRestore,
  type Choices,
  type Only,
  type Typist,
} from '#client/history/restore-plan.ts'
import { counted, runRestore, type PartsOf } from '#client/history/restore-run.ts'
import { labelOf } from '#client/history/sessions.ts'
import { sharing } from '#client/history/sharing.ts'
import type { History } from '#client/history/snapshots.ts'
import { exactly, minuteOf } from '#client/ui/when.ts'
import { useNegotiation } from '#client/live/negotiation.ts'
import { Dialog } from '#client/ui/dialog.tsx'
import { notify } from '#client/ui/toaster.tsx'
import type { RestoreAddress } from '#shared/history/restore.ts'
import type { SnapshotId } from '#shared/ids.ts'
import { timeIn, type MomentRef } from '#shared/moments.ts'
import type { Tracker } from '#shared/tracker.ts'

interface RestoreDialogProps {
  readonly history: History
  readonly from: MomentRef
  /** What is offered; undefined for everything. */
  readonly only: Only | undefined
  readonly now: Accessor<Tracker>
  /** The number of a moment in the journal; undefined where it is older than that. */
  readonly momentOf: (ref: MomentRef) => number | undefined
  readonly partsOf: PartsOf
  readonly onClose: () => void
  readonly onRestored: () => void
}

export const RestoreDialog = (props: RestoreDialogProps) => {
  const negotiation = useNegotiation()
  const { history } = props
  const entry = () => history.entry(props.from)
  const label = (): string => {
    const [is, at] = [entry(), timeIn(props.from)]
    if (at !== undefined) return minuteOf(at)
    return is ? labelOf(is) : 'a past moment'
  }
  const open = (ref: MomentRef) => history.store.pasts.open(ref)
  const then = createAsked(() => props.from, open)
  const successor = createAsked(
    () => history.successor(props.from)?.id as SnapshotId | undefined,
    open,
  )
  const typists = (): readonly Typist[] =>
    negotiation
      .people()
      .flatMap(({ account, isMe, place }) =>
        !isMe && place?.editing
          ? [{ name: account.name, issueId: place.issueId, partyId: place.partyId }]
          : [],
      )

  const items = createMemo<ReturnType<typeof planRestore> | undefined>(before => {
    const past = then.latest()
    if (!past) return undefined
    const plan = planRestore({
      past,
      now: props.now(),
      successor: successor.latest(),
      typists: typists(),
      only: props.only,
    })
    return before ? sharing(before, plan) : plan
  })
  const [choices, setChoices] = createSignal<Choices>(new Map())
  const chosen = createMemo(
    () => new Set(chosenItems(items() ?? [], choices()).map(it => it.address)),
  )
  const onChoose = (addresses: readonly RestoreAddress[], wanted: boolean): void => {
    setChoices(now => choose(items() ?? [], now, addresses, wanted))
  }

  const [busy, setBusy] = createSignal(false)
  const [fault, setFault] = createSignal('')
  const run = async (): Promise<void> => {
    const past = then.latest()
    if (!past || busy()) return
    setBusy(true)
    setFault('')
    try {
      const many = await runRestore(negotiation, history.store, {
        from: props.from,
        fromLabel: label(),
        moment: props.momentOf(props.from),
        partsOf: props.partsOf,
        past,
        addresses: [...chosen()],
      })
      if (many === 0) notify({ text: 'Nothing to restore: all of it is equal already.' })
      props.onRestored()
    } catch (error) {
      setFault(wordsOf(error))
      setBusy(false)
    }
  }

  return (
    <Dialog open wide title={`Restore from “${label()}”`} onClose={() => props.onClose()}>
      <div class="restore">
        <Show when={timeIn(props.from) ?? entry()?.at}>
          {at => (
            <p class="restore-words">
              As it was on {exactly(at())}. A snapshot of the present is taken first; people,
              discussions and later claims stay as they are.
            </p>
          )}
        </Show>
        <Switch fallback={<p aria-busy="true">Comparing with now …</p>}>
          <Match when={then.failed()}>
            <p class="history-fault" role="alert">
              {wordsOf(then.failed())}
            </p>
          </Match>
          <Match when={items()?.length === 0}>
            <p role="status">
              Nothing to restore: {props.only ? 'what you chose' : 'the matrix'} is as it was then
              already.
            </p>
          </Match>
          <Match when={items()}>
            {plan => <RestorePreview items={plan()} chosen={chosen()} onChoose={onChoose} />}
          </Match>
        </Switch>
        <Show when={fault()}>
          <p class="history-fault" role="alert">
            {fault()}
          </p>
        </Show>
        <div class="dialog-foot">
          <Show when={busy()}>
            <span class="history-busy" role="status">
              Waiting until everything is saved …
            </span>
          </Show>
          <button type="button" class="button" onClick={() => props.onClose()}>
            Cancel
          </button>
          <button
            type="button"
            class="button primary"
            disabled={busy() || chosen().size === 0}
            onClick={() => void run()}
          >
            {chosen().size === 0 ? 'Restore' : `Restore ${counted(chosen().size)}`}
          </button>
        </div>
      </div>
    </Dialog>
  )
}
