/** Joining a tracker by a link: with a new account, or as the one who is signed in. */
import { A, useNavigate, useParams } from '@solidjs/router'
import { createResource, createSignal, Match, Show, Switch } from 'solid-js'
import { api, Refused, wordsOf } from '#client/api.ts'
import { NewAccountFields, Submit } from '#client/start/account-fields.tsx'
import { createForm, type Values } from '#client/start/form.ts'
import { OrganisationButton } from '#client/start/other-ways.tsx'
import { StartPage } from '#client/start/start-page.tsx'
import { refetchSession, session } from '#client/session.ts'
import { valueOf } from '#client/value-of.ts'
import { ROLE_LABELS } from '#shared/access.ts'
import type { ApiInvitation, ApiWaysIn, Entered } from '#shared/api.ts'

const JoinPage = () => {
  const params = useParams<{ token: string }>()
  const path = (): string => `/api/invitations/${encodeURIComponent(params.token)}`
  const [invitation, { refetch }] = createResource(path, path => api.get<ApiInvitation>(path))

  return (
    <Switch>
      <Match when={invitation.error !== undefined}>
        <Unusable error={invitation.error} onRetry={() => void refetch()} />
      </Match>
      <Match when={valueOf(invitation)}>
        {open => <Invited invitation={open()} path={path()} />}
      </Match>
    </Switch>
  )
}
export default JoinPage

interface InvitedProps {
  readonly invitation: ApiInvitation
  readonly path: string
}

const Invited = (props: InvitedProps) => {
  const navigate = useNavigate()
  const [asAnother, setAsAnother] = createSignal(false)
  const me = () => valueOf(session)?.account
  const accept = async (account?: Values): Promise<void> => {
    const body = account ? { account } : {}
    const { trackerId } = await api.post<Entered>(`${props.path}/accept`, body)
    await refetchSession()
    navigate(`/t/${trackerId}`, { replace: true })
  }
  const asMe = createForm(() => accept())
  const anew = createForm(
    account => accept(account),
    ({ code }) =>
      code === 'account_exists' ? 'email' : code === 'weak_password' ? 'password' : undefined,
  )
  const [ways] = createResource(() => api.get<ApiWaysIn>('/api/ways-in'))
  const back = (): string => `/sign-in?return=${encodeURIComponent(location.pathname)}`

  return (
    <StartPage
      title="You are invited"
      lead={
        <>
          <bdi>{props.invitation.invitedBy}</bdi> invites you to{' '}
          <strong dir="auto">{props.invitation.trackerTitle}</strong> as{' '}
          {ROLE_LABELS[props.invitation.role].toLowerCase()}.
        </>
      }
    >
      <Show
        when={!asAnother() && me()}
        fallback={
          <Show
            when={valueOf(ways)?.password !== false}
            fallback={
              <OrganisationButton
                name={valueOf(ways)?.organisation ?? 'your organisation'}
                isOnly
                back={location.pathname}
              />
            }
          >
            <form noValidate onSubmit={anew.onSubmit} aria-label="New account">
              <NewAccountFields form={anew} />
              <Submit form={anew} label="Create account and join" busy="Joining…" />
            </form>
            <p class="start-or">
              You have an account here? <A href={back()}>Sign in</A>, then you come back to this
              invitation.
            </p>
          </Show>
        }
      >
        {account => (
          <>
            <form noValidate onSubmit={asMe.onSubmit} aria-label="Join">
              <Submit form={asMe} label={`Join as ${account().name}`} busy="Joining…" />
            </form>
            <p class="start-or">
              That is not you?{' '}
              <button type="button" class="start-link" onClick={() => setAsAnother(true)}>
                Join with a new account
              </button>
            </p>
          </>
        )}
      </Show>
    </StartPage>
  )
}

const Unusable = (props: { readonly error: unknown; readonly onRetry: () => void }) => {
  const isFinal = (): boolean =>
    props.error instanceof Refused && (props.error.status === 410 || props.error.status === 404)
  return (
    <StartPage
      title={isFinal() ? 'This invitation cannot be used' : 'The invitation cannot be read now'}
      lead={<span role="alert">{wordsOf(props.error)}</span>}
    >
      <p class="start-actions">
        <Show when={!isFinal()}>
          <button type="button" class="button primary" onClick={() => props.onRetry()}>
            Try again
          </button>
        </Show>
        <A class="button" href="/">
          {valueOf(session)?.account ? 'Go to my trackers' : 'Sign in'}
        </A>
      </p>
    </StartPage>
  )
}
