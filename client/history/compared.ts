/** Two states, made ready to be walked through and drawn: pure, and quick enough to follow live edits. */
import { inWords, type Detail } from '#shared/compare/detail.ts'
import { detailsOf } from '#shared/compare/details.ts'
import { merged } from '#shared/compare/merged.ts'
import { stopsOf, type Stop } from '#shared/compare/stops.ts'
import type { Mark } from '#client/matrix/marks.ts'
import { compare, type Comparison } from '#shared/compare/compare.ts'
import { describeSummary, summarise } from '#shared/compare/summary.ts'
import type { Tracker } from '#shared/tracker.ts'

export interface Compared {
  readonly comparison: Comparison
  /** Both states in one: what was removed stands where it stood. */
  readonly matrix: Tracker
  readonly stops: readonly Stop[]
  readonly summary: string
  /** By the address of the stop. */
  readonly details: Readonly<Record<string, readonly Detail[]>>
  readonly marks: Readonly<Record<string, readonly Mark[]>>
}

export const compared = (then: Tracker, now: Tracker): Compared => {
  const comparison = compare(then, now)
  const matrix = merged(comparison)
  const stops = stopsOf(comparison, matrix)
  const details: Record<string, readonly Detail[]> = {}
  const marks: Record<string, readonly Mark[]> = {}
  for (const stop of stops) {
    const ofStop = detailsOf(stop, comparison)
    details[stop.address] = ofStop
    marks[stop.address] = marksOf(stop, ofStop)
  }
  return {
    comparison,
    matrix,
    stops,
    summary: describeSummary(summarise(comparison)),
    details,
    marks,
  }
}

const marksOf = (stop: Stop, details: readonly Detail[]): readonly Mark[] => {
  if (stop.kind === 'cell' || stop.kind === 'tracker')
    return [{ kind: 'changed', label: inWords(details) }]
  const { status } = stop.change
  return status === 'changed' ? details.map(markOf) : [{ kind: status, label: status }]
}

const markOf = (detail: Detail): Mark => {
  const { name, was } = detail
  switch (name) {
    case 'Title':
    case 'Name':
      return { kind: 'renamed', label: `renamed from “${was || 'untitled'}”` }
    case 'Place':
      return { kind: 'moved', label: 'moved' }
    default:
      return { kind: 'changed', label: `${name.toLowerCase()} changed` }
  }
}
