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
  return readable(
    parts
      .filter(({ value }) => value !== '')
      .map(({ value, added, removed }) => ({
        kind: added ? 'inserted' : removed ? 'deleted' : 'kept',
        text: value,
      })),
  )
}

/** Fewer words than these between two changes are a coincidence, not something that stayed. */
const LEAST_KEPT_WORDS = 3

/** Neighbouring changes as one deletion and one insertion, also across the odd word that both texts happen to have. */
const readable = (parts: readonly WordPart[]): readonly WordPart[] => {
  const runs: WordPart[] = []
  let deleted = ''
  let inserted = ''
  const close = (): void => {
    if (deleted !== '') runs.push({ kind: 'deleted', text: deleted })
    if (inserted !== '') runs.push({ kind: 'inserted', text: inserted })
    deleted = inserted = ''
  }
  for (const [index, part] of parts.entries()) {
    if (part.kind === 'deleted') deleted += part.text
    else if (part.kind === 'inserted') inserted += part.text
    else if (isCoincidence(part.text, deleted, inserted) && index < parts.length - 1) {
      deleted += part.text
      inserted += part.text
    } else {
      close()
      runs.push(part)
    }
  }
  close()
  return runs
}

/** Only inside a replacement: between two mere insertions or deletions the words really stayed. */
const isCoincidence = (text: string, deleted: string, inserted: string): boolean =>
  deleted !== '' && inserted !== '' && text.trim().split(/\s+/).length < LEAST_KEPT_WORDS
