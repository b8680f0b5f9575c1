/** The texts of sources in a tracker's file: each with its hash, which is looked at before one is believed. */
import { setImmediate } from 'node:timers/promises'
import { promisify } from 'node:util'
import { gunzip, gzip } from 'node:zlib'
import { z } from 'zod'
import { Unreadable } from '#server/exchange/unreadable.ts'
import { hashOf, type TextRow } from '#server/texts/text-table.ts'
import type { TextHash } from '#shared/ids.ts'
import {
  isTextHash,
  MAX_FILE_NAME_LENGTH,
  MAX_TEXT_LENGTH,
  TEXT_KINDS,
  tidy,
} from '#shared/texts.ts'
import type { Tracker } from '#shared/tracker.ts'

const compress = promisify(gzip)
const decompress = promisify(gunzip)

/** What all of a file's texts may unpack to, in UTF-16 units. */
const MOST_UNPACKED_IN_ALL = 64 * 1_024 * 1_024

export const textInFile = z.object({
  hash: z.string().refine(isTextHash, 'is not a hash'),
  kind: z.enum(TEXT_KINDS),
  name: z.string().max(MAX_FILE_NAME_LENGTH),
  bytes: z.number().int().nonnegative(),
  at: z.number().int().nonnegative(),
  /** Words of such a text were blanked: it is not what its hash was made of. */
  redactedAt: z.number().int().nonnegative().nullable(),
  /** UTF-8, gzip, base64. */
  text: z.base64(),
})
type TextInFile = z.infer<typeof textInFile>

/** Of a file who took it in is not said: the accounts are another server's. */
export type FileText = Omit<TextRow, 'by'>

/** The texts that the sources of a tracker name, also where only an excerpt still speaks of one. */
export const textsNamedIn = ({ excerpts, sources }: Tracker): readonly TextHash[] =>
  [...sources, ...excerpts].flatMap(({ textHash }) => textHash ?? [])

export const packText = async ({
  at,
  bytes,
  hash,
  kind,
  name,
  redactedAt,
  text,
}: TextRow): Promise<TextInFile> => ({
  hash,
  kind,
  name,
  bytes,
  at,
  redactedAt,
  text: (await compress(text)).toString('base64'),
})

/** Rejects with words where one is not what it says. */
export const unpackTexts = async (given: readonly TextInFile[]): Promise<readonly FileText[]> => {
  const texts = new Map<string, FileText>()
  let unpacked = 0
  for (const [index, { hash, text: packed, ...row }] of given.entries()) {
    const text = await unpack(packed, index)
    unpacked += text.length
    if (unpacked > MOST_UNPACKED_IN_ALL)
      throw new Unreadable('The texts of sources in this file are too large.')
    if (row.redactedAt === null && hashOf(text) !== hash)
      throw damaged(index, 'is not what its hash says')
    if (tidy(text) !== text || text.length > MAX_TEXT_LENGTH)
      throw damaged(index, 'is not plain text')
    texts.set(hash, { ...row, hash: hash as TextHash, text })
    // Somebody's large file is not everybody's pause.
    await setImmediate()
  }
  return [...texts.values()]
}

const damaged = (index: number, why: string): Unreadable =>
  new Unreadable(`This file is damaged (texts.${index}: ${why}).`)

const unpack = async (packed: string, index: number): Promise<string> => {
  try {
    const bytes = await decompress(Buffer.from(packed, 'base64'), {
      maxOutputLength: 3 * MAX_TEXT_LENGTH,
    })
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    throw damaged(index, 'cannot be unpacked, or is too large')
  }
}
