/** A negotiation without a server: everything is saved at once, and nobody else is here. */
import { Awareness } from 'y-protocols/awareness'
import type * as Y from 'yjs'
import { assemble } from '#client/live/assemble.ts'
import type { Link, Negotiation } from '#client/live/negotiation.ts'
import type { Role } from '#shared/access.ts'
import type { AccountId, TrackerId } from '#shared/ids.ts'
import type { PresentAccount } from '#shared/presence.ts'

const SOMEBODY: PresentAccount = { id: 'me' as AccountId, name: 'Me', colour: 6 }
const LIVE: Link = { at: 'live' }

export const createLocalNegotiation = (
  doc: Y.Doc,
  me: PresentAccount = SOMEBODY,
  role: Role = 'owner',
): Negotiation & { readonly dispose: () => void } =>
  assemble({
    trackerId: 'local' as TrackerId,
    me,
    role: () => role,
    doc,
    awareness: new Awareness(doc),
    wire: {
      link: () => LIVE,
      status: () => 'saved',
      loaded: () => true,
      whenSaved: () => Promise.resolve(),
    },
  })
