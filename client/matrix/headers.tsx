/** The names at the edges of the sheet: parties above, issues at the start, baskets between. */
import { createMemo, For, Show, type Accessor, type JSX } from 'solid-js'
import { CompartmentMark } from '#client/compartments/mark.tsx'
import { Icon } from '#client/ui/icon.tsx'
import * as deeds from '#client/matrix/deeds.ts'
import { useGrid } from '#client/matrix/grid.ts'
import { NameField } from '#client/matrix/name-field.tsx'
import type { Mark } from '#client/matrix/marks.ts'
import type { Row } from '#client/matrix/rows.ts'
import { sameSpot, type Spot } from '#client/matrix/selection.ts'
import type { TintedHead } from '#client/matrix/tint.ts'
import { partyRecords } from '#shared/document/parties.ts'
import type { BasketId, IssueId, PartyId } from '#shared/ids.ts'
import type { Issue } from '#shared/issues.ts'
import { roleWords } from '#shared/parties.ts'
import '#client/matrix/headers.css'

const useIsActive = (spot: () => Spot): Accessor<boolean> => {
  const { selection } = useGrid()
  return createMemo(() => sameSpot(selection.active(), spot()))
}

const Badges = (props: { readonly marks: readonly Mark[] | undefined }) => (
  <For each={props.marks}>
    {mark => (
      <span class="badge" data-mark={mark.kind}>
        {mark.label}
      </span>
    )}
  </For>
)

/** Dragged to another place; a double for the eye of what Alt+Shift+arrows do. */
const Grip = () => {
  const grid = useGrid()
  return (
    <Show when={grid.mayEdit()}>
      <span class="grip" data-grip aria-hidden="true" title="Drag to move (Alt+Shift+arrows)" />
    </Show>
  )
}

/** A name in its author's colour, or with its age, while the matrix is coloured. */
const Tinted = (props: {
  readonly head: TintedHead | undefined
  readonly children: JSX.Element
}) => (
  <Show when={props.head} fallback={props.children}>
    {head => (
      <>
        <span class="unseen">{head().said}: </span>
        <span
          class={head().name && `tinted person-${head().name?.colour}`}
          data-tip={head().name?.tip ?? head().said}
        >
          {props.children}
        </span>
      </>
    )}
  </Show>
)

export const PartyHeader = (props: { readonly partyId: PartyId }) => {
  const grid = useGrid()
  const { partyId } = props
  const spot: Spot = { row: 'top', column: partyId }
  const isActive = useIsActive(() => spot)
  const column = (): number => grid.sheet.columnIndex(partyId)
  const marks = createMemo(() => grid.marks()?.column(partyId))
  const tinted = createMemo(() => grid.tint()?.head(partyId))
  return (
    <div
      class={`party-header ${tinted()?.ground ?? ''}`}
      classList={{ active: isActive() }}
      role="columnheader"
      id={grid.elementId(spot)}
      aria-colindex={column() + 2}
      aria-selected={isActive()}
      data-column={partyId}
      data-mark={marks()?.[0]?.kind}
      style={{ 'inset-inline-start': `${grid.sheet.columnLeft(partyId)}px` }}
    >
      <Show when={grid.view.party(partyId)}>
        {party => (
          <Show
            when={grid.marks()?.renderParty?.(partyId)}
            fallback={
              <>
                <div class="party-name" dir="auto" title={tinted() ? undefined : party().name}>
                  <Tinted head={tinted()}>
                    {party().name || <span class="nameless">Unnamed party</span>}
                  </Tinted>
                </div>
                <div class="party-role" title={roleWords(party())}>
                  <Show when={grid.isLive}>
                    <CompartmentMark of={partyRecords} id={partyId} />
                  </Show>
                  {roleWords(party())}
                </div>
              </>
            }
          >
            {drawn => drawn()}
          </Show>
        )}
      </Show>
      <Badges marks={marks()} />
      <Grip />
      <NameField spot={spot} label="Name of the party" />
    </div>
  )
}

export const IssueHeader = (props: {
  readonly issueId: IssueId
  readonly issue: Accessor<Issue | undefined>
}) => {
  const grid = useGrid()
  const spot: Spot = { row: props.issueId, column: 'head' }
  const isActive = useIsActive(() => spot)
  const marks = createMemo(() => grid.marks()?.row(props.issueId))
  const tinted = createMemo(() => grid.tint()?.head(props.issueId))
  const others = (): readonly { readonly account: { readonly colour: number } }[] =>
    grid.isLive ? grid.negotiation.peopleAt(props.issueId, null) : []
  return (
    <div
      class={`issue-header ${tinted()?.ground ?? ''}`}
      classList={{ active: isActive() }}
      role="rowheader"
      id={grid.elementId(spot)}
      aria-colindex={1}
      aria-selected={isActive()}
      data-column="head"
      data-mark={marks()?.[0]?.kind}
    >
      <Show
        when={grid.marks()?.renderIssue?.(props.issueId)}
        fallback={
          <>
            <div class="issue-title" dir="auto">
              <Tinted head={tinted()}>
                {props.issue()?.title || <span class="nameless">Untitled issue</span>}
              </Tinted>
            </div>
            <Show when={props.issue()?.description}>
              {description => (
                <div class="issue-description" dir="auto" title={description()}>
                  {description()}
                </div>
              )}
            </Show>
          </>
        }
      >
        {drawn => drawn()}
      </Show>
      <Badges marks={marks()} />
      <Grip />
      <For each={others()}>{({ account }) => <span class={`here person-${account.colour}`} />}</For>
      <NameField spot={spot} label="Title of the issue" />
    </div>
  )
}

export const BasketHeader = (props: { readonly row: Extract<Row, { kind: 'basket' }> }) => {
  const grid = useGrid()
  const { basketId, id } = props.row
  const isActive = createMemo(() => grid.selection.active().row === id)
  const marks = createMemo(() => (basketId === null ? undefined : grid.marks()?.basket(basketId)))
  const title = (): string =>
    basketId === null ? 'In no basket' : grid.view.basket(basketId)?.title || 'Untitled basket'
  return (
    <div
      class="basket-header"
      classList={{ active: isActive() }}
      role="rowheader"
      id={grid.elementId({ row: id, column: 'head' })}
      aria-colindex={1}
      aria-colspan={grid.sheet.columns().length + 1}
      aria-selected={isActive()}
      aria-expanded={!props.row.folded}
      data-column="head"
    >
      <span class="fold" data-fold aria-hidden="true">
        <Icon name={props.row.folded ? 'right' : 'down'} />
      </span>
      <span class="basket-title" dir="auto">
        {title()}
      </span>
      <span class="basket-count">{props.row.issues}</span>
      <Badges marks={marks()} />
      <Show when={grid.mayEdit()}>
        <AddIssue basketId={basketId} />
      </Show>
      <Show when={basketId !== null}>
        <Grip />
        <NameField spot={{ row: id, column: 'head' }} label="Title of the basket" />
      </Show>
    </div>
  )
}

/** Not a tab stop of its own: the grid has one. */
const AddIssue = (props: { readonly basketId: BasketId | null }) => {
  const grid = useGrid()
  return (
    <button
      type="button"
      class="add"
      tabindex="-1"
      onClick={() => deeds.addIssueHere(grid, props.basketId)}
    >
      <Icon name="plus" /> Add issue
    </button>
  )
}

export const AddRow = (props: { readonly row: Extract<Row, { kind: 'add' }> }) => {
  const grid = useGrid()
  const spot = (): Spot => ({ row: props.row.id, column: 'head' })
  const isActive = createMemo(() => grid.selection.active().row === props.row.id)
  return (
    <div
      class="add-row"
      classList={{ active: isActive() }}
      role="gridcell"
      id={grid.elementId(spot())}
      aria-colindex={1}
      aria-colspan={grid.sheet.columns().length + 1}
      aria-selected={isActive()}
      data-column="head"
    >
      <AddIssue basketId={props.row.basketId} />
    </div>
  )
}

export const FoldedRows = (props: { readonly row: Extract<Row, { kind: 'fold' }> }) => {
  const grid = useGrid()
  const isActive = createMemo(() => grid.selection.active().row === props.row.id)
  return (
    <div
      class="folded-rows"
      classList={{ active: isActive() }}
      role="gridcell"
      id={grid.elementId({ row: props.row.id, column: 'head' })}
      aria-colindex={1}
      aria-colspan={grid.sheet.columns().length + 1}
      aria-selected={isActive()}
      data-column="head"
    >
      <button
        type="button"
        class="add"
        tabindex="-1"
        onClick={() => grid.marks()?.unfold?.(props.row.issueIds)}
      >
        … {props.row.issueIds.length} {grid.marks()?.foldedWord?.()}
      </button>
    </div>
  )
}
