/** Looking into the audit log: a page of it, newest first, and all of it from the beginning. */
import { and, asc, desc, eq, gt, gte, lt, lte, notInArray, or, sql, type SQL } from 'drizzle-orm'
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

/** Rows that are read at once for an export. */
const AT_ONCE = 1_000

export class AuditReading {
  readonly #db: Database

  constructor(db: Database) {
    this.#db = db
  }

  /** Newest first: those before the row of a number, or the last ones. */
  page(query: AuditQuery, limit: number, before?: number): Promise<AuditRow[]> {
    return this.#db
      .select()
      .from(audit)
      .where(and(...conditionsOf(query), before === undefined ? undefined : lt(audit.seq, before)))
      .orderBy(desc(audit.seq))
      .limit(limit)
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
    const wanted = [...conditionsOf(query), lte(audit.seq, upTo)]
    for (let after = 0; ;) {
      const rows = await this.#db
        .select()
        .from(audit)
        .where(and(...wanted, gt(audit.seq, after)))
        .orderBy(asc(audit.seq))
        .limit(AT_ONCE)
      const last = rows.at(-1)
      if (!last) return
      yield rows
      after = last.seq
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
