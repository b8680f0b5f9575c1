/** Over the list: to keep this moment, or to begin a meeting. */
import { createSignal, Match, Switch } from 'solid-js'
import { MeetingForm } from '#client/history/meeting-form.tsx'
import type { Moment } from '#client/history/moment.ts'
import type { Words } from '#client/history/snapshots.ts'
import { WordsForm } from '#client/history/words-form.tsx'

interface HistoryToolsProps {
  readonly moment: Moment
  readonly mayChange: boolean
  readonly save: (words: Words) => Promise<unknown>
  readonly startMeeting: (title: string) => Promise<unknown>
  /** Reads what happened since my last visit. */
  readonly catchUp: () => void
}

export const HistoryTools = (props: HistoryToolsProps) => {
  const [form, setForm] = createSignal<'snapshot' | 'meeting'>()
  let tools: HTMLDivElement | undefined
  const leaveForm = (): void => {
    setForm()
    tools?.querySelector('button')?.focus()
  }
  return (
    <Switch>
      <Match when={!props.mayChange}>
        <div class="history-hint">
          <p>
            You can open and compare every moment. Saving and restoring needs the editor’s role.
          </p>
          <CatchUpButton onClick={props.catchUp} />
        </div>
      </Match>
      <Match when={form() === 'snapshot'}>
        <WordsForm
          label=""
          note=""
          verb="Save"
          busy="Waiting until everything is saved …"
          onSubmit={props.save}
          onDone={leaveForm}
        />
      </Match>
      <Match when={form() === 'meeting'}>
        <MeetingForm onSubmit={props.startMeeting} onDone={leaveForm} />
      </Match>
      <Match when={props.moment.shows === 'now'}>
        <div class="history-tools" ref={tools}>
          <button type="button" class="button primary" onClick={() => setForm('snapshot')}>
            Save snapshot
          </button>
          <button type="button" class="button" onClick={() => setForm('meeting')}>
            Start a meeting…
          </button>
          <CatchUpButton onClick={props.catchUp} />
        </div>
      </Match>
    </Switch>
  )
}

const CatchUpButton = (props: { readonly onClick: () => void }) => (
  <button
    type="button"
    class="button"
    data-tip="What happened since my last visit"
    onClick={() => props.onClick()}
  >
    Catch up
  </button>
)
