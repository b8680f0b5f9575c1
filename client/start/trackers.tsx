/** My trackers, the last edited first. */
import { A, useNavigate } from '@solidjs/router'
import { createEffect, createResource, createSignal, For, Match, Show, Switch } from 'solid-js'
import { api, wordsOf } from '#client/api.ts'
import { AccountMenu } from '#client/people/account-menu.tsx'
import { exportEntries, pickFile } from '#client/people/files.ts'
import { mayHere, refetchSession, session } from '#client/session.ts'
import { ago, exactly } from '#client/ui/when.ts'
import { NewTrackerDialog } from '#client/start/new-tracker.tsx'
import { RenameDialog } from '#client/start/rename.tsx'
import { Icon } from '#client/ui/icon.tsx'
import { MenuButton, type MenuEntry } from '#client/ui/menu.tsx'
import { notify } from '#client/ui/toaster.tsx'
import { valueOf } from '#client/value-of.ts'
import { may, ROLE_LABELS } from '#shared/access.ts'
import type { TrackerEntry } from '#shared/api.ts'
import '#client/start/trackers.css'

const TrackersPage = () => {
  const navigate = useNavigate()
  createEffect(() => {
    document.title = 'Trackers · Parley'
    if (session.state !== 'ready') return
    const { account, firstVisit } = session()
    if (!account) navigate(firstVisit ? '/welcome' : '/sign-in', { replace: true })
  })
  return (
    <Switch>
      <Match when={session.error !== undefined}>
        <Fault error={session.error} onRetry={() => void refetchSession()} />
      </Match>
      <Match when={valueOf(session)?.account}>
        <Trackers />
      </Match>
    </Switch>
  )
}
export default TrackersPage

const Trackers = () => {
  const [trackers, { refetch, mutate }] = createResource(() =>
    api.get<readonly TrackerEntry[]>('/api/trackers'),
  )
  const [creating, setCreating] = createSignal(false)
  const [renaming, setRenaming] = createSignal<TrackerEntry>()
  const all = (): readonly TrackerEntry[] => valueOf(trackers) ?? []
  const mayCreate = (): boolean => mayHere('create trackers')
  const live = () => all().filter(({ archived }) => !archived)
  const archived = () => all().filter(({ archived }) => archived)

  const change = async (entry: TrackerEntry, values: object): Promise<void> => {
    const changed = await api.patch<TrackerEntry>(`/api/trackers/${entry.id}`, values)
    mutate(all().map(other => (other.id === entry.id ? { ...other, ...changed } : other)))
  }
  const archive = async (entry: TrackerEntry, archived: boolean): Promise<void> => {
    try {
      await change(entry, { archived })
      const text = archived ? `“${entry.title}” is archived.` : `“${entry.title}” is back.`
      const undo = { label: 'Undo', run: () => void archive(entry, !archived) }
      notify(archived ? { text, action: undo } : { text })
    } catch (error) {
      notify({ tone: 'warning', text: wordsOf(error) })
    }
  }
  const entriesFor = (entry: TrackerEntry): readonly MenuEntry[] => {
    const mine = may(entry.role, 'manage')
    return [
      { label: 'Rename…', disabled: !mine, run: () => setRenaming(entry) },
      {
        label: entry.archived ? 'Bring back' : 'Archive',
        disabled: !mine,
        run: () => void archive(entry, !entry.archived),
      },
      null,
      ...exportEntries(entry.id),
    ]
  }

  return (
    <div class="trackers">
      <header class="trackers-bar">
        <span class="start-mark">Parley</span>
        <AccountMenu />
      </header>
      <main class="trackers-body">
        <div class="trackers-head">
          <h1>Trackers</h1>
          <Show when={mayCreate()}>
            <div class="trackers-actions">
              <ImportButton />
              <button type="button" class="button primary" onClick={() => setCreating(true)}>
                <Icon name="plus" />
                New tracker
              </button>
            </div>
          </Show>
        </div>
        <Show when={trackers.error}>
          {error => <Fault error={error()} onRetry={() => void refetch()} />}
        </Show>
        <Show when={trackers.state === 'ready' && all().length === 0}>
          <div class="trackers-empty">
            <h2>A tracker holds one negotiation</h2>
            <Show
              when={mayCreate()}
              fallback={
                <p>
                  You are a guest on this server: ask an owner of a tracker for an invitation, and
                  it appears here.
                </p>
              }
            >
              <p>
                Its rows are the issues, its columns the parties. Begin with an empty sheet or with
                a template that has its issues and scales.
              </p>
              <button type="button" class="button primary" onClick={() => setCreating(true)}>
                New tracker
              </button>
            </Show>
          </div>
        </Show>
        <List trackers={live()} entriesFor={entriesFor} label="Trackers" />
        <Show when={archived().length > 0}>
          <details class="trackers-archived">
            <summary>Archived ({archived().length})</summary>
            <List trackers={archived()} entriesFor={entriesFor} label="Archived trackers" />
          </details>
        </Show>
      </main>
      <NewTrackerDialog open={creating()} onClose={() => setCreating(false)} />
      <RenameDialog
        entry={renaming()}
        onClose={() => setRenaming(undefined)}
        onRename={(entry, title) => change(entry, { title })}
      />
    </div>
  )
}

interface ListProps {
  readonly trackers: readonly TrackerEntry[]
  readonly entriesFor: (entry: TrackerEntry) => readonly MenuEntry[]
  readonly label: string
}

const List = (props: ListProps) => (
  <Show when={props.trackers.length > 0}>
    <ul class="trackers-list" aria-label={props.label}>
      <For each={props.trackers}>
        {entry => (
          <li class="tracker">
            <A class="tracker-title" href={`/t/${entry.id}`}>
              <bdi>{entry.title}</bdi>{' '}
              <Show when={entry.unreviewed}>
                <span class="count">
                  {entry.unreviewed}
                  <span class="unseen"> unreviewed</span>
                </span>
              </Show>
            </A>
            <span class="tracker-role">{ROLE_LABELS[entry.role]}</span>
            <span class="tracker-people">
              {entry.people === 1 ? 'only you' : `${entry.people} people`}
            </span>
            <time
              class="tracker-edited"
              dateTime={new Date(entry.editedAt).toISOString()}
              data-tip={exactly(entry.editedAt)}
            >
              {ago(entry.editedAt)}
            </time>
            <MenuButton
              class="button quiet icon small tracker-more"
              label={`More about ${entry.title}`}
              entries={() => props.entriesFor(entry)}
            >
              <Icon name="more" />
            </MenuButton>
          </li>
        )}
      </For>
    </ul>
  </Show>
)

const ImportButton = () => {
  const navigate = useNavigate()
  const [busy, setBusy] = createSignal(false)
  const take = async (file: File): Promise<void> => {
    setBusy(true)
    try {
      const type = 'application/json'
      const made = await api.upload<TrackerEntry>('/api/trackers/import', file, type)
      navigate(`/t/${made.id}`)
    } finally {
      setBusy(false)
    }
  }
  return (
    <button
      type="button"
      class="button"
      data-tip="A tracker that was exported as JSON"
      aria-disabled={busy()}
      onClick={() => {
        if (!busy()) pickFile('.json,application/json', take)
      }}
    >
      {busy() ? 'Importing…' : 'Import…'}
    </button>
  )
}

const Fault = (props: { readonly error: unknown; readonly onRetry: () => void }) => (
  <div class="trackers-empty" role="alert">
    <h2>Your trackers cannot be shown now</h2>
    <p>{wordsOf(props.error)}</p>
    <button type="button" class="button primary" onClick={() => props.onRetry()}>
      Try again
    </button>
  </div>
)
