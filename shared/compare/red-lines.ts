/** Which way a red line turned: a party that softens one is another piece of news than one that draws it. */
import { sinceWords } from '#shared/calendar-words.ts'
import type { RecordChange } from '#shared/compare/compare.ts'
import type { PointId } from '#shared/ids.ts'
import type { Issue } from '#shared/issues.ts'
import {
  PUBLICITY_LABELS,
  RED_LINE_KIND_LABELS,
  RED_LINE_OPERATOR_LABELS,
  type RedLine,
} from '#shared/redlines.ts'

/** From the most to the least weighty. */
export const RED_LINE_TURNS = ['softened', 'hardened', 'drawn', 'lifted', 'changed'] as const
export type RedLineTurn = (typeof RED_LINE_TURNS)[number]

export const RED_LINE_TURN_LABELS: Readonly<Record<RedLineTurn, string>> = {
  softened: 'Red line softened',
  hardened: 'Red line hardened',
  drawn: 'New red line',
  lifted: 'Red line lifted',
  changed: 'Red line changed',
}

/** `issue` is the line's own as it is now: the order of its scale tells which point asks for less. */
export const turnOf = (
  { after, before }: RecordChange<RedLine>,
  issue: Issue | undefined,
): RedLineTurn => {
  if (!before) return 'drawn'
  if (!after) return 'lifted'
  const steps = [
    Number(before.soft) - Number(after.soft),
    kindStep(before.kind, after.kind),
    before.operator === after.operator ? shift(before, after, issue) : 0,
  ]
  const [softer, harder] = [steps.some(step => step < 0), steps.some(step => step > 0)]
  if (softer === harder) return 'changed'
  return softer ? 'softened' : 'hardened'
}

/** Above zero where a condition became a red line; a record that does not tell the two apart says nothing of a turn. */
const kindStep = (was: RedLine['kind'], is: RedLine['kind']): number => {
  if (was === 'undistinguished' || is === 'undistinguished') return 0
  return Number(is === 'red_line') - Number(was === 'red_line')
}

/** Above zero where the line now leaves less room. */
const shift = (before: RedLine, after: RedLine, issue: Issue | undefined): number => {
  const place = (line: RedLine): number =>
    issue?.scale.points.findIndex(({ id }) => id === line.point) ?? -1
  const [was, is] = [place(before), place(after)]
  if (was < 0 || is < 0) return 0
  return after.operator === 'at_least' ? is - was : was - is
}

export const pointWords = (issue: Issue | undefined, id: PointId | null): string =>
  id === null ? '' : (issue?.scale.points.find(point => point.id === id)?.label ?? 'a lost point')

/** "at least Wide access, “No site is closed” (soft, to the mediators)"; another kind than a red line is named. */
export const lineWords = (redLine: RedLine | undefined, issue: Issue | undefined): string => {
  if (!redLine) return ''
  const { addressee, isInferred, kind, operator, point, publicity, since, soft, statement } =
    redLine
  const where = point ? `${RED_LINE_OPERATOR_LABELS[operator]} ${pointWords(issue, point)}` : ''
  const words = [where, statement && `“${statement}”`].filter(Boolean).join(', ') || 'drawn'
  const named = kind === 'red_line' ? words : `${RED_LINE_KIND_LABELS[kind]}: ${words}`
  const traits = [
    soft && 'soft',
    isInferred && 'inferred',
    publicity && PUBLICITY_LABELS[publicity].toLowerCase(),
    addressee && `to ${addressee}`,
    since && sinceWords(since),
  ].filter(Boolean)
  return traits.length > 0 ? `${named} (${traits.join(', ')})` : named
}
