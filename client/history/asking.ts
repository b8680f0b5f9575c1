/** Questions about what changed: those that there are, and what may be done with them in my own name. */
import { createMemo, untrack, type Accessor } from 'solid-js'
import { api, wordsOf } from '#client/api.ts'
import { sharing } from '#client/history/sharing.ts'
import type { Negotiation } from '#client/live/negotiation.ts'
import type { Spot } from '#client/matrix/marks.ts'
import { notify } from '#client/ui/toaster.tsx'
import { may } from '#shared/access.ts'
import { claimRecords } from '#shared/document/claims.ts'
import { partyRecords } from '#shared/document/parties.ts'
import { sourceRecords } from '#shared/document/sources.ts'
import type { ItemAddress } from '#shared/history/touched.ts'
import type { ClaimId, IssueId, PartyId, SourceId } from '#shared/ids.ts'
import { isOpen, type Question } from '#shared/questions.ts'

export interface Asking {
  /** The open ones first, the newest of each before the others. */
  readonly all: Accessor<readonly Question[]>
  readonly about: (address: string) => readonly Question[]
  /** Everybody reads what is asked and answered: so nothing is about what is in a compartment. */
  readonly mayAsk: (about: string) => boolean
  readonly mayResolve: Accessor<boolean>
  readonly ask: (about: string, text: string) => Promise<void>
  readonly answer: (question: Question, answer: string) => Promise<void>
  readonly resolve: (question: Question, resolved: boolean) => Promise<void>
  /** What a question is about, by today's names: "Verification · Iran". */
  readonly titleOf: (question: Question) => string
  readonly spotOf: (about: string) => Spot | undefined
}

export const createAsking = ({
  compartmentOf,
  role,
  trackerId,
  view,
}: Pick<Negotiation, 'compartmentOf' | 'role' | 'trackerId' | 'view'>): Asking => {
  const path = `/api/trackers/${trackerId}/questions`
  const all = createMemo<readonly Question[]>(
    before =>
      sharing(
        before,
        view.questions().toSorted((a, b) => Number(isOpen(b)) - Number(isOpen(a)) || b.at - a.at),
      ),
    [],
  )
  const mayResolve = (): boolean => may(role(), 'discuss')
  /** What was in a compartment is not asked about either when that has closed under the reader. */
  const apart = new Set<string>()
  const isApart = (about: string): boolean => {
    if (isInCompartment(compartmentOf, about)) apart.add(about)
    return apart.has(about)
  }
  return {
    all,
    about: address => all().filter(({ about }) => about === address),
    mayAsk: about => mayResolve() && !isApart(about),
    mayResolve,
    ask: (about, text) => api.post(path, { about, text }),
    answer: ({ id }, answer) => api.patch(`${path}/${id}`, { answer }),
    resolve: async ({ id }, resolved) => {
      try {
        await api.patch(`${path}/${id}`, { resolved })
      } catch (error) {
        notify({ tone: 'warning', text: wordsOf(error) })
      }
    },
    titleOf: ({ about }) => titleOf(view, about),
    spotOf: about => untrack(() => spotOf(view, about)),
  }
}

/** Rows and baskets are in none. */
const isInCompartment = (of: Negotiation['compartmentOf'], about: string): boolean => {
  const [root, id = '', partyId = ''] = about.split('/')
  switch (root) {
    case 'cell':
      return of(partyRecords, partyId as PartyId) !== undefined
    case 'party':
      return of(partyRecords, id as PartyId) !== undefined
    case 'claim':
      return of(claimRecords, id as ClaimId) !== undefined
    case 'source':
      return of(sourceRecords, id as SourceId) !== undefined
    default:
      return false
  }
}

/** Where in the matrix that stands; a claim where the first cell rests on it. Undefined for what has no place there. */
const spotOf = (view: Negotiation['view'], about: string): Spot | undefined => {
  const [root, id = '', partyId = ''] = about.split('/')
  switch (root) {
    case 'cell':
      return { issueId: id as IssueId, partyId: partyId as PartyId }
    case 'issue':
      return { issueId: id as IssueId, partyId: null }
    case 'party':
      return { issueId: null, partyId: id as PartyId }
    case 'claim':
      for (const issueId of view.issueIds())
        for (const partyId of view.partyIds())
          if (view.cell(issueId, partyId).claimIds.includes(id as ClaimId))
            return { issueId, partyId }
      return undefined
    default:
      return undefined
  }
}

const titleOf = (view: Negotiation['view'], about: ItemAddress): string => {
  const [root, id = '', partyId = ''] = about.split('/')
  const issue = (): string => view.issue(id as IssueId)?.title || 'A row that is gone'
  switch (root) {
    case 'cell':
      return `${issue()} · ${view.party(partyId as PartyId)?.name || 'a column that is gone'}`
    case 'issue':
      return issue()
    case 'party':
      return view.party(id as PartyId)?.name || 'A column that is gone'
    case 'claim':
      return view.claim(id as ClaimId)?.statement || 'A claim that is gone'
    case 'source':
      return view.source(id as SourceId)?.title || 'A source that is gone'
    case 'basket':
      return 'A basket'
    default:
      return 'The tracker'
  }
}
