/** Under the drawn timeline: what has no place on it, with the way to give it one. */
import { createMemo, For, Show, type Accessor } from 'solid-js'
import { keyOf, type Chosen } from '#client/timeline/drawn-lane.tsx'
import { meetingSpan, meetingWords, UNTITLED, type Items } from '#client/timeline/items.ts'
import type { Item } from '#client/timeline/laid.ts'

export interface TrayItem extends Chosen {
  readonly title: string
  readonly when: string
}

/** What is not among the drawn ones. */
export const createTray = (
  items: Items,
  drawn: Accessor<readonly Item[]>,
): Accessor<readonly TrayItem[]> =>
  createMemo(() => {
    const placed = new Set(drawn().map(({ id }) => id as string))
    const events = items.events().map(event => ({
      kind: 'event' as const,
      id: event.id as string,
      title: event.title || UNTITLED,
      when: items.wordsOf(event),
    }))
    const meetings = items
      .meetings()
      .filter(meeting => !meetingSpan(meeting))
      .map(meeting => ({
        kind: 'meeting' as const,
        id: meeting.id as string,
        title: meeting.title || 'Untitled meeting',
        when: meetingWords(meeting),
      }))
    return [...events, ...meetings].filter(({ id }) => !placed.has(id))
  })

export const Tray = (props: {
  readonly items: readonly TrayItem[]
  readonly chosen: Chosen | undefined
  readonly onChoose: (item: Chosen) => void
}) => (
  <Show when={props.items.length > 0}>
    <section class="timeline-tray" aria-label="Without a place in time">
      <h3>Without a place in time</h3>
      <ul>
        <For each={props.items}>
          {item => (
            <li>
              <button
                type="button"
                class="timeline-chip"
                aria-pressed={props.chosen !== undefined && keyOf(props.chosen) === keyOf(item)}
                onClick={() => props.onChoose(item)}
              >
                <span dir="auto">{item.title}</span> <span dir="auto">{item.when}</span>
              </button>
            </li>
          )}
        </For>
      </ul>
    </section>
  </Show>
)
