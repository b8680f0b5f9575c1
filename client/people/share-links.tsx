/** Links to a page of the tracker, for people without an account: making them, how often they were looked at, taking them back. */
import { createResource, createSignal, For, Show } from 'solid-js'
import { api, wordsOf } from '#client/api.ts'
import { createForm } from '#client/start/form.ts'
import { CopyLine } from '#client/ui/copy-line.tsx'
import { TextField } from '#client/ui/text-field.tsx'
import { dateOf, minuteOf } from '#client/ui/when.ts'
import { valueOf } from '#client/value-of.ts'
import type { ApiHistory, SnapshotEntry } from '#shared/api.ts'
import type { NewShareLink, ShareLink, ShareLinkMade } from '#shared/sharing-api.ts'
import '#client/ui/inset-form.css'

interface Props {
  /** `/api/trackers/<id>` */
  readonly path: string
}

export const ShareLinks = (props: Props) => {
  const path = (): string => `${props.path}/share-links`
  const [links, { refetch }] = createResource(() => api.get<readonly ShareLink[]>(path()))
  const [isMaking, setMaking] = createSignal(false)
  const [made, setMade] = createSignal<ShareLinkMade>()
  const [error, setError] = createSignal('')
  const make = async (wanted: NewShareLink): Promise<void> => {
    setMade(await api.post<ShareLinkMade>(path(), wanted))
    setMaking(false)
    await refetch()
  }
  const revoke = async (id: string): Promise<void> => {
    setError('')
    try {
      await api.delete(`${path()}/${id}`)
      if (made()?.id === id) setMade(undefined)
      await refetch()
    } catch (error) {
      setError(wordsOf(error))
    }
  }
  return (
    <section class="share-part" aria-labelledby="share-page">
      <h3 id="share-page">Share a page</h3>
      <p class="share-may">
        Shows the matrix to whoever has the link, without an account: nobody’s name, no history,
        nothing to edit.
      </p>
      <Show when={made()}>
        {link => (
          <div class="share-fresh">
            <CopyLine label="Link to the page" value={`${location.origin}/s/${link().token}`} />
            <p class="share-may">It is shown only now: copy it before you close this.</p>
          </div>
        )}
      </Show>
      <Show
        when={isMaking()}
        fallback={
          <button
            type="button"
            class="button share-make"
            onClick={() => {
              setMade(undefined)
              setMaking(true)
            }}
          >
            {made() ? 'Share another page' : 'Share a page'}
          </button>
        }
      >
        <MakeForm path={props.path} make={make} onCancel={() => setMaking(false)} />
      </Show>
      <p class="share-error" role="alert">
        {links.error ? wordsOf(links.error) : error()}
      </p>
      <ul class="share-list">
        <For each={valueOf(links)}>
          {link => (
            <li>
              <span class="share-who">
                <bdi>{link.name}</bdi>
                <span class="share-may">{aboutLink(link)}</span>
              </span>
              <button
                type="button"
                class="button small"
                aria-label={`Take back the link “${link.name}”`}
                onClick={() => void revoke(link.id)}
              >
                Take back
              </button>
            </li>
          )}
        </For>
      </ul>
    </section>
  )
}

const DAY = 24 * 3_600_000
/** By their days; none: until it is taken back. */
const ENDS = [
  ['1', 'In a day'],
  ['7', 'In a week'],
  ['30', 'In a month'],
  ['90', 'In three months'],
  ['', 'When I take it back'],
] as const

interface MakeFormProps extends Props {
  readonly make: (wanted: NewShareLink) => Promise<void>
  readonly onCancel: () => void
}

const MakeForm = (props: MakeFormProps) => {
  const [history] = createResource(() => api.get<ApiHistory>(`${props.path}/snapshots`))
  const [snapshotId, setSnapshotId] = createSignal('')
  const [days, setDays] = createSignal('7')
  const form = createForm(async ({ mostViews = '', name = '', password = '' }) => {
    await props.make({
      name,
      ...(snapshotId() !== '' && { snapshotId: snapshotId() }),
      ...(password !== '' && { password }),
      ...(days() !== '' && { expiresAt: Date.now() + Number(days()) * DAY }),
      ...(mostViews !== '' && { mostViews: Number(mostViews) }),
    })
  })
  return (
    <form class="inset-form" novalidate onSubmit={form.onSubmit} aria-label="Share a page">
      <TextField
        label="Name"
        name="name"
        required
        maxlength={80}
        autofocus
        hint="For your own list: whom it is for."
        error={form.fault('name')}
      />
      <label class="select-field">
        Shows
        <select class="input" onChange={event => setSnapshotId(event.currentTarget.value)}>
          <option value="">The tracker as it is</option>
          <For each={valueOf(history)?.snapshots}>
            {snapshot => <option value={snapshot.id}>{snapshotWords(snapshot)}</option>}
          </For>
        </select>
      </label>
      <label class="select-field">
        Ends
        <select class="input" value={days()} onChange={event => setDays(event.currentTarget.value)}>
          <For each={ENDS}>{([days, words]) => <option value={days}>{words}</option>}</For>
        </select>
      </label>
      <TextField
        label="Password"
        name="password"
        minlength={8}
        maxlength={128}
        autocomplete="off"
        spellcheck={false}
        placeholder="None"
        hint="Tell it another way than the link."
        error={form.fault('password')}
      />
      <TextField
        label="Most views"
        name="mostViews"
        type="number"
        inputmode="numeric"
        min="1"
        max="100000"
        placeholder="Any number"
        error={form.fault('mostViews')}
      />
      <p class="inset-form-failure" role="alert">
        {form.failure()}
      </p>
      <div class="inset-form-end">
        <button type="submit" class="button primary" disabled={form.busy()}>
          Make the link
        </button>
        <button type="button" class="button" onClick={() => props.onCancel()}>
          Cancel
        </button>
      </div>
    </form>
  )
}

const snapshotWords = ({ at, label }: SnapshotEntry): string =>
  label === '' ? `Snapshot of ${minuteOf(at)}` : `${label} · ${minuteOf(at)}`

/** "As it is · 3 views of 10, last 18 Nov 2026, 09:12 · with a password · until 3 Dec" */
const aboutLink = ({
  expiresAt,
  hasPassword,
  lastViewedAt,
  mostViews,
  snapshot,
  state,
  views,
}: ShareLink): string =>
  [
    snapshot ? `Snapshot of ${minuteOf(snapshot.at)}` : 'As it is',
    `${views === 1 ? '1 view' : `${views} views`}${mostViews === null ? '' : ` of ${mostViews}`}${
      lastViewedAt === null ? '' : `, last ${minuteOf(lastViewedAt)}`
    }`,
    hasPassword && 'with a password',
    state === 'used up' && 'used up',
    state === 'expired' && 'too old',
    state === 'without owner' && 'shows nothing: whoever made it is no owner any more',
    state === 'open' && (expiresAt === null ? 'without an end' : `until ${dateOf(expiresAt)}`),
  ]
    .filter(Boolean)
    .join(' · ')
