/** Everybody with an account here: their roles, how they get in, and the end of it. */
import { createResource, createSignal, For, Show } from 'solid-js'
import { api, wordsOf } from '#client/api.ts'
import { AddPersonDialog } from '#client/server/add-person.tsx'
import { ClosePersonDialog } from '#client/server/close-person.tsx'
import { LinkDialog, type FreshLink } from '#client/server/link-dialog.tsx'
import { PersonLine } from '#client/server/person-line.tsx'
import { Icon } from '#client/ui/icon.tsx'
import { notify } from '#client/ui/toaster.tsx'
import { valueOf } from '#client/value-of.ts'
import type { ServerRole } from '#shared/access.ts'
import type { ApiPerson, ResetLink } from '#shared/api.ts'
import '#client/server/people.css'

/** From so many on a name is looked for faster than it is found. */
const MANY = 8

const PeopleView = () => {
  const [people, { mutate, refetch }] = createResource(() =>
    api.get<readonly ApiPerson[]>('/api/people'),
  )
  const [sought, setSought] = createSignal('')
  const [adding, setAdding] = createSignal(false)
  const [closing, setClosing] = createSignal<ApiPerson>()
  const [link, setLink] = createSignal<FreshLink>()
  const all = (): readonly ApiPerson[] => valueOf(people) ?? []
  const shown = (closed: boolean): readonly ApiPerson[] => {
    const words = sought().trim().toLowerCase()
    return all().filter(
      ({ closedAt, email, name }) =>
        (closedAt !== null) === closed && `${name} ${email}`.toLowerCase().includes(words),
    )
  }

  const trying = async (run: () => Promise<void>): Promise<void> => {
    try {
      await run()
    } catch (error) {
      notify({ tone: 'warning', text: wordsOf(error) })
    }
  }
  const deeds = {
    setRole: (person: ApiPerson, serverRole: ServerRole) =>
      trying(async () => {
        mutate(await api.patch<readonly ApiPerson[]>(pathOf(person), { serverRole }))
      }),
    issueLink: (person: ApiPerson) =>
      trying(async () => {
        setLink({ person, link: await api.post<ResetLink>(`${pathOf(person)}/reset-link`) })
      }),
    dropSecondFactor: (person: ApiPerson) =>
      trying(async () => {
        mutate(await api.delete<readonly ApiPerson[]>(`${pathOf(person)}/second-factor`))
        notify({
          text: `${person.name} signs in without a second factor until they set up another.`,
        })
      }),
    close: (person: ApiPerson) => setClosing(person),
    reopen: (person: ApiPerson) =>
      trying(async () => {
        mutate(await api.post<readonly ApiPerson[]>(`${pathOf(person)}/reopen`))
        notify({ text: `${person.name} is back, without trackers and without a password.` })
      }),
  }

  return (
    <section class="people" aria-label="People">
      <div class="people-head">
        <p class="people-about">
          An administrator looks after people and settings, and opens no tracker by it.
        </p>
        <button type="button" class="button primary" onClick={() => setAdding(true)}>
          <Icon name="plus" />
          Add a person
        </button>
      </div>
      <Show when={people.error}>
        {error => (
          <p class="people-failure" role="alert">
            {wordsOf(error())}{' '}
            <button type="button" class="button small" onClick={() => void refetch()}>
              Try again
            </button>
          </p>
        )}
      </Show>
      <Show when={all().length > MANY}>
        <input
          class="input people-seek"
          type="search"
          dir="auto"
          placeholder="Name or e-mail address"
          aria-label="Find a person"
          value={sought()}
          onInput={event => setSought(event.currentTarget.value)}
        />
      </Show>
      <ul class="people-list" aria-label="Open accounts">
        <For each={shown(false)}>{person => <PersonLine person={person} deeds={deeds} />}</For>
      </ul>
      <Show when={people.state === 'ready' && shown(false).length === 0 && sought() !== ''}>
        <p class="people-about">Nobody of that name has an open account.</p>
      </Show>
      <Show when={shown(true).length > 0}>
        <details class="people-closed" open={sought() !== ''}>
          <summary>Closed accounts ({shown(true).length})</summary>
          <ul class="people-list" aria-label="Closed accounts">
            <For each={shown(true)}>{person => <PersonLine person={person} deeds={deeds} />}</For>
          </ul>
        </details>
      </Show>
      <AddPersonDialog
        open={adding()}
        onClose={() => setAdding(false)}
        onAdded={(person, link) => {
          setAdding(false)
          setLink({ person, link })
          void refetch()
        }}
      />
      <ClosePersonDialog
        person={closing()}
        others={all()}
        onClose={() => setClosing(undefined)}
        onClosed={people => {
          setClosing(undefined)
          mutate(people)
        }}
      />
      <LinkDialog fresh={link()} onClose={() => setLink(undefined)} />
    </section>
  )
}
export default PeopleView

const pathOf = ({ accountId }: ApiPerson): string => `/api/people/${accountId}`
