/** History in place: the page's own matrix shows a past moment or a comparison, with the list of moments beside it. */
import { createEffect, createMemo, onCleanup, Show, untrack } from 'solid-js'
import { createAddressed } from '#client/history/addressed.ts'
import { createBetween } from '#client/history/between.ts'
import { ColourButton } from '#client/history/colour-bar.tsx'
import { createAsking } from '#client/history/asking.ts'
import { createCatchUp } from '#client/history/catch-up.ts'
import { createHindsight } from '#client/history/clocks.ts'
import { createColouring } from '#client/history/colouring.ts'
import { createAuthors } from '#client/history/author-names.ts'
import { DeletedSearch } from '#client/history/deleted-search.tsx'
import { followEdits } from '#client/history/follow.ts'
import { HistoryBanner } from '#client/history/history-banner.tsx'
import { HistoryPanel } from '#client/history/history-panel.tsx'
import { onHistoryKeys } from '#client/history/keys.ts'
import { createMeetings } from '#client/history/meetings.ts'
import type { FoundWords } from '#client/history/moments/messages.ts'
import { MomentBar } from '#client/history/moment-bar.tsx'
import { createPlayer } from '#client/history/moments/player.ts'
import { signsOn } from '#client/history/moments/signs.ts'
import { Slider } from '#client/history/moments/slider.tsx'
import { createThumbs } from '#client/history/moments/thumbs.ts'
import { sameSpan, spanOf } from '#client/history/movements/span.ts'
import { reasonsBetween } from '#client/history/movements/reasons-between.ts'
import { Unexplained } from '#client/history/movements/unexplained.tsx'
import { createNow } from '#client/history/now.ts'
import { createOpened } from '#client/history/opened.ts'
import { Redactions } from '#client/history/redactions/redactions.tsx'
import { createRestoring, RestoringDialog } from '#client/history/restoring.tsx'
import { ASPECTS, createReview, type Review } from '#client/history/review.ts'
import type { HistoryPlaceProps } from '#client/history/shown.ts'
import { createHistory, snapshotStore, type Words } from '#client/history/snapshots.ts'
import { createTravelling } from '#client/history/travelling.ts'
import { whenSaved } from '#client/history/when-saved.ts'
import { useNegotiation } from '#client/live/negotiation.ts'
import { viewOf } from '#client/live/plain-view.ts'
import type { SnapshotEntry } from '#shared/api.ts'
import type { SnapshotId } from '#shared/ids.ts'
import { timeIn } from '#shared/moments.ts'
import type { Tracker } from '#shared/tracker.ts'
import '#client/history/history.css'

export default function HistoryPlace(props: HistoryPlaceProps) {
  const negotiation = useNegotiation()
  const address = createAddressed()
  const { clock, close, go, moment: addressed, toLive, turnTo } = address

  const { trackerId } = negotiation
  const history = createHistory(snapshotStore(trackerId, ref => travelling.trackerAt(ref)))
  /** With all that I have written, also what is still on its way. */
  const save = async (words: Words): Promise<void> => {
    await whenSaved(negotiation)
    await history.store.save(words)
    history.refresh()
  }
  const now = createNow({ tracker: negotiation.view.common })
  // Read once for all lines of the list.
  const said = {
    movements: createMemo(negotiation.view.movements),
    reasons: createMemo(negotiation.view.reasons),
  }
  const reasonsOf = ({ id, seq }: SnapshotEntry): readonly string[] =>
    reasonsBetween(said, history.predecessor(id as SnapshotId)?.seq ?? 0, seq)
  const meetings = createMeetings(negotiation, history)
  const travelling = createTravelling({ trackerId, addressed, go, history })
  const { isThere, moment, moments } = travelling
  const opened = createOpened(moment, travelling.isAhead, history.store.pasts)
  const authors = createAuthors(trackerId, moments.log)
  const signs = createMemo(() =>
    signsOn(moments.log(), moments.axis(), history.list()?.snapshots ?? [], meetings.all()),
  )
  const colouring = createColouring({
    moments,
    authors,
    seq: () => {
      if (moment().shows === 'now') return moments.log().last
      return isThere() ? moments.shown() : travelling.seq()
    },
    at: () => travelling.time() ?? Date.now(),
  })
  const hindsight = createHindsight({
    moments,
    live: negotiation.view,
    at: () => (clock() === 'known' ? travelling.time() : undefined),
    giveUp: () => turnTo('believed'),
  })
  createEffect(() => props.colour(hindsight.shown()?.tint ?? colouring.tint()))
  onCleanup(() => props.colour(undefined))
  /** Where the words stood, and when. */
  const openFound = async ({ issueId, partyId, seq }: FoundWords): Promise<void> => {
    await moments.go(seq)
    travelling.stay(seq)
    if (issueId ?? partyId) props.select({ issueId, partyId })
  }
  const thumbs = createThumbs(travelling, to => go(to, to.shows === addressed().shows))
  const player = createPlayer({
    axis: moments.axis,
    show: travelling.move,
    onEnd: toLive,
  })
  const between = createBetween({
    travelling,
    marks: negotiation.view.movements,
    isShown: () => opened.latest()?.shows === 'comparison',
  })
  const span = createMemo(() => spanOf(moment(), travelling.seqOf), undefined, { equals: sameSpan })
  const review = createMemo((): Review | undefined => {
    const is = opened.latest()
    if (is?.shows !== 'comparison') return undefined
    const { from, to } = is
    return untrack(() => createReview(from, () => to ?? now(), between))
  })
  const restoring = createRestoring({ negotiation, moment, review })
  const isRead = createMemo(() => ['ready', 'failed'].includes(moments.reading().at))
  const asking = createAsking(negotiation)
  const catchUp = createCatchUp({
    trackerId,
    me: negotiation.me.id,
    since: address.since,
    standing: props.standing,
    review,
    select: props.select,
    compareFrom: address.compareFrom,
  })
  const drawn = createMemo((): Tracker | undefined => {
    const is = opened.latest()
    return is?.shows === 'past' ? is.past : review()?.matrix()
  })

  const view = viewOf(() => drawn() ?? now())
  onCleanup(view.dispose)
  const tone = createMemo(() => opened.latest()?.shows)
  const at = (): number | undefined => {
    const ref = moment()
    const named = ref.shows === 'past' ? (timeIn(ref.at) ?? history.entry(ref.at)?.at) : undefined
    return named ?? travelling.time()
  }
  createEffect(() => {
    const is = tone()
    const known = hindsight.shown()
    const restore = restoring.mayRestore() ? restoring.at : undefined
    if (known) props.show({ view: known.view, marks: undefined, tone: 'past', at, restore })
    else if (isThere())
      props.show({ view: moments.view, marks: undefined, tone: 'past', at, restore })
    else props.show(is && { view, marks: review()?.marks(), tone: is, at, restore })
  })
  onCleanup(() => props.show(undefined))

  followEdits(now, () => {
    history.refresh()
    catchUp.again()
    void moments.read()
  })

  address.keepInOrder(moment, ref => timeIn(ref) ?? history.entry(ref)?.at)
  onHistoryKeys({
    escape: () => {
      player.pause()
      if (moment().shows === 'now') close()
      else toLive()
    },
    step: by => (catchUp.since() === undefined ? review()?.walk.step(by) : catchUp.step(by)),
    review: catchUp.turn,
    ask: catchUp.ask,
    turn: () => {
      const is = review()
      if (is) is.showAspect(ASPECTS[(ASPECTS.indexOf(is.aspect()) + 1) % ASPECTS.length] ?? 'both')
    },
    neighbour: which => {
      const at = moment()
      const next = at.shows === 'past' ? history[which](at.at) : undefined
      if (next) go({ shows: 'past', at: next.id as SnapshotId })
    },
  })

  return (
    <>
      <HistoryBanner
        history={history}
        moment={moment()}
        opened={opened}
        travels={isThere()}
        author={authors.nameAt(travelling.seq())}
        review={review()}
        brief={catchUp.brief()}
        now={now}
        mayRestore={restoring.mayRestore()}
        go={go}
        restore={restoring.shown}
      />
      <Slider
        reading={moments.reading()}
        log={moments.log()}
        axis={moments.axis()}
        shown={moments.shown()}
        thumbs={thumbs()}
        signs={signs()}
        player={player}
        authorOf={authors.nameAt}
        again={() => void moments.read()}
      >
        <ColourButton colouring={colouring} />
      </Slider>
      <MomentBar
        shows={moment().shows}
        clock={clock()}
        turnTo={turnTo}
        hindsight={hindsight}
        review={catchUp.since() === undefined ? review() : undefined}
        colouring={colouring}
        authors={authors}
      />
      <HistoryPanel
        history={history}
        meetings={meetings}
        me={negotiation.me.id}
        moment={moment()}
        review={review()}
        span={span()}
        catchUp={catchUp}
        asking={asking}
        select={props.select}
        choose={address.catchUp}
        mayChange={restoring.mayRestore()}
        reasonsOf={reasonsOf}
        go={go}
        restore={restoring.all}
        save={save}
        close={close}
        foot={<Redactions />}
      >
        {/* Making the record of changes, from which it comes, would take its time from the slider. */}
        <Show when={isRead()}>
          <Unexplained
            now={now}
            onOpen={(issueId, partyId) => {
              props.select({ issueId, partyId })
              props.openHistory()
            }}
          />
        </Show>
        <DeletedSearch
          moments={moments}
          authors={authors}
          onOpen={found => void openFound(found)}
        />
      </HistoryPanel>
      <RestoringDialog
        restoring={restoring}
        history={history}
        now={now}
        travelling={travelling}
        onRestored={() => {
          history.refresh()
          toLive()
        }}
      />
    </>
  )
}
