/** The compartments of a tracker: made, named, and who is in them. */
import { createResource, createSignal, For, Show } from 'solid-js'
import { api, wordsOf } from '#client/api.ts'
import { CompartmentCard } from '#client/compartments/compartment-card.tsx'
import { useNegotiation } from '#client/live/negotiation.ts'
import { Dialog } from '#client/ui/dialog.tsx'
import { valueOf } from '#client/value-of.ts'
import { may } from '#shared/access.ts'
import type { ApiMember } from '#shared/api.ts'
import {
  MAX_COMPARTMENT_NAME,
  OUTSIDERS_SEE,
  OUTSIDERS_SEE_LABELS,
  type OutsidersSee,
} from '#shared/compartments.ts'
import '#client/compartments/compartments.css'

export const CompartmentsDialog = (props: { readonly onClose: () => void }) => {
  const { compartments, role, trackerId } = useNegotiation()
  const path = `/api/trackers/${trackerId}/compartments`
  const [people] = createResource(() =>
    api.get<readonly ApiMember[]>(`/api/trackers/${trackerId}/members`),
  )
  const [fault, setFault] = createSignal('')
  /** Answers whether it is done. */
  const trying = async (run: () => Promise<unknown>): Promise<boolean> => {
    setFault('')
    try {
      await run()
      return true
    } catch (error) {
      setFault(wordsOf(error))
      return false
    } finally {
      await compartments.refresh()
    }
  }
  return (
    <Dialog open wide title="Compartments" onClose={() => props.onClose()}>
      <p class="compartment-note">
        What is in a compartment reaches its members alone: for everybody else it is in no matrix,
        search, history or export.
      </p>
      <p class="compartment-fault" role="alert">
        {fault()}
      </p>
      <For each={compartments.known().compartments}>
        {compartment => (
          <CompartmentCard
            compartment={compartment}
            path={`${path}/${compartment.id}`}
            people={valueOf(people) ?? []}
            trying={trying}
          />
        )}
      </For>
      <Show when={compartments.known().withheld > 0}>
        <p class="compartment-note">{withheldWords(compartments.known().withheld)}.</p>
      </Show>
      <Show when={may(role(), 'manage')}>
        <NewCompartment make={values => trying(() => api.post(path, values))} />
      </Show>
    </Dialog>
  )
}

const withheldWords = (many: number): string =>
  `${many} ${many === 1 ? 'compartment is' : 'compartments are'} withheld from you`

const NewCompartment = (props: {
  readonly make: (values: {
    readonly name: string
    readonly outsidersSee: OutsidersSee
  }) => Promise<boolean>
}) => {
  const [name, setName] = createSignal('')
  const [outsidersSee, setOutsidersSee] = createSignal<OutsidersSee>('nothing')
  const make = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault()
    if (name().trim() === '') return
    if (await props.make({ name: name(), outsidersSee: outsidersSee() })) setName('')
  }
  return (
    <form class="compartment-form" onSubmit={event => void make(event)}>
      <h3>New compartment</h3>
      <div class="text-field">
        <label for="compartment-name">Name, which its members alone read</label>
        <input
          id="compartment-name"
          class="input"
          dir="auto"
          autocomplete="off"
          maxLength={MAX_COMPARTMENT_NAME}
          value={name()}
          onInput={event => setName(event.currentTarget.value)}
        />
      </div>
      <fieldset class="compartment-choice">
        <legend>Everybody else sees</legend>
        <For each={OUTSIDERS_SEE}>
          {choice => (
            <label>
              <input
                type="radio"
                name="outsiders-see"
                checked={outsidersSee() === choice}
                onChange={() => setOutsidersSee(choice)}
              />
              <span>{OUTSIDERS_SEE_LABELS[choice]}</span>
            </label>
          )}
        </For>
      </fieldset>
      <button type="submit" class="button primary compartment-make" disabled={name().trim() === ''}>
        Make it
      </button>
    </form>
  )
}
