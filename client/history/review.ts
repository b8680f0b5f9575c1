/** A comparison under review: it follows live edits, and keeps the reader's place while it does. */
import { createMemo, createSignal, type Accessor } from 'solid-js'
import { compared, type Compared } from '#client/history/compared.ts'
import { createFiltering, type Filtering, type People } from '#client/history/filtering.ts'
import { createMarking, type Marking } from '#client/history/marking.tsx'
import { sharing } from '#client/history/sharing.ts'
import { createWalk, type Walk } from '#client/history/walk.ts'
import type { Marks } from '#client/matrix/marks.ts'
import type { KindsSaid } from '#shared/compare/summary.ts'
import type { Tracker } from '#shared/tracker.ts'

/** What of the two states the matrix draws: one of them as it is, or both in one, with what differs written out. */
export const ASPECTS = ['before', 'both', 'after'] as const
export type Aspect = (typeof ASPECTS)[number]

export interface Review {
  /** What is shown of it. */
  readonly compared: Accessor<Compared>
  readonly filtering: Filtering
  readonly walk: Walk
  readonly marking: Marking
  readonly aspect: Accessor<Aspect>
  readonly showAspect: (aspect: Aspect) => void
  /** What the matrix draws, in the chosen aspect. */
  readonly matrix: Accessor<Tracker>
  readonly marks: Accessor<Marks>
}

/** What the history knows of the changes in between; undefined while it is not read, and where it does not reach. */
export interface Between {
  readonly people: People
  readonly said: KindsSaid
}

export const createReview = (
  from: Tracker,
  to: Accessor<Tracker>,
  between: Accessor<Between | undefined> = () => undefined,
): Review => {
  const whole = createMemo<Compared>(before => {
    const next = compared(from, to(), between()?.said)
    return before ? sharing(before, next) : next
  })
  const filtering = createFiltering(whole, () => between()?.people)
  const ready = filtering.compared
  const walk = createWalk(() => ready().stops)
  const marking = createMarking(ready, walk, filtering.isOn)
  const [aspect, showAspect] = createSignal<Aspect>('both')
  return {
    compared: ready,
    filtering,
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
