/** Cells that rest on what was settled and that nobody has looked at since, with who wrote them last. */
import { createMemo, type Accessor } from 'solid-js'
import { api } from '#client/api.ts'
import { createAsked } from '#client/history/asked.ts'
import { useNegotiation } from '#client/live/negotiation.ts'
import type { ApiAuthor, MovementsPage } from '#shared/api.ts'
import { cellKey, type CellKey } from '#shared/cells.ts'
import { assessmentRecords, claimEventRecords } from '#shared/document/claims.ts'
import { settledIn, unanswered, type Settled } from '#shared/evidence/settled.ts'
import type { IssueId, PartyId } from '#shared/ids.ts'

/** So many are asked after at once: of more, the others come up as these are answered. */
const MOST = 40

interface Place {
  readonly issueId: IssueId
  readonly partyId: PartyId
}

const keyOf = ({ issueId, partyId }: Place): CellKey => cellKey(issueId, partyId)

export interface Reconsidered {
  /** Undefined until it is known when the cells were changed last. */
  readonly settled: Accessor<readonly Settled[] | undefined>
  readonly writerOf: (place: Place) => ApiAuthor | undefined
}

/** Of one cell, or of all. */
export const createReconsidered = (only?: Place): Reconsidered => {
  const { trackerId, view } = useNegotiation()
  const isWanted = ({ issueId, partyId }: Place): boolean =>
    only === undefined || (only.issueId === issueId && only.partyId === partyId)
  const candidates = createMemo(() =>
    settledIn(view.records(claimEventRecords), view.records(assessmentRecords), view.claim, id =>
      view
        .cellsOf(id)
        .filter(at => isWanted(at) && view.issue(at.issueId) && view.party(at.partyId)),
    ),
  )
  const places = createMemo(() => {
    const byKey = new Map<CellKey, Place>()
    for (const { cells } of candidates()) for (const place of cells) byKey.set(keyOf(place), place)
    return [...byKey.values()].slice(0, MOST)
  })
  // What is in the cells belongs to the question: it is asked anew when somebody changes one.
  const question = createMemo(() =>
    places().length === 0
      ? undefined
      : JSON.stringify(places().map(at => view.cell(at.issueId, at.partyId))),
  )
  const asked = createAsked(question, async () => {
    const newest = await Promise.all(
      places().map(async ({ issueId, partyId }) => {
        const { movements }: MovementsPage = await api.get(
          `/api/trackers/${trackerId}/movements?issue=${issueId}&party=${partyId}&limit=1`,
        )
        return movements
      }),
    )
    return newest.flat()
  })
  const last = createMemo(
    () =>
      new Map(
        asked.latest()?.map(it => [cellKey(it.issueId as IssueId, it.partyId as PartyId), it]),
      ),
  )
  const lastOf = (place: Place) => last().get(keyOf(place))
  return {
    settled: createMemo(() => {
      if (places().length === 0) return []
      if (!asked.latest()) return undefined
      const known = new Set(places().map(keyOf))
      const shown = candidates().map(one => ({
        ...one,
        cells: one.cells.filter(at => known.has(keyOf(at))),
      }))
      return unanswered(shown, place => lastOf(place)?.lastAt)
    }),
    writerOf: place => lastOf(place)?.account,
  }
}
