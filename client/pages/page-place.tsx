/** In place of the matrix: one party across all issues, one issue across all parties, or everybody; to read and to print. */
import { useLocation } from '@solidjs/router'
import { createEffect, createMemo, on, Show } from 'solid-js'
import type { MatrixView } from '#client/live/view.ts'
import { inAddress, type PageRef } from '#client/pages/address.ts'
import { Everyone } from '#client/pages/everyone.tsx'
import { IssueSheet } from '#client/pages/issue-sheet.tsx'
import { PartySheet } from '#client/pages/party-sheet.tsx'
import { Classified } from '#client/people/classified.tsx'
import { Icon } from '#client/ui/icon.tsx'
import { openMenu } from '#client/ui/menu.tsx'
import { exactly } from '#client/ui/when.ts'
import type { IssueId, PartyId } from '#shared/ids.ts'
import { issuePage } from '#shared/pages/issue-page.ts'
import { partyPage } from '#shared/pages/party-page.ts'
import type { Place } from '#shared/presence.ts'
import '#client/pages/pages.css'

interface Props {
  readonly page: PageRef
  /** The live document, or a past moment of it. */
  readonly view: MatrixView
  /** When that moment was; undefined for now. */
  readonly at: number | undefined
  readonly open: (page: PageRef) => void
  readonly close: () => void
  readonly onJump: (place: Pick<Place, 'issueId' | 'partyId'>) => void
}

export default function PagePlace(props: Props) {
  const location = useLocation()
  let root: HTMLElement | undefined
  const party = createMemo(() => {
    const { page } = props
    return page.of === 'party'
      ? partyPage(props.view.tracker(), page.id, props.at ?? Date.now())
      : undefined
  })
  const issue = createMemo(() => {
    const { page } = props
    return page.of === 'issue' ? issuePage(props.view.tracker(), page.id) : undefined
  })
  /** Of now it is when the page last changed. */
  const asOf = createMemo((): string => {
    party()
    issue()
    return exactly(props.at ?? Date.now())
  })
  const title = (): string =>
    party()?.name ??
    issue()?.title ??
    (props.page.of === 'people' ? 'People' : `This ${props.page.of} is not in the tracker`)
  const hrefOf = (page: PageRef): string => {
    const query = new URLSearchParams(location.search)
    query.set('page', inAddress(page))
    return `${location.pathname}?${query.toString().replaceAll('%2F', '/')}`
  }
  const ids = (): readonly string[] =>
    props.page.of === 'party' ? props.view.partyIds() : props.view.issueIds()
  const refTo = (id: string): PageRef =>
    props.page.of === 'party'
      ? { of: 'party', id: id as PartyId }
      : { of: 'issue', id: id as IssueId }
  const nameOf = (id: string): string =>
    props.page.of === 'party'
      ? props.view.party(id as PartyId)?.name || 'Unnamed party'
      : props.view.issue(id as IssueId)?.title || 'Untitled issue'
  const neighbour = (by: 1 | -1): string | undefined =>
    props.page.of === 'people' ? undefined : ids()[ids().indexOf(props.page.id) + by]
  const step = (by: 1 | -1): void => {
    const next = neighbour(by)
    if (next) props.open(refTo(next))
  }
  const choose = (at: Element): void =>
    openMenu(
      at,
      ids().map(id => ({
        label: nameOf(id),
        checked: props.page.of !== 'people' && id === props.page.id,
        run: () => props.open(refTo(id)),
      })),
      props.page.of === 'party' ? 'Party' : 'Issue',
    )
  createEffect(
    on(
      () => inAddress(props.page),
      () => {
        root?.scrollTo({ top: 0 })
        root?.focus({ preventScroll: true })
      },
    ),
  )
  return (
    <section
      ref={root}
      class="page"
      tabindex="-1"
      aria-label={title()}
      onKeyDown={event => {
        if (event.key !== 'Escape' && event.key !== 'F8') return
        event.preventDefault()
        event.stopPropagation()
        props.close()
      }}
    >
      <div class="page-tools">
        <button type="button" class="button small" data-keys="Esc" onClick={() => props.close()}>
          <span class="backwards">
            <Icon name="right" />
          </span>{' '}
          Matrix
        </button>
        <Show when={props.page.of !== 'people'}>
          <div class="page-pager">
            <button
              type="button"
              class="button quiet icon small"
              aria-label={`Previous ${props.page.of}`}
              disabled={!neighbour(-1)}
              onClick={() => step(-1)}
            >
              <span class="backwards">
                <Icon name="right" />
              </span>
            </button>
            <button
              type="button"
              class="button quiet small"
              aria-haspopup="menu"
              onClick={event => choose(event.currentTarget)}
            >
              {props.page.of === 'party' ? 'Party' : 'Issue'} <Icon name="down" />
            </button>
            <button
              type="button"
              class="button quiet icon small"
              aria-label={`Next ${props.page.of}`}
              disabled={!neighbour(1)}
              onClick={() => step(1)}
            >
              <Icon name="right" />
            </button>
          </div>
        </Show>
        <button type="button" class="button small page-print" onClick={() => print()}>
          Print
        </button>
      </div>
      <div class="page-paper">
        <Classified />
        <header class="page-head">
          <p class="page-over" dir="auto">
            {props.view.title()} · as of {asOf()}
          </p>
          <h1 dir="auto">{title()}</h1>
          <Show when={party()}>{page => <p class="page-under">{page().roles}</p>}</Show>
          <Show when={issue()?.basket}>
            {basket => (
              <p class="page-under" dir="auto">
                {basket()}
              </p>
            )}
          </Show>
        </header>
        <Show when={party()}>
          {page => <PartySheet page={page()} hrefOf={hrefOf} onJump={props.onJump} />}
        </Show>
        <Show when={issue()}>
          {page => <IssueSheet page={page()} hrefOf={hrefOf} onJump={props.onJump} />}
        </Show>
        <Show when={props.page.of === 'people'}>
          <Everyone />
        </Show>
        <Show when={props.page.of !== 'people' && !party() && !issue()}>
          <p class="page-position">
            It was removed, or the link names another tracker’s. What people wrote about it is in
            the history.
          </p>
        </Show>
        <Classified />
      </div>
    </section>
  )
}
