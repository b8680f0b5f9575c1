/** Who stands behind the rows and columns of a matrix, as of any moment: who added each, who named it, and its last change. */
import { descriptionName } from '#shared/document/layout.ts'
import {
  creditOfKey,
  newestIn,
  restoresIn,
  type Credit,
  type Restores,
} from '#shared/history/credits.ts'
import type { Timeline } from '#shared/history/timeline.ts'
import { MapTrack, type KeyTrack } from '#shared/history/tracks.ts'
import type { IssueId, PartyId } from '#shared/ids.ts'

export interface HeadCredits {
  /** The last entry that changed anything of it; of a row also its description, not its cells. */
  readonly newest: number
  readonly added: Credit
  /** Null where it has no name. */
  readonly named: Credit | null
}

export const headCreditsAt = (
  timeline: Timeline,
  seq: number,
): ReadonlyMap<IssueId | PartyId, HeadCredits> => {
  const restores = restoresIn(timeline)
  const heads = new Map<IssueId | PartyId, HeadCredits>()
  const note = (root: string, field: string, textOf: (id: string) => string | undefined): void => {
    for (const [id, track] of timeline.keys(root)) {
      const head = creditOfHead(track, field, seq, restores)
      if (!head) continue
      const text = timeline.text(textOf(id) ?? '')
      const newest = Math.max(head.newest, text ? newestIn(text.segments, seq) : 0)
      heads.set(id as IssueId | PartyId, { ...head, newest })
    }
  }
  note('issues', 'title', id => descriptionName(id as IssueId))
  note('parties', 'name', () => undefined)
  return heads
}

/** What a restore has brought back was added, and named, by whoever did so first. */
const creditOfHead = (
  track: KeyTrack,
  field: string,
  seq: number,
  restores: Restores,
): HeadCredits | undefined => {
  const reign = track.reignAt(seq)
  if (!reign || seq >= reign.to || !(reign.value instanceof MapTrack)) return undefined
  const { from, value } = reign
  const moment = restores.get(from)
  const first = moment === undefined ? undefined : creditOfHead(track, field, moment, restores)
  const restored = moment === undefined ? null : from
  const name = value.keys.get(field)
  const named = name && creditOfKey(name, seq, restores)
  return {
    newest: Math.max(from, ...[...value.keys.values()].map(({ reigns }) => newestIn(reigns, seq))),
    added: { seq: first?.added.seq ?? from, restored },
    named:
      first?.named && named?.seq === from ? { seq: first.named.seq, restored } : (named ?? null),
  }
}
