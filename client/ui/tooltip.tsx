/**
 * Tooltips by attribute: `data-tip="Undo" data-keys="Ctrl+Z"` on whatever can be pointed at or focused. One host
 * listens for all of them, so that a cell or a button costs nothing. What they say must also be in the label.
 */
import { createSignal, onCleanup, onMount, Show } from 'solid-js'
import { place } from '#client/ui/place.ts'
import '#client/ui/tooltip.css'

const SOON = 450

/** Mounted once, at the root of the page. */
export const TooltipHost = () => {
  const [tipped, setTipped] = createSignal<HTMLElement>()
  let timer: ReturnType<typeof setTimeout> | undefined
  let bubble: HTMLDivElement | undefined

  const show = (element: HTMLElement | undefined, after: number): void => {
    clearTimeout(timer)
    if (element === tipped()) return
    setTipped(undefined)
    if (element) timer = setTimeout(() => setTipped(element), after)
  }
  const hide = (): void => show(undefined, 0)
  const of = (event: Event): HTMLElement | undefined => {
    const target = event.target instanceof Element ? event.target : undefined
    if (target && bubble?.contains(target)) return tipped()
    return target?.closest<HTMLElement>('[data-tip]') ?? undefined
  }
  const onPointerOver = (event: PointerEvent): void => {
    if (event.pointerType !== 'touch') show(of(event), SOON)
  }
  const onFocusIn = (event: FocusEvent): void => {
    const element = of(event)
    show(element?.matches(':focus-visible') ? element : undefined, SOON)
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') hide()
  }
  onMount(() => {
    addEventListener('pointerover', onPointerOver, { passive: true })
    addEventListener('focusin', onFocusIn)
    addEventListener('pointerdown', hide, { passive: true })
    addEventListener('keydown', onKeyDown)
    onCleanup(() => {
      clearTimeout(timer)
      removeEventListener('pointerover', onPointerOver)
      removeEventListener('focusin', onFocusIn)
      removeEventListener('pointerdown', hide)
      removeEventListener('keydown', onKeyDown)
    })
  })

  return (
    <Show when={tipped()} keyed>
      {element => {
        onMount(() => {
          bubble?.showPopover?.()
          if (bubble) place(bubble, element)
        })
        return (
          <div ref={bubble} class="tooltip" aria-hidden="true" popover="manual">
            <span dir="auto">{element.dataset['tip']}</span>
            <Show when={element.dataset['keys']}>{keys => <kbd>{keys()}</kbd>}</Show>
          </div>
        )
      }}
    </Show>
  )
}
