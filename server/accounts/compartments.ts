/** Which compartments a tracker has, and who is in them. Whoever is in one has a role in the tracker as well. */
import { and, asc, eq, inArray, sql } from 'drizzle-orm'
import {
  compartmentMembers,
  compartments,
  groupMembers,
  groupRoles,
  members as trackerMembers,
  user,
} from '#drizzle/sqlite/schema.ts'
import type { Members } from '#server/accounts/members.ts'
import type { Database } from '#server/store/database.ts'
import { may, type Role } from '#shared/access.ts'
import type { ApiCompartment, ApiCompartments } from '#shared/compartment-api.ts'
import { MOST_COMPARTMENTS, type OutsidersSee } from '#shared/compartments.ts'
import { newId, type AccountId, type CompartmentId, type TrackerId } from '#shared/ids.ts'

export type CompartmentChange = 'done' | 'no such member' | 'last owner'

type Member = ApiCompartment['members'][number]

export interface Compartment {
  readonly id: CompartmentId
  readonly name: string
  readonly outsidersSee: OutsidersSee
  /** Those who have a role in the tracker. */
  readonly members: readonly Member[]
}

export class Compartments {
  readonly #db: Database
  readonly #members: Pick<Members, 'roleOf' | 'rolesIn'>
  readonly #now: () => number

  constructor(db: Database, members: Pick<Members, 'roleOf' | 'rolesIn'>, now: () => number) {
    this.#db = db
    this.#members = members
    this.#now = now
  }

  /** Whether the account was let into it; its role in the tracker is another question. */
  async holds(trackerId: TrackerId, id: CompartmentId, account: AccountId): Promise<boolean> {
    const found = await this.#db
      .select({ id: compartments.id })
      .from(compartments)
      .innerJoin(compartmentMembers, eq(compartmentMembers.compartmentId, compartments.id))
      .where(
        and(
          eq(compartments.trackerId, trackerId),
          eq(compartments.id, id),
          eq(compartmentMembers.accountId, account),
        ),
      )
    return found.length > 0
  }

  /** What this account may know of them. */
  async seenBy(trackerId: TrackerId, account: AccountId, role: Role): Promise<ApiCompartments> {
    const all = await this.#of(trackerId)
    const seen = all.filter(it => isIn(it, account))
    return {
      compartments: seen.map(({ members, ...it }) => ({
        ...it,
        mayManage: mayManage({ members }, account, role),
        members: [...members],
      })),
      withheld: all.filter(it => !isIn(it, account) && it.outsidersSee === 'withheld').length,
    }
  }

  /** Undefined where the tracker has none with this id. */
  async find(trackerId: TrackerId, id: string): Promise<Compartment | undefined> {
    return (await this.#of(trackerId)).find(it => it.id === id)
  }

  /** Undefined where there are too many. Whoever makes it is its first member. */
  async create(
    trackerId: TrackerId,
    by: AccountId,
    values: Pick<Compartment, 'name' | 'outsidersSee'>,
  ): Promise<CompartmentId | undefined> {
    if ((await this.#of(trackerId)).length >= MOST_COMPARTMENTS) return undefined
    const id = newId<CompartmentId>()
    const at = this.#now()
    await this.#db.batch([
      this.#db
        .insert(compartments)
        .values({ id, trackerId, ...values, createdBy: by, createdAt: at }),
      this.#db
        .insert(compartmentMembers)
        .values({ compartmentId: id, accountId: by, addedBy: by, addedAt: at }),
    ])
    return id
  }

  async change(
    id: CompartmentId,
    values: { readonly name?: string; readonly outsidersSee?: OutsidersSee },
  ): Promise<void> {
    if (Object.keys(values).length > 0)
      await this.#db.update(compartments).set(values).where(eq(compartments.id, id))
  }

  async add(
    trackerId: TrackerId,
    id: CompartmentId,
    account: AccountId,
    by: AccountId,
  ): Promise<CompartmentChange> {
    if (!(await this.#members.roleOf(trackerId, account))) return 'no such member'
    await this.#db
      .insert(compartmentMembers)
      .values({ compartmentId: id, accountId: account, addedBy: by, addedAt: this.#now() })
      .onConflictDoNothing()
    return 'done'
  }

  async remove({ id, members }: Compartment, account: AccountId): Promise<CompartmentChange> {
    if (!isIn({ members }, account)) return 'no such member'
    const removed = await this.#db
      .delete(compartmentMembers)
      .where(
        and(
          eq(compartmentMembers.compartmentId, id),
          eq(compartmentMembers.accountId, account),
          members.some(isOwner) ? hasAnotherOwner : hasAnother,
        ),
      )
      .returning({ id: compartmentMembers.accountId })
    return removed.length > 0 ? 'done' : 'last owner'
  }

  /**
   * Who has lost the tracker and is let into it once more is not let into its compartments by that; but into those in which
   * nobody else was, which could never be opened again.
   */
  async forget(trackerId: TrackerId, account: AccountId): Promise<void> {
    const own = this.#db
      .select({ id: compartments.id })
      .from(compartments)
      .where(eq(compartments.trackerId, trackerId))
    await this.#db
      .delete(compartmentMembers)
      .where(
        and(
          eq(compartmentMembers.accountId, account),
          inArray(compartmentMembers.compartmentId, own),
          hasAnother,
        ),
      )
  }

  async #of(trackerId: TrackerId): Promise<readonly Compartment[]> {
    const rows = await this.#db
      .select({
        id: compartments.id,
        name: compartments.name,
        outsidersSee: compartments.outsidersSee,
        accountId: compartmentMembers.accountId,
        person: user.name,
      })
      .from(compartments)
      .leftJoin(compartmentMembers, eq(compartmentMembers.compartmentId, compartments.id))
      .leftJoin(user, eq(user.id, compartmentMembers.accountId))
      .where(eq(compartments.trackerId, trackerId))
      .orderBy(asc(compartments.createdAt), asc(compartments.id), asc(compartmentMembers.addedAt))
    const roles = await this.#members.rolesIn(trackerId)
    return [...Map.groupBy(rows, ({ id }) => id)].flatMap(([id, of]) =>
      of.slice(0, 1).map(({ name, outsidersSee }) => ({
        id: id as CompartmentId,
        name,
        outsidersSee,
        members: of.flatMap(({ accountId, person }) => {
          const role = accountId === null ? undefined : roles.get(accountId)
          return role && accountId !== null ? { accountId, name: person ?? '', role } : []
        }),
      })),
    )
  }
}

const isIn = ({ members }: Pick<Compartment, 'members'>, account: AccountId): boolean =>
  members.some(({ accountId }) => accountId === account)

const isOwner = ({ role }: Member): boolean => may(role, 'manage')

/** Conditions on the row of a member, part of the statement that deletes it: they hold when several leave at once. */
/** Somebody else is in the compartment of the row: one in which nobody is can never be opened again. */
export const hasAnother = sql`exists (select 1 from ${compartmentMembers} as other
  where other.compartment_id = ${compartmentMembers.compartmentId}
    and other.account_id <> ${compartmentMembers.accountId})`
const hasAnotherOwner = sql`exists (select 1 from ${compartmentMembers} as other
  inner join ${compartments} as c on c.id = other.compartment_id
  inner join ${user} as u on u.id = other.account_id
  where other.compartment_id = ${compartmentMembers.compartmentId}
    and other.account_id <> ${compartmentMembers.accountId} and u.closed_at is null
    and (exists (select 1 from ${trackerMembers} as m
        where m.tracker_id = c.tracker_id and m.account_id = u.id and m.role = 'owner')
      or exists (select 1 from ${groupRoles} as r inner join ${groupMembers} as g on g.group_id = r.group_id
        where r.tracker_id = c.tracker_id and g.account_id = u.id and r.role = 'owner')))`

/**
 * An owner who is in it. Where none of those who are in it is an owner any more, its editors are who can look after it:
 * never an owner from outside, who could have made it so by lowering those within.
 */
export const mayManage = (
  { members }: Pick<Compartment, 'members'>,
  account: AccountId,
  role: Role,
): boolean =>
  isIn({ members }, account) &&
  (may(role, 'manage') || (may(role, 'edit') && !members.some(isOwner)))
