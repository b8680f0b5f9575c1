/**
 * The journal as it travels: chapters of about a thousand entries, each compressed. A chapter's body is the accounts once
 * each, then every edit as its account's place, the time since the one before, and its update.
 */
import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import type { Edit, Entry } from '#shared/history/entry.ts'
import type { AccountId } from '#shared/ids.ts'

/** The entries from `firstSeq` on. */
export interface Chapter {
  readonly firstSeq: number
  /** The body, zstd-compressed. */
  readonly compressed: Uint8Array
}

export const encodeBody = (edits: readonly Edit[]): Uint8Array => {
  const places = new Map<AccountId, number>()
  for (const { account } of edits) if (!places.has(account)) places.set(account, places.size)

  const to = encoding.createEncoder()
  encoding.writeVarUint(to, places.size)
  for (const account of places.keys()) encoding.writeVarString(to, account)
  encoding.writeVarUint(to, edits.length)
  let before = 0
  for (const { account, at, update } of edits) {
    encoding.writeVarUint(to, places.get(account) ?? 0)
    encoding.writeVarInt(to, at - before)
    encoding.writeVarUint8Array(to, update)
    before = at
  }
  return encoding.toUint8Array(to)
}

/** The updates are views of the body's own memory. Throws for bytes that are no body. */
export const decodeBody = (body: Uint8Array): readonly Edit[] => {
  const from = decoding.createDecoder(body)
  const accounts = Array.from(
    { length: decoding.readVarUint(from) },
    () => decoding.readVarString(from) as AccountId,
  )
  let before = 0
  return Array.from({ length: decoding.readVarUint(from) }, () => {
    const account = accounts[decoding.readVarUint(from)]
    if (account === undefined) throw new Error('an edit without an account')
    const at = before + decoding.readVarInt(from)
    before = at
    return { account, at, update: decoding.readVarUint8Array(from) }
  })
}

export const encodeChapters = (chapters: readonly Chapter[]): Uint8Array => {
  const to = encoding.createEncoder()
  for (const { compressed, firstSeq } of chapters) {
    encoding.writeVarUint(to, firstSeq)
    encoding.writeVarUint8Array(to, compressed)
  }
  return encoding.toUint8Array(to)
}

/** The entries of each chapter, as it is asked for: a long journal takes a while. Throws for bytes that are none. */
export function* decodeChapters(
  bytes: Uint8Array,
  decompress: (compressed: Uint8Array) => Uint8Array,
): Generator<readonly Entry[]> {
  const from = decoding.createDecoder(bytes)
  while (decoding.hasContent(from)) {
    const firstSeq = decoding.readVarUint(from)
    const body = decompress(decoding.readVarUint8Array(from))
    yield decodeBody(body).map((edit, index) => ({ ...edit, seq: firstSeq + index }))
  }
}
