/** A comparison under review: it follows live edits, and keeps the reader's place while it does. */
import { createMemo, type Accessor } from 'solid-js'
import { compared, type Compared } from '#client/history/compared.ts'
import { createMarking, type Marking } from '#client/history/marking.tsx'
import { sharing } from '#client/history/sharing.ts'
import { createWalk, type Walk } from '#client/history/walk.ts'
import type { Tracker } from '#shared/tracker.ts'

export interface Review {
  readonly compared: Accessor<Compared>
  readonly walk: Walk
  readonly marking: Marking
}

export const createReview = (from: Tracker, to: Accessor<Tracker>): Review => {
  const ready = createMemo<Compared>(before => {
    const next = compared(from, to())
    return before ? sharing(before, next) : next
  })
  const walk = createWalk(() => ready().stops)
  return { compared: ready, walk, marking: createMarking(ready, walk) }
}
