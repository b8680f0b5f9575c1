/** What this tab does to the documents: each user action is one transaction and one step of undo, of mine alone. */
import * as Y from 'yjs'
import { NOTHING_BESIDE } from '#client/live/binding.ts'
import type { Address } from '#shared/document/changed.ts'
import { changedAddresses } from '#shared/document/changed.ts'
import { Together } from '#shared/document/together.ts'

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
  /** The same for a document beside the matrix. */
  readonly managerOf: (doc: Y.Doc) => Y.UndoManager
  readonly dispose: () => void
}

const META = 'step'

export const createActions = (
  main: Y.Doc,
  beside = NOTHING_BESIDE,
  together = new Together(main, beside.docs),
): Actions => {
  const managers = new Map<Y.Doc, Y.UndoManager>()
  /** Whose steps they were, the last one last. */
  const done: Y.UndoManager[] = []
  const undone: Y.UndoManager[] = []
  let isRedoing = false

  const manage = (doc: Y.Doc): Y.UndoManager => {
    const manager = new Y.UndoManager(doc, {
      trackedOrigins: new Set<unknown>([Action]),
      captureTimeout: 500,
      // An action opens one in each document, and may leave most as they were.
      captureTransaction: ({ changed }) => changed.size > 0,
    })
    manager.on('stack-item-added', ({ stackItem, origin, type }) => {
      if (origin instanceof Action) stackItem.meta.set(META, origin.label)
      if (type === 'redo') undone.push(manager)
      else {
        done.push(manager)
        if (!isRedoing) undone.length = 0
      }
    })
    managers.set(doc, manager)
    return manager
  }
  const manager = manage(main)
  const unwatch = beside.watch((doc, isThere) => {
    if (isThere) return void manage(doc)
    managers.get(doc)?.destroy()
    managers.delete(doc)
  })

  /** `onto`: where the way back is put, under the same name. */
  const step = (
    manager: Y.UndoManager,
    run: () => { meta: Map<unknown, unknown> } | null,
    onto: 'undoStack' | 'redoStack',
  ): Step | undefined => {
    const { doc } = manager
    let addresses: ReadonlySet<Address> = new Set()
    const note = (transaction: Y.Transaction): void => {
      addresses = new Set([...addresses, ...changedAddresses(transaction)])
    }
    doc.on('afterTransaction', note)
    const item = run()
    doc.off('afterTransaction', note)
    if (!item) return undefined
    const label = item.meta.get(META)
    manager[onto].at(-1)?.meta.set(META, label)
    return { label: typeof label === 'string' ? label : 'typing', addresses }
  }
  /** The last one that still has something; the matrix' own where none is known to. */
  const last = (order: Y.UndoManager[], stack: 'undoStack' | 'redoStack'): Y.UndoManager => {
    for (let next = order.pop(); next; next = order.pop())
      if (next[stack].length > 0 && managers.get(next.doc) === next) return next
    return manager
  }
  const stopCapturing = (): void => {
    for (const manager of managers.values()) manager.stopCapturing()
  }

  return {
    act: (label, verbs) => {
      stopCapturing()
      together.act(verbs, new Action(label))
      stopCapturing()
    },
    undo: () => {
      const manager = last(done, 'undoStack')
      return step(manager, () => manager.undo(), 'redoStack')
    },
    redo: () => {
      const manager = last(undone, 'redoStack')
      isRedoing = true
      try {
        return step(manager, () => manager.redo(), 'undoStack')
      } finally {
        isRedoing = false
      }
    },
    manager,
    managerOf: doc => managers.get(doc) ?? manager,
    dispose: () => {
      unwatch()
      for (const manager of managers.values()) manager.destroy()
    },
  }
}
