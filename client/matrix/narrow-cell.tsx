/** A cell on a small screen: what it is about, and what stands in it, as one button. */
import { createMemo, For } from 'solid-js'
import type { MatrixView } from '#client/live/view.ts'
import { useNegotiation } from '#client/live/negotiation.ts'
import { drawCell, drawRedLine } from '#client/matrix/cell-content.tsx'
import { createCellSupport, supportMark } from '#client/matrix/cell-support.tsx'
import type { Marks } from '#client/matrix/marks.ts'
import { sizesOf, type Sizes } from '#client/matrix/measure.ts'
import type { Tint } from '#client/matrix/tint.ts'
import { createRowNotes, reckoning, sameNotes } from '#client/redlines/reckoning.ts'
import type { IssueId, PartyId } from '#shared/ids.ts'

interface Props {
  readonly view: MatrixView
  readonly marks: Marks | undefined
  readonly tint: Tint | undefined
  readonly issueId: IssueId
  readonly partyId: PartyId
  readonly title: string
  readonly onOpen: () => void
}

const SIZES: Sizes = { ...sizesOf('roomy'), column: 360, lines: 8 }

export const NarrowCell = (props: Props) => {
  const negotiation = useNegotiation()
  const cell = createMemo(() => props.view.cell(props.issueId, props.partyId))
  const support = createCellSupport(
    () => props.view,
    cell,
    () => props.view === negotiation.view,
  )
  const mark = createMemo(() => props.marks?.cell(props.issueId, props.partyId))
  const others = () =>
    props.view === negotiation.view ? negotiation.peopleAt(props.issueId, props.partyId) : []
  const row = createRowNotes(
    () => props.view,
    () => props.issueId,
    () => props.view === negotiation.view,
  )
  const notes = createMemo(() => reckoning()?.notesAt(row(), props.partyId), undefined, {
    equals: sameNotes,
  })
  const drawn = createMemo(() => {
    const { issueId, marks, partyId, tint, view } = props
    const marked = mark()
    const issue = view.issue(issueId)
    // Outside the markup: Solid makes a boolean of a condition that stands in it.
    const noted = notes()
    const own = marked ? marks?.renderCell?.(issueId, partyId) : undefined
    return (
      <>
        {marked && <span class="unseen">{marked.label}: </span>}
        {own ?? drawCell(view, SIZES, cell(), issue, support(), tint)}
        {view.redLines(issueId, partyId).map(line => drawRedLine(view, line, issue))}
        {noted && reckoning()?.drawNotes(noted, view, true)}
      </>
    )
  })
  return (
    <button
      type="button"
      class={`narrow-cell ${props.tint?.ground(props.issueId, props.partyId) ?? ''}`}
      classList={{ unmarked: props.marks !== undefined && !mark() }}
      data-knowledge={cell().knowledge}
      data-mark={mark()?.kind}
      data-support={props.marks === undefined ? supportMark(support()) : undefined}
      onClick={() => props.onOpen()}
    >
      <span class="narrow-cell-title" dir="auto">
        {props.title}
      </span>
      {drawn()}
      <For each={others()}>
        {person => (
          <span class={`here person-${person.account.colour}`}>
            <span class="here-name">{person.account.name}</span>
          </span>
        )}
      </For>
    </button>
  )
}
