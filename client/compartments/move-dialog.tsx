/** Puts something into a compartment: said in full before it is done, because it is taken out of the history for good. */
import { createMemo, createSignal, For, Show } from 'solid-js'
import { api, wordsOf } from '#client/api.ts'
import { setAsked } from '#client/compartments/asked.ts'
import { useNegotiation } from '#client/live/negotiation.ts'
import { Dialog } from '#client/ui/dialog.tsx'
import { notify } from '#client/ui/toaster.tsx'
import type { ApiCompartment } from '#shared/compartment-api.ts'
import { MOVABLE_LABELS, type Movable, type Subject } from '#shared/compartments.ts'
import '#client/compartments/compartments.css'

const GOES_ALONG: Readonly<Record<Movable, string>> = {
  party: 'Its positions, red lines, blocs, factions and open questions go along.',
  claim: 'Its quotes, grades and all that became of it go along.',
  source: 'Its text, its excerpts and its grades go along.',
  redLine: 'What it rests on goes along.',
}

interface Props {
  readonly subject: Subject
  readonly called: string
  readonly onClose: () => void
}

export const MoveDialog = (props: Props) => {
  const negotiation = useNegotiation()
  const open = createMemo(() =>
    negotiation.compartments.known().compartments.filter(it => it.mayManage),
  )
  const [chosen, setChosen] = createSignal<string>()
  const [busy, setBusy] = createSignal(false)
  const [fault, setFault] = createSignal('')
  const what = (): string => MOVABLE_LABELS[props.subject.kind]
  const into = (): ApiCompartment | undefined =>
    open().find(({ id }) => id === chosen()) ?? (open().length === 1 ? open()[0] : undefined)

  const move = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault()
    const to = into()
    if (!to || busy()) return
    setBusy(true)
    setFault('')
    try {
      await negotiation.whenSaved()
      const path = `/api/trackers/${negotiation.trackerId}/compartments/${to.id}/move`
      await api.post(path, props.subject)
      // By now the page may have been made anew, and this dialog with it.
      notify({ text: `The ${what()} is in “${to.name}” now.` })
      props.onClose()
    } catch (error) {
      setFault(wordsOf(error))
    } finally {
      setBusy(false)
    }
  }

  return (
    <Dialog
      open
      title={`Put a ${what()} into a compartment`}
      mustAnswer={busy()}
      onClose={() => props.onClose()}
    >
      <form class="compartment-form" onSubmit={event => void move(event)}>
        <p>
          <Show when={props.called} fallback={`This ${what()}`}>
            {called => <b dir="auto">{called()}</b>}
          </Show>{' '}
          leaves the tracker that everybody sees, and all of its history, for good: changes,
          snapshots, exports. Only the members of the compartment see it from then on.{' '}
          {GOES_ALONG[props.subject.kind]}
        </p>
        <Show
          when={open().length > 0}
          fallback={
            <p class="compartment-note">There is no compartment yet that is yours to use.</p>
          }
        >
          <fieldset class="compartment-choice">
            <legend>Compartment</legend>
            <For each={open()}>
              {compartment => (
                <label>
                  <input
                    type="radio"
                    name="compartment"
                    checked={into()?.id === compartment.id}
                    disabled={busy()}
                    onChange={() => setChosen(compartment.id)}
                  />
                  <span>
                    <b dir="auto">{compartment.name}</b>{' '}
                    <span class="compartment-note">
                      {compartment.members.map(({ name }) => name).join(', ')}
                    </span>
                  </span>
                </label>
              )}
            </For>
          </fieldset>
        </Show>
        <p class="compartment-note">
          It cannot be taken back. Backups and files that were made before still hold it, and so
          does whoever has copied it. What people have written about it elsewhere, in other cells,
          notes and discussions, stays where everybody reads.
        </p>
        <Show when={fault()}>
          <p class="compartment-fault" role="alert">
            {fault()}
          </p>
        </Show>
        <div class="dialog-foot">
          <Show when={busy()}>
            <span class="compartment-busy" role="status">
              Moving it. Everybody is away for a moment …
            </span>
          </Show>
          <button
            type="button"
            class="button quiet"
            disabled={busy()}
            onClick={() => props.onClose()}
          >
            Cancel
          </button>
          <Show
            when={open().length > 0}
            fallback={
              <button
                type="button"
                class="button primary"
                onClick={() => setAsked({ is: 'compartments' })}
              >
                Make a compartment …
              </button>
            }
          >
            <button type="submit" class="button danger" disabled={!into() || busy()}>
              Put it there
            </button>
          </Show>
        </div>
      </form>
    </Dialog>
  )
}
