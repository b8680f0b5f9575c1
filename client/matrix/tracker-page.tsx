/** The page of one tracker. */
import { useParams } from '@solidjs/router'
import { JoinNegotiation } from '#client/live/join.tsx'
import { Workspace } from '#client/matrix/workspace.tsx'
import type { TrackerId } from '#shared/ids.ts'

export default function TrackerPage() {
  const params = useParams<{ trackerId: string }>()
  return (
    <JoinNegotiation trackerId={params.trackerId as TrackerId}>
      <Workspace />
    </JoinNegotiation>
  )
}
