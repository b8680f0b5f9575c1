/** Opens a tracker's live document: its connection, and the negotiation that the screen works with. */
import { Awareness } from 'y-protocols/awareness'
import type { Accessor } from 'solid-js'
import { assemble } from '#client/live/assemble.ts'
import { connect } from '#client/live/connection.ts'
import type { Negotiation } from '#client/live/negotiation.ts'
import { watchUnsaved } from '#client/live/unsaved.ts'
import type { Role } from '#shared/access.ts'
import { sparseDoc } from '#shared/document/sparse.ts'
import type { TrackerId } from '#shared/ids.ts'
import type { PresentAccount } from '#shared/presence.ts'

export interface Opened {
  readonly negotiation: Negotiation
  /** Goes back to the server after a refusal, with what this tab holds. */
  readonly reconnect: () => void
  readonly isWaiting: () => boolean
  /** What of mine the server does not have, as text to keep. */
  readonly unsavedWords: () => string
  readonly dispose: () => void
}

export const openTracker = (
  trackerId: TrackerId,
  me: PresentAccount,
  role: Accessor<Role>,
): Opened => {
  const doc = sparseDoc()
  const awareness = new Awareness(doc)
  const url = `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/live`
  const wire = connect({ url, name: trackerId, doc, awareness })
  const unsaved = watchUnsaved(doc, wire.waiting)
  const negotiation = assemble({ trackerId, me, role, doc, awareness, wire })
  return {
    negotiation,
    reconnect: wire.reconnect,
    isWaiting: wire.waiting,
    unsavedWords: unsaved.words,
    dispose: () => {
      unsaved.dispose()
      wire.dispose()
      negotiation.dispose()
    },
  }
}
