/** Dates of the calendar as people write and read them: "early February", "between 3 and 6 Feb", "about 3 Feb 2026". */
import { DAY, dayIn, spanOf } from '#shared/dates.ts'

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
const SEASONS = ['spring', 'summer', 'autumn', 'winter']

/** A date in EDTF, in words: "3 Feb 2026", "3 to 6 Feb 2026", "until 9 Feb 2026". What is no date comes back as it is. */
export const calendarWords = (date: string): string => {
  const text = date.trim()
  if (!spanOf(text)) return text
  const [from = '', to] = text.split('/')
  if (to === undefined) return single(from)
  if (from === '' || from === '..') return `until ${single(to)}`
  if (to === '' || to === '..') return `from ${single(from)} on`
  const [start, end] = [partsOf(from), partsOf(to)]
  const isExact = start.mark === end.mark && start.day !== '' && end.day !== ''
  if (isExact && start.month === end.month && start.year === end.year)
    return marked(`${start.day} to ${end.day} ${end.month} ${end.year}`, end.mark)
  if (isExact && start.year === end.year)
    return marked(`${start.day} ${start.month} to ${end.day} ${end.month} ${end.year}`, end.mark)
  return `${single(from)} to ${single(to)}`
}

/** From when something holds: "since 3 Feb 2026", or "by 3 Feb 2026" where it may be older. */
export const sinceWords = (date: string): string => {
  const { at, before, open } =
    /^(?<before>(?:\.\.)?\/)?(?<at>[^/]+?)(?<open>\/(?:\.\.)?)?$/.exec(date.trim())?.groups ?? {}
  if (at === undefined || (before && open)) return `since ${calendarWords(date)}`
  return `${before ? 'by' : 'since'} ${calendarWords(at)}`
}

const single = (date: string): string => {
  const { day, mark, month, time, year } = partsOf(date)
  return marked([day, month, year].filter(part => part !== '').join(' ') + time, mark)
}

const marked = (words: string, mark: string): string =>
  `${mark === '~' || mark === '%' ? 'about ' : ''}${words}${mark === '?' || mark === '%' ? ' (uncertain)' : ''}`

const partsOf = (date: string) => {
  const mark = /[?~%]$/.exec(date)?.[0] ?? ''
  const [ofDay = '', time = ''] = date.replace(/[?~%]$/, '').split('T')
  const [year = '', month = '', day = ''] = ofDay.split('-')
  const nth = Number(month)
  return {
    mark,
    year: year.endsWith('XX')
      ? `${year.slice(0, 2)}00 to ${year.slice(0, 2)}99`
      : year.endsWith('X')
        ? `${year.slice(0, 3)}0s`
        : year,
    month: (nth > 20 ? SEASONS[nth - 21] : MONTHS[nth - 1]) ?? '',
    day: /^\d\d$/.test(day) ? String(Number(day)) : '',
    time: time === '' ? '' : `, ${time.slice(0, 5)}${zoneIn(time)}`,
  }
}
const zoneIn = (time: string): string => {
  const zone = /(Z|[+-]\d\d:\d\d)$/.exec(time)?.[0] ?? 'Z'
  return zone === 'Z' ? ' UTC' : ` UTC${zone}`
}

/** When it is, and around when the record is: a date without a year is the one that is nearest to that. */
export interface Clock {
  readonly today: number
  readonly near?: number | undefined
}

/** EDTF of words, or undefined. */
export const dateIn = (words: string, clock: Clock): string | undefined => {
  const text = words
    .trim()
    .toLowerCase()
    .replaceAll(/[–—]/g, '-')
    .replaceAll(/\s+/g, ' ')
    .replace(/^(?:on|in) /, '')
  if (spanOf(text.toUpperCase())) return text.toUpperCase()
  const [, side, rest = ''] = SIDES.exec(text) ?? []
  if (side) {
    const span = spanOf(oneIn(rest, clock) ?? '')
    return span && checked(bounded(side, span.earliest ?? 0, span.latest ?? 0))
  }
  const [, a, b] = BETWEEN.exec(text) ?? RANGE.exec(text) ?? []
  if (a !== undefined && b !== undefined) {
    const last = oneIn(b, clock)
    const first = oneIn(a, clock) ?? oneIn(`${a} ${b.replace(/^\d+(?:st|nd|rd|th)? ?/, '')}`, clock)
    const interval = `${first}/${last}`
    if (first && last && spanOf(interval)) return interval
  }
  return oneIn(text, clock)
}

const SIDES =
  /^(before|by|until|till|up to|not later than|after|since|from) (?!.* (?:to|until) )(.+)$/
const BETWEEN = /^between (.+) and (.+)$/
const RANGE = /^(?:from )?(.+?) ?(?:-| to | until | or )\s?(.+)$/

const bounded = (side: string, earliest: number, latest: number): string => {
  if (side === 'before') return `../${dayIn(earliest - DAY)}`
  if (side === 'after') return `${dayIn(latest)}/..`
  if (side === 'since' || side === 'from') return `${dayIn(earliest)}/..`
  return `../${dayIn(latest - DAY)}`
}

const oneIn = (words: string, clock: Clock): string | undefined => {
  const about = /^(?:about|around|circa|ca\.?|approximately|roughly|~) ?(.+)$/.exec(words)?.[1]
  if (about !== undefined) return withMark(oneIn(about, clock), '~')
  const perhaps = /^(?:probably|possibly|perhaps|maybe|reportedly) (.+)$|^(.+?) ?\?$/.exec(words)
  if (perhaps) return withMark(oneIn(perhaps[1] ?? perhaps[2] ?? '', clock), '?')
  const [, part, month] =
    /^(early|beginning of|start of|mid|middle of|late|end of)[ -](.+)$/.exec(words) ?? []
  if (part && month) return partOfMonth(part, oneIn(month, clock))
  return plainDate(words, clock)
}

const withMark = (date: string | undefined, mark: '~' | '?'): string | undefined => {
  if (date === undefined || date.includes('/'))
    return date?.replaceAll(/(\d)(?=\/|$)/g, `$1${mark}`)
  const other = /[?~%]$/.exec(date)?.[0]
  return other ? `${date.slice(0, -1)}${other === mark ? mark : '%'}` : `${date}${mark}`
}

const partOfMonth = (part: string, month: string | undefined): string | undefined => {
  if (!month || !/^\d{4}-(?:0\d|1[0-2])$/.test(month)) return undefined
  if (/^(?:early|beg|start)/.test(part)) return `${month}-01~/${month}-10~`
  if (part.startsWith('mid')) return `${month}-11~/${month}-20~`
  return `${month}-21~/${dayIn((spanOf(month)?.latest ?? 0) - DAY)}~`
}

const NEAR_DAYS = new Map([
  ['today', 0],
  ['tomorrow', 1],
  ['yesterday', -1],
])
const WEEKDAY = /^(?:mon|tue|tues|wed|wednes|thu|thur|thurs|fri|sat|satur|sun)(?:day)?,? /

const plainDate = (words: string, clock: Clock): string | undefined => {
  if (spanOf(words.toUpperCase())) return words.toUpperCase()
  const near = NEAR_DAYS.get(words)
  if (near !== undefined) return dayIn(clock.today + near * DAY)
  const text = words.replace(WEEKDAY, '').replace(/^the /, '')
  const [, dotDay, dotMonth, dotYear] = /^(\d\d?)\.(\d\d?)\.(\d{4})$/.exec(text) ?? []
  if (dotDay && dotMonth) return checked(`${dotYear}-${two(dotMonth)}-${two(dotDay)}`)
  const [, seasonName, seasonYear] = /^(spring|summer|autumn|fall|winter) (\d{4})$/.exec(text) ?? []
  if (seasonName) {
    const nth = SEASONS.indexOf(seasonName === 'fall' ? 'autumn' : seasonName)
    return `${seasonYear}-${21 + nth}`
  }
  const dayFirst = /^(\d\d?)(?:st|nd|rd|th)?(?: of)? ([a-z]+)\.?(?:,? (\d{4}))?$/.exec(text)
  const monthFirst = /^([a-z]+)\.?(?: (\d\d?)(?:st|nd|rd|th)?)?(?:,? (\d{4}))?$/.exec(text)
  const [day, name = '', year] = dayFirst
    ? [dayFirst[1], dayFirst[2], dayFirst[3]]
    : [monthFirst?.[2], monthFirst?.[1], monthFirst?.[3]]
  const month = monthNamed(name)
  if (month === undefined) return undefined
  const rest = `-${two(String(month))}${day === undefined ? '' : `-${two(day)}`}`
  return checked(`${year ?? nearestYear(rest, clock.near ?? clock.today)}${rest}`)
}

const checked = (date: string): string | undefined => (spanOf(date) ? date : undefined)
const two = (digits: string): string => digits.padStart(2, '0')

const FULL =
  'january february march april may june july august september october november december'.split(' ')
const monthNamed = (name: string): number | undefined => {
  const at =
    name === 'sept' ? 8 : FULL.findIndex(full => full === name || full.slice(0, 3) === name)
  return at < 0 ? undefined : at + 1
}

const nearestYear = (rest: string, today: number): number => {
  const year = new Date(today).getUTCFullYear()
  const away = (year: number): number =>
    Math.abs((spanOf(`${year}${rest}`)?.earliest ?? Infinity) - today)
  return [year - 1, year + 1].reduce(
    (best, other) => (away(other) < away(best) ? other : best),
    year,
  )
}
