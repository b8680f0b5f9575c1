/** Taking in the texts of sources, and handing them out. A text never changes: a corrected one is another text. */
import type { Archive } from '#server/history/archive.ts'
import { checked } from '#server/texts/plain.ts'
import type { Reading } from '#server/texts/reading.ts'
import { hashOf, type TextRow, type TextTable } from '#server/texts/text-table.ts'
import { Unfit } from '#server/texts/unfit.ts'
import type { AccountId, CompartmentId, TextHash, TrackerId } from '#shared/ids.ts'
import type { SourceText, TextTaken } from '#shared/text-api.ts'
import { fileKindOf, MAX_FILE_NAME_LENGTH } from '#shared/texts.ts'

export interface TextsDeps {
  readonly table: TextTable
  readonly reading: Pick<Reading, 'read'>
  readonly authors: Archive['authors']
  readonly now: () => number
}

/** Of one tracker. */
const MOST_TEXTS = 5_000
const MOST_PACKED = 256 * 1_024 * 1_024

export class Texts {
  readonly #deps: TextsDeps

  constructor(deps: TextsDeps) {
    this.#deps = deps
  }

  /** Rejects with `Unfit` where there is nothing to take. */
  async paste(
    trackerId: TrackerId,
    by: AccountId,
    pasted: string,
    within?: CompartmentId,
  ): Promise<TextTaken> {
    const bytes = Buffer.byteLength(pasted)
    const text = checked(pasted)
    return this.#take(trackerId, { text, kind: 'pasted', name: '', bytes, by }, within)
  }

  /** The same for a file; its name says what it is, or else its media type. */
  async readFile(
    trackerId: TrackerId,
    by: AccountId,
    file: { readonly name: string; readonly mediaType: string; readonly bytes: Uint8Array },
    within?: CompartmentId,
  ): Promise<TextTaken> {
    const { bytes, mediaType } = file
    const kind = fileKindOf(file.name, mediaType)
    if (!kind) throw new Unfit('unknown_kind')
    await this.#assertRoom(trackerId)
    const text = await this.#deps.reading.read(bytes, kind)
    const name = nameOf(file.name)
    return this.#take(trackerId, { text, kind, name, bytes: bytes.length, by }, within)
  }

  async find(
    trackerId: TrackerId,
    hash: TextHash,
    within?: CompartmentId,
  ): Promise<SourceText | undefined> {
    const row = await this.#deps.table.row(trackerId, hash, within)
    if (!row) return undefined
    const [author] = await this.#deps.authors([row.by])
    return { ...row, by: { id: row.by, name: author?.name ?? '' } }
  }

  async #take(
    trackerId: TrackerId,
    given: Omit<TextRow, 'hash' | 'at' | 'redactedAt'>,
    within: CompartmentId | undefined,
  ): Promise<TextTaken> {
    const { now, table } = this.#deps
    const hash = hashOf(given.text)
    const known = await table.row(trackerId, hash, within)
    if (!known) await this.#assertRoom(trackerId)
    const row = { ...given, hash, at: now(), redactedAt: null }
    if (!known) await table.add(trackerId, row, within)
    // Of two at once the first one stays.
    const { at, kind, name, text } = known ?? (await table.row(trackerId, hash, within)) ?? row
    return { hash, length: text.length, kind, name, at }
  }

  async #assertRoom(trackerId: TrackerId): Promise<void> {
    const { bytes, many } = await this.#deps.table.size(trackerId)
    if (many >= MOST_TEXTS || bytes >= MOST_PACKED) throw new Unfit('no_room')
  }
}

/** Of a path only the end, and nothing that breaks a line or turns it round. */
const nameOf = (name: string): string =>
  name
    .toWellFormed()
    .replace(/^.*[/\\]/s, '')
    .replace(/[\p{Cc}\u202A-\u202E\u2066-\u2069]/gu, '')
    .slice(-MAX_FILE_NAME_LENGTH)
    .toWellFormed()
