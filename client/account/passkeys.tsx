/** My passkeys: to add, to rename, to remove. */
import { createResource, createSignal, For, Show } from 'solid-js'
import { ConfirmFields } from '#client/account/confirm.tsx'
import { FormDialog } from '#client/account/form-dialog.tsx'
import { canUseKeys, keyWordsOf, makeKey, type KeyOptions } from '#client/account/keys.ts'
import { api, Refused, wordsOf } from '#client/api.ts'
import type { Values } from '#client/start/form.ts'
import { TextField } from '#client/ui/text-field.tsx'
import { dateOf } from '#client/ui/when.ts'
import { valueOf } from '#client/value-of.ts'
import type { ApiPasskey } from '#shared/api.ts'

const PATH = '/api/account/passkeys'

export const Passkeys = (props: { readonly hasPassword: boolean }) => {
  const [passkeys, { mutate, refetch }] = createResource(() => api.get<readonly ApiPasskey[]>(PATH))
  const [isAdding, setAdding] = createSignal(false)
  const [renaming, setRenaming] = createSignal<ApiPasskey>()
  const [error, setError] = createSignal('')

  const add = async ({ name, ...confirmation }: Values): Promise<void> => {
    const options = await api.post<KeyOptions>(`${PATH}/options`, confirmation)
    const response = await makeKey(options).catch((error: unknown) => {
      throw new Refused(0, 'no_key', keyWordsOf(error) ?? wordsOf(error))
    })
    mutate(await api.post<readonly ApiPasskey[]>(PATH, { name, response }))
    setAdding(false)
  }
  const rename = async ({ name }: Values): Promise<void> => {
    mutate(await api.patch<readonly ApiPasskey[]>(`${PATH}/${renaming()?.id}`, { name }))
    setRenaming(undefined)
  }
  const remove = async ({ id }: ApiPasskey): Promise<void> => {
    setError('')
    try {
      await api.delete(`${PATH}/${id}`)
    } catch (error) {
      setError(wordsOf(error))
    }
    await refetch()
  }
  return (
    <section class="account-part" aria-labelledby="account-passkeys">
      <div class="account-part-head">
        <h2 id="account-passkeys">Passkeys</h2>
        <Show when={canUseKeys()}>
          <button type="button" class="button" onClick={() => setAdding(true)}>
            Add a passkey…
          </button>
        </Show>
      </div>
      <p class="account-about">
        {canUseKeys()
          ? 'A passkey is kept by your device and opened with its PIN, your finger or your face. It signs you in without a password and without a code, and only at this address.'
          : 'Passkeys need a browser that knows them, and Parley at a name of its own over https.'}
      </p>
      <p class="account-error" role="alert">
        {passkeys.error ? wordsOf(passkeys.error) : error()}
      </p>
      <ul class="account-list" aria-label="Your passkeys">
        <For each={valueOf(passkeys)}>
          {passkey => (
            <li>
              <span class="account-what">
                <span class="account-label">
                  <bdi>{passkey.name}</bdi>
                </span>
                <span class="account-value">Added {dateOf(passkey.createdAt)}</span>
              </span>
              <span class="account-deeds">
                <button
                  type="button"
                  class="button"
                  aria-label={`Rename ${passkey.name}`}
                  onClick={() => setRenaming(passkey)}
                >
                  Rename…
                </button>
                <button
                  type="button"
                  class="button"
                  aria-label={`Remove ${passkey.name}`}
                  onClick={() => void remove(passkey)}
                >
                  Remove
                </button>
              </span>
            </li>
          )}
        </For>
      </ul>
      <FormDialog
        open={isAdding()}
        title="Add a passkey"
        submit="Continue"
        send={add}
        blame={({ code }) => (code === 'wrong_password' ? 'password' : undefined)}
        onClose={() => setAdding(false)}
      >
        {form => (
          <>
            <NameField value="" error={form.fault('name')} />
            <ConfirmFields form={form} hasPassword={props.hasPassword} />
          </>
        )}
      </FormDialog>
      <FormDialog
        open={renaming() !== undefined}
        title="Rename a passkey"
        submit="Rename"
        send={rename}
        onClose={() => setRenaming(undefined)}
      >
        {form => <NameField value={renaming()?.name ?? ''} error={form.fault('name')} />}
      </FormDialog>
    </section>
  )
}

const NameField = (props: { readonly value: string; readonly error: string | undefined }) => (
  <TextField
    label="Name"
    name="name"
    autocomplete="off"
    required
    maxlength="60"
    value={props.value}
    hint="Of the device, as “work laptop”: so that you know later which one it is."
    error={props.error}
  />
)
