/** Finds one of many by some of its words. */
import { createMemo, createSignal, createUniqueId, For, onMount, Show } from 'solid-js'
import '#client/ui/finder.css'

export interface Findable<Id extends string> {
  readonly id: Id
  readonly label: string
  /** A second line, as for whom it is. */
  readonly note?: string
}

interface Props<Id extends string> {
  readonly label: string
  readonly placeholder: string
  readonly items: readonly Findable<Id>[]
  readonly onChoose: (id: Id) => void
  readonly onClose: () => void
}

/** More are found by more words. */
const SHOWN = 12

export const Finder = <Id extends string>(props: Props<Id>) => {
  const id = createUniqueId()
  const [words, setWords] = createSignal('')
  const [at, setAt] = createSignal(0)
  let input: HTMLInputElement | undefined
  onMount(() => input?.focus())
  const found = createMemo(() => {
    const wanted = words().toLowerCase().split(/\s+/).filter(Boolean)
    return props.items.filter(({ label, note = '' }) => {
      const text = `${label} ${note}`.toLowerCase()
      return wanted.every(word => text.includes(word))
    })
  })
  const shown = () => found().slice(0, SHOWN)
  const onKeyDown = (event: KeyboardEvent): void => {
    event.stopPropagation()
    if (event.isComposing) return
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    const many = shown().length
    if (step !== undefined && many > 0) setAt(index => (index + step + many) % many)
    else if (event.key === 'Enter') {
      const chosen = shown()[at()]
      if (chosen) props.onChoose(chosen.id)
    } else if (event.key === 'Escape') props.onClose()
    else return
    event.preventDefault()
  }
  return (
    <div class="finder">
      <input
        ref={input}
        class="input"
        role="combobox"
        aria-expanded="true"
        aria-autocomplete="list"
        aria-controls={`${id}-list`}
        aria-activedescendant={shown()[at()] ? `${id}-${at()}` : undefined}
        aria-label={props.label}
        placeholder={props.placeholder}
        dir="auto"
        onInput={event => {
          setWords(event.currentTarget.value)
          setAt(0)
        }}
        onKeyDown={onKeyDown}
        onFocusOut={event => {
          const to = event.relatedTarget
          if (!(to instanceof Node && event.currentTarget.parentElement?.contains(to)))
            props.onClose()
        }}
      />
      <div class="finder-list" role="listbox" id={`${id}-list`} aria-label={props.label}>
        <For each={shown()}>
          {(item, index) => (
            <div
              class="finder-item"
              role="option"
              id={`${id}-${index()}`}
              aria-selected={index() === at()}
              // Before the field loses the focus, which closes the list.
              onPointerDown={event => event.preventDefault()}
              onClick={() => props.onChoose(item.id)}
              onPointerEnter={() => setAt(index())}
            >
              <span dir="auto">{item.label}</span>
              <Show when={item.note}>
                <span class="finder-note" dir="auto">
                  {item.note}
                </span>
              </Show>
            </div>
          )}
        </For>
      </div>
      <Show when={found().length === 0}>
        <p class="finder-none">Nothing has these words.</p>
      </Show>
      <Show when={found().length > SHOWN}>
        <p class="finder-none">{found().length - SHOWN} more: write another word.</p>
      </Show>
    </div>
  )
}
