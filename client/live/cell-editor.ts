/** The one text editor of the page, mounted on what is being written: its text is the document's own. Loaded late. */
import { defaultKeymap } from '@codemirror/commands'
import { EditorSelection, EditorState, Prec } from '@codemirror/state'
import { EditorView, keymap } from '@codemirror/view'
import { yCollab, ySyncFacet } from 'y-codemirror.next'
import * as Y from 'yjs'
import { remoteCarets } from '#client/live/carets.ts'
import type { Negotiation } from '#client/live/negotiation.ts'
import { noteReported } from '#shared/document/cells.ts'
import {
  descriptionText,
  positionText,
  readText,
  positionName,
  type TextOwner,
} from '#shared/document/layout.ts'

export interface EditorOptions {
  readonly negotiation: Negotiation
  /** The position in a cell, or without a party the issue's description. */
  readonly owner: TextOwner
  readonly parent: HTMLElement
  readonly label: string
  /** Written in place of what is there, as the first thing that I do. */
  readonly replaceBy?: string | undefined
  /** True where the key is dealt with; asked before the editor looks at it. */
  readonly onKey: (event: KeyboardEvent) => boolean
  readonly onBlur?: () => void
}

export interface TextEditor {
  readonly focus: () => void
  /** At the caret. */
  readonly insert: (words: string) => void
  /** Takes back what I wrote since the editor was mounted, and nothing of what others did meanwhile. */
  readonly revert: () => void
  /** What I was writing, also after somebody else has removed what it belonged to. */
  readonly written: () => string
  readonly dispose: () => void
}

export const mountTextEditor = (options: EditorOptions): TextEditor => {
  const { negotiation, owner, parent } = options
  const { issueId, partyId } = owner
  const { awareness, doc, undoManager } = negotiation.writing(partyId)
  const text =
    partyId === null ? descriptionText(doc, issueId) : positionText(doc, issueId, partyId)
  let written = text.toString()

  undoManager.stopCapturing()
  const undoable = undoManager.undoStack.length
  const view = new EditorView({
    parent,
    state: EditorState.create({
      doc: written,
      selection: EditorSelection.cursor(written.length),
      extensions: [
        Prec.highest(EditorView.domEventHandlers({ keydown: event => options.onKey(event) })),
        Prec.high(
          keymap.of([
            { key: 'Alt-Enter', run: breakLine },
            { key: 'Mod-z', preventDefault: true, run: () => undoWithin(undoManager, undoable) },
            { key: 'Mod-y', preventDefault: true, run: () => redo(undoManager) },
            { key: 'Mod-Shift-z', preventDefault: true, run: () => redo(undoManager) },
          ]),
        ),
        keymap.of(defaultKeymap),
        EditorView.lineWrapping,
        EditorView.perLineTextDirection.of(true),
        EditorView.contentAttributes.of({
          'aria-label': options.label,
          dir: 'auto',
          // It has the focus anyway; named, so that what scrolls around it is known to be reached by keyboard.
          tabindex: '0',
          spellcheck: 'true',
          autocapitalize: 'sentences',
        }),
        asPage,
        EditorView.cspNonce.of(styleNonce()),
        EditorView.updateListener.of(update => {
          // Another's removal of the row empties the text in one stroke: what stood before is what I want back.
          if (update.docChanged && update.state.doc.length > 0)
            written = update.state.doc.toString()
        }),
        EditorView.domEventHandlers({ blur: () => options.onBlur?.() }),
        yCollab(text, null, { undoManager }),
        remoteCarets(text, awareness),
      ],
    }),
  })

  const origin = view.state.facet(ySyncFacet)
  // My own steps once more as a single one, so that Escape can take back exactly this sitting.
  const sitting = new Y.UndoManager(doc, {
    trackedOrigins: new Set<unknown>([origin]),
    captureTimeout: Number.MAX_SAFE_INTEGER,
  })
  const onTyped = (_event: unknown, transaction: Y.Transaction): void => {
    if (transaction.origin !== origin || partyId === null || text.length === 0) return
    stopObserving()
    // Under the editor's origin, so that undo takes back the words and what they made known in one step.
    queueMicrotask(() => {
      if (readText(doc, positionName(issueId, partyId)) !== '')
        doc.transact(() => noteReported(doc, issueId, partyId), origin)
    })
  }
  let observing = true
  const stopObserving = (): void => {
    if (observing) text.unobserve(onTyped)
    observing = false
  }
  text.observe(onTyped)

  if (options.replaceBy !== undefined)
    view.dispatch({
      changes: { from: 0, to: view.state.doc.length, insert: options.replaceBy },
      selection: EditorSelection.cursor(options.replaceBy.length),
    })

  return {
    focus: () => view.focus(),
    insert: words => view.dispatch(view.state.replaceSelection(words)),
    revert: () => {
      sitting.undo()
      undoManager.undoStack.splice(undoable)
    },
    written: () => written,
    dispose: () => {
      stopObserving()
      view.destroy()
      sitting.destroy()
      undoManager.stopCapturing()
    },
  }
}

/** The editor looks like the text that it stands in for. Its own styles lie in no layer, so ours cannot either. */
const asPage = EditorView.theme({
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': { fontFamily: 'inherit', lineHeight: 'inherit' },
  '.cm-content': { padding: '0', caretColor: 'var(--ink)' },
  '.cm-line': { padding: '0' },
})

/** By which the page's policy lets the editor's style sheets in. */
const styleNonce = (): string =>
  document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? ''

const breakLine = (view: EditorView): boolean => {
  view.dispatch(view.state.replaceSelection('\n'), { scrollIntoView: true })
  return true
}

/** Inside a text, undo goes back to where the writing began and no further: the rest is out of sight. */
const undoWithin = (manager: Y.UndoManager, least: number): boolean => {
  if (manager.undoStack.length > least) manager.undo()
  return true
}

const redo = (manager: Y.UndoManager): boolean => {
  manager.redo()
  return true
}
