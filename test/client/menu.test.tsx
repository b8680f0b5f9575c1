import { cleanup, fireEvent, render, screen } from '@solidjs/testing-library'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { closeMenu, MenuButton, MenuHost, type MenuEntry } from '#client/ui/menu.tsx'

let chosen: string[] = []
const choice = (label: string, more: object = {}): MenuEntry => ({
  label,
  run: () => chosen.push(label),
  ...more,
})

const open = () => {
  render(() => (
    <>
      <MenuButton
        label="More"
        entries={() => [
          choice('Rename'),
          choice('Archive', { disabled: true }),
          null,
          choice('Export'),
        ]}
      />
      <MenuHost />
    </>
  ))
  const button = screen.getByRole('button', { name: 'More' })
  fireEvent.click(button)
  return button
}
const press = (key: string): void => {
  if (document.activeElement) fireEvent.keyDown(document.activeElement, { key })
}
/** jsdom knows no popovers and takes them for hidden. */
const menu = () => screen.queryByRole('menu', { hidden: true })
const focused = (): string | null | undefined => document.activeElement?.textContent

beforeEach(() => {
  chosen = []
})
afterEach(() => {
  closeMenu()
  cleanup()
})

test('opens on its first entry; the arrows go round and leave out what cannot be done', () => {
  open()
  expect(focused()).toBe('Rename')
  press('ArrowDown')
  expect(focused()).toBe('Export')
  press('ArrowDown')
  expect(focused()).toBe('Rename')
  press('ArrowUp')
  expect(focused()).toBe('Export')
  press('r')
  expect(focused()).toBe('Rename')
})

test('Escape closes it and gives the focus back', () => {
  const button = open()
  expect(menu()).not.toBe(null)
  expect(button.getAttribute('aria-expanded')).toBe('true')
  press('Escape')
  expect(menu()).toBe(null)
  expect(document.activeElement).toBe(button)
  expect(button.getAttribute('aria-expanded')).toBe('false')
})

test('a choice runs after the menu has gone; what is disabled does nothing', () => {
  open()
  fireEvent.click(screen.getByRole('menuitem', { name: 'Archive', hidden: true }))
  expect(chosen).toEqual([])
  fireEvent.click(screen.getByRole('menuitem', { name: 'Export', hidden: true }))
  expect(chosen).toEqual(['Export'])
  expect(menu()).toBe(null)
})
