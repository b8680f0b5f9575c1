/**
 * One row of the journal: edits, packed. CRC-32 of the rest, format, and either as they are (the accounts once each,
 * then every edit as account's place, time since the one before, update) or that compressed.
 */
import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import { constants, crc32, zstdCompressSync, zstdDecompressSync } from 'node:zlib'
import type { AccountId } from '#shared/ids.ts'
import type { Draft } from '#server/store/store.ts'

const PLAIN = 1
const COMPRESSED = 2
/** The least bytes within a millisecond for a thousand edits. */
const LEVEL = 9

/** The edits of one flush. */
export const pack = (drafts: readonly Draft[]): Uint8Array => seal(PLAIN, bodyOf(drafts))

/** Edits that are seldom read: a keystroke takes about 8 bytes. */
export const packCompressed = (drafts: readonly Draft[]): Uint8Array => {
  const params = { [constants.ZSTD_c_compressionLevel]: LEVEL }
  return seal(COMPRESSED, zstdCompressSync(bodyOf(drafts), { params }))
}

export const isCompressed = (packed: Uint8Array): boolean => packed[4] === COMPRESSED

/** Throws for bytes that are not what was packed. */
export const unpack = (packed: Uint8Array): readonly Draft[] => {
  const sealed = packed.subarray(4)
  const checksum = new DataView(packed.buffer, packed.byteOffset, packed.length)
  if (packed.length < 5 || checksum.getUint32(0) !== crc32(sealed))
    throw new Error('wrong checksum')
  const body = sealed.subarray(1)
  switch (sealed[0]) {
    case PLAIN:
      return draftsIn(body)
    case COMPRESSED:
      return draftsIn(zstdDecompressSync(body))
    default:
      throw new Error(`unknown format ${sealed[0]}`)
  }
}

const seal = (format: number, body: Uint8Array): Uint8Array => {
  const packed = new Uint8Array(5 + body.length)
  packed[4] = format
  packed.set(body, 5)
  new DataView(packed.buffer).setUint32(0, crc32(packed.subarray(4)))
  return packed
}

const bodyOf = (drafts: readonly Draft[]): Uint8Array => {
  const places = new Map<AccountId, number>()
  for (const { account } of drafts) if (!places.has(account)) places.set(account, places.size)

  const to = encoding.createEncoder()
  encoding.writeVarUint(to, places.size)
  for (const account of places.keys()) encoding.writeVarString(to, account)
  encoding.writeVarUint(to, drafts.length)
  let before = 0
  for (const { account, at, update } of drafts) {
    encoding.writeVarUint(to, places.get(account) ?? 0)
    encoding.writeVarInt(to, at - before)
    encoding.writeVarUint8Array(to, update)
    before = at
  }
  return encoding.toUint8Array(to)
}

const draftsIn = (body: Uint8Array): readonly Draft[] => {
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
    // A copy: a view would keep the whole row alive as long as one edit.
    return { account, at, update: decoding.readVarUint8Array(from).slice() }
  })
}
