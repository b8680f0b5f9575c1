/**
 * One row of the journal: the edits of one flush, packed. CRC-32, format, the accounts once each, then every edit
 * as account's place, time since the one before, update.
 */
import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import { crc32 } from 'node:zlib'
import type { AccountId } from '#shared/ids.ts'
import type { Draft } from '#server/store/store.ts'

const FORMAT = 1

export const pack = (drafts: readonly Draft[]): Uint8Array => {
  const places = new Map<AccountId, number>()
  for (const { account } of drafts) if (!places.has(account)) places.set(account, places.size)

  const to = encoding.createEncoder()
  encoding.writeVarUint(to, FORMAT)
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
  const body = encoding.toUint8Array(to)

  const packed = new Uint8Array(4 + body.length)
  new DataView(packed.buffer).setUint32(0, crc32(body))
  packed.set(body, 4)
  return packed
}

/** Throws for bytes that are not what `pack` gave. */
export const unpack = (packed: Uint8Array): readonly Draft[] => {
  const body = packed.subarray(4)
  const checksum = new DataView(packed.buffer, packed.byteOffset, packed.length)
  if (packed.length < 4 || checksum.getUint32(0) !== crc32(body)) throw new Error('wrong checksum')

  const from = decoding.createDecoder(body)
  const format = decoding.readVarUint(from)
  if (format !== FORMAT) throw new Error(`unknown format ${format}`)
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
