/** Where a dialog is begun with the keyboard. */
import { render } from '@solidjs/testing-library'
import { beforeAll, expect, test } from 'vitest'
import { Dialog } from '#client/ui/dialog.tsx'

beforeAll(() => {
  /** jsdom knows no modal dialogs. */
  HTMLDialogElement.prototype.showModal = function showModal() {
    this.open = true
  }
  HTMLDialogElement.prototype.close = function close() {
    this.open = false
  }
})

const nothing = (): void => undefined
const focused = (): string | null | undefined =>
  document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent

test('a question begins at the answer that it proposes', () => {
  render(() => (
    <Dialog open title="2 rows too many" onClose={nothing}>
      <button type="button" class="button">
        Paste what fits
      </button>
      <button type="button" class="button primary">
        Add 2 issues
      </button>
    </Dialog>
  ))
  expect(focused()).toBe('Add 2 issues')
})

test('a form begins at its first field', () => {
  render(() => (
    <Dialog open title="Rename" onClose={nothing}>
      <input aria-label="Title" />
      <button type="button" class="button primary">
        Rename
      </button>
    </Dialog>
  ))
  expect(focused()).toBe('Title')
})
