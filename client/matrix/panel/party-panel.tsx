/** One party: its name, and as what it takes part. */
import { createMemo } from 'solid-js'
import { useNegotiation } from '#client/live/negotiation.ts'
import { Choice } from '#client/matrix/panel/choice.tsx'
import { Line } from '#client/matrix/panel/line.tsx'
import { partyRecords } from '#shared/document/parties.ts'
import type { PartyId } from '#shared/ids.ts'
import { PARTY_ROLE_LABELS, PARTY_ROLES, type Party } from '#shared/parties.ts'

export const PartyPanel = (props: { readonly partyId: PartyId }) => {
  const { act, mayEdit, view } = useNegotiation()
  const { partyId } = props
  const party = createMemo(() => view.party(partyId))
  const set = (label: string, values: Partial<Party>): void =>
    void act(label, doc => partyRecords.set(doc, partyId, values))
  const others = () => PARTY_ROLES.filter(role => role !== party()?.role)
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
        onChoose={role =>
          role &&
          set('set a party’s role', {
            role,
            alsoRole: party()?.alsoRole === role ? null : (party()?.alsoRole ?? null),
          })
        }
      />
      <Choice
        label="It also"
        values={others()}
        labels={PARTY_ROLE_LABELS}
        value={party()?.alsoRole ?? null}
        mayBeEmpty
        disabled={!mayEdit()}
        onChoose={alsoRole => set('set a party’s second role', { alsoRole })}
      />
    </>
  )
}
