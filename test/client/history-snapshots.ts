/** Snapshots as the server tells of them. */
import type { SnapshotEntry } from '#shared/api.ts'

export const at = (words: string): number => Date.parse(words)

export const snapshot = (
  id: string,
  when: string,
  change: Partial<SnapshotEntry> = {},
): SnapshotEntry => ({
  id,
  label: '',
  note: '',
  kind: 'automatic',
  seq: 1,
  at: at(when),
  by: null,
  authors: [],
  summary: {
    moved: 0,
    learned: 0,
    judged: 0,
    worded: 0,
    redLines: 0,
    issues: { added: 0, removed: 0, changed: 0 },
    parties: { added: 0, removed: 0, changed: 0 },
    baskets: { added: 0, removed: 0, changed: 0 },
    retitled: false,
    about: [],
  },
  pinned: false,
  standsFor: 0,
  signOffs: [],
  ...change,
})
