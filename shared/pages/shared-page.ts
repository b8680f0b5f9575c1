/** The matrix as somebody outside sees it: where each party stands, with its hedge, and nothing of who wrote it or why. */
import { isBlank, type Cell } from '#shared/cells.ts'
import { hedgedPosition } from '#shared/evidence/hedged.ts'
import { groundsOf } from '#shared/evidence/support.ts'
import type { Scale } from '#shared/issues.ts'
import { rangeWords, scopeWords, stanceWords, stepWords } from '#shared/pages/entry.ts'
import { nameOf, titleOf } from '#shared/pages/party-page.ts'
import { cellOf, type Tracker } from '#shared/tracker.ts'

/** A step of an ordered scale: the stance reaches it, the range between hope and walk-away holds it. */
export interface Step {
  readonly isReached: boolean
  readonly isInRange: boolean
}

export interface SharedCell {
  /** '' where nothing is known. */
  readonly stance: string
  readonly step: string
  readonly range: string
  readonly scope: string
  /** With its hedge and attribution. */
  readonly position: string
  /** Empty on a scale of numbers, which has distances instead of steps, and where nothing is placed on it. */
  readonly steps: readonly Step[]
}

export interface SharedIssue {
  readonly title: string
  readonly description: string
  /** "low · middle · high"; '' for no scale. */
  readonly scale: string
  /** One for each party; null where nothing is known. */
  readonly cells: readonly (SharedCell | null)[]
}

export interface SharedPage {
  readonly title: string
  readonly description: string
  readonly parties: readonly string[]
  readonly baskets: readonly { readonly title: string; readonly issues: readonly SharedIssue[] }[]
}

/** More are too narrow to count. */
const MOST_STEPS = 12

export const sharedPage = (tracker: Tracker): SharedPage => {
  const { baskets, conflicts, description, issues, parties, title } = tracker
  // Why the team goes by one of two claims is for the team.
  const grounds = groundsOf({ ...tracker, conflicts: conflicts.map(it => ({ ...it, reason: '' })) })
  const byBasket = Map.groupBy(issues, ({ basketId }) => basketId)
  return {
    title: title || 'Untitled tracker',
    description,
    parties: parties.map(nameOf),
    baskets: [...byBasket].map(([basketId, issues]) => ({
      title:
        basketId === null ? 'In no basket' : basketTitle(baskets.find(({ id }) => id === basketId)),
      issues: issues.map(issue => ({
        title: titleOf(issue),
        description: issue.description,
        scale: issue.scale.points.map(({ label }) => label || 'an unnamed point').join(' · '),
        cells: parties.map(party => {
          const cell = cellOf(tracker, issue.id, party.id)
          if (isBlank(cell)) return null
          return {
            stance: stanceWords(cell, issue.scale),
            step: stepWords(cell, issue.scale),
            range: rangeWords(cell, issue.scale),
            scope: scopeWords(cell),
            position: hedgedPosition(cell, grounds),
            steps: stepsOf(cell, issue.scale),
          }
        }),
      })),
    })),
  }
}

const basketTitle = (basket: { readonly title: string } | undefined): string =>
  basket?.title || 'Untitled basket'

const stepsOf = (cell: Cell, { isNumeric, points }: Scale): readonly Step[] => {
  if (isNumeric || points.length > MOST_STEPS) return []
  const at = (id: Cell['stance']): number => points.findIndex(point => point.id === id)
  const stance = at(cell.stance)
  const ends = [at(cell.aspiration), at(cell.walkAway)].filter(index => index >= 0)
  if (stance < 0 && ends.length === 0) return []
  const [from, to] = [Math.min(...ends), Math.max(...ends)]
  return points.map((_, index) => ({
    isReached: index <= stance,
    isInRange: index >= from && index <= to,
  }))
}
