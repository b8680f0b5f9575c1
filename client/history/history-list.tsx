/** The snapshots of a tracker beside its matrix: to save one, open one, or choose two to compare. */
import { createMemo, createSignal, For, Match, Show, Switch } from 'solid-js'
import { wordsOf } from '#client/api.ts'
import { Authors, namesOf } from '#client/history/authors.tsx'
import { HistoryEntry } from '#client/history/history-entry.tsx'
import type { Moment } from '#client/history/moment.ts'
import { byDay } from '#client/history/sessions.ts'
import type { History } from '#client/history/snapshots.ts'
import { clockOf } from '#client/history/when.ts'
import { WordsForm } from '#client/history/words-form.tsx'
import type { SnapshotId } from '#shared/ids.ts'
import { describeSummary } from '#shared/compare/summary.ts'

interface HistoryListProps {
  readonly history: History
  readonly moment: Moment
  readonly maySave: boolean
  readonly go: (moment: Moment) => void
  readonly restore: (id: SnapshotId) => void
  readonly close: () => void
}

export const HistoryList = (props: HistoryListProps) => {
  const [saving, setSaving] = createSignal(false)
  const [older, setOlder] = createSignal<SnapshotId>()
  const [newer, setNewer] = createSignal<SnapshotId | 'now'>('now')

  const snapshots = () => props.history.list()?.snapshots ?? []
  const days = createMemo(() => byDay(snapshots()))
  const placeOf = (id: SnapshotId | 'now'): number =>
    id === 'now' ? -1 : snapshots().findIndex(snapshot => snapshot.id === id)
  const chosenOlder = (): SnapshotId | undefined =>
    older() ?? (snapshots()[0]?.id as SnapshotId | undefined)

  const chooseOlder = (id: SnapshotId): void => {
    setOlder(id)
    if (placeOf(newer()) >= placeOf(id)) setNewer('now')
  }
  const chooseNewer = (id: SnapshotId | 'now'): void => {
    setNewer(id)
    const chosen = chosenOlder()
    if (chosen && placeOf(chosen) <= placeOf(id))
      setOlder(snapshots()[placeOf(id) + 1]?.id as SnapshotId | undefined)
  }
  const compareChosen = (): void => {
    const from = chosenOlder()
    if (from) props.go({ shows: 'comparison', from, to: newer() })
  }

  const keys = (event: KeyboardEvent): void => {
    const button = (event.target as Element).closest('.history-open')
    if (!(button instanceof HTMLButtonElement) || event.ctrlKey || event.metaKey || event.altKey)
      return
    const buttons = [
      ...(event.currentTarget as Element).querySelectorAll<HTMLButtonElement>('.history-open'),
    ]
    const at = buttons.indexOf(button)
    const id = button.dataset['snapshot'] as SnapshotId
    if (event.key === 'ArrowDown') buttons[at + 1]?.focus()
    else if (event.key === 'ArrowUp') buttons[at - 1]?.focus()
    else if (event.key === 'Home') buttons[0]?.focus()
    else if (event.key === 'End') buttons.at(-1)?.focus()
    else if (event.key === 'c') props.go({ shows: 'comparison', from: id, to: 'now' })
    else return
    event.preventDefault()
  }

  return (
    <aside class="history-panel" aria-label="History">
      <header class="history-head">
        <h2>History</h2>
        <button
          type="button"
          class="button quiet icon small"
          aria-label="Close history"
          title="Close history (Esc)"
          onClick={() => props.close()}
        >
          <span aria-hidden="true">×</span>
        </button>
      </header>
      <Show
        when={props.maySave}
        fallback={
          <p class="history-hint">
            You can open and compare every moment. Saving and restoring needs the editor’s role.
          </p>
        }
      >
        <Show
          when={saving()}
          fallback={
            <div class="history-tools">
              <button type="button" class="button primary" onClick={() => setSaving(true)}>
                Save snapshot
              </button>
            </div>
          }
        >
          <WordsForm
            label=""
            note=""
            verb="Save"
            onSubmit={async words => {
              await props.history.store.save(words)
              props.history.refresh()
            }}
            onDone={() => setSaving(false)}
          />
        </Show>
      </Show>
      <Switch>
        <Match when={props.history.failed()}>
          <div class="history-empty" role="alert">
            <p>{wordsOf(props.history.failed())}</p>
            <button type="button" class="button" onClick={() => props.history.refresh()}>
              Try again
            </button>
          </div>
        </Match>
        <Match when={props.history.list()}>
          {list => (
            <>
              <div class="history-choice">
                <span aria-hidden="true">from</span>
                <span aria-hidden="true">to</span>
                <button
                  type="button"
                  class="button small"
                  disabled={!chosenOlder()}
                  onClick={compareChosen}
                >
                  Compare
                </button>
              </div>
              {/* Keys move between the entries; each entry's button is what has the focus. */}
              <div class="history-days" onKeyDown={keys}>
                <div class="history-row" classList={{ shown: props.moment.shows === 'now' }}>
                  <span class="history-radio" />
                  <input
                    type="radio"
                    class="history-radio"
                    name="history-newer"
                    aria-label="Compare up to now"
                    checked={newer() === 'now'}
                    onChange={() => chooseNewer('now')}
                  />
                  <div class="history-entry">
                    <button
                      type="button"
                      class="history-open"
                      aria-current={props.moment.shows === 'now' ? 'true' : undefined}
                      onClick={() => props.go({ shows: 'now' })}
                    >
                      <span class="history-line">
                        <strong>Now</strong>
                        <Authors authors={list().sinceThen.authors} />
                      </span>
                      <span class="history-summary">
                        <Show
                          when={list().sinceThen.edits > 0}
                          fallback="Nothing changed since the newest snapshot"
                        >
                          Since then: {describeSummary(list().sinceThen.summary)}
                        </Show>
                      </span>
                    </button>
                  </div>
                </div>
                <For each={days()}>
                  {day => (
                    <section class="history-day">
                      <h3>{day.name}</h3>
                      <For each={day.sessions}>
                        {session => (
                          <div class="history-session">
                            <Show when={session.snapshots.length > 1}>
                              <p class="history-session-head">
                                {clockOf(session.from)}–{clockOf(session.to)}
                                <Show when={session.authors.length > 0}>
                                  {' '}
                                  · {namesOf(session.authors)}
                                </Show>
                              </p>
                            </Show>
                            <ul>
                              <For each={session.snapshots}>
                                {snapshot => (
                                  <HistoryEntry
                                    snapshot={snapshot}
                                    moment={props.moment}
                                    mayChange={props.maySave}
                                    choice={{
                                      isOlder: chosenOlder() === snapshot.id,
                                      isNewer: newer() === snapshot.id,
                                      mayBeNewer:
                                        placeOf(snapshot.id as SnapshotId) < snapshots().length - 1,
                                      chooseOlder: () => chooseOlder(snapshot.id as SnapshotId),
                                      chooseNewer: () => chooseNewer(snapshot.id as SnapshotId),
                                    }}
                                    go={props.go}
                                    restore={props.restore}
                                    annotate={async words => {
                                      await props.history.store.annotate(
                                        snapshot.id as SnapshotId,
                                        words,
                                      )
                                      props.history.refresh()
                                    }}
                                  />
                                )}
                              </For>
                            </ul>
                          </div>
                        )}
                      </For>
                    </section>
                  )}
                </For>
              </div>
              <Show when={snapshots().length === 0}>
                <div class="history-empty">
                  <p>
                    A snapshot keeps the matrix as it is at this moment, to look at, compare with
                    and restore from later. Parley also takes one by itself after each burst of
                    work.
                  </p>
                </div>
              </Show>
            </>
          )}
        </Match>
      </Switch>
    </aside>
  )
}
