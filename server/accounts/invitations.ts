/** Links that let so many people in, for a while, until they are taken back. Only a hash of the secret is stored. */
import { and, desc, eq, gt, isNull, lt, sql } from 'drizzle-orm'
import { invitations, trackers, user } from '#drizzle/sqlite/schema.ts'
import { hashOf, newSecret } from '#server/accounts/secrets.ts'
import type { Database } from '#server/store/database.ts'
import type { ApiInvitation, InvitationLink, OpenInvitation } from '#shared/api.ts'
import { newId, type AccountId, type TrackerId } from '#shared/ids.ts'

export type InvitedRole = InvitationLink['role']
export type InvitedServerRole = InvitationLink['serverRole']
export type Unusable = 'unknown' | 'used' | 'revoked' | 'expired'

/** An invitation that was still open: what its link leads to. */
export interface Invited extends ApiInvitation {
  readonly id: string
  readonly trackerId: TrackerId
  readonly inviter: AccountId
  readonly role: InvitedRole
  readonly serverRole: InvitedServerRole
}

/** On what terms somebody is let in. */
export interface Terms {
  readonly role: InvitedRole
  readonly mostUses?: number
  readonly validForMs?: number | undefined
  readonly serverRole?: InvitedServerRole
}

export interface InvitationsSettings {
  readonly now: () => number
  readonly validForMs: number
}

export class Invitations {
  readonly #db: Database
  readonly #now: () => number
  readonly #validForMs: number

  constructor(db: Database, { now, validForMs }: InvitationsSettings) {
    this.#db = db
    this.#now = now
    this.#validForMs = validForMs
  }

  async create(
    trackerId: TrackerId,
    { role, mostUses = 1, validForMs = this.#validForMs, serverRole = 'member' }: Terms,
    invitedBy: AccountId,
  ): Promise<InvitationLink> {
    const id = newId()
    const token = newSecret()
    const createdAt = this.#now()
    const terms = { id, role, mostUses, serverRole, expiresAt: createdAt + validForMs }
    await this.#db
      .insert(invitations)
      .values({ ...terms, tokenHash: hashOf(token), trackerId, invitedBy, createdAt })
    return { ...terms, uses: 0, token }
  }

  /** Those that somebody could still use, newest first. */
  async openOf(trackerId: TrackerId): Promise<OpenInvitation[]> {
    return this.#db
      .select({
        id: invitations.id,
        role: invitations.role,
        serverRole: invitations.serverRole,
        mostUses: invitations.mostUses,
        uses: invitations.uses,
        invitedBy: user.name,
        expiresAt: invitations.expiresAt,
      })
      .from(invitations)
      .innerJoin(user, eq(user.id, invitations.invitedBy))
      .where(and(eq(invitations.trackerId, trackerId), this.#isOpen()))
      .orderBy(desc(invitations.createdAt))
  }

  /** What a link leads to, or why it leads nowhere any more. */
  async find(token: string): Promise<Invited | Unusable> {
    const [found] = await this.#db
      .select({
        id: invitations.id,
        trackerId: invitations.trackerId,
        trackerTitle: trackers.title,
        role: invitations.role,
        invitedBy: user.name,
        inviter: invitations.invitedBy,
        serverRole: invitations.serverRole,
        mostUses: invitations.mostUses,
        uses: invitations.uses,
        revokedAt: invitations.revokedAt,
        expiresAt: invitations.expiresAt,
      })
      .from(invitations)
      .innerJoin(trackers, eq(trackers.id, invitations.trackerId))
      .innerJoin(user, eq(user.id, invitations.invitedBy))
      .where(eq(invitations.tokenHash, hashOf(token)))
    if (!found) return 'unknown'
    if (found.uses >= found.mostUses) return 'used'
    if (found.revokedAt !== null) return 'revoked'
    if (found.expiresAt <= this.#now()) return 'expired'
    const { id, trackerTitle, role, serverRole, invitedBy } = found
    const trackerId = found.trackerId as TrackerId
    const inviter = found.inviter as AccountId
    return { id, trackerId, inviter, trackerTitle, role, serverRole, invitedBy }
  }

  /** Takes one of its uses; of more people at once than it lets in, only so many get `true`. */
  async claim(id: string): Promise<boolean> {
    const claimed = await this.#db
      .update(invitations)
      .set({ uses: sql`${invitations.uses} + 1` })
      .where(and(eq(invitations.id, id), this.#isOpen()))
      .returning({ id: invitations.id })
    return claimed.length > 0
  }

  /** Gives a claimed use back, because nobody could join with it. */
  async release(id: string): Promise<void> {
    await this.#db
      .update(invitations)
      .set({ uses: sql`${invitations.uses} - 1` })
      .where(and(eq(invitations.id, id), gt(invitations.uses, 0)))
  }

  /** Who came in with it last, and when. */
  async markUsed(id: string, by: AccountId): Promise<void> {
    await this.#db
      .update(invitations)
      .set({ usedBy: by, usedAt: this.#now() })
      .where(eq(invitations.id, id))
  }

  /** Answers whether there was such an open invitation in this tracker. */
  async revoke(trackerId: TrackerId, id: string): Promise<boolean> {
    const revoked = await this.#db
      .update(invitations)
      .set({ revokedAt: this.#now() })
      .where(and(eq(invitations.id, id), eq(invitations.trackerId, trackerId), this.#isOpen()))
      .returning({ id: invitations.id })
    return revoked.length > 0
  }

  #isOpen() {
    return and(
      lt(invitations.uses, invitations.mostUses),
      isNull(invitations.revokedAt),
      gt(invitations.expiresAt, this.#now()),
    )
  }
}
