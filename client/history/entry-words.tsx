/** What the list says of a snapshot: when, what, by whom, and what people say of it. */
import { For, Show } from 'solid-js'
import { Authors } from '#client/history/authors.tsx'
import { kindOf, labelOf } from '#client/history/sessions.ts'
import { Icon, type IconName } from '#client/ui/icon.tsx'
import { ago, clockOf, dateOf, exactly } from '#client/ui/when.ts'
import type { SnapshotEntry } from '#shared/api.ts'
import { describeSummary } from '#shared/compare/summary.ts'

/** More of them the history of each cell tells. */
const MOST_REASONS = 3

interface EntryWordsProps {
  readonly snapshot: SnapshotEntry
  /** Why things were changed since the snapshot before. */
  readonly reasons: readonly string[]
}

export const EntryWords = (props: EntryWordsProps) => (
  <>
    <span class="history-line">
      <time
        dateTime={new Date(props.snapshot.at).toISOString()}
        data-tip={exactly(props.snapshot.at)}
      >
        {clockOf(props.snapshot.at)}
      </time>
      <strong dir="auto" classList={{ plain: props.snapshot.label === '' }}>
        {labelOf(props.snapshot)}
      </strong>
      <Show when={props.snapshot.pinned}>
        <Mark icon="pin" means="pinned" tip="Pinned: it is kept for good" />
      </Show>
      <Show when={props.snapshot.signOffs.length > 0}>
        <Mark icon="signed" means="signed off" tip="Signed off: it is kept for good" />
      </Show>
      <Authors authors={props.snapshot.authors} />
    </span>
    <span class="history-summary">{describeSummary(props.snapshot.summary)}</span>
    <For each={props.reasons.slice(0, MOST_REASONS)}>
      {reason => (
        <span class="history-reason">
          Because <bdi dir="auto">{reason}</bdi>
        </span>
      )}
    </For>
    <Show when={props.snapshot.note}>
      <span class="history-note" dir="auto">
        {props.snapshot.note}
      </span>
    </Show>
    <Show when={props.snapshot.signOffs.length > 0}>
      <span class="history-signed">
        Signed off by{' '}
        <For each={props.snapshot.signOffs}>
          {({ at, by, note }, place) => (
            <>
              {place() > 0 && '; '}
              <bdi>{by.name}</bdi>, <span data-tip={exactly(at)}>{dateOf(at)}</span>
              <Show when={note}>
                : <bdi>“{note}”</bdi>
              </Show>
            </>
          )}
        </For>
      </span>
    </Show>
    <span class="history-when">
      {ago(props.snapshot.at, Date.now())}
      <Show when={props.snapshot.by}>{by => <> · saved by {by().name}</>}</Show>
      <Show when={kindOf(props.snapshot)}>{kind => <> · {kind()}</>}</Show>
      <Show when={props.snapshot.standsFor > 0}>
        {' '}
        · stands for {props.snapshot.standsFor} more, thinned out
      </Show>
    </span>
  </>
)

const Mark = (props: { readonly icon: IconName; readonly means: string; readonly tip: string }) => (
  <span class="history-mark" data-tip={props.tip}>
    <Icon name={props.icon} />
    <span class="unseen">{props.means}</span>
  </span>
)
