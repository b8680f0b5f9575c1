/** A comparison under review: it follows live edits, and keeps the reader's place while it does. */
import { createMemo, createSignal, type Accessor } from 'solid-js'
import { compared, type Compared } from '#client/history/compared.ts'
import { createMarking, type Marking } from '#client/history/marking.tsx'
import { sharing } from '#client/history/sharing.ts'
import { createWalk, type Walk } from '#client/history/walk.ts'
import type { Marks } from '#client/matrix/marks.ts'
import type { Tracker } from '#shared/tracker.ts'

/** What of the two states the matrix draws: one of them as it is, or both in one, with what differs written out. */
export const ASPECTS = ['before', 'both', 'after'] as const
export type Aspect = (typeof ASPECTS)[number]

export interface Review {
  readonly compared: Accessor<Compared>
  readonly walk: Walk
  readonly marking: Marking
  readonly aspect: Accessor<Aspect>
  readonly showAspect: (aspect: Aspect) => void
  /** What the matrix draws, in the chosen aspect. */
  readonly matrix: Accessor<Tracker>
  readonly marks: Accessor<Marks>
}

export const createReview = (from: Tracker, to: Accessor<Tracker>): Review => {
  const ready = createMemo<Compared>(before => {
    const next = compared(from, to())
    return before ? sharing(before, next) : next
  })
  const walk = createWalk(() => ready().stops)
  const marking = createMarking(ready, walk)
  const [aspect, showAspect] = createSignal<Aspect>('both')
  return {
    compared: ready,
    walk,
    marking,
    aspect,
    showAspect,
    matrix: () => {
      const { comparison, matrix } = ready()
      return { before: comparison.before, both: matrix, after: comparison.after }[aspect()]
    },
    marks: () => (aspect() === 'both' ? marking.marks : marking.outlines),
  }
}
