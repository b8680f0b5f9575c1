/** The table of the texts of sources: packed, each under its hash within its tracker. */
import { createHash } from 'node:crypto'
import { promisify } from 'node:util'
import { gunzip, gzip } from 'node:zlib'
import { and, asc, count, eq, sql } from 'drizzle-orm'
import { sourceTexts } from '#drizzle/sqlite/schema.ts'
import type { Database } from '#server/store/database.ts'
import type { AccountId, TextHash, TrackerId } from '#shared/ids.ts'
import type { TextKind } from '#shared/texts.ts'

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
  async add(trackerId: TrackerId, { text, ...row }: TextRow): Promise<void> {
    const packed = await compress(text)
    await this.#db
      .insert(sourceTexts)
      .values({ trackerId, ...row, packed, sum: hashOf(text) })
      .onConflictDoNothing()
  }

  async row(trackerId: TrackerId, hash: TextHash): Promise<TextRow | undefined> {
    const [row] = await this.#db.select().from(sourceTexts).where(isOf(trackerId, hash))
    if (!row) return undefined
    const { at, by, bytes, kind, name, packed, redactedAt } = row
    const text = (await decompress(packed)).toString('utf8')
    return { hash, text, kind, name, bytes, by: by as AccountId, at, redactedAt }
  }

  /** Of all that the tracker has, in the order in which they came. */
  async hashes(trackerId: TrackerId): Promise<readonly TextHash[]> {
    const rows = await this.#db
      .select({ hash: sourceTexts.hash })
      .from(sourceTexts)
      .where(eq(sourceTexts.trackerId, trackerId))
      .orderBy(asc(sourceTexts.at), asc(sourceTexts.hash))
    return rows.map(({ hash }) => hash as TextHash)
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

const isOf = (trackerId: TrackerId, hash: TextHash) =>
  and(eq(sourceTexts.trackerId, trackerId), eq(sourceTexts.hash, hash))
