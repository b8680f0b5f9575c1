/** How a moment of a tracker's past is named in an address, a note or a request: a snapshot, or a time. */
import { isId, type SnapshotId } from '#shared/ids.ts'

declare const brand: unique symbol
/** ISO 8601, as "2026-02-03T15:40:12Z". */
export type TimeRef = string & { readonly [brand]: 'time' }
export type MomentRef = SnapshotId | TimeRef

export const timeRef = (at: number): TimeRef =>
  new Date(at).toISOString().replace('.000Z', 'Z') as TimeRef

const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,3})?)?(?:Z|[+-]\d\d:\d\d)$/

/** Milliseconds since 1970; undefined for what names no time. */
export const timeIn = (ref: string): number | undefined => {
  const at = TIME.test(ref) ? Date.parse(ref) : Number.NaN
  return Number.isNaN(at) ? undefined : at
}

export const isMomentRef = (ref: unknown): ref is MomentRef =>
  isId(ref) || (typeof ref === 'string' && timeIn(ref) !== undefined)
