/** Counts the cells that wait for an answer, and shows nothing itself: it comes once the page has time for it. */
import { createEffect } from 'solid-js'
import { createReconsidered } from '#client/evidence/reconsidered.ts'

export interface ReconsiderCountProps {
  readonly onCount: (many: number) => void
}

export default function ReconsiderCount(props: ReconsiderCountProps) {
  const { settled } = createReconsidered()
  createEffect(() => {
    const cells = settled()?.flatMap(one => one.cells)
    if (cells) props.onCount(cells.length)
  })
  return null
}
