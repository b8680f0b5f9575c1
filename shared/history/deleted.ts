/** Words that once stood in a tracker and do not any more: where, until when, and who took them away. */
import { parseTextName } from '#shared/document/layout.ts'
import { isWritten } from '#shared/history/fields.ts'
import type { Thing } from '#shared/history/thing.ts'
import type { Timeline } from '#shared/history/timeline.ts'
import { MapTrack, NEVER, type KeyTrack, type TextTrack } from '#shared/history/tracks.ts'
import type { IssueId, PartyId } from '#shared/ids.ts'

export interface Gone {
  readonly thing: Thing
  /** A record's or a cell's field: `position`, `title`, `statement` … */
  readonly field: string
  readonly issueId: IssueId | null
  readonly partyId: PartyId | null
  /** All of the text, as it was when somebody began to take the words out of it. */
  readonly text: string
  /** Where in it they begin. */
  readonly at: number
  /** That moment. */
  readonly seq: number
  /** The entry that took them away. */
  readonly goneSeq: number
}

/** Versions of one text that are looked at, the newest first: a text of a cell has some dozens. */
const MOST_VERSIONS = 400

/** Letters small and capital are the same. The last to go comes first; `most` are enough. */
export const findDeleted = (timeline: Timeline, words: string, most: number): readonly Gone[] => {
  const wanted = folded(words.trim())
  if (wanted === '') return []
  const found: Gone[] = []
  for (const [name, track] of timeline.texts()) {
    const gone = goneFromText(track, wanted)
    const owner = parseTextName(name)
    if (gone && owner) {
      const field = owner.partyId === null ? 'description' : 'position'
      found.push({ ...gone, ...owner, thing: name as Thing, field })
    }
  }
  for (const root of timeline.roots()) {
    for (const [key, track] of timeline.keys(root)) {
      const thing = `${root}/${key}` as Thing
      for (const { field, lives } of livesOf(key, track)) {
        const gone = isWritten(root, field) ? goneFromLives(lives, wanted) : undefined
        if (gone) found.push({ ...gone, ...aboutAt(timeline, thing, gone.seq), thing, field })
      }
    }
  }
  return found.sort((a, b) => b.goneSeq - a.goneSeq).slice(0, most)
}

/** As long as the text itself, or what is found in it would lie elsewhere. */
const folded = (text: string): string => {
  const lower = text.toLowerCase()
  return lower.length === text.length ? lower : text
}

type Found = Pick<Gone, 'text' | 'at' | 'seq' | 'goneSeq'>

const goneFromText = (track: TextTrack, wanted: string): Found | undefined => {
  if (folded(track.at(NEVER - 1)).includes(wanted)) return undefined
  const happened = eventsOf(track)
  // All that was ever deleted stood there just before some deletion began.
  const versions = happened.filter(
    ({ seq }, index) => happened[index + 1]?.deletes && happened[index + 1]?.seq !== seq,
  )
  const says = (seq: number): boolean => folded(track.at(seq)).includes(wanted)
  const last = versions
    .toReversed()
    .slice(0, MOST_VERSIONS)
    .find(({ seq }) => says(seq))
  if (!last) return undefined
  let index = happened.indexOf(last)
  const goneSeq = happened.slice(index).find(({ seq }) => !says(seq))?.seq
  if (goneSeq === undefined) return undefined
  // Who deletes letter by letter leaves less and less: what stood there before that is shown.
  while (happened[index]?.inserts === false && says(happened[index - 1]?.seq ?? 0)) index--
  const seq = happened[index]?.seq ?? last.seq
  const text = track.at(seq)
  return { text, at: folded(text).indexOf(wanted), seq, goneSeq }
}

interface Happening {
  readonly seq: number
  readonly inserts: boolean
  readonly deletes: boolean
}

/** Each entry that changed the text, once. */
const eventsOf = ({ segments }: TextTrack): readonly Happening[] => {
  const inserting = new Set(segments.map(({ from }) => from))
  const deleting = new Set(segments.map(({ to }) => to).filter(to => to !== NEVER))
  return [...inserting.union(deleting)]
    .sort((a, b) => a - b)
    .map(seq => ({ seq, inserts: inserting.has(seq), deletes: deleting.has(seq) }))
}

/** A value from the moment at which it was there first to the entry that took it away. */
interface Life {
  readonly value: unknown
  readonly from: number
  readonly to: number
}

/** The lives of a key's value, or of the fields of the records that stood under it. */
const livesOf = (
  key: string,
  track: KeyTrack,
): readonly { readonly field: string; readonly lives: readonly Life[] }[] => {
  const fields = new Map<string, Life[]>()
  const note = (field: string, track: KeyTrack, from: number, to: number): void => {
    const lives = fields.get(field) ?? []
    fields.set(field, lives)
    for (const [index, reign] of track.reigns.entries()) {
      const next = track.reigns.slice(index + 1).map(later => later.from)
      const end = Math.min(reign.to, to, ...next)
      if (Math.max(reign.from, from) < end)
        lives.push({ value: reign.value, from: Math.max(reign.from, from), to: end })
    }
  }
  for (const { from, to, value } of track.reigns)
    if (value instanceof MapTrack)
      for (const [field, inner] of value.keys) note(field, inner, from, to)
  if (fields.size === 0) note(key.split('/').at(-1) ?? key, track, 0, NEVER)
  return Array.from(fields, ([field, lives]) => ({ field, lives }))
}

const goneFromLives = (lives: readonly Life[], wanted: string): Found | undefined => {
  const saying = lives.filter(
    ({ value }) => typeof value === 'string' && folded(value).includes(wanted),
  )
  const last = saying.toSorted((a, b) => a.to - b.to).at(-1)
  if (!last || last.to === NEVER) return undefined
  const text = last.value as string
  return { text, at: folded(text).indexOf(wanted), seq: last.to - 1, goneSeq: last.to }
}

/** The row and the column that a record or a cell's key spoke of at a moment. */
const aboutAt = (
  timeline: Timeline,
  thing: Thing,
  seq: number,
): Pick<Gone, 'issueId' | 'partyId'> => {
  const [root = '', first, second] = thing.split('/')
  if (root === 'cells') return { issueId: first as IssueId, partyId: second as PartyId }
  const record = timeline.key(root, first ?? '')?.at(seq)
  const reference = (field: string): string | null => {
    const value = record instanceof MapTrack ? record.keys.get(field)?.at(seq) : null
    return typeof value === 'string' ? value : null
  }
  return {
    issueId: (root === 'issues' ? first : reference('issueId')) as IssueId | null,
    partyId: (root === 'parties' ? first : reference('partyId')) as PartyId | null,
  }
}
