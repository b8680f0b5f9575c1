/** A tracker's places around its one matrix: the panel beside it, and history, which shows other moments in it. */
import { useLocation, useNavigate, useSearchParams } from '@solidjs/router'
import {
  createEffect,
  createMemo,
  createSignal,
  onCleanup,
  onMount,
  Show,
  Suspense,
} from 'solid-js'
import { Dynamic } from 'solid-js/web'
import type { ReconsiderCountProps } from '#client/evidence/reconsider-count.tsx'
import type { HistoryPlaceProps, Shown } from '#client/history/shown.ts'
import { createStanding } from '#client/history/standing.ts'
import { RestoreNotices } from '#client/history/restore-notices.tsx'
import { useNegotiation } from '#client/live/negotiation.ts'
import { EmptyTracker } from '#client/matrix/empty.tsx'
import { Matrix } from '#client/matrix/matrix.tsx'
import { DENSITIES, forgetTexts } from '#client/matrix/measure.ts'
import { tellOverwritten } from '#client/matrix/overwritten.ts'
import { createPreferences } from '#client/matrix/preferences.ts'
import { LOOSE } from '#client/matrix/rows.ts'
import { createSelection } from '#client/matrix/selection.ts'
import type { Tint } from '#client/matrix/tint.ts'
import { inAddress, pageIn, pageOf, type PageRef } from '#client/pages/address.ts'
import { Frame } from '#client/people/frame.tsx'
import { late, whenIdle } from '#client/ui/late.ts'
import type { MenuEntry } from '#client/ui/menu.tsx'
import { goesOn, type Meeting } from '#shared/meetings.ts'
import type { IssueId, PartyId } from '#shared/ids.ts'
import '#client/matrix/workspace.css'

const HistoryPlace = late<HistoryPlaceProps>(() => import('#client/history/history-place.tsx'))
const CatchUpOffer = late(() => import('#client/history/catch-up-offer.tsx'))
const CellHistory = late(() => import('#client/history/movements/cell-history-panel.tsx'))
const ReconsiderCount = late<ReconsiderCountProps>(
  () => import('#client/evidence/reconsider-count.tsx'),
)
const WhyStrip = late(() => import('#client/history/movements/why-strip.tsx'))
const Panel = late(() => import('#client/matrix/panel/panel.tsx'))
const PagePlace = late(() => import('#client/pages/page-place.tsx'))
const Narrow = late(() => import('#client/matrix/narrow.tsx'))

export interface PlaceProps {
  /** Leaves for a cell or an issue in the matrix. */
  readonly jump: (issueId: IssueId, partyId: PartyId | null) => void
}

/** Places that stand where the matrix stands, and not beside it. */
const PLACES = {
  evidence: late<PlaceProps>(() => import('#client/evidence/evidence-place.tsx')),
  timeline: late<PlaceProps>(() => import('#client/timeline/timeline-place.tsx')),
} as const

const ModeBar = late(() => import('#client/timeline/meeting/mode-bar.tsx'))

const TABS = [
  { name: 'matrix', label: 'Matrix' },
  { name: 'timeline', label: 'Timeline' },
  { name: 'evidence', label: 'Evidence', counted: 'to reconsider' },
  { name: 'history', label: 'History', counted: 'unreviewed' },
] as const
type Tab = (typeof TABS)[number]['name']

const DENSITY_LABELS = { compact: 'Compact rows', normal: 'Normal rows', roomy: 'Roomy rows' }

export const Workspace = () => {
  const negotiation = useNegotiation()
  const [query, setQuery] = useSearchParams<{
    tab?: string
    at?: string
    compare?: string
    since?: string
    page?: string
  }>()
  const preferences = createPreferences(negotiation.trackerId)
  const selection = createSelection()
  const [shown, setShown] = createSignal<Shown>()
  const [tint, setTint] = createSignal<Tint>()
  const [panelOpen, setPanelOpen] = createSignal(false)
  /** It stands where the panel stands, and gives the place back. */
  const [historyOpen, setHistoryOpen] = createSignal(false)
  const showPanel = (open: boolean): void => {
    setHistoryOpen(false)
    setPanelOpen(open)
  }
  const isNarrow = createNarrow()

  const tab = createMemo((): Tab =>
    [query.at, query.compare, query.since].some(it => it !== undefined) || query.tab === 'history'
      ? 'history'
      : (TABS.find(({ name }) => name === query.tab)?.name ?? 'matrix'),
  )
  const place = createMemo(() => PLACES[tab() as keyof typeof PLACES])
  /** A page stands in the matrix's place, over now or over a past moment. */
  const page = createMemo(() => (place() ? undefined : pageIn(query.page)))
  const openPage = (to: PageRef | undefined): void => {
    if (to) setQuery({ page: inAddress(to) })
  }
  const closePage = (): void => {
    setQuery({ page: undefined })
    queueMicrotask(toMatrix)
  }
  const location = useLocation()
  const navigate = useNavigate()
  /** Whatever a place has in the address stays behind with it. */
  const goTo = (name: Tab): void => {
    if (name !== tab() || page())
      navigate(`${location.pathname}${name === 'matrix' ? '' : `?tab=${name}`}`)
  }
  /** From another place, until the matrix is there to take the keyboard. */
  let isJumping = false
  const jump = (issueId: IssueId, partyId: PartyId | null): void => {
    if (place()) {
      goTo('matrix')
      isJumping = true
    }
    if (page()) closePage()
    preferences.fold(negotiation.view.issue(issueId)?.basketId ?? LOOSE, false)
    selection.select({ row: issueId, column: partyId ?? 'head' })
  }
  /** The one that began last, of those that go on. */
  const running = createMemo(() =>
    negotiation.view
      .meetings()
      .filter(goesOn)
      .reduce<Meeting | undefined>(
        (last, meeting) => (last && last.startedAt >= meeting.startedAt ? last : meeting),
        undefined,
      ),
  )
  const standing = createStanding(negotiation)
  /** Cells that hang on what was settled, and wait for a word on it. */
  const [waiting, setWaiting] = createSignal(0)
  const countOf = (name: Tab): number =>
    name === 'history' ? (standing.now()?.unreviewed ?? 0) : name === 'evidence' ? waiting() : 0
  const view = () => shown()?.view ?? negotiation.view
  const isEmpty = (): boolean =>
    !shown() && negotiation.view.issueIds().length === 0 && negotiation.view.partyIds().length === 0
  const menu = (): readonly MenuEntry[] => [
    ...DENSITIES.map(density => ({
      label: DENSITY_LABELS[density],
      checked: preferences.density() === density,
      run: () => preferences.setDensity(density),
    })),
    null,
    { label: 'Side panel', keys: 'F4', run: () => showPanel(!panelOpen() || historyOpen()) },
    { label: 'People of all parties', run: () => openPage({ of: 'people' }) },
  ]

  const toMatrix = (): void =>
    document.querySelector<HTMLElement>('.matrix')?.focus({ preventScroll: true })
  createEffect(() => {
    if (place() || !isJumping) return
    isJumping = false
    queueMicrotask(toMatrix)
  })
  const closePanel = (): void => {
    setPanelOpen(false)
    toMatrix()
  }
  const closeHistory = (): void => {
    setHistoryOpen(false)
    toMatrix()
  }
  /** What nobody needs before the first change does not hold up the matrix. */
  const [isReadable, setReadable] = createSignal(false)
  onMount(() => whenIdle(() => setReadable(true)))
  onCleanup(tellOverwritten(negotiation))
  onCleanup(forgetTexts)
  // Only when the reader goes on to another change: they may have gone elsewhere from this one.
  const current = createMemo(() => shown()?.marks?.current?.())
  createEffect(() => {
    const stop = current()
    if (stop) selection.select({ row: stop.issueId ?? 'top', column: stop.partyId ?? 'head' })
  })

  return (
    <Frame
      tabs={TABS}
      countOf={countOf}
      tab={tab()}
      onTab={goTo}
      onJump={({ issueId, partyId }) => jump(issueId, partyId)}
      menu={menu}
    >
      <Show when={place()}>{Place => <Dynamic component={Place()} jump={jump} />}</Show>
      <Show when={!place()}>
        <div
          class="workspace"
          classList={{
            past: shown()?.tone === 'past',
            comparison: shown()?.tone === 'comparison',
          }}
          style={{ '--panel': `${preferences.panelWidth()}px` }}
        >
          <div class="workspace-matrix">
            <Show
              when={!page() && !isEmpty()}
              fallback={page() ? null : <EmptyTracker selection={selection} />}
            >
              <Show
                when={!isNarrow()}
                fallback={
                  <Narrow
                    view={view()}
                    marks={shown()?.marks}
                    tint={tint()}
                    selection={selection}
                    onPage={openPage}
                  />
                }
              >
                <Matrix
                  view={view()}
                  readOnly={shown() !== undefined}
                  marks={shown()?.marks}
                  tint={tint()}
                  selection={selection}
                  preferences={preferences}
                  label={`Matrix of ${negotiation.view.title() || 'this tracker'}`}
                  restore={shown()?.restore}
                  panelOpen={panelOpen() && !historyOpen()}
                  onPanel={showPanel}
                  historyOpen={historyOpen()}
                  onHistory={setHistoryOpen}
                  onPage={spot => openPage(pageOf(spot, view().issueIds()))}
                />
              </Show>
            </Show>
            <Suspense>
              <Show when={page()}>
                {ref => (
                  <PagePlace
                    page={ref()}
                    view={shown()?.tone === 'past' ? view() : negotiation.view}
                    at={shown()?.tone === 'past' ? shown()?.at?.() : undefined}
                    open={openPage}
                    close={closePage}
                    onJump={({ issueId, partyId }) => jump(issueId, partyId)}
                  />
                )}
              </Show>
              <Show when={tab() === 'matrix' && !page() && standing.isBack()}>
                <CatchUpOffer
                  trackerId={negotiation.trackerId}
                  me={negotiation.me.id}
                  standing={standing}
                  open={(moment, since) => setQuery({ compare: `${moment}..now`, since })}
                />
              </Show>
            </Suspense>
          </div>
          <Suspense>
            <Show when={tab() === 'history'}>
              <HistoryPlace
                standing={standing}
                show={setShown}
                colour={setTint}
                select={({ issueId, partyId }) =>
                  selection.select({ row: issueId ?? 'top', column: partyId ?? 'head' })
                }
                openHistory={() => setHistoryOpen(true)}
              />
            </Show>
            <Show
              when={tab() !== 'history' && panelOpen() && !historyOpen() && !isNarrow() && !page()}
            >
              <Panel
                selection={selection}
                preferences={preferences}
                onClose={closePanel}
                onHistory={() => setHistoryOpen(true)}
                onPage={() => openPage(pageOf(selection.active(), view().issueIds()))}
              />
            </Show>
            <Show when={isReadable() && tab() !== 'history' && negotiation.mayEdit()}>
              <WhyStrip onLeave={toMatrix} />
            </Show>
            <Show when={historyOpen() && !isNarrow() && !page()}>
              <CellHistory selection={selection} view={view()} onClose={closeHistory} />
            </Show>
          </Suspense>
        </div>
      </Show>
      <Show when={running()}>
        {meeting => (
          <Suspense>
            <ModeBar
              meeting={meeting()}
              jump={jump}
              open={(id, report) =>
                navigate(
                  `${location.pathname}?tab=timeline&meeting=${id}${report ? '&report=yes' : ''}`,
                )
              }
            />
          </Suspense>
        )}
      </Show>
      <Show when={isReadable()}>
        <Suspense>
          <ReconsiderCount onCount={setWaiting} />
        </Suspense>
      </Show>
      <RestoreNotices />
    </Frame>
  )
}

/** Where the sheet would show less than two columns, one party or one issue is shown at a time. */
const createNarrow = () => {
  const narrow = matchMedia('(max-width: 640px)')
  const [isNarrow, setNarrow] = createSignal(narrow.matches)
  const update = (): void => void setNarrow(narrow.matches)
  narrow.addEventListener('change', update)
  onCleanup(() => narrow.removeEventListener('change', update))
  return isNarrow
}
