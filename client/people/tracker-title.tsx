/** The tracker's title, renamed in place by those who may. */
import { createSignal, Show } from 'solid-js'
import { useNegotiation } from '#client/live/negotiation.ts'
import { may } from '#shared/access.ts'
import { describeTracker } from '#shared/document/tracker.ts'

export const TrackerTitle = () => {
  const { act, mayEdit, role, view } = useNegotiation()
  const [renaming, setRenaming] = createSignal(false)
  const mayRename = (): boolean => mayEdit() && may(role(), 'manage')

  const rename = (title: string): void => {
    if (!renaming()) return
    setRenaming(false)
    const trimmed = title.trim()
    if (trimmed && trimmed !== view.title())
      act('rename the tracker', doc => describeTracker(doc, { title: trimmed }))
  }

  return (
    <h1 class="frame-title">
      <Show when={!renaming()} fallback={<TitleInput title={view.title()} onDone={rename} />}>
        <Show
          when={mayRename()}
          fallback={
            <span class="frame-title-words" dir="auto">
              {view.title()}
            </span>
          }
        >
          <button
            type="button"
            class="frame-title-words"
            dir="auto"
            data-tip="Rename"
            onClick={() => setRenaming(true)}
          >
            {view.title()}
          </button>
        </Show>
      </Show>
    </h1>
  )
}

interface InputProps {
  readonly title: string
  readonly onDone: (title: string) => void
}

const TitleInput = (props: InputProps) => (
  <input
    ref={input =>
      queueMicrotask(() => {
        input.focus()
        input.select()
      })
    }
    class="input frame-title-input"
    aria-label="Title of the tracker"
    dir="auto"
    maxlength="200"
    value={props.title}
    onBlur={event => props.onDone(event.currentTarget.value)}
    onKeyDown={event => {
      event.stopPropagation()
      if (event.key === 'Enter') props.onDone(event.currentTarget.value)
      if (event.key === 'Escape') props.onDone(props.title)
    }}
  />
)
