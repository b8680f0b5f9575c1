/** What this tab does to the document: each user action is one transaction and one step of undo, of mine alone. */
import * as Y from 'yjs'
import type { Address } from '#shared/document/changed.ts'
import { changedAddresses } from '#shared/document/changed.ts'

/** The origin of a user action's transaction: undo takes back exactly what carries it. */
export class Action {
  readonly label: string
  constructor(label: string) {
    this.label = label
  }
}

export interface Step {
  readonly label: string
  /** What it touched, so that the selection can go there. */
  readonly addresses: ReadonlySet<Address>
}

export interface Actions {
  /** Runs verbs as one action. Several calls to verbs inside are one step. */
  readonly act: (label: string, verbs: (doc: Y.Doc) => void) => void
  /** Undefined where there is nothing of mine to undo. */
  readonly undo: () => Step | undefined
  readonly redo: () => Step | undefined
  /** For the text editor, whose typing is grouped by pauses. */
  readonly manager: Y.UndoManager
  readonly dispose: () => void
}

const META = 'step'

export const createActions = (doc: Y.Doc): Actions => {
  const manager = new Y.UndoManager(doc, {
    trackedOrigins: new Set<unknown>([Action]),
    captureTimeout: 500,
  })
  manager.on('stack-item-added', ({ stackItem, origin }) => {
    if (origin instanceof Action) stackItem.meta.set(META, origin.label)
  })
  const step = (run: () => { meta: Map<unknown, unknown> } | null): Step | undefined => {
    let addresses: ReadonlySet<Address> = new Set()
    const note = (transaction: Y.Transaction): void => {
      addresses = new Set([...addresses, ...changedAddresses(transaction)])
    }
    doc.on('afterTransaction', note)
    const item = run()
    doc.off('afterTransaction', note)
    if (!item) return undefined
    const label = item.meta.get(META)
    return { label: typeof label === 'string' ? label : 'typing', addresses }
  }
  return {
    act: (label, verbs) => {
      manager.stopCapturing()
      doc.transact(() => verbs(doc), new Action(label))
      manager.stopCapturing()
    },
    undo: () => step(() => manager.undo()),
    redo: () => step(() => manager.redo()),
    manager,
    dispose: () => manager.destroy(),
  }
}
