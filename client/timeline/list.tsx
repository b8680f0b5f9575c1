/** The timeline as a list: in the order of time, then what is counted from an event without a date, then the rest. */
import { createMemo, For, Show } from 'solid-js'
import { keyOf, type Chosen } from '#client/timeline/drawn-lane.tsx'
import { meetingSpan, meetingWords, UNTITLED, type Items } from '#client/timeline/items.ts'

import type { Span } from '#shared/dates.ts'
import { bySpans } from '#shared/when.ts'

interface Props {
  readonly items: Items
  readonly chosen: Chosen | undefined
  readonly partyName: (id: string | null) => string
  /** How many cells it moved, and on how many claims it rests. */
  readonly aboutOf: (id: string) => string
  readonly onChoose: (item: Chosen) => void
}

interface Line extends Chosen {
  readonly title: string
  readonly when: string
  /** In the words of the record, where they say more. */
  readonly phrase: string
  readonly who: string
  readonly about: string
}

export const List = (props: Props) => {
  const groups = createMemo(() => {
    const { events, meetings, whenOf, wordsOf } = props.items
    const dated: { line: Line; span: Span }[] = []
    const relative: Line[] = []
    const unknown: Line[] = []
    for (const event of events()) {
      const when = whenOf(event.id)
      const words = wordsOf(event)
      const line: Line = {
        kind: 'event',
        id: event.id,
        title: event.title || UNTITLED,
        when: words,
        phrase: event.phrase === words ? '' : event.phrase,
        who: props.partyName(event.partyId),
        about: props.aboutOf(event.id),
      }
      if (when.is === 'dated') dated.push({ line, span: when.span })
      else (when.is === 'relative' ? relative : unknown).push(line)
    }
    for (const meeting of meetings()) {
      const span = meetingSpan(meeting)
      const line: Line = {
        kind: 'meeting',
        id: meeting.id,
        title: meeting.title || 'Untitled meeting',
        when: meetingWords(meeting),
        phrase: meeting.venue,
        who: 'Meeting',
        about: '',
      }
      if (span) dated.push({ line, span })
      else unknown.push(line)
    }
    return [
      {
        name: 'In order',
        lines: dated.sort((a, b) => bySpans(a.span, b.span)).map(({ line }) => line),
      },
      { name: 'Counted from an event without a date', lines: relative },
      { name: 'Date unknown', lines: unknown },
    ].filter(({ lines }) => lines.length > 0)
  })
  return (
    <div class="timeline-list">
      <For each={groups()}>
        {group => (
          <section aria-label={group.name}>
            <Show when={groups().length > 1}>
              <h3>{group.name}</h3>
            </Show>
            <ul>
              <For each={group.lines}>
                {line => (
                  <li>
                    <button
                      type="button"
                      class="timeline-line"
                      data-key={keyOf(line)}
                      aria-pressed={
                        props.chosen !== undefined && keyOf(props.chosen) === keyOf(line)
                      }
                      onClick={() => props.onChoose(line)}
                    >
                      <span class="timeline-line-when">{line.when}</span>
                      <span class="timeline-line-title" dir="auto">
                        {line.title}
                      </span>
                      <span class="timeline-line-who" dir="auto">
                        {line.who}
                      </span>
                      <span class="timeline-line-note" dir="auto">
                        {[
                          line.phrase && (line.kind === 'event' ? `“${line.phrase}”` : line.phrase),
                          line.about,
                        ]
                          .filter(Boolean)
                          .join(' · ')}
                      </span>
                    </button>
                  </li>
                )}
              </For>
            </ul>
          </section>
        )}
      </For>
    </div>
  )
}
