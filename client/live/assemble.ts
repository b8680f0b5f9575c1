/** Puts a negotiation together from its document, its connection and who I am. */
import type { Accessor } from 'solid-js'
import type { Awareness } from 'y-protocols/awareness'
import type * as Y from 'yjs'
import { createActions } from '#client/live/actions.ts'
import { bind } from '#client/live/binding.ts'
import type { Link, Negotiation, SaveStatus } from '#client/live/negotiation.ts'
import { watchOverwritten } from '#client/live/overwritten.ts'
import { createPresence } from '#client/live/presence.ts'
import { may, type Role } from '#shared/access.ts'
import { LAYOUT, layoutOf } from '#shared/document/layout.ts'
import type { TrackerId } from '#shared/ids.ts'
import type { PresentAccount } from '#shared/presence.ts'

/** What a negotiation needs of its connection; `local.ts` does without a server. */
export interface Wire {
  readonly link: Accessor<Link>
  readonly status: Accessor<SaveStatus>
  readonly loaded: Accessor<boolean>
  readonly whenSaved: () => Promise<void>
}

interface Parts {
  readonly trackerId: TrackerId
  readonly me: PresentAccount
  readonly role: Accessor<Role>
  readonly doc: Y.Doc
  readonly awareness: Awareness
  readonly wire: Wire
}

export const assemble = (parts: Parts): Negotiation & { readonly dispose: () => void } => {
  const { trackerId, me, role, doc, awareness, wire } = parts
  const view = bind(doc)
  const actions = createActions(doc)
  const presence = createPresence(awareness, me)
  const overwritten = watchOverwritten(doc, awareness, me)

  const mayEdit = (): boolean => {
    if (wire.link().at === 'refused') return false
    // The layout's version lies beside the title: reading this wakes with both.
    view.title()
    return may(role(), 'edit') && layoutOf(doc) <= LAYOUT
  }
  return {
    trackerId,
    me,
    role,
    mayEdit,
    doc,
    view,
    ...wire,
    act: (label, verbs) => {
      if (!mayEdit()) return false
      actions.act(label, verbs)
      return true
    },
    undo: () => (mayEdit() ? actions.undo() : undefined),
    redo: () => (mayEdit() ? actions.redo() : undefined),
    undoManager: actions.manager,
    people: presence.people,
    peopleAt: presence.peopleAt,
    setPlace: presence.setPlace,
    awareness,
    onOverwritten: overwritten.listen,
    dispose: () => {
      presence.dispose()
      overwritten.dispose()
      actions.dispose()
      view.dispose()
      awareness.destroy()
      doc.destroy()
    },
  }
}
