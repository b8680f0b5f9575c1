/** One snapshot in the list. */
import { createSignal, Match, Show, Switch } from 'solid-js'
import type { Choice } from '#client/history/choice.ts'
import { SnapshotMenu } from '#client/history/entry-menu.tsx'
import { EntryWords } from '#client/history/entry-words.tsx'
import type { Moment } from '#client/history/moment.ts'
import { labelOf } from '#client/history/sessions.ts'
import { SignOffForm } from '#client/history/sign-off-form.tsx'
import type { History } from '#client/history/snapshots.ts'
import { exactly } from '#client/ui/when.ts'
import { WordsForm } from '#client/history/words-form.tsx'
import type { SnapshotEntry } from '#shared/api.ts'
import type { SnapshotId } from '#shared/ids.ts'
import type { MomentRef } from '#shared/moments.ts'
import '#client/history/history-entry.css'

interface HistoryEntryProps {
  readonly snapshot: SnapshotEntry
  readonly history: History
  readonly moment: Moment
  /** My account's id. */
  readonly me: string
  readonly mayChange: boolean
  readonly reasons: readonly string[]
  readonly choice: Choice
  readonly go: (moment: Moment) => void
  readonly restore: (ref: MomentRef) => void
}

export const HistoryEntry = (props: HistoryEntryProps) => {
  const [form, setForm] = createSignal<'words' | 'sign-off'>()
  let row: HTMLLIElement | undefined
  const id = () => props.snapshot.id as SnapshotId
  const name = () => `${labelOf(props.snapshot)}, ${exactly(props.snapshot.at)}`
  const isShown = (): boolean => {
    const { moment } = props
    if (moment.shows === 'past') return moment.at === id()
    return moment.shows === 'comparison' && (moment.from === id() || moment.to === id())
  }
  /** The list tells of it at once. */
  const told = async (change: Promise<unknown>): Promise<void> => {
    await change
    props.history.refresh()
  }
  const leaveForm = (): void => {
    setForm()
    row?.querySelector<HTMLElement>('.history-open')?.focus()
  }
  return (
    <li ref={row} class="history-row" classList={{ shown: isShown() }}>
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
        <Switch>
          <Match when={form() === 'words'}>
            <WordsForm
              label={props.snapshot.label}
              note={props.snapshot.note}
              verb="Save words"
              onSubmit={words => told(props.history.store.annotate(id(), words))}
              onDone={leaveForm}
            />
          </Match>
          <Match when={form() === 'sign-off'}>
            <SignOffForm
              onSubmit={note => told(props.history.store.sign(id(), note))}
              onDone={leaveForm}
            />
          </Match>
          <Match when={!form()}>
            <button
              type="button"
              class="history-open"
              data-snapshot={props.snapshot.id}
              aria-current={isShown() ? 'true' : undefined}
              onClick={() => props.go({ shows: 'past', at: id() })}
            >
              <EntryWords snapshot={props.snapshot} reasons={props.reasons} />
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
              <SnapshotMenu
                snapshot={props.snapshot}
                label={`More about ${name()}`}
                store={props.history.store}
                me={props.me}
                mayChange={props.mayChange}
                restore={props.restore}
                write={setForm}
                told={told}
              />
            </span>
          </Match>
        </Switch>
      </div>
    </li>
  )
}
