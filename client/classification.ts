/** The line that leaves with everything of a tracker, as this page last heard of it. */
import { createSignal } from 'solid-js'
import type { TrackerId } from '#shared/ids.ts'

const [lines, setLines] = createSignal<ReadonlyMap<TrackerId, string>>(new Map())

/** '' for none. */
export const classificationOf = (id: TrackerId): string => lines().get(id) ?? ''

export const heardClassification = (id: TrackerId, line: string): void => {
  if (classificationOf(id) !== line) setLines(known => new Map(known).set(id, line))
}
