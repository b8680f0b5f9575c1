/** Who may do what here: invites by link, and lists the people and the groups that are in. */
import { Show } from 'solid-js'
import { useNegotiation } from '#client/live/negotiation.ts'
import { Classification } from '#client/people/classification.tsx'
import { Invitations } from '#client/people/invitations.tsx'
import { Members } from '#client/people/members.tsx'
import { ShareLinks } from '#client/people/share-links.tsx'
import { Dialog } from '#client/ui/dialog.tsx'
import { may } from '#shared/access.ts'
import '#client/people/share-dialog.css'

const ShareDialog = (props: { readonly onClose: () => void }) => {
  const { role, trackerId } = useNegotiation()
  const isOwner = (): boolean => may(role(), 'manage')
  return (
    <Dialog
      open
      wide
      title={isOwner() ? 'Invite and members' : 'Members'}
      onClose={() => props.onClose()}
    >
      <Show when={isOwner()}>
        <Invitations path={`/api/trackers/${trackerId}/invitations`} />
      </Show>
      <Members path={`/api/trackers/${trackerId}`} mayChange={isOwner()} />
      <Show when={isOwner()}>
        <ShareLinks path={`/api/trackers/${trackerId}`} />
        <Classification />
      </Show>
    </Dialog>
  )
}
export default ShareDialog
