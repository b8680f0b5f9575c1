/** Which collisions came up between two moments, and which are gone, in the words of the moment at which they stood. */
import { newAndDissolved, type Collision } from '#shared/analysis/collisions.ts'
import { softnessOf } from '#shared/analysis/softness.ts'
import { lineWords, pointWords } from '#shared/compare/red-lines.ts'
import { evidenceIn } from '#shared/evidence/origins.ts'
import type { Issue } from '#shared/issues.ts'
import type { IssueId, PartyId, PointId, RedLineId } from '#shared/ids.ts'
import type { RedLine } from '#shared/redlines.ts'
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

/** Of many only the first are told. */
export const COLLISIONS_TOLD = 200

export interface CollisionNews {
  /** The new ones first. */
  readonly told: readonly BriefCollision[]
  /** Of all. */
  readonly counts: Readonly<Record<CollisionChange, number>>
}

export const collisionNews = (before: Tracker, after: Tracker): CollisionNews => {
  const { appeared, dissolved } = newAndDissolved(before, after)
  const tell = (change: CollisionChange, tracker: Tracker, found: readonly Collision[]) =>
    found.length === 0 ? [] : found.flatMap(teller(change, tracker))
  const first = appeared.slice(0, COLLISIONS_TOLD)
  const rest = dissolved.slice(0, COLLISIONS_TOLD - first.length)
  return {
    told: [...tell('appeared', after, first), ...tell('dissolved', before, rest)],
    counts: { appeared: appeared.length, dissolved: dissolved.length },
  }
}

const byId = <T extends { readonly id: string }>(records: readonly T[]): Map<T['id'], T> =>
  new Map(records.map(record => [record.id, record]))

const teller = (change: CollisionChange, tracker: Tracker) => {
  const [claims, issues, lines, parties] = [
    byId(tracker.claims),
    byId(tracker.issues),
    byId(tracker.redLines),
    byId(tracker.parties),
  ]
  const attached = Map.groupBy(tracker.attachments, ({ subjectId }) => subjectId)
  const { originsOf } = evidenceIn(tracker)
  const isSoft = (line: RedLine): boolean =>
    softnessOf(line, {
      attachments: attached.get(line.id) ?? [],
      claim: id => claims.get(id),
      originsOf,
    }) !== null
  const nameOf = (id: PartyId): string => parties.get(id)?.name || 'an unnamed party'
  return (collision: Collision): readonly BriefCollision[] => {
    const { crosser, holder, issueId, lineId } = collision
    const issue = issues.get(issueId)
    const line = lines.get(lineId)
    if (!issue || !line) return []
    return [
      {
        change,
        lineId,
        issueId,
        holderId: holder,
        crosserId: crosser,
        isSoft: isSoft(line),
        title: `${issue.title || 'Untitled issue'}: ${nameOf(crosser)} and ${nameOf(holder)}`,
        accepts: `${nameOf(crosser)} would accept ${optionWords(collision, issue)}`,
        line: `${nameOf(holder)}’s line: ${lineWords(line, issue)}`,
      },
    ]
  }
}

/** What lies beyond the line: "Some", or from one end of it to the other, "Some to All". */
export const optionWords = ({ options }: Pick<Collision, 'options'>, issue: Issue): string => {
  const [first, ...others] = options
  const last = others.at(-1)
  const label = (id: PointId): string => pointWords(issue, id) || 'an unnamed point'
  if (first === undefined) return ''
  return last === undefined ? label(first) : `${label(first)} to ${label(last)}`
}
