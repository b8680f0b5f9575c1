/** Looking into the audit log: a page of it, newest first, and all of it from the beginning. */
import { and, asc, desc, eq, gte, lt, notInArray, or, sql, type SQL } from 'drizzle-orm'
import { audit } from '#drizzle/sqlite/schema.ts'
import { NO_ROW, type AuditRow, type ChainEnd } from '#server/audit/audit-log.ts'
import type { Database } from '#server/store/database.ts'
import type { Audited } from '#shared/audit.ts'

/** Each narrows it down. */
export interface AuditQuery {
  readonly what?: Audited | undefined
  readonly without?: readonly Audited[]
  /** Who did it, or to whom it was done. */
  readonly person?: string | undefined
  readonly tracker?: string | undefined
  readonly from?: string | undefined
  readonly since?: number | undefined
  readonly until?: number | undefined
  /** In the name of who did it, or in the detail; capitals of Latin letters do not matter. */
  readonly text?: string | undefined
}

/** At once for something rare, so that everybody's edits do not wait until all of the log is looked through. */
const LOOKED_THROUGH = 10_000
/** At once for a file. */
const AT_ONCE = 1_000

export class AuditReading {
  readonly #db: Database

  constructor(db: Database) {
    this.#db = db
  }

  /** Newest first: those before the row of a number, or the last ones. */
  async page(query: AuditQuery, limit: number, before = Infinity): Promise<AuditRow[]> {
    const rows: AuditRow[] = []
    let end = Math.min(before, (await this.head()).seq + 1)
    while (end > 1 && rows.length < limit) {
      const start = Math.max(1, end - LOOKED_THROUGH)
      const found = await this.#db
        .select()
        .from(audit)
        .where(and(gte(audit.seq, start), lt(audit.seq, end), ...conditionsOf(query)))
        .orderBy(desc(audit.seq))
        .limit(limit - rows.length)
      rows.push(...found)
      end = start
    }
    return rows
  }

  async head(): Promise<ChainEnd> {
    const [last] = await this.#db
      .select({ seq: audit.seq, hash: audit.hash })
      .from(audit)
      .orderBy(desc(audit.seq))
      .limit(1)
    return last ?? { seq: 0, hash: NO_ROW }
  }

  /** Oldest first, up to the row of a number, some at a time. */
  async *all(query: AuditQuery, upTo: number): AsyncGenerator<readonly AuditRow[], void> {
    for (let start = 1; start <= upTo; start += AT_ONCE) {
      const end = Math.min(start + AT_ONCE, upTo + 1)
      const rows = await this.#db
        .select()
        .from(audit)
        .where(and(gte(audit.seq, start), lt(audit.seq, end), ...conditionsOf(query)))
        .orderBy(asc(audit.seq))
      if (rows.length > 0) yield rows
    }
  }
}

const conditionsOf = ({
  from,
  person,
  since,
  text,
  tracker,
  until,
  what,
  without = [],
}: AuditQuery): readonly (SQL | undefined)[] => [
  what && eq(audit.what, what),
  without.length > 0 ? notInArray(audit.what, [...without]) : undefined,
  person === undefined ? undefined : or(eq(audit.by, person), eq(audit.subject, person)),
  tracker === undefined ? undefined : eq(audit.trackerId, tracker),
  from === undefined ? undefined : eq(audit.from, from),
  since === undefined ? undefined : gte(audit.at, since),
  until === undefined ? undefined : lt(audit.at, until),
  text === undefined ? undefined : or(says(audit.byName, text), says(audit.detail, text)),
]

const says = (column: typeof audit.byName | typeof audit.detail, text: string): SQL =>
  sql`lower(${column}) like ${`%${lowered(text).replaceAll(/[\\%_]/g, String.raw`\$&`)}%`} escape '\\'`

/** As SQLite does it, which leaves all letters but the Latin ones as they are. */
const lowered = (text: string): string => text.replaceAll(/[A-Z]/g, letter => letter.toLowerCase())
