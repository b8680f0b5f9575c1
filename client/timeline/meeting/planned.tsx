/** When a meeting is to be, typed as a date or a date with a time in the meeting's zone. */
import { createSignal, createUniqueId } from 'solid-js'
import { plannedIn } from '#client/timeline/meeting/times.ts'
import { calendarWords } from '#shared/calendar-words.ts'

interface Props {
  readonly value: string
  readonly zone: string
  readonly disabled: boolean
  readonly onWrite: (plannedFor: string) => void
}

export const Planned = (props: Props) => {
  const id = createUniqueId()
  const [typed, setTyped] = createSignal<string>()
  const read = (): string | undefined => plannedIn(typed() ?? '', props.zone, { today: Date.now() })
  const take = (): void => {
    const date = read()
    if (typed() === undefined || date === undefined) return
    if (date !== props.value) props.onWrite(date)
    setTyped(undefined)
  }
  return (
    <div class="field">
      <label class="field-label" for={id}>
        Planned for
      </label>
      <div>
        <input
          id={id}
          class="line"
          autocomplete="off"
          placeholder="6 Feb 10:00, or early February"
          value={typed() ?? calendarWords(props.value)}
          readonly={props.disabled}
          aria-describedby={`${id}-read`}
          aria-invalid={typed() !== undefined && read() === undefined ? true : undefined}
          onInput={event => setTyped(event.currentTarget.value)}
          onKeyDown={event => {
            if (event.key === 'Enter' && !event.isComposing) take()
            else if (event.key === 'Escape' && typed() !== undefined) {
              event.stopPropagation()
              setTyped(undefined)
            }
          }}
          onBlur={take}
        />
        <p class="meeting-read" id={`${id}-read`} aria-live="polite">
          {typed() === undefined ? '' : told(read())}
        </p>
      </div>
    </div>
  )
}

const told = (date: string | undefined): string => {
  if (date === undefined) return 'Not understood. Write 6 Feb, 6 Feb 10:00, or early February.'
  return date === '' ? 'No date' : calendarWords(date)
}
