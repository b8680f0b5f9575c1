/** The tables of visits and of reviews, and what of the record of changes an account has not reviewed. */
import { and, desc, eq, gt, inArray, lte, sql } from 'drizzle-orm'
import { changeMarks, changes, documents, reviews, visits } from '#drizzle/sqlite/schema.ts'
import { differsSince } from '#server/history/change-table.ts'
import type { Visit } from '#server/history/visit.ts'
import type { Database } from '#server/store/database.ts'
import type { Touch } from '#shared/history/touched.ts'
import type { AccountId, IssueId, PartyId, TrackerId } from '#shared/ids.ts'

/** Something that an account has reviewed by itself, up to an entry. */
export interface Reviewed {
  readonly address: string
  readonly seq: number
}

export interface Seen extends Touch {
  readonly account: string
  readonly lastSeq: number
}

/** A tracker that an account has visited, with how far its journal and its record of changes go. */
export interface Visited extends Visit {
  readonly trackerId: TrackerId
  readonly head: number
  readonly recorded: number
}

const VISIT = {
  baselineSeq: visits.baselineSeq,
  baselineAt: visits.baselineAt,
  seenSeq: visits.seenSeq,
  seenAt: visits.seenAt,
  reviewedSeq: visits.reviewedSeq,
}

/** Rows of one statement. */
const AT_ONCE = 100
/** Rows that are counted: who has not looked for months is not told the exact number. */
const MOST = 20_000

export class VisitTable {
  readonly #db: Database

  constructor(db: Database) {
    this.#db = db
  }

  async visit(trackerId: TrackerId, accountId: AccountId): Promise<Visit | undefined> {
    const [row] = await this.#db.select(VISIT).from(visits).where(ofVisitor(trackerId, accountId))
    return row
  }

  async put(trackerId: TrackerId, accountId: AccountId, visit: Visit): Promise<void> {
    await this.#db
      .insert(visits)
      .values({ trackerId, accountId, ...visit })
      .onConflictDoUpdate({ target: [visits.trackerId, visits.accountId], set: visit })
  }

  /** Everything up to the entry counts as reviewed. */
  async setReviewed(trackerId: TrackerId, accountId: AccountId, seq: number): Promise<void> {
    await this.#db.batch([
      this.#db.update(visits).set({ reviewedSeq: seq }).where(ofVisitor(trackerId, accountId)),
      // What was reviewed by itself up to there says nothing more.
      this.#db.delete(reviews).where(and(ofReviewer(trackerId, accountId), lte(reviews.seq, seq))),
    ])
  }

  async reviewed(trackerId: TrackerId, accountId: AccountId): Promise<readonly Reviewed[]> {
    return this.#db
      .select({ address: reviews.address, seq: reviews.seq })
      .from(reviews)
      .where(ofReviewer(trackerId, accountId))
      .orderBy(reviews.address)
  }

  async review(
    trackerId: TrackerId,
    accountId: AccountId,
    addresses: readonly string[],
    seq: number,
  ): Promise<void> {
    for (let from = 0; from < addresses.length; from += AT_ONCE)
      await this.#db
        .insert(reviews)
        .values(
          addresses
            .slice(from, from + AT_ONCE)
            .map(address => ({ trackerId, accountId, address, seq })),
        )
        .onConflictDoUpdate({
          target: [reviews.trackerId, reviews.accountId, reviews.address],
          set: { seq: sql`excluded.seq` },
        })
  }

  async forget(
    trackerId: TrackerId,
    accountId: AccountId,
    addresses: readonly string[],
  ): Promise<void> {
    for (let from = 0; from < addresses.length; from += AT_ONCE)
      await this.#db
        .delete(reviews)
        .where(
          and(
            ofReviewer(trackerId, accountId),
            inArray(reviews.address, addresses.slice(from, from + AT_ONCE)),
          ),
        )
  }

  /** What differs from how it was after an entry, and who did it: the newest, where it is too much to look through. */
  async since(trackerId: TrackerId, seq: number): Promise<readonly Seen[]> {
    const { account, address, field, issue, lastSeq, party } = changes
    const rows = await this.#db
      .select({ account, address, field, issue, lastSeq, party })
      .from(changes)
      .where(differsSince(trackerId, seq))
      .orderBy(desc(lastSeq), desc(address))
      .limit(MOST)
    return rows.map(({ issue, party, ...row }) => ({
      ...row,
      issueId: issue as IssueId | null,
      partyId: party as PartyId | null,
    }))
  }

  /** The number of the last entry; 0 where nothing is stored. */
  async head(trackerId: TrackerId): Promise<number> {
    const [row] = await this.#db
      .select({ head: documents.head })
      .from(documents)
      .where(eq(documents.name, trackerId))
    return row?.head ?? 0
  }

  /** The trackers of an account in which something has happened since what it has reviewed. */
  async behind(accountId: AccountId): Promise<readonly Visited[]> {
    const rows = await this.#db
      .select({
        ...VISIT,
        trackerId: visits.trackerId,
        head: documents.head,
        recorded: changeMarks.seq,
      })
      .from(visits)
      .innerJoin(documents, eq(documents.name, visits.trackerId))
      .leftJoin(changeMarks, eq(changeMarks.document, visits.trackerId))
      .where(and(eq(visits.accountId, accountId), gt(documents.head, visits.reviewedSeq)))
    return rows.map(({ recorded, trackerId, ...row }) => ({
      ...row,
      trackerId: trackerId as TrackerId,
      recorded: recorded ?? 0,
    }))
  }
}

const ofVisitor = (trackerId: TrackerId, accountId: AccountId) =>
  and(eq(visits.trackerId, trackerId), eq(visits.accountId, accountId))
const ofReviewer = (trackerId: TrackerId, accountId: AccountId) =>
  and(eq(reviews.trackerId, trackerId), eq(reviews.accountId, accountId))
