/** Who takes part in a negotiation, and as what. */
import type { PartyId, Rank } from '#shared/ids.ts'

export const PARTY_ROLES = [
  'negotiating_party',
  'host',
  'mediator',
  'facilitator',
  'guarantor',
  'observer',
  'stakeholder',
] as const

/** `stakeholder`: affected, and not at the table. */
export type PartyRole = (typeof PARTY_ROLES)[number]

export const PARTY_ROLE_LABELS: Readonly<Record<PartyRole, string>> = {
  negotiating_party: 'negotiates',
  host: 'hosts',
  mediator: 'mediates',
  facilitator: 'facilitates',
  guarantor: 'guarantees',
  observer: 'observes',
  stakeholder: 'outside the talks',
}

/** A column of the matrix. */
export interface Party {
  readonly id: PartyId
  readonly name: string
  /** The role shown under the name. */
  readonly role: PartyRole
  /** A second role, as a host that also mediates. */
  readonly alsoRole: PartyRole | null
  readonly rank: Rank
}
