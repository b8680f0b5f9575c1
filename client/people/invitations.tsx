/** Links that let people in: on what terms, and which of them still work. */
import { createResource, createSignal, For, Show } from 'solid-js'
import { api, wordsOf } from '#client/api.ts'
import { ROLE_MEANING } from '#client/people/role-menu.tsx'
import { mayHere } from '#client/session.ts'
import { CopyLine } from '#client/ui/copy-line.tsx'
import { valueOf } from '#client/value-of.ts'
import { ROLE_LABELS, ROLES, type Role } from '#shared/access.ts'
import type { InvitationLink, OpenInvitation } from '#shared/api.ts'
import '#client/people/share-dialog.css'

const INVITABLE = ROLES.filter(role => role !== 'owner')
const MOST_PEOPLE = 100
/** By their hours. */
const WHILES = [
  ['1', 'An hour'],
  ['24', 'A day'],
  ['168', 'A week'],
  ['720', '30 days'],
] as const

/** A guest of the server lets in guests alone. */
const mayLetInMembers = (): boolean => mayHere('create trackers')

export const Invitations = (props: { readonly path: string }) => {
  const [open, { refetch }] = createResource(() => api.get<readonly OpenInvitation[]>(props.path))
  const [role, setRole] = createSignal<Role>('editor')
  const [mostUses, setMostUses] = createSignal(1)
  const [hours, setHours] = createSignal('168')
  const [serverRole, setServerRole] = createSignal('member')
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
      const terms = { role: role(), mostUses: mostUses(), hours: Number(hours()) }
      const whom = mayLetInMembers() ? { serverRole: serverRole() } : {}
      setMade(await api.post<InvitationLink>(props.path, { ...terms, ...whom }))
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
      <div class="share-terms">
        <label class="share-term">
          People it lets in
          <input
            class="input"
            type="number"
            inputmode="numeric"
            min="1"
            max={MOST_PEOPLE}
            value={mostUses()}
            onChange={event => {
              const { valueAsNumber } = event.currentTarget
              const many = Math.min(Math.max(Math.round(valueAsNumber) || 1, 1), MOST_PEOPLE)
              setMostUses(many)
              event.currentTarget.value = String(many)
            }}
          />
        </label>
        <label class="share-term">
          Works for
          <select
            class="input"
            value={hours()}
            onChange={event => setHours(event.currentTarget.value)}
          >
            <For each={WHILES}>{([hours, words]) => <option value={hours}>{words}</option>}</For>
          </select>
        </label>
        <Show when={mayLetInMembers()}>
          <label class="share-term">
            New accounts are
            <select
              class="input"
              value={serverRole()}
              onChange={event => setServerRole(event.currentTarget.value)}
            >
              <option value="member">Members of this server</option>
              <option value="guest">Guests: this tracker alone</option>
            </select>
          </label>
        </Show>
      </div>
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
        <h4 class="share-sub">Links that still work</h4>
        <ul class="share-list">
          <For each={others()}>
            {invitation => (
              <li>
                <span class="share-who">
                  {ROLE_LABELS[invitation.role]}
                  {invitation.serverRole === 'guest' ? ', new accounts as guests' : ''}
                  <span class="share-may">
                    {usesOf(invitation)}, by <bdi>{invitation.invitedBy}</bdi>, until{' '}
                    {end(invitation.expiresAt)}
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

const FreshLink = (props: FreshLinkProps) => (
  <div class="share-fresh">
    <CopyLine label="Invitation link" value={`${location.origin}/join/${props.link.token}`} />
    <p class="share-may">
      Lets {props.link.mostUses === 1 ? 'one person' : `${props.link.mostUses} people`} join as{' '}
      {ROLE_LABELS[props.link.role].toLowerCase()}, until {end(props.link.expiresAt)}. It is shown
      only now: copy it before you close this.
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

const usesOf = ({ mostUses, uses }: OpenInvitation): string =>
  mostUses === 1 ? 'not used' : `used ${uses} of ${mostUses}`

const end = (time: number): string =>
  new Date(time).toLocaleString('en-GB', { dateStyle: 'long', timeStyle: 'short' })
