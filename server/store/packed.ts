/** One row of the journal: edits, packed. CRC-32 of the rest, format, and a chapter's body as it is or compressed. */
import { constants, crc32, zstdCompressSync, zstdDecompressSync } from 'node:zlib'
import { decodeBody, encodeBody } from '#shared/history/chapter.ts'
import type { Draft } from '#server/store/store.ts'

const PLAIN = 1
const COMPRESSED = 2
/** The least bytes within a millisecond for a thousand edits. */
const LEVEL = 9

/** The edits of one flush. */
export const pack = (drafts: readonly Draft[]): Uint8Array => seal(PLAIN, encodeBody(drafts))

/** Edits that are seldom read: a keystroke takes about 8 bytes. */
export const packCompressed = (drafts: readonly Draft[]): Uint8Array => {
  const params = { [constants.ZSTD_c_compressionLevel]: LEVEL }
  return seal(COMPRESSED, zstdCompressSync(encodeBody(drafts), { params }))
}

export const isCompressed = (packed: Uint8Array): boolean => packed[4] === COMPRESSED

/** Throws for bytes that are not what was packed. */
export const unpack = (packed: Uint8Array): readonly Draft[] =>
  // Copies: a view would keep the whole row alive as long as one edit.
  decodeBody(plainBody(packed)).map(draft => ({ ...draft, update: draft.update.slice() }))

const plainBody = (packed: Uint8Array): Uint8Array => {
  const { body, format } = unseal(packed)
  switch (format) {
    case PLAIN:
      return body
    case COMPRESSED:
      return zstdDecompressSync(body)
    default:
      throw new Error(`unknown format ${format}`)
  }
}

/** The body of what was packed compressed, as it is. Throws for other bytes. */
export const compressedBody = (packed: Uint8Array): Uint8Array => {
  const { body, format } = unseal(packed)
  if (format !== COMPRESSED) throw new Error(`format ${format} is not compressed`)
  return body
}

const unseal = (packed: Uint8Array): { readonly format: number; readonly body: Uint8Array } => {
  const sealed = packed.subarray(4)
  const checksum = new DataView(packed.buffer, packed.byteOffset, packed.length)
  if (packed.length < 5 || checksum.getUint32(0) !== crc32(sealed))
    throw new Error('wrong checksum')
  return { format: sealed[0] as number, body: sealed.subarray(1) }
}

const seal = (format: number, body: Uint8Array): Uint8Array => {
  const packed = new Uint8Array(5 + body.length)
  packed[4] = format
  packed.set(body, 5)
  new DataView(packed.buffer).setUint32(0, crc32(packed.subarray(4)))
  return packed
}
