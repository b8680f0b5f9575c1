/**
 * The table of the texts of sources: packed, each under its hash within its tracker; one of a compartment under the
 * compartment's id and its hash, which no source of the matrix can name.
 */
import { createHash } from 'node:crypto'
import { promisify } from 'node:util'
import { gunzip, gzip } from 'node:zlib'
import { and, asc, count, eq, sql } from 'drizzle-orm'
import { sourceTexts } from '#drizzle/sqlite/schema.ts'
import type { Database } from '#server/store/database.ts'
import type { AccountId, CompartmentId, TextHash, TrackerId } from '#shared/ids.ts'
import { isTextHash, type TextKind } from '#shared/texts.ts'

const compress = promisify(gzip)
const decompress = promisify(gunzip)

/** A text with all that is known of it. */
export interface TextRow {
  readonly hash: TextHash
  readonly text: string
  readonly kind: TextKind
  readonly name: string
  readonly bytes: number
  readonly by: AccountId
  readonly at: number
  /** When something of it was blanked; its hash names it as it came. */
  readonly redactedAt: number | null
}

/** What a text is named by. */
export const hashOf = (text: string): TextHash =>
  createHash('sha256').update(text, 'utf8').digest('hex') as TextHash

export class TextTable {
  readonly #db: Database

  constructor(db: Database) {
    this.#db = db
  }

  /** Where a text with this hash is there already, that one stays. */
  async add(
    trackerId: TrackerId,
    { hash, text, ...row }: TextRow,
    within?: CompartmentId,
  ): Promise<void> {
    const packed = await compress(text)
    await this.#db
      .insert(sourceTexts)
      .values({ trackerId, ...row, hash: keyOf(hash, within), packed, sum: hashOf(text) })
      .onConflictDoNothing()
  }

  async row(
    trackerId: TrackerId,
    hash: TextHash,
    within?: CompartmentId,
  ): Promise<TextRow | undefined> {
    if (!isTextHash(hash)) return undefined
    const [row] = await this.#db
      .select()
      .from(sourceTexts)
      .where(isOf(trackerId, keyOf(hash, within)))
    if (!row) return undefined
    const { at, by, bytes, kind, name, packed, redactedAt } = row
    const text = (await decompress(packed)).toString('utf8')
    return { hash, text, kind, name, bytes, by: by as AccountId, at, redactedAt }
  }

  /** Of all that everybody in the tracker may read, in the order in which they came. */
  async hashes(trackerId: TrackerId): Promise<readonly TextHash[]> {
    const rows = await this.#db
      .select({ hash: sourceTexts.hash })
      .from(sourceTexts)
      .where(eq(sourceTexts.trackerId, trackerId))
      .orderBy(asc(sourceTexts.at), asc(sourceTexts.hash))
    return rows.flatMap(({ hash }) => (isTextHash(hash) ? hash : []))
  }

  /** Puts one into a compartment, if it is not there already. */
  async move(trackerId: TrackerId, hash: TextHash, into: CompartmentId): Promise<void> {
    const row = await this.row(trackerId, hash)
    if (!row) return
    await this.add(trackerId, row, into)
    await this.#db.delete(sourceTexts).where(isOf(trackerId, hash))
  }

  /** How many there are, and what they take packed, in bytes. */
  async size(trackerId: TrackerId): Promise<{ readonly many: number; readonly bytes: number }> {
    const [size] = await this.#db
      .select({
        many: count(),
        bytes: sql<number>`coalesce(sum(length(${sourceTexts.packed})), 0)`.mapWith(Number),
      })
      .from(sourceTexts)
      .where(eq(sourceTexts.trackerId, trackerId))
    return size ?? { many: 0, bytes: 0 }
  }

  /** For redactions alone: everybody else's texts stay as they came. */
  async change(
    trackerId: TrackerId,
    hash: TextHash,
    change: (row: TextRow) => TextRow,
  ): Promise<void> {
    const row = await this.row(trackerId, hash)
    if (!row) return
    const { name, redactedAt, text } = change(row)
    await this.#db
      .update(sourceTexts)
      .set({ name, redactedAt, packed: await compress(text), sum: hashOf(text) })
      .where(isOf(trackerId, hash))
  }
}

const keyOf = (hash: TextHash, within: CompartmentId | undefined): string =>
  within === undefined ? hash : `${within}.${hash}`

const isOf = (trackerId: TrackerId, key: string) =>
  and(eq(sourceTexts.trackerId, trackerId), eq(sourceTexts.hash, key))
