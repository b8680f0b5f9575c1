/** Where others write in the same text: their carets and selections, with names, and mine for them. */
import {
  Decoration,
  ViewPlugin,
  WidgetType,
  type DecorationSet,
  type EditorView,
  type ViewUpdate,
} from '@codemirror/view'
import { Annotation, type Range } from '@codemirror/state'
import * as Y from 'yjs'
import type { Awareness } from 'y-protocols/awareness'
import type { PresenceState } from '#shared/presence.ts'

const moved = Annotation.define<true>()

/** The same field and form as y-codemirror.next's, so that a stock editor sees my caret and I see its. */
interface Cursor {
  readonly anchor: unknown
  readonly head: unknown
}

/** Classes instead of inline styles, which the content security policy does not let a page have. */
export const remoteCarets = (text: Y.Text, awareness: Awareness) =>
  ViewPlugin.fromClass(
    class {
      decorations: DecorationSet = Decoration.none
      readonly #listen: (change: Record<'added' | 'updated' | 'removed', number[]>) => void

      constructor(view: EditorView) {
        this.#listen = ({ added, updated, removed }) => {
          if ([...added, ...updated, ...removed].some(client => client !== awareness.clientID))
            view.dispatch({ annotations: moved.of(true) })
        }
        awareness.on('change', this.#listen)
        this.decorations = drawn(text, awareness)
        turnNames(view)
      }

      update(update: ViewUpdate): void {
        if (update.selectionSet || update.docChanged || update.focusChanged)
          tell(text, awareness, update.view)
        this.decorations = drawn(text, awareness)
        turnNames(update.view)
      }

      destroy(): void {
        awareness.off('change', this.#listen)
        if (awareness.getLocalState()?.['cursor']) awareness.setLocalStateField('cursor', null)
      }
    },
    { decorations: value => value.decorations },
  )

const tell = (text: Y.Text, awareness: Awareness, view: EditorView): void => {
  if (!view.hasFocus) return
  const { anchor, head } = view.state.selection.main
  // Awareness may not be told while a transaction is being applied to the editor.
  queueMicrotask(() =>
    awareness.setLocalStateField('cursor', {
      anchor: Y.createRelativePositionFromTypeIndex(text, Math.min(anchor, text.length)),
      head: Y.createRelativePositionFromTypeIndex(text, Math.min(head, text.length)),
    }),
  )
}

const drawn = (text: Y.Text, awareness: Awareness): DecorationSet => {
  const decorations: Range<Decoration>[] = []
  for (const [client, state] of awareness.getStates() as Map<number, PresenceState>) {
    const cursor = state.cursor as Cursor | null | undefined
    if (client === awareness.clientID || !cursor) continue
    const [anchor, head] = [placeIn(text, cursor.anchor), placeIn(text, cursor.head)]
    if (anchor === undefined || head === undefined) continue
    const colour = state.account?.colour ?? 0
    const [from, to] = anchor < head ? [anchor, head] : [head, anchor]
    if (from < to)
      decorations.push(
        Decoration.mark({ class: `remote-selection person-${colour}` }).range(from, to),
      )
    decorations.push(
      Decoration.widget({
        side: head > anchor ? -1 : 1,
        widget: new Caret(state.account?.name ?? 'Somebody', colour),
      }).range(head),
    )
  }
  return Decoration.set(decorations, true)
}

/** A name that would reach over the editor's edge hangs to the other side of its caret. */
const turnNames = (view: EditorView): void =>
  view.requestMeasure({
    key: turnNames,
    read: () => {
      const edge = view.dom.getBoundingClientRect()
      return [...view.dom.querySelectorAll<HTMLElement>('.remote-caret')].map(caret => {
        const at = caret.getBoundingClientRect().left
        const name = caret.firstElementChild?.getBoundingClientRect().width ?? 0
        const over =
          getComputedStyle(caret).direction === 'rtl'
            ? at - name < edge.left
            : at + name > edge.right
        return { caret, over }
      })
    },
    write: names => {
      for (const { caret, over } of names) caret.classList.toggle('turned', over)
    },
  })

const placeIn = (text: Y.Text, position: unknown): number | undefined => {
  if (!text.doc || typeof position !== 'object' || position === null) return undefined
  try {
    const place = Y.createAbsolutePositionFromRelativePosition(
      Y.createRelativePositionFromJSON(position),
      text.doc,
    )
    return place?.type === text ? place.index : undefined
  } catch {
    // What a peer calls a position may be anything.
    return undefined
  }
}

class Caret extends WidgetType {
  readonly name: string
  readonly colour: number

  constructor(name: string, colour: number) {
    super()
    this.name = name
    this.colour = colour
  }

  override eq(other: Caret): boolean {
    return other.name === this.name && other.colour === this.colour
  }

  override toDOM(): HTMLElement {
    const caret = document.createElement('span')
    caret.className = `remote-caret person-${this.colour}`
    const name = caret.appendChild(document.createElement('span'))
    name.className = 'remote-name'
    name.textContent = this.name
    return caret
  }

  override ignoreEvent(): boolean {
    return true
  }
}
