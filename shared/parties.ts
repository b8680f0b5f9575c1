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
  /**
   * Further roles, as of a host that also mediates: their names in the order of PARTY_ROLES, between spaces; null for none.
   * `rolesOf` reads it, `asAlso` writes it.
   */
  readonly alsoRole: string | null
  readonly rank: Rank
}

/** All roles of a party, the one that is shown first before the others. */
export const rolesOf = ({
  role,
  alsoRole,
}: Pick<Party, 'role' | 'alsoRole'>): readonly PartyRole[] => [
  role,
  ...PARTY_ROLES.filter(other => other !== role && alsoRole?.split(' ').includes(other)),
]

export const asAlso = (roles: Iterable<string>): string | null => {
  const held = new Set(roles)
  return PARTY_ROLES.filter(role => held.has(role)).join(' ') || null
}

/** "hosts, mediates" */
export const roleWords = (party: Pick<Party, 'role' | 'alsoRole'>): string =>
  rolesOf(party)
    .map(role => PARTY_ROLE_LABELS[role])
    .join(', ')
