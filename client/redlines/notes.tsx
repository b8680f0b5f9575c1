/** What rows and cells draw of red lines, collisions and open questions, beyond that there is a line. */
import type { JSX } from 'solid-js'
import type { MatrixView } from '#client/live/view.ts'
import { gapsOn, gapWords } from '#client/outlook/gaps.ts'
import {
  crossingsIn,
  crossingWords,
  softnessIn,
  type Crossing,
} from '#client/redlines/collisions.ts'
import { SOFTNESS_LABELS } from '#shared/analysis/softness.ts'
import { lineWords } from '#shared/compare/red-lines.ts'
import type { IssueId, PartyId } from '#shared/ids.ts'
import type { Issue } from '#shared/issues.ts'
import type { RedLine } from '#shared/redlines.ts'

export { Crossings } from '#client/redlines/crossings.tsx'

export interface RowNotes {
  readonly crossings: readonly Crossing[]
  /** What a cell says of its open questions, by its party. */
  readonly asked: Readonly<Record<PartyId, string>>
}

export interface CellNotes {
  readonly crossings: readonly Crossing[]
  readonly asked: string
}

/** Undefined where there is nothing to say. Of a past state nobody is late. */
export const notesOn = (
  view: MatrixView,
  issueId: IssueId,
  isLive: boolean,
): RowNotes | undefined => {
  const crossings = crossingsIn(view, issueId)
  const gaps = gapsOn(view, issueId)
  if (crossings.length === 0 && gaps.length === 0) return undefined
  const now = isLive ? Date.now() : 0
  // Plain data, to be compared; a peer may call a party as what every object has.
  const asked = Object.create(null) as Record<PartyId, string>
  for (const [partyId, own] of Map.groupBy(gaps, gap => gap.partyId)) {
    const words = gapWords(own, now)
    if (partyId && words !== '') asked[partyId] = words
  }
  return { crossings, asked }
}

export const notesAt = (row: RowNotes | undefined, partyId: PartyId): CellNotes | undefined => {
  if (!row) return undefined
  const crossings = row.crossings.filter(
    ({ crosser, holder }) => crosser === partyId || holder === partyId,
  )
  const asked = row.asked[partyId] ?? ''
  return crossings.length === 0 && asked === '' ? undefined : { crossings, asked }
}

/** `inFull` where no mark in a gutter shows what collides. */
export const drawNotes = (
  { asked, crossings }: CellNotes,
  view: MatrixView,
  inFull = false,
): JSX.Element => (
  <>
    {crossings.map(crossing =>
      inFull ? (
        <span class={crossing.isSoft ? 'narrow-crossing soft' : 'narrow-crossing'}>
          {crossingWords(crossing, view)}
        </span>
      ) : (
        <span class="unseen">Collision: {crossingWords(crossing, view)}. </span>
      ),
    )}
    {asked !== '' && (
      <span
        class={asked.includes('overdue') ? 'cell-asked late' : 'cell-asked'}
        role="img"
        aria-label={asked}
        title={asked}
      >
        ?
      </span>
    )}
  </>
)

/** "Red line: at least Wide access; rests on one origin" */
export const lineLook = (view: MatrixView, line: RedLine, issue: Issue | undefined) => {
  const softness = softnessIn(view, line)
  const named = `${line.kind === 'red_line' ? 'Red line: ' : ''}${lineWords(line, issue)}`
  return {
    isSoft: softness !== null,
    words: softness ? `${named}; ${SOFTNESS_LABELS[softness]}` : named,
  }
}
