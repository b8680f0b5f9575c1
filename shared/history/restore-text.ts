/**
 * Bringing a text back by the identity of its characters: those that are still there stay who wrote them, those that were
 * deleted come back as copies in their places, and what somebody types meanwhile stays where it was typed.
 */
import * as Y from 'yjs'
import { isThere, NEVER, type TextTrack } from '#shared/history/tracks.ts'

/** Characters of a text that stood there at the moment to which it goes back, or stand there now; in its order. */
export interface TextPart {
  /** The Yjs id of the first; the others follow. */
  readonly client: number
  readonly clock: number
  readonly length: number
  /** Whether they stood there then. */
  readonly wasThere: boolean
  /** What they say, where they stood there then and do not now; '' for others. */
  readonly gone: string
}

/** Of each text that is to be brought back, by its name. */
export type TextParts = ReadonlyMap<string, readonly TextPart[]>

/** What a restore of a text to the moment `seq` has to know; nothing of what neither stood there then nor does now. */
export const partsOf = ({ segments }: TextTrack, seq: number): readonly TextPart[] =>
  segments.flatMap(segment => {
    const wasThere = isThere(segment, seq)
    const now = segment.to === NEVER
    if (!wasThere && !now) return []
    const { client, clock, text } = segment
    return [{ client, clock, length: text.length, wasThere, gone: now ? '' : text }]
  })

/** `parts` may be some edits old: what came since stays. */
export const restoreText = (doc: Y.Doc, name: string, parts: readonly TextPart[]): void =>
  doc.transact(() => {
    const text = doc.getText(name)
    let at = 0
    let next = 0
    const bringBackUpTo = (part: number): void => {
      for (; next < part; next++) {
        const { gone } = parts[next] as TextPart
        if (gone === '') continue
        text.insert(at, gone)
        at += gone.length
      }
    }
    for (const { length, part } of piecesOf(text, parts)) {
      if (part !== null) {
        bringBackUpTo(part)
        next = Math.max(next, part + 1)
      }
      if (part === null || parts[part]?.wasThere) at += length
      else text.delete(at, length)
    }
    bringBackUpTo(parts.length)
  })

/** A stretch of the text as it is now, and the part that it belongs to; null for what was typed since. */
interface Piece {
  readonly length: number
  readonly part: number | null
}

const piecesOf = (text: Y.Text, parts: readonly TextPart[]): readonly Piece[] => {
  const byClient = Map.groupBy(parts.keys(), part => (parts[part] as TextPart).client)
  for (const numbers of byClient.values())
    numbers.sort((a, b) => (parts[a] as TextPart).clock - (parts[b] as TextPart).clock)
  const pieces: Piece[] = []
  for (let item = text._start; item !== null; item = item.right) {
    if (item.deleted || !(item.content instanceof Y.ContentString)) continue
    const { client, clock } = item.id
    const end = clock + item.length
    let at = clock
    for (const part of byClient.get(client) ?? []) {
      const { clock: from, length } = parts[part] as TextPart
      if (from + length <= at) continue
      if (from >= end) break
      if (from > at) pieces.push({ length: from - at, part: null })
      const upTo = Math.min(end, from + length)
      pieces.push({ length: upTo - Math.max(at, from), part })
      at = upTo
    }
    if (at < end) pieces.push({ length: end - at, part: null })
  }
  return pieces
}
