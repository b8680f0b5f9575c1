/** One issue across all parties. */
import { groundsOf } from '#shared/evidence/support.ts'
import type { IssueId, PartyId } from '#shared/ids.ts'
import { entryOf, type Entry } from '#shared/pages/entry.ts'
import { createFootnotes, type Footnote } from '#shared/pages/footnotes.ts'
import { nameOf, peopleOf, titleOf } from '#shared/pages/party-page.ts'
import { roleWords } from '#shared/parties.ts'
import type { Tracker } from '#shared/tracker.ts'

export interface IssuePage {
  readonly title: string
  readonly basket: string
  readonly description: string
  /** What the scale measures; '' where nobody has said. */
  readonly measures: string
  /** Its points from the lowest to the highest, each with who stands there. */
  readonly points: readonly { readonly label: string; readonly parties: readonly string[] }[]
  readonly entries: readonly (Entry & {
    readonly title: string
    readonly roles: string
    /** "Abbas Araghchi, foreign minister" … */
    readonly people: readonly string[]
  })[]
  /** Parties of which nothing is known on it. */
  readonly unknown: readonly { readonly id: PartyId; readonly title: string }[]
  readonly footnotes: readonly Footnote[]
}

/** Undefined where there is no such issue. */
export const issuePage = (tracker: Tracker, id: IssueId): IssuePage | undefined => {
  const issue = tracker.issues.find(issue => issue.id === id)
  if (!issue) return undefined
  const grounds = groundsOf(tracker)
  const footnotes = createFootnotes(grounds)
  const columns = tracker.parties.map(party => ({
    party,
    entry: entryOf({ tracker, grounds, footnotes }, issue, party.id),
  }))
  const basket = tracker.baskets.find(basket => basket.id === issue.basketId)
  return {
    title: titleOf(issue),
    basket: basket ? basket.title || 'Untitled basket' : '',
    description: issue.description,
    measures: issue.scale.name,
    points: issue.scale.points.map(point => ({
      label: point.label || 'Unnamed point',
      parties: columns.flatMap(({ entry, party }) =>
        entry?.cell.stance === point.id ? [nameOf(party)] : [],
      ),
    })),
    entries: columns.flatMap(({ entry, party }) =>
      entry
        ? [
            {
              ...entry,
              title: nameOf(party),
              roles: roleWords(party),
              people: peopleOf(tracker, party.id).map(({ words }) => words),
            },
          ]
        : [],
    ),
    unknown: columns.flatMap(({ entry, party }) =>
      entry ? [] : [{ id: party.id, title: nameOf(party) }],
    ),
    footnotes: footnotes.all(),
  }
}
