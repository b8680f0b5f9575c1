/** A list and the page of what is chosen in it; on a small screen one at a time. */
import { createEffect, on, Show, type JSX } from 'solid-js'
import { Icon } from '#client/ui/icon.tsx'

interface Props {
  readonly list: JSX.Element
  /** The id of what is chosen. */
  readonly chosen: string | undefined
  /** Of what is chosen. */
  readonly page: JSX.Element
  /** Stands in place of the page then. */
  readonly hint: JSX.Element
  /** The name of the list, to go back to. */
  readonly back: string
  readonly onBack: () => void
}

export const Panes = (props: Props) => {
  let page: HTMLDivElement | undefined
  // Another page is read from its beginning.
  createEffect(
    on(
      () => props.chosen,
      () => page?.scrollTo(0, 0),
      { defer: true },
    ),
  )
  return (
    <div class="evidence-panes" classList={{ chosen: props.chosen !== undefined }}>
      <div class="evidence-list" onKeyDown={walk}>
        {props.list}
      </div>
      <div class="evidence-page" ref={page}>
        <Show
          when={props.chosen !== undefined}
          fallback={<div class="evidence-hint">{props.hint}</div>}
        >
          <button
            type="button"
            class="button quiet small evidence-back"
            onClick={() => props.onBack()}
          >
            <Icon name="left" /> {props.back}
          </button>
          {props.page}
        </Show>
      </div>
    </div>
  )
}

/** Up and down go through the items of a list. */
const walk = (event: KeyboardEvent & { readonly currentTarget: HTMLElement }): void => {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
  const items = [...event.currentTarget.querySelectorAll<HTMLElement>('.evidence-item')]
  const at = items.indexOf(document.activeElement as HTMLElement)
  if (step === undefined || at < 0) return
  event.preventDefault()
  items[at + step]?.focus()
}
