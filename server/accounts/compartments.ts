/** Which compartments a tracker has, and who is in them. Whoever is in one has a role in the tracker as well. */
import { and, asc, eq, inArray } from 'drizzle-orm'
import { compartmentMembers, compartments, user } from '#drizzle/sqlite/schema.ts'
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
    const seen = all.filter(it => isIn(it, account) || may(role, 'manage'))
    return {
      compartments: seen.map(({ members, ...it }) => {
        const isMember = isIn({ members }, account)
        const manages = mayManage({ members }, account, role)
        return {
          ...it,
          isMember,
          mayManage: manages,
          members: isMember || manages ? [...members] : [],
        }
      }),
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
    const isOwner = ({ role }: Member): boolean => may(role, 'manage')
    const others = members.filter(({ accountId }) => accountId !== account)
    if (members.some(isOwner) && !others.some(isOwner)) return 'last owner'
    await this.#db
      .delete(compartmentMembers)
      .where(
        and(eq(compartmentMembers.compartmentId, id), eq(compartmentMembers.accountId, account)),
      )
    return 'done'
  }

  /** Who has lost the tracker and is let into it once more is not let into its compartments by that. */
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

/**
 * An owner who is in it. Where none of those who are in it is an owner any more, any owner of the tracker may look after it,
 * so that it can be opened again; the audit log says so.
 */
export const mayManage = (
  { members }: Pick<Compartment, 'members'>,
  account: AccountId,
  role: Role,
): boolean =>
  may(role, 'manage') &&
  (isIn({ members }, account) || !members.some(member => may(member.role, 'manage')))
