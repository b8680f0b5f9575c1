/**
 * Who wrote what of a tracker, character by character and choice by choice, as of any moment. What a restore brought back
 * is credited to who first wrote it, and to the one who brought it back.
 */
import { cellKey, type CellKey } from '#shared/cells.ts'
import { parseCellKey, parseTextName } from '#shared/document/layout.ts'
import type { Timeline } from '#shared/history/timeline.ts'
import {
  isThere,
  MapTrack,
  type KeyTrack,
  type Segment,
  type TextTrack,
} from '#shared/history/tracks.ts'

/** Entries of the journal: each tells an account and a time. */
export interface Credit {
  /** The entry with which it was written. */
  readonly seq: number
  /** The restore that brought it back; null where it has stood since it was written. */
  readonly restored: number | null
}

/** Of a stretch of text, in UTF-16 units. */
export interface Stretch extends Credit {
  readonly length: number
}

/** The entries that are restores, each with the moment from which it brought something back. */
export type Restores = ReadonlyMap<number, number>

export const restoresIn = (timeline: Timeline): Restores => {
  const restores = new Map<number, number>()
  for (const [, { reigns }] of timeline.keys('restores'))
    for (const { from, value } of reigns) {
      const moment = value instanceof MapTrack ? value.keys.get('moment')?.at(from) : undefined
      if (typeof moment === 'number' && moment > 0 && moment < from) restores.set(from, moment)
    }
  return restores
}

/** Of a text as it was, in reading order. */
export const creditsOfText = (
  track: TextTrack,
  seq: number,
  restores: Restores,
): readonly Stretch[] => {
  const origins = new Origins(track, restores)
  const stretches: Stretch[] = []
  for (const segment of track.segments) {
    if (!isThere(segment, seq)) continue
    for (const stretch of origins.of(segment)) {
      const last = stretches.at(-1)
      if (last?.seq === stretch.seq && last.restored === stretch.restored)
        stretches[stretches.length - 1] = { ...last, length: last.length + stretch.length }
      else stretches.push(stretch)
    }
  }
  return stretches
}

/** Of a key's value as it was; undefined where there was none. */
export const creditOfKey = (
  track: KeyTrack,
  seq: number,
  restores: Restores,
): Credit | undefined => {
  const reign = track.reignAt(seq)
  if (!reign || seq >= reign.to) return undefined
  const moment = restores.get(reign.from)
  if (moment === undefined) return { seq: reign.from, restored: null }
  const then = creditOfKey(track, moment, restores)
  const isSame = then && JSON.stringify(track.at(moment)) === JSON.stringify(reign.value)
  return { seq: isSame ? then.seq : reign.from, restored: reign.from }
}

/** Where the characters of one text come from that restores have brought back. */
class Origins {
  readonly #track: TextTrack
  readonly #restores: Restores
  /** For each restore, what of this text it brought back. */
  readonly #brought = new Map<number, ReadonlyMap<Segment, readonly Stretch[]>>()

  constructor(track: TextTrack, restores: Restores) {
    this.#track = track
    this.#restores = restores
  }

  of(segment: Segment): readonly Stretch[] {
    const { from, text } = segment
    const moment = this.#restores.get(from)
    if (moment === undefined) return [{ length: text.length, seq: from, restored: null }]
    let brought = this.#brought.get(from)
    if (!brought) this.#brought.set(from, (brought = this.#broughtBy(from, moment)))
    return brought.get(segment) ?? [{ length: text.length, seq: from, restored: from }]
  }

  /**
   * A restore copies what stood there at its moment and was gone before it, in the order of the text. Where the copies
   * say something else, somebody else has deleted at the same time, or it went by the words: then it wrote them itself.
   */
  #broughtBy(restore: number, moment: number): ReadonlyMap<Segment, readonly Stretch[]> {
    const { segments } = this.#track
    const copies = segments.filter(({ from }) => from === restore)
    const gone = segments.filter(segment => isThere(segment, moment) && segment.to < restore)
    if (wordsOf(copies) !== wordsOf(gone)) return new Map()
    const sources = gone.flatMap(segment => this.of(segment))
    const brought = new Map<Segment, readonly Stretch[]>()
    for (const copy of copies)
      brought.set(
        copy,
        cutOff(sources, copy.text.length).map(source => ({ ...source, restored: restore })),
      )
    return brought
  }
}

const wordsOf = (segments: readonly Segment[]): string => segments.map(({ text }) => text).join('')

/** Takes so many characters away from the head of the stretches. */
const cutOff = (stretches: Stretch[], length: number): Stretch[] => {
  const cut: Stretch[] = []
  for (let left = length; left > 0;) {
    const first = stretches[0]
    if (!first) break
    const taken = Math.min(left, first.length)
    cut.push({ ...first, length: taken })
    if (taken === first.length) stretches.shift()
    else stretches[0] = { ...first, length: first.length - taken }
    left -= taken
  }
  return cut
}

/** Who stands behind a cell as it was at a moment. */
export interface CellCredits {
  /** The last entry that changed anything of it. */
  readonly newest: number
  readonly stance: Credit | null
  readonly position: readonly Stretch[]
}

/** Of every cell to which anything had happened by then. */
export const creditsAt = (timeline: Timeline, seq: number): ReadonlyMap<CellKey, CellCredits> => {
  const restores = restoresIn(timeline)
  const cells = new Map<CellKey, CellCredits>()
  const note = (key: CellKey, newest: number, more: Partial<CellCredits> = {}): void => {
    const known = cells.get(key) ?? NOBODY
    cells.set(key, { ...known, ...more, newest: Math.max(known.newest, newest) })
  }
  for (const [name, track] of timeline.texts()) {
    const owner = parseTextName(name)
    if (!owner || owner.partyId === null) continue
    const newest = newestIn(track.segments, seq)
    if (newest === 0) continue
    const position = creditsOfText(track, seq, restores)
    note(cellKey(owner.issueId, owner.partyId), newest, { position })
  }
  for (const [key, track] of timeline.keys('cells')) {
    const entry = parseCellKey(key)
    const newest = entry ? newestIn(track.reigns, seq) : 0
    if (!entry || newest === 0) continue
    const isStance = 'field' in entry && entry.field === 'stance'
    const stance = (isStance && creditOfKey(track, seq, restores)) || null
    note(cellKey(entry.issueId, entry.partyId), newest, isStance ? { stance } : {})
  }
  return cells
}

const NOBODY: CellCredits = { newest: 0, stance: null, position: [] }

/** The last entry by then with which one of these began or ended; 0 for none. */
export const newestIn = (lives: readonly Pick<Segment, 'from' | 'to'>[], seq: number): number => {
  let newest = 0
  for (const { from, to } of lives) {
    if (from <= seq && from > newest) newest = from
    if (to <= seq && to > newest) newest = to
  }
  return newest
}
