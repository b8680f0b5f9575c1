/** What the drawn timeline shows and where: lanes by party, in each of them rows in which nothing overlaps. */
import { xOf, type Scale } from '#client/timeline/scale.ts'
import type { Span } from '#shared/dates.ts'
import type { EventId, MeetingId, PartyId } from '#shared/ids.ts'

/** `nobody`: events that are no single party's. */
export type LaneId = PartyId | 'meetings' | 'nobody'

export type Item = {
  readonly title: string
  /** When, in words. */
  readonly when: string
  readonly lane: LaneId
  readonly span: Span
} & (
  | { readonly kind: 'event'; readonly id: EventId }
  | { readonly kind: 'meeting'; readonly id: MeetingId }
)

export type Placed = Item & {
  readonly left: number
  readonly width: number
  readonly row: number
  /** Too narrow for anything but a dot. */
  readonly isPoint: boolean
  /** The title stands beside the bar, where it does not fit in. */
  readonly isBeside: boolean
  readonly opensBefore: boolean
  readonly opensAfter: boolean
}

export interface Lane {
  readonly id: LaneId
  readonly rows: number
  readonly items: readonly Placed[]
}

const DOT = 12
/** How far a bar reaches on a side that is open. */
const FADE = 88
const GAP = 10
const MOST_LABEL = 330

/** About how wide a title is, reckoned without layout. */
const labelWidth = (title: string): number => Math.min(MOST_LABEL, title.length * 6.7 + 16)

/** Items in the order in which they come; an empty lane is left out. */
export const lanesOf = (
  items: readonly Item[],
  order: readonly LaneId[],
  scale: Scale,
): readonly Lane[] => {
  const byLane = Map.groupBy(items, ({ lane }) => (order.includes(lane) ? lane : 'nobody'))
  return order.flatMap(id => {
    const of = byLane.get(id)
    return of ? [laneOf(id, of, scale)] : []
  })
}

const laneOf = (id: LaneId, items: readonly Item[], scale: Scale): Lane => {
  /** To where each row is taken. */
  const ends: number[] = []
  const sorted = items
    .map(item => ({ item, ...extentOf(item.span, scale) }))
    .sort((a, b) => a.left - b.left)
  const placed = sorted.map(({ item, left, right }): Placed => {
    const isPoint = right - left < DOT
    const middle = (left + right) / 2
    const start = isPoint ? middle - DOT / 2 : left
    const width = isPoint ? DOT : right - left
    const label = labelWidth(item.title)
    const isBeside = isPoint || label > width
    const free = ends.findIndex(end => end + GAP <= start)
    const row = free < 0 ? ends.length : free
    ends[row] = start + width + (isBeside ? label : 0)
    const { earliest, latest } = item.span
    return {
      ...item,
      left: start,
      width,
      row,
      isPoint,
      isBeside,
      opensBefore: earliest === undefined,
      opensAfter: latest === undefined,
    }
  })
  return { id, rows: Math.max(1, ends.length), items: placed }
}

const extentOf = ({ earliest, latest }: Span, scale: Scale) => {
  const [from, to] = [earliest ?? latest ?? 0, latest ?? earliest ?? 0]
  const [left, right] = [xOf(from, scale), xOf(to, scale)]
  return {
    left: earliest === undefined ? left - FADE : left,
    right: latest === undefined ? right + FADE : right,
  }
}

/** From the first to the last moment that anything is known of; undefined where there is none. */
export const reachOf = (
  spans: readonly Span[],
): readonly [from: number, to: number] | undefined => {
  let [from, to] = [Infinity, -Infinity]
  for (const { earliest, latest } of spans)
    for (const at of [earliest, latest])
      if (at !== undefined) [from, to] = [Math.min(from, at), Math.max(to, at)]
  return from <= to ? [from, to] : undefined
}
