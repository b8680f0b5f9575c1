/** Catching up: the brief of what happened since some moment, the reader's place in it, and what of it is reviewed. */
import { createEffect, createMemo, createSignal, on, untrack, type Accessor } from 'solid-js'
import { api, wordsOf } from '#client/api.ts'
import { createAsked } from '#client/history/asked.ts'
import type { Review } from '#client/history/review.ts'
import type { Said, StandingStore } from '#client/history/standing.ts'
import type { Spot } from '#client/matrix/marks.ts'
import { notify } from '#client/ui/toaster.tsx'
import type { ApiBrief, ApiStanding } from '#shared/brief-api.ts'
import type { RestoreAddress } from '#shared/history/restore.ts'
import type { IssueId, PartyId, TrackerId } from '#shared/ids.ts'
import type { MomentRef } from '#shared/moments.ts'

export type Item = ApiBrief['items'][number]

/** `reviewed`: I have said so. `mine`: nobody else had a hand in it. */
export type ItemState = 'unreviewed' | 'reviewed' | 'mine'

export interface CatchUp {
  /** What the brief begins with, as in the address; undefined where nobody catches up. */
  readonly since: Accessor<string | undefined>
  /** With what it begins as a rule. */
  readonly usual: () => string
  readonly brief: Accessor<ApiBrief | undefined>
  readonly failed: Accessor<unknown>
  readonly again: () => void
  readonly stateOf: (item: Item) => ItemState
  readonly unreviewed: Accessor<readonly Item[]>
  readonly current: Accessor<Item | undefined>
  readonly goTo: (address: string) => void
  /** Shows where a red line is crossed, or was. */
  readonly goToCollision: (collision: ApiBrief['collisions'][number]) => void
  readonly step: (by: 1 | -1) => void
  /** Marks what the reader stands on, and goes on to the next that is not reviewed; or takes the mark back. */
  readonly turn: () => void
  /** Asks for the form of a question about it: how often. */
  readonly askings: Accessor<number>
  readonly ask: () => void
  /** All of these, or the whole. */
  readonly review: (items?: readonly Item[]) => Promise<void>
}

/** What somebody who comes back has not read: as a rule since their last visit. */
export const baselineOf = (standing: ApiStanding | undefined): 'last-visit' | 'last-review' =>
  standing && standing.unreviewed > 0 && standing.reviewedSeq !== standing.baselineSeq
    ? 'last-review'
    : 'last-visit'

/** What I reviewed last moves on while I review: the brief stays with where it began. */
export const addressOf = ({ since: { is, moment } }: ApiBrief, asked: string = is): string =>
  is === 'last-review' ? moment : asked

/** Everything that the brief tells; which can be taken back. */
export const reviewAll = async (
  standing: StandingStore,
  { since, upTo }: ApiBrief,
  unreviewed: readonly Item[],
): Promise<void> => {
  const addresses = unreviewed.map(({ address }) => address)
  const tell = async (said: Said): Promise<boolean> => {
    try {
      await standing.say(said)
      return true
    } catch (error) {
      notify({ tone: 'warning', text: wordsOf(error) })
      return false
    }
  }
  if (!(await tell({ upTo })) || addresses.length === 0) return
  notify({
    text:
      addresses.length === 1
        ? '1 change is reviewed.'
        : `${addresses.length} changes are reviewed.`,
    action: {
      label: 'Undo',
      run: () => void tell({ reviewed: false, addresses, since: since.seq }),
    },
  })
}

/** Where I stand with an item: what nobody but me has touched is not to be reviewed. */
export const stateIn = (
  { address, credits }: Item,
  me: string,
  standing: ApiStanding | undefined,
): ItemState => {
  const others = credits.filter(({ account }) => account !== me)
  if (others.length === 0) return 'mine'
  const alone = standing?.reviewed.find(it => it.address === address)?.seq ?? 0
  const reviewed = Math.max(standing?.reviewedSeq ?? 0, alone)
  return others.every(({ lastSeq }) => lastSeq <= reviewed) ? 'reviewed' : 'unreviewed'
}

interface CatchUpDeps {
  readonly trackerId: TrackerId
  /** My account's id. */
  readonly me: string
  readonly since: Accessor<string | undefined>
  readonly standing: StandingStore
  readonly review: Accessor<Review | undefined>
  readonly select: (spot: Spot) => void
  /** Shows in the matrix what differs from a moment, under the address of the brief. */
  readonly compareFrom: (from: MomentRef, since: string) => void
}

export const createCatchUp = (deps: CatchUpDeps): CatchUp => {
  const { compareFrom, me, review, select, since, standing, trackerId } = deps
  const asked = createAsked(since, since =>
    api.get<ApiBrief>(`/api/trackers/${trackerId}/brief?since=${encodeURIComponent(since)}`),
  )
  const brief = asked.latest
  const items = (): readonly Item[] => brief()?.items ?? []
  const [address, setAddress] = createSignal<string>()
  const [askings, setAskings] = createSignal(0)
  const current = createMemo(() => items().find(item => item.address === address()))

  const stateOf = (item: Item): ItemState => stateIn(item, me, standing.now())
  const unreviewed = createMemo(() => items().filter(item => stateOf(item) === 'unreviewed'))

  const goTo = (address: string): void => {
    setAddress(address)
    const { issueId, partyId } = current() ?? {}
    // What is no change of the matrix itself stands where it is used.
    if (/^(claim|source)\//.test(address) && (issueId || partyId))
      select({ issueId: (issueId ?? null) as IssueId | null, partyId: partyId as PartyId | null })
  }
  /** Stands on what the crosser or the holder did, so that the list and the matrix show one thing. */
  const goToCollision: CatchUp['goToCollision'] = ({ crosserId, holderId, issueId }) => {
    const cells = [crosserId, holderId].map(party => `cell/${issueId}/${party}`)
    const changed = cells.find(cell => items().some(({ address }) => address === cell))
    if (changed) goTo(changed)
    else select({ issueId: issueId as IssueId, partyId: crosserId as PartyId })
  }
  const step = (by: 1 | -1): void => {
    const all = items()
    const at = all.findIndex(item => item.address === address())
    const next = all[at < 0 ? 0 : (at + by + all.length) % all.length]
    if (next) goTo(next.address)
  }
  createEffect(on(since, () => setAddress(undefined), { defer: true }))
  createEffect(
    on(brief, is => {
      const asked = untrack(since)
      if (!is || asked === undefined) return
      compareFrom(is.since.moment as MomentRef, addressOf(is, asked))
    }),
  )
  createEffect(() => {
    if (!brief() || current()) return
    const [first] = [...unreviewed(), ...items()]
    if (first) goTo(first.address)
  })
  createEffect(() => {
    const to = address()
    if (to !== undefined) review()?.walk.goTo(to as RestoreAddress)
  })
  // What is left to review of all that the brief tells was undone again.
  createEffect(() => {
    const [is, where] = [brief(), standing.now()]
    const isRest = is && where && where.unreviewed > 0 && unreviewed().length === 0
    if (isRest && is.since.seq <= where.reviewedSeq && is.upTo > where.reviewedSeq)
      void say({ upTo: is.upTo })
  })

  const say = async (said: Said): Promise<void> => {
    try {
      await standing.say(said)
    } catch (error) {
      notify({ tone: 'warning', text: wordsOf(error) })
    }
  }
  const reviewSome = async (some?: readonly Item[]): Promise<void> => {
    const is = brief()
    if (!is) return
    if (some) await say({ upTo: is.upTo, addresses: some.map(({ address }) => address) })
    else await reviewAll(standing, is, unreviewed())
  }
  const turn = (): void => {
    const [is, item] = [brief(), current()]
    if (!is || !item) return
    const state = stateOf(item)
    if (state === 'reviewed')
      void say({ reviewed: false, addresses: [item.address], since: is.since.seq })
    if (state !== 'unreviewed') return
    const all = items()
    const at = all.indexOf(item)
    const next = [...all.slice(at + 1), ...all.slice(0, at)].find(
      other => stateOf(other) === 'unreviewed',
    )
    void reviewSome([item])
    if (next) goTo(next.address)
  }

  return {
    since,
    usual: () => baselineOf(standing.now()),
    brief,
    failed: asked.failed,
    again: asked.again,
    stateOf,
    unreviewed,
    current,
    goTo,
    goToCollision,
    step,
    turn,
    askings,
    ask: () => setAskings(times => times + 1),
    review: reviewSome,
  }
}
