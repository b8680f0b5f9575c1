/** The matrix on a small screen: one party, or one issue, at a time, and a sheet from below for what is chosen. */
import { createEffect, createMemo, createSignal, For, onCleanup, Show, Suspense } from 'solid-js'
import type { MatrixView } from '#client/live/view.ts'
import { CompartmentMark } from '#client/compartments/mark.tsx'
import { useNegotiation } from '#client/live/negotiation.ts'
import { BottomSheet } from '#client/matrix/bottom-sheet.tsx'
import { NarrowCell } from '#client/matrix/narrow-cell.tsx'
import { NarrowHead, type Way } from '#client/matrix/narrow-head.tsx'
import type { Marks } from '#client/matrix/marks.ts'
import type { Tint } from '#client/matrix/tint.ts'
import type { PageRef } from '#client/pages/address.ts'
import { late } from '#client/ui/late.ts'
import { SubjectBody, SubjectTitle, useSubject } from '#client/matrix/panel/selected.tsx'
import { cellOn, type Selection, type Spot } from '#client/matrix/selection.ts'
import { Icon } from '#client/ui/icon.tsx'
import { openMenu } from '#client/ui/menu.tsx'
import { addIssue } from '#shared/document/issues.ts'
import { addParty, partyRecords } from '#shared/document/parties.ts'
import { newId, type BasketId, type IssueId, type PartyId } from '#shared/ids.ts'
import '#client/matrix/narrow.css'

const CellHistory = late(() => import('#client/history/movements/cell-history.tsx'))

interface Props {
  readonly view: MatrixView
  readonly marks: Marks | undefined
  readonly tint: Tint | undefined
  readonly selection: Selection
  readonly onPage: (page: PageRef) => void
}

/** How far a finger goes for a swipe. */
const SWIPE = 60

export default function Narrow(props: Props) {
  const negotiation = useNegotiation()
  const { selection } = props
  const [way, setWay] = createSignal<Way>('party')
  const [open, setOpen] = createSignal(false)
  /** Of the past there is nothing else to show of a cell. */
  const [wantsHistory, setWantsHistory] = createSignal(false)
  const isLive = (): boolean => props.view === negotiation.view
  const historyOf = () =>
    wantsHistory() || !isLive() ? cellOn(props.view, selection.active()) : undefined
  const subject = useSubject(selection)

  const parties = () => props.view.partyIds()
  const issues = () => props.view.issueIds()
  const party = createMemo(() => {
    const { column } = selection.active()
    return parties().find(id => id === column) ?? parties()[0]
  })
  const issue = createMemo(() => {
    const { row } = selection.active()
    return issues().find(id => id === row) ?? issues()[0]
  })
  const mayEdit = (): boolean => isLive() && negotiation.mayEdit()

  const select = (row: Spot['row'] | undefined, column: Spot['column'] | undefined): void =>
    selection.select({ row: row ?? 'top', column: column ?? 'head' })
  const step = (by: 1 | -1): void => {
    if (way() === 'party') {
      const next = parties()[parties().indexOf(party() as PartyId) + by]
      if (next) select(issue(), next)
    } else {
      const next = issues()[issues().indexOf(issue() as IssueId) + by]
      if (next) select(next, party())
    }
  }
  const openSheet = (row: Spot['row'], column: Spot['column']): void => {
    select(row, column)
    setWantsHistory(false)
    setOpen(isLive() || historyOf() !== undefined)
  }
  const openPage = (): void => {
    const [partyId, issueId] = [party(), issue()]
    if (way() === 'party' && partyId) props.onPage({ of: 'party', id: partyId })
    if (way() === 'issue' && issueId) props.onPage({ of: 'issue', id: issueId })
  }
  const titleOf = (): string => {
    const [partyId, issueId] = [party(), issue()]
    if (way() === 'party') return (partyId && props.view.party(partyId)?.name) || 'Unnamed party'
    return (issueId && props.view.issue(issueId)?.title) || 'Untitled issue'
  }
  const choose = (at: Element): void =>
    openMenu(
      at,
      way() === 'party'
        ? parties().map(id => ({
            label: props.view.party(id)?.name || 'Unnamed party',
            checked: id === party(),
            run: () => select(issue(), id),
          }))
        : issues().map(id => ({
            label: props.view.issue(id)?.title || 'Untitled issue',
            checked: id === issue(),
            run: () => select(id, party()),
          })),
      way() === 'party' ? 'Party' : 'Issue',
    )
  const groups = createMemo(() => {
    const byBasket = new Map<BasketId | null, IssueId[]>()
    for (const id of issues()) {
      if (props.marks?.folded?.(id)) continue
      const basketId = props.view.issue(id)?.basketId ?? null
      byBasket.set(basketId, [...(byBasket.get(basketId) ?? []), id])
    }
    return [...byBasket].map(([basketId, issueIds]) => ({ basketId, issueIds }))
  })
  const add = (): void => {
    if (way() === 'party') {
      const id = newId<IssueId>()
      const home = issue()
      const basketId = home ? (props.view.issue(home)?.basketId ?? null) : null
      negotiation.act('add an issue', doc => addIssue(doc, id, { title: '', basketId }))
      openSheet(id, 'head')
    } else {
      const id = newId<PartyId>()
      negotiation.act('add a party', doc => addParty(doc, id, { role: 'negotiating_party' }))
      openSheet('top', id)
    }
  }

  createEffect(() => {
    const of = open() ? subject() : undefined
    negotiation.setPlace(
      of && of.kind !== 'party'
        ? { issueId: of.issueId, partyId: of.kind === 'cell' ? of.partyId : null, editing: false }
        : null,
    )
  })
  onCleanup(() => negotiation.setPlace(null))

  let from: { readonly x: number; readonly y: number } | undefined
  const onTouchEnd = (event: TouchEvent): void => {
    const [touch] = event.changedTouches
    if (!from || !touch) return
    const [x, y] = [touch.clientX - from.x, touch.clientY - from.y]
    if (Math.abs(x) > SWIPE && Math.abs(y) < SWIPE) step(x < 0 ? 1 : -1)
    from = undefined
  }
  return (
    <div class="narrow">
      <NarrowHead
        way={way()}
        onWay={setWay}
        title={titleOf()}
        onChoose={choose}
        onStep={step}
        onPage={openPage}
      />
      <Show when={isLive() && way() === 'party' && party()} keyed>
        {id => (
          <p class="narrow-mark">
            <CompartmentMark of={partyRecords} id={id} />
          </p>
        )}
      </Show>
      <div
        class="narrow-list"
        onTouchStart={event => {
          const [touch] = event.touches
          from = touch && { x: touch.clientX, y: touch.clientY }
        }}
        onTouchEnd={onTouchEnd}
      >
        <Show
          when={way() === 'party'}
          fallback={
            <For each={parties()}>
              {id => (
                <Show when={issue()}>
                  {issueId => (
                    <NarrowCell
                      view={props.view}
                      marks={props.marks}
                      tint={props.tint}
                      issueId={issueId()}
                      partyId={id}
                      title={props.view.party(id)?.name || 'Unnamed party'}
                      onOpen={() => openSheet(issueId(), id)}
                    />
                  )}
                </Show>
              )}
            </For>
          }
        >
          <For each={groups()}>
            {group => (
              <section>
                <Show when={group.basketId}>
                  {id => (
                    <h2 class="narrow-basket" dir="auto">
                      {props.view.basket(id())?.title || 'Untitled basket'}
                    </h2>
                  )}
                </Show>
                <For each={group.issueIds}>
                  {id => (
                    <Show when={party()}>
                      {partyId => (
                        <NarrowCell
                          view={props.view}
                          marks={props.marks}
                          tint={props.tint}
                          issueId={id}
                          partyId={partyId()}
                          title={props.view.issue(id)?.title || 'Untitled issue'}
                          onOpen={() => openSheet(id, partyId())}
                        />
                      )}
                    </Show>
                  )}
                </For>
              </section>
            )}
          </For>
        </Show>
        <Show when={mayEdit()}>
          <button type="button" class="add narrow-add" onClick={add}>
            <Icon name="plus" /> {way() === 'party' ? 'Add issue' : 'Add party'}
          </button>
        </Show>
      </div>
      <BottomSheet
        open={open()}
        onClose={() => setOpen(false)}
        title={<SubjectTitle subject={subject()} />}
      >
        <Show
          when={historyOf()}
          fallback={
            <>
              <Show when={subject()?.kind === 'cell'}>
                <div class="panel-row">
                  <button
                    type="button"
                    class="button small"
                    onClick={() => select(selection.active().row, 'head')}
                  >
                    The issue
                  </button>
                  <button
                    type="button"
                    class="button small"
                    onClick={() => select('top', selection.active().column)}
                  >
                    The party
                  </button>
                  <button type="button" class="button small" onClick={() => setWantsHistory(true)}>
                    Cell history
                  </button>
                </div>
              </Show>
              <SubjectBody subject={subject()} />
            </>
          }
        >
          {cell => (
            <>
              <Show when={isLive()}>
                <div class="panel-row">
                  <button type="button" class="button small" onClick={() => setWantsHistory(false)}>
                    The cell
                  </button>
                </div>
              </Show>
              <Suspense>
                <CellHistory cell={cell()} view={props.view} />
              </Suspense>
            </>
          )}
        </Show>
      </BottomSheet>
    </div>
  )
}
