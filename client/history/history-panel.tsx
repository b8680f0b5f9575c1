/** Beside the matrix: the change that the reader stands on, and the list of moments. */
import { createEffect, createSignal, Match, Show, Switch, type JSX } from 'solid-js'
import { ChangeCard } from '#client/history/change-card.tsx'
import { HistoryList } from '#client/history/history-list.tsx'
import type { Moment } from '#client/history/moment.ts'
import type { Review } from '#client/history/review.ts'
import type { History, Words } from '#client/history/snapshots.ts'
import { WordsForm } from '#client/history/words-form.tsx'
import { Icon } from '#client/ui/icon.tsx'
import type { MomentRef } from '#shared/moments.ts'

interface HistoryPanelProps {
  readonly history: History
  readonly moment: Moment
  readonly review: Review | undefined
  readonly mayChange: boolean
  readonly go: (moment: Moment) => void
  readonly restore: (ref: MomentRef) => void
  readonly save: (words: Words) => Promise<unknown>
  readonly close: () => void
  /** What stands above the list. */
  readonly children: JSX.Element
}

export const HistoryPanel = (props: HistoryPanelProps) => {
  const [saving, setSaving] = createSignal(false)
  // On a small screen the list makes room for what was chosen in it.
  const [folded, setFolded] = createSignal(false)
  createEffect(() => setFolded(props.moment.shows !== 'now'))
  return (
    <aside class="history-panel" classList={{ folded: folded() }} aria-label="History">
      <header class="history-head">
        <h2>History</h2>
        <button
          type="button"
          class="button quiet small history-fold"
          aria-expanded={!folded()}
          onClick={() => setFolded(!folded())}
        >
          {folded() ? 'Show moments' : 'Hide moments'}
        </button>
        <button
          type="button"
          class="button quiet icon small"
          aria-label="Close history"
          data-tip="Close history"
          data-keys="Esc"
          onClick={() => props.close()}
        >
          <Icon name="close" />
        </button>
      </header>
      <Show when={props.review?.walk.current()}>
        {stop => <ChangeCard stop={stop()} compared={props.review?.compared()} />}
      </Show>
      <Switch>
        <Match when={!props.mayChange}>
          <p class="history-hint">
            You can open and compare every moment. Saving and restoring needs the editor’s role.
          </p>
        </Match>
        <Match when={saving()}>
          <WordsForm
            label=""
            note=""
            verb="Save"
            onSubmit={props.save}
            onDone={() => setSaving(false)}
          />
        </Match>
        <Match when={props.moment.shows === 'now'}>
          <div class="history-tools">
            <button type="button" class="button primary" onClick={() => setSaving(true)}>
              Save snapshot
            </button>
          </div>
        </Match>
      </Switch>
      <div class="history-body">
        {props.children}
        <HistoryList
          history={props.history}
          moment={props.moment}
          mayChange={props.mayChange}
          go={props.go}
          restore={props.restore}
        />
      </div>
    </aside>
  )
}
