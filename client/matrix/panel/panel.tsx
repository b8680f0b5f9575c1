/** Beside the matrix, never over it: the whole of what is selected, as wide as I like it. */
import { createEffect, on, Show } from 'solid-js'
import { PANEL_WIDTHS, type Preferences } from '#client/matrix/preferences.ts'
import { SubjectBody, SubjectTitle, useSubject } from '#client/matrix/panel/selected.tsx'
import type { Selection } from '#client/matrix/selection.ts'
import { Icon } from '#client/ui/icon.tsx'

interface Props {
  readonly selection: Selection
  readonly preferences: Preferences
  readonly onClose: () => void
  /** Shows what ever happened to the cell. */
  readonly onHistory: () => void
  readonly onPage: () => void
}

const STEP = 20

export default function Panel(props: Props) {
  const subject = useSubject(props.selection)
  const hasHistory = (): boolean => subject() !== undefined && subject()?.kind !== 'party'
  let body: HTMLDivElement | undefined
  createEffect(on(subject, () => body?.scrollTo({ top: 0 }), { defer: true }))
  const resize = (event: PointerEvent): void => {
    const handle = event.currentTarget as HTMLElement
    const rightToLeft = getComputedStyle(handle).direction === 'rtl'
    const from = { x: event.clientX, width: props.preferences.panelWidth() }
    handle.setPointerCapture(event.pointerId)
    const move = (moved: PointerEvent): void => {
      const by = rightToLeft ? moved.clientX - from.x : from.x - moved.clientX
      props.preferences.setPanelWidth(from.width + by)
    }
    const listening = new AbortController()
    const { signal } = listening
    handle.addEventListener('pointermove', move, { signal })
    handle.addEventListener('lostpointercapture', () => listening.abort(), { signal })
  }
  const onResizeKey = (event: KeyboardEvent): void => {
    const by = { ArrowLeft: STEP, ArrowRight: -STEP }[event.key]
    if (by === undefined) return
    event.preventDefault()
    props.preferences.setPanelWidth(props.preferences.panelWidth() + by)
  }
  return (
    <aside
      class="panel"
      aria-label="Beside the matrix"
      tabindex="-1"
      onKeyDown={event => {
        if (event.key === 'F8') {
          event.preventDefault()
          props.onPage()
          return
        }
        if (event.key === 'F4' && event.shiftKey) {
          event.preventDefault()
          if (hasHistory()) props.onHistory()
          return
        }
        if (event.key !== 'Escape' && event.key !== 'F4') return
        event.preventDefault()
        props.onClose()
      }}
    >
      <div
        class="panel-edge"
        role="separator"
        aria-orientation="vertical"
        aria-label="Width of the panel"
        aria-valuenow={props.preferences.panelWidth()}
        aria-valuemin={PANEL_WIDTHS.least}
        aria-valuemax={PANEL_WIDTHS.most}
        tabindex="0"
        onPointerDown={resize}
        onKeyDown={onResizeKey}
      />
      <header class="panel-head">
        <div class="panel-title">
          <SubjectTitle subject={subject()} />
        </div>
        <Show when={subject() && subject()?.kind !== 'cell'}>
          <button
            type="button"
            class="button quiet small panel-history"
            data-tip={`The page of this ${subject()?.kind}, to read and to print`}
            data-keys="F8"
            onClick={() => props.onPage()}
          >
            Page
          </button>
        </Show>
        <Show when={hasHistory()}>
          <button
            type="button"
            class="button quiet small panel-history"
            data-tip="All that ever changed here"
            data-keys="Shift+F4"
            onClick={() => props.onHistory()}
          >
            History
          </button>
        </Show>
        <button
          type="button"
          class="button quiet icon small"
          aria-label="Close the panel"
          data-tip="Close"
          data-keys="Esc"
          onClick={() => props.onClose()}
        >
          <Icon name="close" />
        </button>
      </header>
      <div class="panel-body" ref={body}>
        <SubjectBody subject={subject()} />
      </div>
    </aside>
  )
}
