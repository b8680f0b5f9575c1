/** Puts a negotiation together from its document, its connection and who I am. */
import type { Accessor } from 'solid-js'
import type { Awareness } from 'y-protocols/awareness'
import type * as Y from 'yjs'
import { createActions } from '#client/live/actions.ts'
import { bind, NOTHING_BESIDE, type Beside } from '#client/live/binding.ts'
import {
  NO_COMPARTMENTS,
  type Compartments,
  type OpenCompartment,
} from '#client/live/compartments.ts'
import type { Link, Negotiation, SaveStatus } from '#client/live/negotiation.ts'
import { watchOverwritten } from '#client/live/overwritten.ts'
import { createPresence } from '#client/live/presence.ts'
import { may, type Role } from '#shared/access.ts'
import type { ApiCompartments } from '#shared/compartment-api.ts'
import { LAYOUT, layoutOf } from '#shared/document/layout.ts'
import { partyRecords } from '#shared/document/parties.ts'
import { Together } from '#shared/document/together.ts'
import type { PartyId, TrackerId } from '#shared/ids.ts'
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
  readonly compartments?: Compartments & {
    readonly beside: Beside
    readonly open: Accessor<readonly OpenCompartment[]>
  }
}

export const assemble = (parts: Parts): Negotiation & { readonly dispose: () => void } => {
  const { trackerId, me, role, doc, awareness, wire } = parts
  const beside = parts.compartments?.beside ?? NOTHING_BESIDE
  const together = new Together(doc, beside.docs)
  const view = bind(doc, beside, together)
  const actions = createActions(doc, beside, together)
  const presence = createPresence(awareness, me)
  const overwritten = watchOverwritten(doc, awareness, me)

  const mayEdit = (): boolean => {
    if (wire.link().at === 'refused') return false
    // The layout's version lies beside the title: reading this wakes with both.
    view.title()
    return may(role(), 'edit') && layoutOf(doc) <= LAYOUT
  }
  const open = (): readonly OpenCompartment[] => parts.compartments?.open() ?? []
  const known = (): ApiCompartments => parts.compartments?.known() ?? NO_COMPARTMENTS
  const openAt = (partyId: PartyId | null): OpenCompartment | undefined =>
    partyId === null ? undefined : open().find(it => partyRecords.has(it.doc, partyId))
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
    writing: partyId => {
      const at = openAt(partyId)
      const home = at?.doc ?? doc
      const undoManager = actions.managerOf(home)
      return { doc: home, undoManager, awareness: at?.awareness ?? awareness }
    },
    compartmentOf: (kind, id) => {
      if (open().length === 0) return undefined
      view.record(kind, id)
      const at = open().find(it => kind.has(it.doc, id))
      return at && known().compartments.find(it => it.id === at.id)
    },
    compartments: { known, refresh: parts.compartments?.refresh ?? (() => Promise.resolve()) },
    people: presence.people,
    peopleAt: presence.peopleAt,
    // Who is not in the compartment does not hear that there is such a column.
    setPlace: place => presence.setPlace(openAt(place?.partyId ?? null) ? null : place),
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
