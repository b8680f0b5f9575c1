/** What moved and what was said, put together by issue or by party. */
import { createMemo, For, Show } from 'solid-js'
import { Excerpt } from '#client/timeline/meeting/excerpt.tsx'
import { noteWords, type MeetingReport, type ReportCell } from '#shared/compare/meeting-report.ts'
import type { Note } from '#shared/meetings.ts'
import { MOVEMENT_KIND_LABELS } from '#shared/movements.ts'

export const ByIssue = (props: { readonly report: MeetingReport }) => (
  <For each={props.report.issues}>
    {issue => (
      <section>
        <h3 dir="auto">
          {issue.title}
          <Show when={!issue.isOnAgenda}>
            <span class="meeting-note-about"> not on the agenda</span>
          </Show>
        </h3>
        <Show
          when={issue.cells.length + issue.notes.length > 0}
          fallback={<p class="field-none">Nothing moved.</p>}
        >
          <For each={issue.cells}>
            {cell => <Moved name={props.report.nameOf(cell.partyId)} cell={cell} />}
          </For>
          <Said notes={issue.notes} report={props.report} />
        </Show>
      </section>
    )}
  </For>
)

export const ByParty = (props: { readonly report: MeetingReport }) => {
  const parties = createMemo(() => {
    const cells = props.report.issues.flatMap(({ cells }) => cells)
    const notes = props.report.issues.flatMap(({ notes }) => notes)
    const ids = new Set([
      ...cells.map(({ partyId }) => partyId),
      ...notes.flatMap(({ partyId }) => partyId ?? []),
    ])
    return [...ids].map(id => ({
      id,
      cells: cells.filter(({ partyId }) => partyId === id),
      notes: notes.filter(({ partyId }) => partyId === id),
    }))
  })
  return (
    <For each={parties()} fallback={<p class="field-none">Nobody moved.</p>}>
      {party => (
        <section>
          <h3 dir="auto">{props.report.nameOf(party.id)}</h3>
          <For each={party.cells}>
            {cell => <Moved name={props.report.titleOf(cell.issueId)} cell={cell} />}
          </For>
          <Said notes={party.notes} report={props.report} />
        </section>
      )}
    </For>
  )
}

const Moved = (props: { readonly name: string; readonly cell: ReportCell }) => (
  <div class="meeting-report-cell">
    <p>
      <strong dir="auto">{props.name}</strong>{' '}
      <span class="meeting-report-kind">{MOVEMENT_KIND_LABELS[props.cell.kind]}</span>
    </p>
    <ul>
      <For each={props.cell.details}>
        {detail => (
          <li dir="auto">
            <Excerpt detail={detail} />
          </li>
        )}
      </For>
    </ul>
  </div>
)

export const Said = (props: {
  readonly notes: readonly Note[]
  readonly report: MeetingReport
}) => (
  <Show when={props.notes.length > 0}>
    <ul class="meeting-report-said">
      <For each={props.notes}>{note => <li dir="auto">{noteWords(note, props.report)}</li>}</For>
    </ul>
  </Show>
)
