/** One snapshot in the list. */
import { createSignal, Show } from 'solid-js'
import { Authors } from '#client/history/authors.tsx'
import type { Choice } from '#client/history/choice.ts'
import type { Moment } from '#client/history/moment.ts'
import { kindOf, labelOf } from '#client/history/sessions.ts'
import type { Words } from '#client/history/snapshots.ts'
import { ago, clockOf, exactly } from '#client/ui/when.ts'
import { WordsForm } from '#client/history/words-form.tsx'
import type { SnapshotEntry } from '#shared/api.ts'
import { describeSummary } from '#shared/compare/summary.ts'
import type { SnapshotId } from '#shared/ids.ts'
import type { MomentRef } from '#shared/moments.ts'

interface HistoryEntryProps {
  readonly snapshot: SnapshotEntry
  readonly moment: Moment
  readonly mayChange: boolean
  readonly choice: Choice
  readonly go: (moment: Moment) => void
  readonly restore: (ref: MomentRef) => void
  readonly annotate: (words: Words) => Promise<void>
}

export const HistoryEntry = (props: HistoryEntryProps) => {
  const [editing, setEditing] = createSignal(false)
  const id = () => props.snapshot.id as SnapshotId
  const name = () => `${labelOf(props.snapshot)}, ${exactly(props.snapshot.at)}`
  const isShown = (): boolean => {
    const { moment } = props
    if (moment.shows === 'past') return moment.at === id()
    return moment.shows === 'comparison' && (moment.from === id() || moment.to === id())
  }
  return (
    <li class="history-row" classList={{ shown: isShown() }}>
      <input
        type="radio"
        class="history-radio"
        name="history-older"
        aria-label={`Compare from ${name()}`}
        checked={props.choice.older() === id()}
        onChange={() => props.choice.chooseOlder(id())}
      />
      <Show when={props.choice.mayBeNewer(id())} fallback={<span />}>
        <input
          type="radio"
          class="history-radio"
          name="history-newer"
          aria-label={`Compare up to ${name()}`}
          checked={props.choice.newer() === id()}
          onChange={() => props.choice.chooseNewer(id())}
        />
      </Show>
      <div class="history-entry">
        <Show
          when={!editing()}
          fallback={
            <WordsForm
              label={props.snapshot.label}
              note={props.snapshot.note}
              verb="Save words"
              onSubmit={props.annotate}
              onDone={() => setEditing(false)}
            />
          }
        >
          <button
            type="button"
            class="history-open"
            data-snapshot={props.snapshot.id}
            aria-current={isShown() ? 'true' : undefined}
            onClick={() => props.go({ shows: 'past', at: id() })}
          >
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
              <Authors authors={props.snapshot.authors} />
            </span>
            <span class="history-summary">{describeSummary(props.snapshot.summary)}</span>
            <Show when={props.snapshot.note}>
              <span class="history-note" dir="auto">
                {props.snapshot.note}
              </span>
            </Show>
            <span class="history-when">
              {ago(props.snapshot.at, Date.now())}
              <Show when={props.snapshot.by}>{by => <> · saved by {by().name}</>}</Show>
              <Show when={kindOf(props.snapshot)}>{kind => <> · {kind()}</>}</Show>
            </span>
          </button>
          <span class="history-actions">
            <button
              type="button"
              class="button quiet small"
              data-tip="Compare with now"
              data-keys="c"
              aria-label={`Compare with now: ${name()}`}
              onClick={() => props.go({ shows: 'comparison', from: id(), to: 'now' })}
            >
              Compare with now
            </button>
            <Show when={props.mayChange}>
              <button
                type="button"
                class="button quiet small"
                aria-label={`Edit words of ${name()}`}
                onClick={() => setEditing(true)}
              >
                Edit words
              </button>
              <button
                type="button"
                class="button quiet small"
                aria-label={`Restore from ${name()}`}
                onClick={() => props.restore(id())}
              >
                Restore…
              </button>
            </Show>
          </span>
        </Show>
      </div>
    </li>
  )
}
