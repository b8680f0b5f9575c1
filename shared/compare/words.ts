/** Word by word: what was inserted into a text and what was deleted from it. */
import { diffWordsWithSpace } from 'diff'

export interface WordPart {
  readonly kind: 'kept' | 'inserted' | 'deleted'
  readonly text: string
}

const MAX_EDITS = 1_000

/** The parts in reading order, deletions before the insertions that replace them. */
export const compareWords = (then: string, now: string): readonly WordPart[] => {
  const parts = diffWordsWithSpace(then, now, { maxEditLength: MAX_EDITS }) ?? [
    { value: then, removed: true, added: false },
    { value: now, removed: false, added: true },
  ]
  return parts
    .filter(({ value }) => value !== '')
    .map(({ value, added, removed }) => ({
      kind: added ? 'inserted' : removed ? 'deleted' : 'kept',
      text: value,
    }))
}
