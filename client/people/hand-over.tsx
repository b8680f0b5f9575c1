/** Asks before a tracker gets another owner. */
import { createSignal, Show } from 'solid-js'
import { wordsOf } from '#client/api.ts'
import { Dialog } from '#client/ui/dialog.tsx'
import type { ApiMember } from '#shared/api.ts'

interface Props {
  readonly to: ApiMember | undefined
  readonly onHandOver: (to: ApiMember) => Promise<void>
  readonly onClose: () => void
}

export const HandOverDialog = (props: Props) => (
  <Show when={props.to} keyed>
    {to => (
      <Dialog open title="Hand over the tracker" onClose={() => props.onClose()}>
        <Ask to={to} onHandOver={props.onHandOver} onClose={() => props.onClose()} />
      </Dialog>
    )}
  </Show>
)

const Ask = (props: Props & { readonly to: ApiMember }) => {
  const [failure, setFailure] = createSignal('')
  const [busy, setBusy] = createSignal(false)
  const handOver = async (): Promise<void> => {
    if (busy()) return
    setBusy(true)
    setFailure('')
    try {
      await props.onHandOver(props.to)
      props.onClose()
    } catch (error) {
      setFailure(wordsOf(error))
      setBusy(false)
    }
  }
  return (
    <>
      <p>
        <bdi>{props.to.name}</bdi> owns the tracker from then on: invites, removes, renames and
        archives. You stay as an editor, and cannot take it back yourself.
      </p>
      <p class="share-error" role="alert">
        {failure()}
      </p>
      <div class="dialog-foot">
        <button type="button" class="button" autofocus onClick={() => props.onClose()}>
          Cancel
        </button>
        <button
          type="button"
          class="button primary"
          aria-disabled={busy()}
          onClick={() => void handOver()}
        >
          Hand over
        </button>
      </div>
    </>
  )
}
