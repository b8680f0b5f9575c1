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
        <p class="history-hint">
          You can open and compare every moment. Saving and restoring needs the editor’s role.
        </p>
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
        </div>
      </Match>
    </Switch>
  )
}
