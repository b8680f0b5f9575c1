/** The movement report of a meeting: what differs between its two snapshots, by issue or by party, to be printed or passed on. */
import { createMemo, createSignal, For, Match, Show, Switch } from 'solid-js'
import { wordsOf } from '#client/api.ts'
import { createAsked } from '#client/history/asked.ts'
import { listMovements } from '#client/history/movements/list.ts'
import type { History } from '#client/history/snapshots.ts'
import { useNegotiation } from '#client/live/negotiation.ts'
import { notesOf } from '#client/timeline/meeting/notes.tsx'
import { ByIssue, ByParty, Said } from '#client/timeline/meeting/report-parts.tsx'
import { timesOf } from '#client/timeline/meeting/times.ts'
import { Segments } from '#client/ui/segments.tsx'
import { notify } from '#client/ui/toaster.tsx'
import { Classified } from '#client/people/classified.tsx'
import { classificationOf } from '#client/classification.ts'
import { classified } from '#shared/compare/brief-markdown.ts'
import {
  meetingReport,
  reportMarkdown,
  type MeetingReport,
} from '#shared/compare/meeting-report.ts'
import { agendaItemRecords, noteRecords } from '#shared/document/meetings.ts'
import { markedKinds, type Movement } from '#shared/history/movements.ts'
import { MEETING_FORMAT_LABELS, type Meeting } from '#shared/meetings.ts'

interface Props {
  readonly meeting: Meeting
  readonly history: History
  readonly onClose: () => void
}

/** More movements than any meeting has. */
const MOST = 1_000

const GROUPINGS = ['issues', 'parties'] as const
const GROUPING_LABELS = { issues: 'By issue', parties: 'By party' }

export const Report = (props: Props) => {
  const { trackerId, view } = useNegotiation()
  const [grouping, setGrouping] = createSignal<(typeof GROUPINGS)[number]>('issues')
  const ends = createMemo(
    () => {
      const { after, before } = props.meeting
      return before && after ? { before, after } : undefined
    },
    undefined,
    { equals: (a, b) => a?.before === b?.before && a?.after === b?.after },
  )
  const states = createAsked(ends, async ({ after, before }) => {
    const [then, now] = await Promise.all([
      props.history.store.pasts.open(before),
      props.history.store.pasts.open(after),
    ])
    return { before: then, after: now }
  })
  const movements = createAsked(
    () => {
      const is = ends()
      const [from, to] = is ? [props.history.entry(is.before), props.history.entry(is.after)] : []
      return from && to ? { since: String(from.seq), until: String(to.seq) } : undefined
    },
    async span => (await listMovements(trackerId, span, MOST)).movements,
  )
  const report = createMemo(() => {
    const is = states.latest()
    if (!is) return undefined
    return meetingReport({
      ...is,
      agenda: view
        .records(agendaItemRecords)
        .filter(({ meetingId }) => meetingId === props.meeting.id),
      notes: notesOf(view.records(noteRecords), props.meeting.id),
      said: markedKinds(
        (movements.latest() ?? []) as unknown as readonly Movement[],
        view.movements(),
      ),
    })
  })
  const about = (): readonly string[] => {
    const { format, round, venue } = props.meeting
    return [
      [round, format && MEETING_FORMAT_LABELS[format], venue].filter(Boolean).join(' · '),
      ...timesOf(props.meeting),
    ].filter(Boolean)
  }
  const title = (): string => `Movement report: ${props.meeting.title || 'Untitled meeting'}`
  const copy = async (report: MeetingReport): Promise<void> => {
    try {
      await navigator.clipboard.writeText(
        classified(
          reportMarkdown(report, { title: title(), about: about() }),
          classificationOf(trackerId),
        ),
      )
      notify({ text: 'The report is copied as Markdown.' })
    } catch {
      notify({
        tone: 'warning',
        text: 'The browser did not allow copying. Print the report instead.',
      })
    }
  }
  return (
    <article class="meeting-report" aria-label="Movement report">
      <header class="meeting-report-tools">
        <Segments
          label="Put together"
          names={GROUPINGS}
          labelOf={name => GROUPING_LABELS[name]}
          chosen={grouping()}
          onChoose={setGrouping}
        />
        <Show when={report()}>
          {report => (
            <button type="button" class="button small" onClick={() => void copy(report())}>
              Copy as Markdown
            </button>
          )}
        </Show>
        <button type="button" class="button small" onClick={() => print()}>
          Print
        </button>
        <button type="button" class="button quiet small" onClick={() => props.onClose()}>
          Close
        </button>
      </header>
      <Classified />
      <h2 dir="auto">{title()}</h2>
      <For each={about()}>
        {words => (
          <p class="meeting-report-about" dir="auto">
            {words}
          </p>
        )}
      </For>
      <Switch fallback={<p aria-busy="true">Comparing the two snapshots …</p>}>
        <Match when={!ends()}>
          <p>This meeting has no two snapshots: choose them in the history.</p>
        </Match>
        <Match when={states.failed()}>
          <p role="alert">{wordsOf(states.failed())}</p>
        </Match>
        <Match when={report()}>
          {report => (
            <>
              <p class="meeting-report-summary">{report().summary}.</p>
              <Show when={grouping() === 'issues'} fallback={<ByParty report={report()} />}>
                <ByIssue report={report()} />
              </Show>
              <Show when={report().unresolved.length > 0}>
                <section>
                  <h3>Unresolved claims</h3>
                  <ul class="meeting-report-claims">
                    <For each={report().unresolved}>
                      {claim => (
                        <li>
                          <span class="grade">{claim.grade}</span>
                          <div>
                            <p dir="auto">{claim.statement}</p>
                            <p class="meeting-note-about" dir="auto">
                              {[claim.attribution, ...claim.cells].join(' · ')}
                            </p>
                          </div>
                        </li>
                      )}
                    </For>
                  </ul>
                </section>
              </Show>
              <Show when={report().notes.length > 0}>
                <section>
                  <h3>Notes on no issue</h3>
                  <Said notes={report().notes} report={report()} />
                </section>
              </Show>
            </>
          )}
        </Match>
      </Switch>
      <Classified />
    </article>
  )
}
