/** Who comes into a compartment's document, and the note in the audit log that they have. */
import type { Compartments } from '#server/accounts/compartments.ts'
import type { AuditLog } from '#server/audit/audit-log.ts'
import type { CompartmentRef } from '#shared/access.ts'
import type { AccountId } from '#shared/ids.ts'

export interface CompartmentDoorDeps {
  readonly compartments: Pick<Compartments, 'holds'>
  readonly auditLog: Pick<AuditLog, 'add'>
  readonly now: () => number
}

const DAY = 86_400_000
/** Readings that are remembered, so that each is noted once. */
const MOST = 10_000

export class CompartmentDoor {
  readonly #deps: CompartmentDoorDeps
  readonly #noted = new Set<string>()

  constructor(deps: CompartmentDoorDeps) {
    this.#deps = deps
  }

  /** Whether it opens; `role` in the tracker comes into it as well, which is asked for whatever this answers. */
  opens({ compartmentId, trackerId }: CompartmentRef, account: AccountId): Promise<boolean> {
    return this.#deps.compartments.holds(trackerId, compartmentId, account)
  }

  /** Once for each account, compartment and day: a page comes back after every break of its connection. */
  async noteReading(
    { compartmentId, trackerId }: CompartmentRef,
    by: { readonly id: AccountId; readonly name: string },
    from: string,
  ): Promise<void> {
    const { auditLog, now } = this.#deps
    const day = Math.floor(now() / DAY)
    const reading = [by.id, compartmentId, day].join()
    if (this.#noted.has(reading)) return
    if (this.#noted.size >= MOST) this.#noted.clear()
    this.#noted.add(reading)
    try {
      await auditLog.add({ what: 'compartment read', by, from, trackerId, subject: compartmentId })
    } catch (error) {
      this.#noted.delete(reading)
      throw error
    }
  }
}
