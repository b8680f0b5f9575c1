/** One menu for the whole window: under a button, or where the pointer is. Drawn above everything, dialogs too. */
import { createSignal, For, onCleanup, onMount, Show, splitProps, type JSX } from 'solid-js'
import { Portal } from 'solid-js/web'
import { place, type Anchor } from '#client/ui/place.ts'
import { Icon } from '#client/ui/icon.tsx'
import '#client/ui/menu.css'

export interface MenuAction {
  readonly label: string
  readonly run: () => void
  /** The key that does the same, shown beside it. */
  readonly keys?: string
  /** How many things it stands for. */
  readonly count?: number
  /** One of several choices, or a switch: shows whether it holds. */
  readonly checked?: boolean
  readonly disabled?: boolean
  readonly danger?: boolean
}
export interface MenuHeading {
  readonly heading: string
  readonly note?: string
}
/** `null` is a line between groups. */
export type MenuEntry = MenuAction | MenuHeading | null

interface Opened {
  readonly anchor: Anchor
  readonly entries: readonly MenuEntry[]
  readonly label: string
  readonly giveBack: Element | null
  readonly onClose: (() => void) | undefined
}

const [opened, setOpened] = createSignal<Opened>()

export const openMenu = (
  anchor: Anchor,
  entries: readonly MenuEntry[],
  label: string,
  onClose?: () => void,
): void => {
  opened()?.onClose?.()
  setOpened({ anchor, entries, label, giveBack: document.activeElement, onClose })
}

export const closeMenu = (): void => {
  const menu = opened()
  if (!menu) return
  setOpened(undefined)
  menu.onClose?.()
  if (menu.giveBack instanceof HTMLElement) menu.giveBack.focus({ preventScroll: true })
}

/** Mounted once, at the root of the page. */
export const MenuHost = () => (
  <Show when={opened()} keyed>
    {menu => (
      <Portal mount={homeOf(menu)} ref={box => (box.style.display = 'contents')}>
        <Menu menu={menu} />
      </Portal>
    )}
  </Show>
)

/** In the part of the page that it belongs to; beside an open dialog all is inert. */
const homeOf = ({ anchor, giveBack }: Opened): Element =>
  (anchor instanceof Element ? anchor : (giveBack ?? document.body)).closest(
    'dialog, header, main, aside',
  ) ?? document.body

const Menu = (props: { readonly menu: Opened }) => {
  let list: HTMLDivElement | undefined
  const items = (): readonly HTMLElement[] => [
    ...(list?.querySelectorAll<HTMLElement>('[role^=menuitem]:not([aria-disabled=true])') ?? []),
  ]
  const step = (by: number): void => {
    const all = items()
    const at = all.indexOf(document.activeElement as HTMLElement)
    const from = at === -1 && by < 0 ? 0 : at
    all[(from + by + all.length) % all.length]?.focus()
  }
  const seek = (letter: string): void => {
    const all = items()
    const keyed = all.find(item => item.querySelector('kbd')?.textContent === letter)
    if (keyed) {
      keyed.click()
      return
    }
    const from = all.indexOf(document.activeElement as HTMLElement) + 1
    const inOrder = [...all.slice(from), ...all.slice(0, from)]
    inOrder.find(item => item.textContent?.toLowerCase().startsWith(letter))?.focus()
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    event.stopPropagation()
    const act = MENU_KEYS[event.key]
    if (act) act(step, items)
    else if (event.key.length === 1 && event.key !== ' ' && !event.ctrlKey && !event.metaKey)
      seek(event.key.toLowerCase())
    else return
    event.preventDefault()
  }
  const onPointerDown = (event: PointerEvent): void => {
    const target = event.target as Node
    const onAnchor = props.menu.anchor instanceof Element && props.menu.anchor.contains(target)
    if (!list?.contains(target) && !onAnchor) closeMenu()
  }
  onMount(() => {
    if (!list) return
    list.showPopover?.()
    place(list, props.menu.anchor)
    const all = items()
    const chosen = all.find(item => item.getAttribute('aria-checked') === 'true')
    ;(chosen ?? all[0])?.focus({ preventScroll: true })
  })
  addEventListener('pointerdown', onPointerDown, { capture: true })
  addEventListener('resize', closeMenu)
  onCleanup(() => {
    removeEventListener('pointerdown', onPointerDown, { capture: true })
    removeEventListener('resize', closeMenu)
  })

  return (
    <div
      ref={list}
      class="menu"
      role="menu"
      popover="manual"
      aria-label={props.menu.label}
      onKeyDown={onKeyDown}
      onContextMenu={event => event.preventDefault()}
    >
      <For each={props.menu.entries}>{entry => <Entry entry={entry} />}</For>
    </div>
  )
}

type MenuKey = (step: (by: number) => void, items: () => readonly HTMLElement[]) => void
const MENU_KEYS: Readonly<Record<string, MenuKey>> = {
  ArrowDown: step => step(1),
  ArrowUp: step => step(-1),
  Home: (_step, items) => items()[0]?.focus(),
  End: (_step, items) => items().at(-1)?.focus(),
  Escape: closeMenu,
  Tab: closeMenu,
}

const Entry = (props: { readonly entry: MenuEntry }): JSX.Element => {
  const { entry } = props
  if (entry === null) return <div class="menu-line" role="separator" />
  if ('heading' in entry)
    return (
      <div class="menu-heading" role="presentation">
        <div dir="auto">{entry.heading}</div>
        <Show when={entry.note}>
          <div class="menu-note">{entry.note}</div>
        </Show>
      </div>
    )
  const run = (): void => {
    if (entry.disabled) return
    closeMenu()
    entry.run()
  }
  return (
    <button
      type="button"
      class="menu-item"
      classList={{ danger: entry.danger === true }}
      role={entry.checked === undefined ? 'menuitem' : 'menuitemradio'}
      aria-checked={entry.checked}
      aria-disabled={entry.disabled}
      tabindex="-1"
      onClick={run}
      onPointerEnter={event => event.currentTarget.focus({ preventScroll: true })}
    >
      <span class="menu-check">{entry.checked ? <Icon name="check" /> : null}</span>
      <span class="menu-label" dir="auto">
        {entry.label}
      </span>
      <Show when={entry.count !== undefined}>
        <span class="menu-count">{entry.count}</span>
      </Show>
      <Show when={entry.keys}>
        <kbd>{entry.keys}</kbd>
      </Show>
    </button>
  )
}

interface ButtonProps extends JSX.ButtonHTMLAttributes<HTMLButtonElement> {
  /** Read when the menu opens. */
  readonly entries: () => readonly MenuEntry[]
  readonly label: string
}

/** A button that opens a menu beneath itself. */
export const MenuButton = (all: ButtonProps) => {
  const [props, rest] = splitProps(all, ['entries', 'label'])
  const [open, setOpen] = createSignal(false)
  let button: HTMLButtonElement | undefined
  const toggle = (): void => {
    if (!button) return
    if (open()) {
      closeMenu()
      return
    }
    button.focus()
    setOpen(true)
    openMenu(button, props.entries(), props.label, () => setOpen(false))
  }
  return (
    <button
      {...rest}
      ref={button}
      type="button"
      aria-haspopup="menu"
      aria-expanded={open()}
      aria-label={props.label}
      onClick={toggle}
      onKeyDown={event => {
        if (event.key !== 'ArrowDown' || open()) return
        event.preventDefault()
        toggle()
      }}
    />
  )
}
