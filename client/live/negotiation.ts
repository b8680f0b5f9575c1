/** One tracker as the screen knows it: what it reads, what it may do, who else is here, and whether all is saved. */
import { createContext, useContext, type Accessor } from 'solid-js'
import type { Awareness } from 'y-protocols/awareness'
import type * as Y from 'yjs'
import type { Role } from '#shared/access.ts'
import type { MatrixView } from '#client/live/view.ts'
import type { Compartments } from '#client/live/compartments.ts'
import type { Step } from '#client/live/actions.ts'
import type { ApiCompartment } from '#shared/compartment-api.ts'
import type { RecordKind } from '#shared/document/record.ts'
import type { IssueId, PartyId, TrackerId } from '#shared/ids.ts'
import type { Place, PresentAccount } from '#shared/presence.ts'

/** The life of the connection. `refused` is final until the page does something about it. */
export type Link =
  | { readonly at: 'joining' }
  | { readonly at: 'live' }
  | { readonly at: 'offline' }
  | { readonly at: 'refused'; readonly code: number; readonly reason: string }

/**
 * Keyed to my own unsent work. `saved`: all that I did is on the server's disk. `saving`: on its way.
 * `reconnecting`: no connection, and nothing of mine is waiting. `not_saved`: something of mine is waiting and
 * there is no connection, or the server has not stored it for some seconds.
 */
export type SaveStatus = 'saved' | 'saving' | 'reconnecting' | 'not_saved'

/** Somebody who has this tracker open; several tabs are one person. */
export interface Person {
  readonly account: PresentAccount
  readonly isMe: boolean
  /** Where they are; of several tabs, the one used last. */
  readonly place: Place | null
  readonly idle: boolean
}

/** Somebody else's choice replaced mine within moments. */
export interface Overwritten {
  readonly issueId: IssueId
  readonly partyId: PartyId
  readonly field: string
  readonly mine: unknown
  readonly theirs: unknown
  readonly by: string
}

export interface Writing {
  readonly doc: Y.Doc
  readonly undoManager: Y.UndoManager
  readonly awareness: Awareness
}

export interface Negotiation {
  readonly trackerId: TrackerId
  readonly me: PresentAccount
  readonly role: Accessor<Role>
  readonly mayEdit: Accessor<boolean>
  /** The live document; for compare, restore and the text editor. */
  readonly doc: Y.Doc
  readonly view: MatrixView
  /** True once the server's state has arrived for the first time. */
  readonly loaded: Accessor<boolean>
  readonly link: Accessor<Link>
  readonly status: Accessor<SaveStatus>
  /** Resolves when everything that I did until now is on the server's disk. */
  readonly whenSaved: () => Promise<void>
  /** One action of mine, one step of undo. Without the right to edit it does nothing and answers false. */
  readonly act: (label: string, verbs: (doc: Y.Doc) => void) => boolean
  readonly undo: () => Step | undefined
  readonly redo: () => Step | undefined
  readonly undoManager: Y.UndoManager
  /** What a text editor in a column writes into; null for what belongs to no column. */
  readonly writing: (partyId: PartyId | null) => Writing
  /** The compartment in which a record is; undefined for what everybody sees. */
  readonly compartmentOf: <Id extends string>(
    kind: RecordKind<Id, object>,
    id: Id,
  ) => ApiCompartment | undefined
  readonly compartments: Compartments
  readonly people: Accessor<readonly Person[]>
  /** Others (not me) whose active cell this is; wakes only this cell. */
  readonly peopleAt: (issueId: IssueId, partyId: PartyId | null) => readonly Person[]
  readonly setPlace: (place: Place | null) => void
  /** The stock awareness, for carets inside a text. */
  readonly awareness: Awareness
  readonly onOverwritten: (tell: (event: Overwritten) => void) => () => void
}

export const NegotiationContext = createContext<Negotiation>()

export const useNegotiation = (): Negotiation => {
  const negotiation = useContext(NegotiationContext)
  if (!negotiation) throw new Error('useNegotiation needs <NegotiationContext.Provider> above it')
  return negotiation
}
