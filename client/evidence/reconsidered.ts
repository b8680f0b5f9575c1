/** Cells that rest on what was settled and that nobody has looked at since, with who wrote them last. */
import { createEffect, createMemo, untrack, type Accessor } from 'solid-js'
import { api } from '#client/api.ts'
import { createAsked } from '#client/history/asked.ts'
import { useNegotiation } from '#client/live/negotiation.ts'
import type { ApiAuthor, LastChanges } from '#shared/api.ts'
import { cellKey, type CellKey } from '#shared/cells.ts'
import { assessmentRecords, claimEventRecords } from '#shared/document/claims.ts'
import { partyRecords } from '#shared/document/parties.ts'
import { settledIn, unanswered, type Settled } from '#shared/evidence/settled.ts'
import type { IssueId, PartyId } from '#shared/ids.ts'

/** So many are asked after at once, in one request, which takes no more: of more, the others come up as these are answered. */
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
  const { compartmentOf, link, trackerId, view } = useNegotiation()
  const isWanted = ({ issueId, partyId }: Place): boolean =>
    only === undefined || (only.issueId === issueId && only.partyId === partyId)
  const candidates = createMemo(() =>
    settledIn(view.records(claimEventRecords), view.records(assessmentRecords), view.claim, id =>
      view
        .cellsOf(id)
        .filter(at => isWanted(at) && view.issue(at.issueId) && view.party(at.partyId))
        // The record of changes tells nothing of them.
        .filter(({ partyId }) => !compartmentOf(partyRecords, partyId)),
    ),
  )
  const places = createMemo(() => {
    const byKey = new Map<CellKey, Place>()
    for (const { cells } of candidates()) for (const place of cells) byKey.set(keyOf(place), place)
    return [...byKey.values()].slice(0, MOST)
  })
  const contentOf = (at: Place): string => JSON.stringify(view.cell(at.issueId, at.partyId))
  // One that leaves the list asks nothing anew: the others are as they were.
  const question = createMemo<readonly string[] | undefined>(before => {
    const asked = new Set(places().map(keyOf))
    const open = candidates().flatMap(({ cells, event }) =>
      cells.flatMap(at => (asked.has(keyOf(at)) ? [`${event.id} ${keyOf(at)}`] : [])),
    )
    if (open.length === 0) return undefined
    return before && open.every(one => before.includes(one)) ? before : open
  })
  const record = createAsked(question, async () => {
    const cells = untrack(places)
    const contents = untrack(() => new Map(cells.map(at => [keyOf(at), contentOf(at)])))
    const names = encodeURIComponent(cells.map(keyOf).join(','))
    const path = `/api/trackers/${trackerId}/changes/last?cells=${names}`
    return { ...(await api.get<LastChanges>(path)), contents }
  })
  /** Whoever has changed one since the record was asked has looked. */
  const isChanged = (at: Place): boolean => {
    const before = record.latest()?.contents.get(keyOf(at))
    return before !== undefined && before !== contentOf(at)
  }
  createEffect(() => {
    if (link().at === 'live' && untrack(record.failed)) record.again()
  })
  const last = createMemo(
    () =>
      new Map(
        record
          .latest()
          ?.cells.map(it => [cellKey(it.issueId as IssueId, it.partyId as PartyId), it]),
      ),
  )
  const lastOf = (place: Place) => last().get(keyOf(place))
  return {
    settled: createMemo(() => {
      if (places().length === 0) return []
      // Without an answer it is not known who has looked: better asked once too often than never.
      if (!record.latest() && !record.failed()) return undefined
      const known = new Set(places().map(keyOf))
      const shown = candidates().map(one => ({
        ...one,
        cells: one.cells.filter(at => known.has(keyOf(at)) && !isChanged(at)),
      }))
      return unanswered(shown, place => lastOf(place)?.lastAt)
    }),
    writerOf: place => lastOf(place)?.writer ?? undefined,
  }
}
