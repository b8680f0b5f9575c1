/** Keys of the history: they work wherever the focus is, except where somebody is writing. */
import { onCleanup, onMount } from 'solid-js'

interface HistoryKeys {
  readonly escape: () => void
  readonly step: (by: 1 | -1) => void
  /** To the next of then, both and now. */
  readonly turn: () => void
  /** Says that the change under the reader is reviewed. */
  readonly review: () => void
  /** Asks about it. */
  readonly ask: () => void
  readonly neighbour: (which: 'successor' | 'predecessor') => void
}

export const onHistoryKeys = (keys: HistoryKeys): void => {
  const runs = (event: KeyboardEvent): (() => void) | undefined => {
    if (event.key === 'F7') return () => keys.step(event.shiftKey ? -1 : 1)
    if (isWriting(event.target)) return undefined
    switch (event.key) {
      case 'Escape':
        return keys.escape
      case 'n':
        return () => keys.step(1)
      case 'p':
        return () => keys.step(-1)
      case 't':
        return keys.turn
      case 'r':
        return keys.review
      case 'q':
        return keys.ask
      case '[':
        return () => keys.neighbour('predecessor')
      case ']':
        return () => keys.neighbour('successor')
      default:
        return undefined
    }
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return
    const run = runs(event)
    if (!run) return
    event.preventDefault()
    run()
  }
  onMount(() => addEventListener('keydown', onKeyDown))
  onCleanup(() => removeEventListener('keydown', onKeyDown))
}

const isWriting = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable ||
    target instanceof HTMLTextAreaElement ||
    target instanceof HTMLSelectElement ||
    (target instanceof HTMLInputElement && !['radio', 'checkbox'].includes(target.type)))
