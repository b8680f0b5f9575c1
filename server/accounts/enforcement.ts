/** Carries changed rights to whoever is connected: what holds in the database holds on open sockets. */
import type { Members } from '#server/accounts/members.ts'
import type { Role } from '#shared/access.ts'
import type { AccountId, TrackerId } from '#shared/ids.ts'

export interface EnforcementDeps {
  readonly members: Pick<Members, 'rolesIn'>
  /** For the connections of an account; null: it may no longer see the tracker. */
  readonly setRole: (trackerId: TrackerId, account: AccountId, role: Role | null) => Promise<void>
  /** Cuts an account's connections: whoever comes back is asked for their role anew. */
  readonly cut: (account: AccountId) => void
  readonly report: (error: unknown) => void
}

/** Resolves when the rights of these accounts in these trackers are what the database says, on open sockets too. */
export type RightsChanged = (
  trackers: readonly TrackerId[],
  accounts: readonly AccountId[],
) => Promise<void>

/** One after the other: what was read first must not be set last. */
export const enforcement = ({ cut, members, report, setRole }: EnforcementDeps): RightsChanged => {
  let last: Promise<void> = Promise.resolve()
  const enforce: RightsChanged = async (trackers, accounts) => {
    try {
      for (const trackerId of trackers) {
        const roles = await members.rolesIn(trackerId)
        for (const account of accounts)
          await setRole(trackerId, account, roles.get(account) ?? null)
      }
    } catch (error) {
      // The change is stored; who may still do what is not known.
      report(error)
      for (const account of accounts) cut(account)
    }
  }
  return (trackers, accounts) => (last = last.then(() => enforce(trackers, accounts)))
}
