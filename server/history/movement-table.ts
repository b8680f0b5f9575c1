/** Movements in the table of changes: its rows walked through, newest first, and those of some movements, whole. */
import {
  and,
  desc,
  eq,
  exists,
  gt,
  gte,
  inArray,
  isNotNull,
  like,
  lte,
  or,
  type SQL,
} from 'drizzle-orm'
import { alias } from 'drizzle-orm/sqlite-core'
import { changes } from '#drizzle/sqlite/schema.ts'
import { asChange, limits, type ChangeQuery, type Place } from '#server/history/change-table.ts'
import type { Database } from '#server/store/database.ts'
import type { CellKey } from '#shared/cells.ts'
import { STAND_FIELDS } from '#shared/compare/kind.ts'
import type { Change } from '#shared/history/changes.ts'
import type { IssueId, PartyId, TrackerId } from '#shared/ids.ts'
import { movementKey, type MovementKey } from '#shared/movements.ts'

export type Walk = Omit<ChangeQuery, 'field'> & {
  /** Only movements that had begun by this entry of the journal. */
  readonly until?: number | undefined
  /** Only movements in which what a party stands for may have changed. */
  readonly stands?: boolean | undefined
}

/** A row that is a part of a movement. */
export interface Step extends Place {
  readonly key: MovementKey
  readonly issue: string
  readonly party: string
  readonly movement: number
}

const { address, document, issue, lastSeq, movement, party } = changes
const COLUMNS = { address, issue, lastSeq, movement, party }

/** Conditions in one query. */
const AT_ONCE = 100

export class MovementTable {
  readonly #db: Database

  constructor(db: Database) {
    this.#db = db
  }

  /** Also rows that ended as they had begun: the movement may have gone on with them. */
  async walk(trackerId: TrackerId, { stands, until, ...query }: Walk): Promise<readonly Step[]> {
    const begun = until === undefined ? undefined : lte(movement, until)
    const rows = await this.#db
      .select(COLUMNS)
      .from(changes)
      .where(
        and(
          eq(document, trackerId),
          isNotNull(movement),
          begun,
          stands ? this.#touchesStand() : undefined,
          ...limits(query),
        ),
      )
      .orderBy(desc(lastSeq), desc(address))
      .limit(query.limit)
    return rows.flatMap(asStep)
  }

  /** The rows of some cells that went on after an entry of the journal. */
  async inCells(
    trackerId: TrackerId,
    cells: readonly CellKey[],
    since: number,
  ): Promise<readonly Step[]> {
    const conditions = cells.map(cell => {
      const [ofIssue = '', ofParty = ''] = cell.split('/')
      return and(...isIn(trackerId, ofIssue, ofParty), gt(lastSeq, since), isNotNull(movement))
    })
    const rows = await inPieces(conditions, condition =>
      this.#db.select(COLUMNS).from(changes).where(condition),
    )
    return rows.flatMap(asStep)
  }

  #touchesStand(): SQL {
    const parts = alias(changes, 'parts')
    const isStand = or(inArray(parts.field, [...STAND_FIELDS]), like(parts.address, 'redLines/%'))
    return exists(
      this.#db
        .select({ address: parts.address })
        .from(parts)
        .where(
          and(
            eq(parts.document, document),
            eq(parts.issue, issue),
            eq(parts.party, party),
            gte(parts.lastSeq, movement),
            eq(parts.movement, movement),
            isStand,
          ),
        ),
    )
  }

  /** All rows of the movements of which these are parts. */
  async whole(trackerId: TrackerId, steps: readonly Step[]): Promise<readonly Change[]> {
    const distinct = new Map(steps.map(step => [step.key, step]))
    const conditions = Array.from(distinct.values(), step =>
      and(
        ...isIn(trackerId, step.issue, step.party),
        // No row has ended before its movement began, so the index of cells is enough.
        gte(lastSeq, step.movement),
        eq(movement, step.movement),
      ),
    )
    const rows = await inPieces(conditions, condition =>
      this.#db.select().from(changes).where(condition),
    )
    return rows.map(asChange)
  }
}

const inPieces = async <Row>(
  conditions: readonly (SQL | undefined)[],
  read: (condition: SQL | undefined) => PromiseLike<readonly Row[]>,
): Promise<readonly Row[]> => {
  const rows: Row[] = []
  for (let from = 0; from < conditions.length; from += AT_ONCE)
    rows.push(...(await read(or(...conditions.slice(from, from + AT_ONCE)))))
  return rows
}

/** In each condition by itself: the index is used for every one of them. */
const isIn = (trackerId: TrackerId, ofIssue: string, ofParty: string): readonly SQL[] => [
  eq(document, trackerId),
  eq(issue, ofIssue),
  eq(party, ofParty),
]

const asStep = (row: Pick<typeof changes.$inferSelect, keyof typeof COLUMNS>): readonly Step[] => {
  const { issue, movement, party, ...place } = row
  if (issue === null || party === null || movement === null) return []
  const key = movementKey(issue as IssueId, party as PartyId, movement)
  return [{ ...place, key, issue, party, movement }]
}
