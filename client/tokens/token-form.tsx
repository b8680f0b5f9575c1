/** What a token to be may do, where, and for how long. */
import { createResource, createSignal, For, Show } from 'solid-js'
import { ConfirmFields } from '#client/account/confirm.tsx'
import { api } from '#client/api.ts'
import { createForm } from '#client/start/form.ts'
import { ACTION_LABELS, CHOSEN_ACTIONS } from '#client/tokens/words.ts'
import { TextField } from '#client/ui/text-field.tsx'
import { valueOf } from '#client/value-of.ts'
import type { Action } from '#shared/access.ts'
import type { TrackerEntry } from '#shared/api.ts'
import type { NewToken } from '#shared/tokens-api.ts'
import '#client/ui/inset-form.css'

const DAY = 24 * 3_600_000
const ENDS = [
  [7, 'In a week'],
  [30, 'In a month'],
  [90, 'In three months'],
  [365, 'In a year'],
] as const

interface Props {
  readonly make: (wanted: NewToken, password: string | undefined) => Promise<void>
  /** Whether the password is asked for once more. */
  readonly asksPassword: boolean
  readonly onCancel: () => void
}

export const TokenForm = (props: Props) => {
  const [trackers] = createResource(() => api.get<readonly TrackerEntry[]>('/api/trackers'))
  const [actions, setActions] = createSignal<ReadonlySet<Action>>(new Set())
  const [chosen, setChosen] = createSignal<ReadonlySet<string>>(new Set())
  const [isForAll, setForAll] = createSignal(true)
  const [days, setDays] = createSignal(30)
  const form = createForm(
    ({ name = '', password }) =>
      props.make(
        {
          name,
          actions: ['read', ...actions()],
          trackerIds: isForAll() ? null : [...chosen()],
          expiresAt: Date.now() + days() * DAY,
        },
        password,
      ),
    ({ code }) => (code === 'wrong_password' ? 'password' : undefined),
  )
  return (
    <form class="inset-form" novalidate onSubmit={form.onSubmit} aria-label="New token">
      <TextField
        label="Name"
        name="name"
        required
        maxlength={80}
        autofocus
        hint="What it is for, as “Nightly import”."
        error={form.fault('name')}
      />
      <fieldset>
        <legend>It may</legend>
        <Tick label={ACTION_LABELS.read} checked disabled />
        <For each={CHOSEN_ACTIONS}>
          {action => (
            <Tick
              label={ACTION_LABELS[action]}
              checked={actions().has(action)}
              onChange={() => setActions(known => toggled(known, action))}
            />
          )}
        </For>
        <p class="inset-form-about">Never more than the account itself may.</p>
      </fieldset>
      <fieldset>
        <legend>Where</legend>
        <Tick
          label="In all trackers of the account, also in those to come"
          checked={isForAll()}
          onChange={() => setForAll(is => !is)}
        />
        <Show when={!isForAll()}>
          <For each={valueOf(trackers)}>
            {({ id, title }) => (
              <Tick
                label={title || 'Untitled tracker'}
                checked={chosen().has(id)}
                onChange={() => setChosen(known => toggled(known, id))}
              />
            )}
          </For>
        </Show>
      </fieldset>
      <label class="select-field">
        Ends
        <select
          class="input"
          value={days()}
          onChange={event => setDays(Number(event.currentTarget.value))}
        >
          <For each={ENDS}>{([days, words]) => <option value={days}>{words}</option>}</For>
        </select>
      </label>
      <ConfirmFields form={form} hasPassword={props.asksPassword} />
      <p class="inset-form-failure" role="alert">
        {form.failure()}
      </p>
      <div class="inset-form-end">
        <button
          type="submit"
          class="button primary"
          disabled={form.busy() || (!isForAll() && chosen().size === 0)}
        >
          Make the token
        </button>
        <button type="button" class="button" onClick={() => props.onCancel()}>
          Cancel
        </button>
      </div>
    </form>
  )
}

interface TickProps {
  readonly label: string
  readonly checked: boolean
  readonly disabled?: boolean
  readonly onChange?: () => void
}

const Tick = (props: TickProps) => (
  <label class="inset-form-tick">
    <input
      type="checkbox"
      checked={props.checked}
      disabled={props.disabled === true}
      onChange={() => props.onChange?.()}
    />
    <bdi>{props.label}</bdi>
  </label>
)

const toggled = <T,>(known: ReadonlySet<T>, one: T): ReadonlySet<T> =>
  known.has(one) ? new Set([...known].filter(other => other !== one)) : new Set([...known, one])
