/** Two states, made ready to be walked through and drawn: pure, and quick enough to follow live edits. */
import { inWords, type Detail } from '#shared/compare/detail.ts'
import { detailsOf } from '#shared/compare/details.ts'
import { merged } from '#shared/compare/merged.ts'
import { stopsOf, type Stop } from '#shared/compare/stops.ts'
import type { Mark } from '#client/matrix/marks.ts'
import { compare, type Comparison } from '#shared/compare/compare.ts'
import { describeSummary, kindBetween, summarise, type KindsSaid } from '#shared/compare/summary.ts'
import type { MovementKind } from '#shared/movements.ts'
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
  /** Of the stops that are cells. */
  readonly kinds: Readonly<Record<string, MovementKind>>
}

export const compared = (then: Tracker, now: Tracker, said: KindsSaid = new Map()): Compared => {
  const comparison = compare(then, now)
  const matrix = merged(comparison)
  const stops = stopsOf(comparison, matrix)
  const details: Record<string, readonly Detail[]> = {}
  const marks: Record<string, readonly Mark[]> = {}
  const kinds: Record<string, MovementKind> = {}
  for (const stop of stops) {
    const ofStop = detailsOf(stop, comparison)
    details[stop.address] = ofStop
    marks[stop.address] = marksOf(stop, ofStop)
    if (stop.kind === 'cell') kinds[stop.address] = kindBetween(stop.change, said)
  }
  return {
    comparison,
    matrix,
    stops,
    summary: describeSummary(summarise(comparison, said)),
    details,
    marks,
    kinds,
  }
}

/** The same with some of its changes only: the matrix still holds everything. */
export const narrowed = (whole: Compared, keeps: (stop: Stop) => boolean): Compared => {
  const stops = whole.stops.filter(keeps)
  const kept = new Set<string>(stops.map(({ address }) => address))
  const { comparison, kinds } = whole
  const left: Comparison = {
    ...comparison,
    tracker: kept.has('tracker') ? comparison.tracker : [],
    baskets: comparison.baskets.filter(({ id }) => kept.has(`basket/${id}`)),
    parties: comparison.parties.filter(({ id }) => kept.has(`party/${id}`)),
    issues: comparison.issues.filter(({ id }) => kept.has(`issue/${id}`)),
    cells: comparison.cells.filter(({ key }) => kept.has(`cell/${key}`)),
  }
  const ofKept = <T>(all: Readonly<Record<string, T>>): Readonly<Record<string, T>> =>
    Object.fromEntries(Object.entries(all).filter(([address]) => kept.has(address)))
  const said = new Map(
    left.cells.map(({ key }) => [key, kinds[`cell/${key}`] ?? 'worded'] as const),
  )
  return {
    ...whole,
    comparison: left,
    stops,
    summary: describeSummary(summarise(left, said)),
    details: ofKept(whole.details),
    marks: ofKept(whole.marks),
    kinds: ofKept(kinds),
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
