/** Links with which anybody sees a tracker as a page, until they are taken back. Only a hash of the secret is stored. */
import { and, desc, eq, gt, isNull, lt, or, sql } from 'drizzle-orm'
import { shareLinks, snapshots, trackers, user } from '#drizzle/sqlite/schema.ts'
import { hashing } from '#server/accounts/hashing.ts'
import type { Members } from '#server/accounts/members.ts'
import { hashOf, newSecret } from '#server/accounts/secrets.ts'
import { shownName } from '#server/accounts/shown-name.ts'
import type { Database } from '#server/store/database.ts'
import { may } from '#shared/access.ts'
import { newId, type AccountId, type SnapshotId, type TrackerId } from '#shared/ids.ts'
import type { NewShareLink, ShareLink, ShareLinkMade, ShareState } from '#shared/sharing-api.ts'

/** A link that still leads somewhere. */
export interface OpenLink {
  readonly id: string
  readonly trackerId: TrackerId
  /** Null: the tracker as it is. */
  readonly snapshotId: SnapshotId | null
  /** As better-auth keeps passwords. */
  readonly password: string | null
  readonly classification: string
}

export class ShareLinks {
  readonly #db: Database
  readonly #members: Pick<Members, 'roleOf'>
  readonly #now: () => number

  constructor(db: Database, members: Pick<Members, 'roleOf'>, now: () => number) {
    this.#db = db
    this.#members = members
    this.#now = now
  }

  /** Undefined where the tracker has no such snapshot. */
  async create(
    trackerId: TrackerId,
    { expiresAt, mostViews, name, password, snapshotId }: NewShareLink,
    createdBy: AccountId,
  ): Promise<ShareLinkMade | undefined> {
    if (snapshotId !== undefined && !(await this.#has(trackerId, snapshotId))) return undefined
    const id = newId()
    const token = newSecret()
    await this.#db.insert(shareLinks).values({
      id,
      tokenHash: hashOf(token),
      trackerId,
      snapshotId: snapshotId ?? null,
      name,
      password: password === undefined ? null : await hashing.hash(password),
      createdBy,
      createdAt: this.#now(),
      expiresAt: expiresAt ?? null,
      mostViews: mostViews ?? null,
    })
    return { id, token }
  }

  /** All that were not taken back, newest first. */
  async of(trackerId: TrackerId): Promise<ShareLink[]> {
    const rows = await this.#db
      .select({
        id: shareLinks.id,
        name: shareLinks.name,
        snapshotId: shareLinks.snapshotId,
        snapshotAt: snapshots.at,
        password: shareLinks.password,
        createdById: shareLinks.createdBy,
        maker: { name: user.name, closedAt: user.closedAt, kind: user.kind },
        createdAt: shareLinks.createdAt,
        expiresAt: shareLinks.expiresAt,
        mostViews: shareLinks.mostViews,
        views: shareLinks.views,
        lastViewedAt: shareLinks.lastViewedAt,
      })
      .from(shareLinks)
      .innerJoin(user, eq(user.id, shareLinks.createdBy))
      .leftJoin(snapshots, eq(snapshots.id, shareLinks.snapshotId))
      .where(and(eq(shareLinks.trackerId, trackerId), isNull(shareLinks.revokedAt)))
      .orderBy(desc(shareLinks.createdAt), desc(shareLinks.id))
    const makers = [...new Set(rows.map(({ createdById }) => createdById as AccountId))]
    const owners = new Set<string>()
    for (const maker of makers) if (await this.#isOwner(trackerId, maker)) owners.add(maker)
    return rows.map(({ createdById, maker, password, snapshotAt, snapshotId, ...row }) => ({
      ...row,
      createdBy: shownName(maker),
      snapshot: snapshotId === null ? null : { id: snapshotId, at: snapshotAt ?? 0 },
      hasPassword: password !== null,
      state: owners.has(createdById) ? this.#stateOf(row) : 'without owner',
    }))
  }

  /**
   * Where a link leads; undefined for one that is unknown, too old, used up or taken back, and for one of somebody who
   * is no owner any more: it would show them what they have lost.
   */
  async open(token: string): Promise<OpenLink | undefined> {
    const [found] = await this.#db
      .select({
        id: shareLinks.id,
        trackerId: shareLinks.trackerId,
        snapshotId: shareLinks.snapshotId,
        password: shareLinks.password,
        classification: trackers.classification,
        createdBy: shareLinks.createdBy,
      })
      .from(shareLinks)
      .innerJoin(trackers, eq(trackers.id, shareLinks.trackerId))
      .where(and(eq(shareLinks.tokenHash, hashOf(token)), this.#isOpen()))
    if (!found) return undefined
    const { createdBy, ...link } = found
    const trackerId = found.trackerId as TrackerId
    if (!(await this.#isOwner(trackerId, createdBy as AccountId))) return undefined
    return { ...link, trackerId, snapshotId: found.snapshotId as SnapshotId | null }
  }

  /** Counts one who looks; of several at once no more get `true` than the link has views left. */
  async countView(id: string): Promise<boolean> {
    const counted = await this.#db
      .update(shareLinks)
      .set({ views: sql`${shareLinks.views} + 1`, lastViewedAt: this.#now() })
      .where(and(eq(shareLinks.id, id), this.#isOpen()))
      .returning({ id: shareLinks.id })
    return counted.length > 0
  }

  /** Answers whether there was such a link in this tracker. */
  async revoke(trackerId: TrackerId, id: string): Promise<boolean> {
    const revoked = await this.#db
      .update(shareLinks)
      .set({ revokedAt: this.#now() })
      .where(
        and(
          eq(shareLinks.id, id),
          eq(shareLinks.trackerId, trackerId),
          isNull(shareLinks.revokedAt),
        ),
      )
      .returning({ id: shareLinks.id })
    return revoked.length > 0
  }

  async #isOwner(trackerId: TrackerId, account: AccountId): Promise<boolean> {
    const role = await this.#members.roleOf(trackerId, account)
    return role !== undefined && may(role, 'manage')
  }

  #isOpen() {
    const { expiresAt, mostViews, revokedAt, views } = shareLinks
    return and(
      isNull(revokedAt),
      or(isNull(expiresAt), gt(expiresAt, this.#now())),
      or(isNull(mostViews), lt(views, mostViews)),
    )
  }

  #stateOf({
    expiresAt,
    mostViews,
    views,
  }: Pick<ShareLink, 'expiresAt' | 'mostViews' | 'views'>): ShareState {
    if (expiresAt !== null && expiresAt <= this.#now()) return 'expired'
    return mostViews !== null && views >= mostViews ? 'used up' : 'open'
  }

  async #has(trackerId: TrackerId, id: string): Promise<boolean> {
    const found = await this.#db
      .select({ id: snapshots.id })
      .from(snapshots)
      .where(and(eq(snapshots.trackerId, trackerId), eq(snapshots.id, id)))
    return found.length > 0
  }
}

export const isPasswordOf = (
  { password: hash }: Pick<OpenLink, 'password'>,
  password: string,
): Promise<boolean> => (hash === null ? Promise.resolve(false) : hashing.verify({ hash, password }))
