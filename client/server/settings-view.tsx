/** The settings of this server: who may make an account, and what its environment sets. */
import { createResource, createSignal, For, Show } from 'solid-js'
import { api, wordsOf } from '#client/api.ts'
import { valueOf } from '#client/value-of.ts'
import { REGISTRATIONS, type Registration } from '#shared/access.ts'
import type { ApiSettings } from '#shared/api.ts'
import '#client/server/people.css'
import '#client/server/settings.css'

const WORDS: Readonly<Record<Registration, readonly [label: string, about: string]>> = {
  closed: ['Nobody by themselves', 'Accounts are made by invitation, or here under People.'],
  guest: ['Everybody, as a guest', 'Guests work in the trackers that they are invited to.'],
  member: [
    'Everybody, as a member',
    'Members make trackers of their own as well, and find everybody on this server by name and e-mail address.',
  ],
}

const SettingsView = () => {
  const [settings, { mutate }] = createResource(() => api.get<ApiSettings>('/api/settings'))
  const [said, setSaid] = createSignal('')
  const [error, setError] = createSignal('')
  const choose = async (registration: Registration): Promise<void> => {
    setSaid('')
    setError('')
    try {
      mutate(await api.patch<ApiSettings>('/api/settings', { registration }))
      setSaid('Saved')
    } catch (refused) {
      setError(wordsOf(refused))
      // The buttons show again what holds.
      mutate(now => now && { ...now })
    }
  }
  return (
    <Show
      when={valueOf(settings)}
      fallback={
        <p class="people-failure" role="alert">
          {settings.error ? wordsOf(settings.error) : ''}
        </p>
      }
    >
      {now => (
        <div class="settings">
          <fieldset class="people-roles">
            <legend>
              Who may create an account{' '}
              <span class="people-about" role="status">
                {said()}
              </span>
            </legend>
            <For each={REGISTRATIONS}>
              {registration => (
                <label class="people-role">
                  <input
                    type="radio"
                    name="registration"
                    checked={now().registration === registration}
                    onChange={() => void choose(registration)}
                  />
                  <span>
                    <b>{WORDS[registration][0]}</b>{' '}
                    <span class="people-about">{WORDS[registration][1]}</span>
                  </span>
                </label>
              )}
            </For>
            <p class="people-failure" role="alert">
              {error()}
            </p>
          </fieldset>
          <section class="settings-outside" aria-labelledby="settings-outside">
            <h2 id="settings-outside">Set where the server is started</h2>
            <dl>
              <dt>Mail</dt>
              <dd>
                <Show
                  when={now().mail}
                  fallback="None is sent. SMTP_URL and MAIL_FROM let people ask for a new password by mail."
                >
                  {mail => (
                    <span dir="ltr">
                      {mail().server}, from {mail().from}
                    </span>
                  )}
                </Show>
              </dd>
              <dt>Organisation’s sign-in</dt>
              <dd>
                <Show
                  when={now().organisation}
                  fallback="There is none. OIDC_ISSUER, OIDC_CLIENT_ID and OIDC_CLIENT_SECRET name an OpenID Connect provider."
                >
                  {organisation => (
                    <>
                      <bdi>{organisation().name}</bdi>,{' '}
                      <span dir="ltr">{organisation().issuer}</span>. {joiningWords(organisation())}
                    </>
                  )}
                </Show>
              </dd>
            </dl>
          </section>
        </div>
      )}
    </Show>
  )
}
export default SettingsView

const joiningWords = ({ joins, only }: NonNullable<ApiSettings['organisation']>): string => {
  const who =
    joins === null
      ? 'Only people who have an account come in by it.'
      : `Whoever has no account gets one, as a ${joins}.`
  return only ? `${who} Nobody signs in with a password.` : who
}
