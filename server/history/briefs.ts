/** What happened in a tracker since some moment: the two ends compared, with what the record of changes tells of between. */
import type { Archive } from '#server/history/archive.ts'
import type { Changes } from '#server/history/changes.ts'
import type { Matrices } from '#server/history/matrices.ts'
import type { Moments, PastMoment } from '#server/history/moments.ts'
import type { Visits } from '#server/history/visits.ts'
import type { ApiBrief } from '#shared/brief-api.ts'
import { briefOf, type Brief } from '#shared/compare/brief.ts'
import { meetingRecords } from '#shared/document/meetings.ts'
import { readTracker } from '#shared/document/tracker.ts'
import type { AccountId, MeetingId, SnapshotId, TrackerId } from '#shared/ids.ts'
import { timeIn, timeRef, type MomentRef } from '#shared/moments.ts'

interface BriefsDeps {
  readonly archive: Pick<Archive, 'find' | 'authors'>
  readonly changes: Pick<Changes, 'since'>
  readonly matrices: Pick<Matrices, 'read'>
  readonly moments: Pick<Moments, 'find' | 'after'>
  readonly visits: Pick<Visits, 'visit'>
}

/** A brief with its two ends and the names in it. */
export interface Told extends Brief {
  readonly since: ApiBrief['since']
  readonly upTo: number
  readonly title: string
  readonly authors: Awaited<ReturnType<Archive['authors']>>
}

type Baseline = PastMoment &
  Pick<ApiBrief['since'], 'is' | 'label'> & { readonly moment: MomentRef }

export class Briefs {
  readonly #deps: BriefsDeps

  constructor(deps: BriefsDeps) {
    this.#deps = deps
  }

  /** Undefined where the tracker has no such snapshot or meeting. */
  async read(trackerId: TrackerId, account: AccountId, since: string): Promise<Told | undefined> {
    const { archive, changes, matrices } = this.#deps
    const baseline = await this.#baseline(trackerId, account, since)
    if (!baseline) return undefined
    const { at, is, label, moment, seq } = baseline
    const { seq: upTo, value: after } = await matrices.read(trackerId, readTracker)
    const brief = briefOf({
      before: baseline.tracker,
      after,
      changes: (await changes.since(trackerId, seq)).filter(({ firstSeq }) => firstSeq <= upTo),
    })
    const people = brief.items.flatMap(({ credits }) => credits.map(({ account }) => account))
    return {
      since: { is, seq, at, label, moment },
      upTo,
      title: after.title,
      ...brief,
      authors: await archive.authors([...new Set(people)].sort()),
    }
  }

  async #baseline(
    trackerId: TrackerId,
    account: AccountId,
    since: string,
  ): Promise<Baseline | undefined> {
    const { archive, moments, visits } = this.#deps
    if (since === 'last-visit' || since === 'last-review') {
      const { baselineAt, baselineSeq, reviewedSeq } = await visits.visit(trackerId, account)
      const seq = since === 'last-visit' ? baselineSeq : reviewedSeq
      const past = await moments.after(trackerId, seq)
      const at = seq === baselineSeq ? baselineAt : past.at
      return { ...past, at, is: since, label: '', moment: timeRef(past.at) }
    }
    const time = timeIn(since)
    if (time !== undefined) return this.#found(trackerId, since as MomentRef, 'time', '', time)
    const snapshot = await archive.find(trackerId, since as SnapshotId)
    if (snapshot) return this.#found(trackerId, since as MomentRef, 'snapshot', snapshot.label)
    return this.#meeting(trackerId, since as MeetingId)
  }

  /** Since a meeting has ended; since it began while it goes on. */
  async #meeting(trackerId: TrackerId, id: MeetingId): Promise<Baseline | undefined> {
    const { value: meeting } = await this.#deps.matrices.read(trackerId, doc =>
      meetingRecords.read(doc, id),
    )
    if (!meeting) return undefined
    const { after, before, endedAt, startedAt, title } = meeting
    const snapshot = endedAt > 0 ? after : before
    const end = endedAt > 0 ? endedAt : startedAt
    return (
      (snapshot && (await this.#found(trackerId, snapshot, 'meeting', title))) ??
      // Its snapshot was thinned out, or nobody has said which one it is.
      this.#found(trackerId, timeRef(end), 'meeting', title)
    )
  }

  async #found(
    trackerId: TrackerId,
    ref: MomentRef,
    is: Baseline['is'],
    label: string,
    at?: number,
  ): Promise<Baseline | undefined> {
    const past = await this.#deps.moments.find(trackerId, ref)
    return past && { ...past, at: at ?? past.at, is, label, moment: ref }
  }
}
