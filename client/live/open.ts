/** Opens a tracker's live document: its connection, and the negotiation that the screen works with. */
import { Awareness } from 'y-protocols/awareness'
import type { Accessor } from 'solid-js'
import { assemble } from '#client/live/assemble.ts'
import { connect } from '#client/live/connection.ts'
import { openCompartments } from '#client/live/compartments.ts'
import type { Negotiation, SaveStatus } from '#client/live/negotiation.ts'
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
  onRights?: () => void,
): Opened => {
  const doc = sparseDoc()
  const awareness = new Awareness(doc)
  const url = `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/live`
  const wire = connect({ url, name: trackerId, doc, awareness, onRights })
  const unsaved = watchUnsaved(doc, wire.waiting)
  const compartments = openCompartments({ trackerId, me, url, matrix: doc, link: wire.link })
  const negotiation = assemble({
    trackerId,
    me,
    role,
    doc,
    awareness,
    wire: {
      ...wire,
      status: () => worst([wire.status(), ...compartments.statuses()]),
      whenSaved: async () => void (await Promise.all([wire.whenSaved(), compartments.whenSaved()])),
    },
    compartments,
  })
  return {
    negotiation,
    reconnect: wire.reconnect,
    isWaiting: () => wire.waiting() || compartments.isWaiting(),
    unsavedWords: () =>
      [unsaved.words(), ...compartments.unsavedWords()].filter(words => words !== '').join('\n\n'),
    dispose: () => {
      unsaved.dispose()
      wire.dispose()
      negotiation.dispose()
      compartments.dispose()
    },
  }
}

const WORST_FIRST: readonly SaveStatus[] = ['not_saved', 'saving', 'reconnecting', 'saved']

const worst = (all: readonly SaveStatus[]): SaveStatus =>
  WORST_FIRST.find(status => all.includes(status)) ?? 'saved'
