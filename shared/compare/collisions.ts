/** Which collisions came up between two moments, and which are gone, in the words of the moment at which they stood. */
import { newAndDissolved, type Collision } from '#shared/analysis/collisions.ts'
import { softnessOf, type LineGrounds } from '#shared/analysis/softness.ts'
import { lineWords, pointWords } from '#shared/compare/red-lines.ts'
import { evidenceIn } from '#shared/evidence/origins.ts'
import type { Issue } from '#shared/issues.ts'
import type { IssueId, PartyId, RedLineId } from '#shared/ids.ts'
import type { Tracker } from '#shared/tracker.ts'

export const COLLISION_CHANGES = ['appeared', 'dissolved'] as const
export type CollisionChange = (typeof COLLISION_CHANGES)[number]
export const COLLISION_CHANGE_LABELS: Readonly<Record<CollisionChange, string>> = {
  appeared: 'New collision',
  dissolved: 'Collision dissolved',
}

export interface BriefCollision {
  readonly change: CollisionChange
  readonly lineId: RedLineId
  readonly issueId: IssueId
  readonly holderId: PartyId
  readonly crosserId: PartyId
  /** Whether the line is rhetorical, or rests on one origin at most. */
  readonly isSoft: boolean
  /** "Verification: United States and Iran" */
  readonly title: string
  /** "United States would accept Some to All" */
  readonly accepts: string
  /** "Iran’s line: at most None, “No more than that”" */
  readonly line: string
}

export const collisionNews = (before: Tracker, after: Tracker): readonly BriefCollision[] => {
  const { appeared, dissolved } = newAndDissolved(before, after)
  const tell = (change: CollisionChange, tracker: Tracker, found: readonly Collision[]) => {
    if (found.length === 0) return []
    const grounds = groundsIn(tracker)
    return found.flatMap(it => told(change, it, tracker, grounds))
  }
  return [...tell('appeared', after, appeared), ...tell('dissolved', before, dissolved)]
}

const groundsIn = (tracker: Tracker): LineGrounds => {
  const claims = new Map(tracker.claims.map(claim => [claim.id, claim]))
  return {
    attachments: tracker.attachments,
    claim: id => claims.get(id),
    originsOf: evidenceIn(tracker).originsOf,
  }
}

const told = (
  change: CollisionChange,
  collision: Collision,
  tracker: Tracker,
  grounds: LineGrounds,
): readonly BriefCollision[] => {
  const { crosser, holder, issueId, lineId } = collision
  const issue = tracker.issues.find(({ id }) => id === issueId)
  const line = tracker.redLines.find(({ id }) => id === lineId)
  if (!issue || !line) return []
  const nameOf = (id: PartyId): string =>
    tracker.parties.find(party => party.id === id)?.name || 'an unnamed party'
  return [
    {
      change,
      lineId,
      issueId,
      holderId: holder,
      crosserId: crosser,
      isSoft: softnessOf(line, grounds) !== null,
      title: `${issue.title || 'Untitled issue'}: ${nameOf(crosser)} and ${nameOf(holder)}`,
      accepts: `${nameOf(crosser)} would accept ${optionWords(collision, issue)}`,
      line: `${nameOf(holder)}’s line: ${lineWords(line, issue)}`,
    },
  ]
}

/** What lies beyond the line: "Some", or from one end of it to the other, "Some to All". */
export const optionWords = ({ options }: Pick<Collision, 'options'>, issue: Issue): string => {
  const labels = options.map(id => pointWords(issue, id) || 'an unnamed point')
  return labels.length > 1 ? `${labels[0]} to ${labels.at(-1)}` : (labels[0] ?? '')
}
