/** One party across all issues. */
import { groundsOf } from '#shared/evidence/support.ts'
import type { IssueId, PartyId, PersonId } from '#shared/ids.ts'
import { entryOf, type Entry } from '#shared/pages/entry.ts'
import { createFootnotes, type Footnote } from '#shared/pages/footnotes.ts'
import { roleWords } from '#shared/parties.ts'
import {
  byPersonName,
  hasEnded,
  membershipWords,
  personWords,
  type Person,
} from '#shared/people.ts'
import type { Tracker } from '#shared/tracker.ts'

export interface PersonEntry {
  readonly id: PersonId
  /** "Abbas Araghchi, foreign minister" */
  readonly words: string
  /** '' for none. */
  readonly speaksFor: string
  readonly faction: string
}

export interface BlocEntry {
  readonly name: string
  readonly note: string
  /** "since 1981, until June 2025" */
  readonly dates: string
  readonly hasEnded: boolean
  /** The other members, with their dates. */
  readonly others: string
}

export interface PartyPage {
  readonly name: string
  readonly roles: string
  readonly people: readonly PersonEntry[]
  readonly factions: readonly { readonly name: string; readonly note: string }[]
  readonly blocs: readonly BlocEntry[]
  readonly baskets: readonly {
    readonly title: string
    readonly entries: readonly (Entry & { readonly title: string })[]
  }[]
  /** Issues of which nothing is known. */
  readonly unknown: readonly { readonly id: IssueId; readonly title: string }[]
  readonly footnotes: readonly Footnote[]
}

/** Undefined where there is no such party. `now` tells which memberships have ended. */
export const partyPage = (tracker: Tracker, id: PartyId, now: number): PartyPage | undefined => {
  const party = tracker.parties.find(party => party.id === id)
  if (!party) return undefined
  const grounds = groundsOf(tracker)
  const footnotes = createFootnotes(grounds)
  const rows = tracker.issues.map(issue => ({
    issue,
    entry: entryOf({ tracker, grounds, footnotes }, issue, id),
  }))
  const byBasket = Map.groupBy(rows, ({ issue }) => issue.basketId)
  return {
    name: nameOf(party),
    roles: roleWords(party),
    people: peopleOf(tracker, id),
    factions: tracker.factions
      .filter(({ partyId }) => partyId === id)
      .map(({ name, note }) => ({ name: name || 'Unnamed faction', note })),
    blocs: blocsOf(tracker, id, now),
    baskets: [...byBasket].flatMap(([basketId, rows]) => {
      const entries = rows.flatMap(({ entry, issue }) =>
        entry ? [{ ...entry, title: titleOf(issue) }] : [],
      )
      const basket = tracker.baskets.find(basket => basket.id === basketId)
      const title = basket ? basket.title || 'Untitled basket' : 'In no basket'
      return entries.length > 0 ? [{ title, entries }] : []
    }),
    unknown: rows.flatMap(({ entry, issue }) =>
      entry ? [] : [{ id: issue.id, title: titleOf(issue) }],
    ),
    footnotes: footnotes.all(),
  }
}

export const nameOf = ({ name }: { readonly name: string }): string => name || 'Unnamed party'
export const titleOf = ({ title }: { readonly title: string }): string => title || 'Untitled issue'

export const peopleOf = (
  { factions, people }: Tracker,
  partyId: PartyId,
): readonly PersonEntry[] => {
  const factionOf = ({ factionId }: Person): string =>
    factions.find(({ id }) => id === factionId)?.name ?? ''
  return people
    .filter(person => person.partyId === partyId)
    .toSorted(byPersonName)
    .map(person => ({
      id: person.id,
      words: personWords(person),
      speaksFor: person.speaksFor,
      faction: factionOf(person),
    }))
}

const blocsOf = (
  { blocs, memberships, parties }: Tracker,
  partyId: PartyId,
  now: number,
): readonly BlocEntry[] => {
  const member = (id: PartyId): string => {
    const party = parties.find(party => party.id === id)
    return party ? nameOf(party) : 'a party that was removed'
  }
  return memberships
    .filter(membership => membership.partyId === partyId)
    .flatMap(membership => {
      const bloc = blocs.find(({ id }) => id === membership.blocId)
      if (!bloc) return []
      const others = memberships
        .filter(other => other.blocId === bloc.id && other.partyId !== partyId)
        .map(other => {
          const dates = membershipWords(other)
          return member(other.partyId) + (dates && ` (${dates})`)
        })
      return [
        {
          name: bloc.name || 'Unnamed bloc',
          note: bloc.note,
          dates: membershipWords(membership),
          hasEnded: hasEnded(membership, now),
          others: others.join(', '),
        },
      ]
    })
}
