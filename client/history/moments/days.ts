/** The days of work under the slider, as many as there is room for. */
import type { Axis } from '#client/history/moments/axis.ts'
import type { Log } from '#client/history/moments/log.ts'

interface Day {
  /** From 0 to 1. */
  readonly place: number
  readonly name: string
}

/** What a name takes, in pixels. */
const ROOM = 64

const named = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' })
const namedWithYear = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
})

export const daysOn = (log: Log, { bursts }: Axis, width: number): readonly Day[] => {
  const days: Day[] = []
  let end = Number.NEGATIVE_INFINITY
  let year: number | undefined
  let before = ''
  for (const { first, start: place } of bursts) {
    const date = new Date(log.timeOf(first))
    const day = date.toDateString()
    if (day === before) continue
    before = day
    if (place * width < end || (place * width > width - ROOM && days.length > 0)) continue
    const isNewYear = year !== undefined && date.getFullYear() !== year
    days.push({ place, name: (isNewYear ? namedWithYear : named).format(date) })
    year = date.getFullYear()
    end = place * width + ROOM * (isNewYear ? 1.5 : 1)
  }
  return days
}
