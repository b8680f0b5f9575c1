/** One party: its name, as what it takes part, who acts for it, and with whom it stands. */
import { createMemo } from 'solid-js'
import { useNegotiation } from '#client/live/negotiation.ts'
import { Choice } from '#client/matrix/panel/choice.tsx'
import { Line } from '#client/matrix/panel/line.tsx'
import { AlsoRoles } from '#client/parties/also-roles.tsx'
import { BlocsOf } from '#client/parties/blocs-of.tsx'
import { FactionsOf } from '#client/parties/factions-of.tsx'
import { PeopleOf } from '#client/parties/people-of.tsx'
import { partyRecords } from '#shared/document/parties.ts'
import type { PartyId } from '#shared/ids.ts'
import { asAlso, PARTY_ROLE_LABELS, PARTY_ROLES, rolesOf, type Party } from '#shared/parties.ts'
import '#client/parties/parties.css'

export const PartyPanel = (props: { readonly partyId: PartyId }) => {
  const { act, mayEdit, view } = useNegotiation()
  const { partyId } = props
  const party = createMemo(() => view.party(partyId))
  const set = (label: string, values: Partial<Party>): void =>
    void act(label, doc => partyRecords.set(doc, partyId, values))
  return (
    <>
      <Line
        label="Name of the party"
        large
        value={party()?.name ?? ''}
        placeholder="Unnamed party"
        disabled={!mayEdit()}
        onWrite={name => set('rename a party', { name })}
      />
      <Choice
        label="Role"
        values={PARTY_ROLES}
        labels={PARTY_ROLE_LABELS}
        value={party()?.role ?? null}
        disabled={!mayEdit()}
        onChoose={role => {
          const now = party()
          if (role && now)
            set('set a party’s role', {
              role,
              alsoRole: asAlso(
                rolesOf(now)
                  .slice(1)
                  .filter(other => other !== role),
              ),
            })
        }}
      />
      <AlsoRoles
        party={party()}
        disabled={!mayEdit()}
        onChoose={alsoRole => set('set a party’s further roles', { alsoRole })}
      />
      <PeopleOf partyId={partyId} />
      <FactionsOf partyId={partyId} />
      <BlocsOf partyId={partyId} />
    </>
  )
}
