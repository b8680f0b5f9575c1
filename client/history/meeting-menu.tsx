/** What else can be done with a meeting, for those who may. */
import { Show } from 'solid-js'
import { Icon } from '#client/ui/icon.tsx'
import { MenuButton } from '#client/ui/menu.tsx'
import type { Meeting } from '#shared/meetings.ts'

export interface MeetingDeeds {
  readonly change: (meeting: Meeting) => void
  readonly remove: (meeting: Meeting) => void
}

export const MeetingMenu = (props: {
  readonly meeting: Meeting
  readonly deeds: MeetingDeeds | undefined
}) => (
  <Show when={props.deeds}>
    {deeds => (
      <MenuButton
        class="button quiet icon small"
        label={`More about the meeting ${props.meeting.title}`}
        entries={() => [
          {
            label: 'Rename, or choose its snapshots…',
            run: () => deeds().change(props.meeting),
          },
          { label: 'Remove the meeting', run: () => deeds().remove(props.meeting) },
        ]}
      >
        <Icon name="more" />
      </MenuButton>
    )}
  </Show>
)
