/** My own avatar, and what hangs on it: how this browser looks, what it reads aloud, and the way out. */
import { useNavigate } from '@solidjs/router'
import { Show } from 'solid-js'
import { api, wordsOf } from '#client/api.ts'
import { quiet, setQuiet, setTheme, theme, THEMES, type Theme } from '#client/people/preferences.ts'
import { refetchSession, session } from '#client/session.ts'
import { Avatar } from '#client/ui/avatar.tsx'
import { MenuButton, type MenuEntry } from '#client/ui/menu.tsx'
import { notify } from '#client/ui/toaster.tsx'
import { valueOf } from '#client/value-of.ts'
import { mayOnServer } from '#shared/access.ts'

const THEME_LABELS: Readonly<Record<Theme, string>> = {
  auto: 'Light or dark as the system',
  light: 'Light',
  dark: 'Dark',
}

export const AccountMenu = () => {
  const navigate = useNavigate()
  const account = () => valueOf(session)?.account
  const signOut = async (): Promise<void> => {
    try {
      await api.post('/api/auth/sign-out')
      await refetchSession()
      navigate('/sign-in')
    } catch (error) {
      notify({ tone: 'warning', text: wordsOf(error) })
    }
  }
  const entries = (): readonly MenuEntry[] => [
    { heading: account()?.name ?? '', note: account()?.email ?? '' },
    null,
    ...THEMES.map(name => ({
      label: THEME_LABELS[name],
      checked: theme() === name,
      run: () => setTheme(name),
    })),
    null,
    {
      label: 'Read aloud who comes and goes',
      checked: !quiet(),
      run: () => setQuiet(is => !is),
    },
    null,
    { label: 'All trackers', run: () => navigate('/') },
    { label: 'Your account…', run: () => navigate('/account') },
    ...(mayOnServer(account()?.serverRole ?? 'guest', 'administrate')
      ? [{ label: 'This server…', run: () => navigate('/server') }]
      : []),
    { label: 'Sign out', run: () => void signOut() },
  ]
  return (
    <Show when={account()}>
      {me => (
        <MenuButton
          class="avatar-button"
          label={`Your account, ${me().name}`}
          data-tip={me().name}
          entries={entries}
        >
          <Avatar name={me().name} colour={me().colour} />
        </MenuButton>
      )}
    </Show>
  )
}
