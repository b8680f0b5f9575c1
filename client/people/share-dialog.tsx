/** Who may do what here: invites by link, takes links back, and lists the members. */
import { createResource, createSignal, For, onMount, Show } from 'solid-js'
import { api, wordsOf } from '#client/api.ts'
import { useNegotiation } from '#client/live/negotiation.ts'
import { Classification } from '#client/people/classification.tsx'
import { Members, ROLE_MEANING } from '#client/people/members.tsx'
import { ShareLinks } from '#client/people/share-links.tsx'
import { Dialog } from '#client/ui/dialog.tsx'
import { Icon } from '#client/ui/icon.tsx'
import { valueOf } from '#client/value-of.ts'
import { may, ROLE_LABELS, ROLES, type Role } from '#shared/access.ts'
import type { InvitationLink, OpenInvitation } from '#shared/api.ts'
import '#client/people/share-dialog.css'

const INVITABLE = ROLES.filter(role => role !== 'owner')

const ShareDialog = (props: { readonly onClose: () => void }) => {
  const { role, trackerId } = useNegotiation()
  const isOwner = (): boolean => may(role(), 'manage')
  return (
    <Dialog
      open
      wide
      title={isOwner() ? 'Invite and members' : 'Members'}
      onClose={() => props.onClose()}
    >
      <Show when={isOwner()}>
        <Invitations path={`/api/trackers/${trackerId}/invitations`} />
      </Show>
      <Members path={`/api/trackers/${trackerId}/members`} mayChange={isOwner()} />
      <Show when={isOwner()}>
        <ShareLinks path={`/api/trackers/${trackerId}`} />
        <Classification />
      </Show>
    </Dialog>
  )
}
export default ShareDialog

const Invitations = (props: { readonly path: string }) => {
  const [open, { refetch }] = createResource(() => api.get<readonly OpenInvitation[]>(props.path))
  const [role, setRole] = createSignal<Role>('editor')
  const [made, setMade] = createSignal<InvitationLink>()
  const [error, setError] = createSignal('')

  const trying = async (run: () => Promise<void>): Promise<void> => {
    setError('')
    try {
      await run()
      await refetch()
    } catch (error) {
      setError(wordsOf(error))
    }
  }
  const make = (): Promise<void> =>
    trying(async () => {
      setMade(await api.post<InvitationLink>(props.path, { role: role() }))
    })
  const revoke = (id: string): Promise<void> =>
    trying(async () => {
      await api.delete(`${props.path}/${id}`)
      if (made()?.id === id) setMade(undefined)
    })
  const others = (): readonly OpenInvitation[] =>
    (valueOf(open) ?? []).filter(({ id }) => id !== made()?.id)

  return (
    <section class="share-part" aria-labelledby="share-invite">
      <h3 id="share-invite">Invite by link</h3>
      <fieldset class="share-roles">
        <legend class="unseen">Role of the one who joins</legend>
        <For each={INVITABLE}>
          {name => (
            <label class="share-role">
              <input
                type="radio"
                name="share-role"
                checked={role() === name}
                onChange={() => setRole(name)}
              />
              <span>
                <b>{ROLE_LABELS[name]}</b> <span class="share-may">{ROLE_MEANING[name]}</span>
              </span>
            </label>
          )}
        </For>
      </fieldset>
      <Show
        when={made()}
        fallback={
          <button type="button" class="button primary share-make" onClick={() => void make()}>
            Create a link
          </button>
        }
      >
        {link => (
          <FreshLink link={link()} onRevoke={() => void revoke(link().id)} onAnother={make} />
        )}
      </Show>
      <p class="share-error" role="alert">
        {error()}
      </p>
      <Show when={others().length > 0}>
        <h4 class="share-sub">Links that were not used yet</h4>
        <ul class="share-list">
          <For each={others()}>
            {invitation => (
              <li>
                <span class="share-who">
                  {ROLE_LABELS[invitation.role]}
                  <span class="share-may">
                    by <bdi>{invitation.invitedBy}</bdi>, until {day(invitation.expiresAt)}
                  </span>
                </span>
                <button
                  type="button"
                  class="button small"
                  aria-label={`Revoke the link for a ${invitation.role} by ${invitation.invitedBy}`}
                  onClick={() => void revoke(invitation.id)}
                >
                  Revoke
                </button>
              </li>
            )}
          </For>
        </ul>
      </Show>
    </section>
  )
}

interface FreshLinkProps {
  readonly link: InvitationLink
  readonly onRevoke: () => void
  readonly onAnother: () => Promise<void>
}

const FreshLink = (props: FreshLinkProps) => {
  const address = (): string => `${location.origin}/join/${props.link.token}`
  const [copied, setCopied] = createSignal(false)
  let field: HTMLInputElement | undefined
  onMount(() => field?.focus())
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(address())
    } catch {
      // Without the right to write to the clipboard the link is marked, ready for Ctrl+C.
      field?.select()
      return
    }
    setCopied(true)
  }
  return (
    <div class="share-fresh">
      <div class="share-line">
        <input
          ref={field}
          class="input"
          readonly
          aria-label="Invitation link"
          value={address()}
          onFocus={event => event.currentTarget.select()}
        />
        <button type="button" class="button primary" onClick={() => void copy()}>
          <Icon name={copied() ? 'check' : 'copy'} />
          <span role="status">{copied() ? 'Copied' : 'Copy'}</span>
        </button>
      </div>
      <p class="share-may">
        Lets one person join as {ROLE_LABELS[props.link.role].toLowerCase()}, until{' '}
        {day(props.link.expiresAt)}. It is shown only now: copy it before you close this.
      </p>
      <div class="share-line">
        <button type="button" class="button small" onClick={() => void props.onAnother()}>
          Create another
        </button>
        <button type="button" class="button small" onClick={() => props.onRevoke()}>
          Revoke
        </button>
      </div>
    </div>
  )
}

const day = (time: number): string =>
  new Date(time).toLocaleDateString('en-GB', { day: 'numeric', month: 'long', year: 'numeric' })
