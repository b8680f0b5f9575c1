/** The compartments that I am in: each a document beside the matrix, with a connection of its own. */
import { createEffect, createRoot, createSignal, on, untrack, type Accessor } from 'solid-js'
import { Awareness } from 'y-protocols/awareness'
import type * as Y from 'yjs'
import { api } from '#client/api.ts'
import type { Beside } from '#client/live/binding.ts'
import { connect, type Connection } from '#client/live/connection.ts'
import { notifyKept } from '#client/live/kept-words.ts'
import type { Link, SaveStatus } from '#client/live/negotiation.ts'
import { watchUnsaved, type Unsaved } from '#client/live/unsaved.ts'
import type { ApiCompartments } from '#shared/compartment-api.ts'
import { CLOSES, compartmentRef } from '#shared/access.ts'
import { sparseDoc } from '#shared/document/sparse.ts'
import type { CompartmentId, TrackerId } from '#shared/ids.ts'
import type { PresentAccount } from '#shared/presence.ts'

export interface OpenCompartment {
  readonly id: string
  readonly doc: Y.Doc
  readonly awareness: Awareness
  readonly wire: Connection
}

export interface Compartments {
  /** What I may know of them. */
  readonly known: Accessor<ApiCompartments>
  /** Asks the server which there are now. */
  readonly refresh: () => Promise<void>
}

export const NO_COMPARTMENTS: ApiCompartments = { compartments: [], withheld: 0 }

interface Opening extends OpenCompartment {
  readonly unsaved: Unsaved
  readonly dispose: () => void
}

const OUT = 'You are no longer in it.'

const refusalOf = ({ code, reason }: Link & { at: 'refused' }): string =>
  code === CLOSES.notFound.code ? OUT : reason

const lostIn = (name: string, reason: string): string =>
  `What you last wrote in the compartment “${name}” was not saved and has been undone. ${reason}`

export const openCompartments = (options: {
  readonly trackerId: TrackerId
  readonly me: PresentAccount
  readonly url: string
  /** The document of the matrix. */
  readonly matrix: Y.Doc
  /** That of the matrix: after every break of it they may be others. */
  readonly link: Accessor<Link>
}) => {
  const { link, matrix, me, trackerId, url } = options
  const [known, setKnown] = createSignal(NO_COMPARTMENTS)
  const opening = new Map<string, Opening>()
  const [open, setOpen] = createSignal<readonly Opening[]>([])
  const watchers = new Set<Parameters<Beside['watch']>[0]>()
  let docs: readonly Y.Doc[] = []
  let isDisposed = false

  const show = (which: Opening, isThere: boolean): void => {
    const others = open().filter(({ id }) => id !== which.id)
    if (!isThere && others.length === open().length) return
    const now = isThere ? [...others, which] : others
    docs = now.map(({ doc }) => doc)
    setOpen(now)
    for (const told of watchers) told(which.doc, isThere)
  }

  const close = (which: Opening, reason: string): void => {
    if (which.wire.waiting()) {
      const name = known().compartments.find(({ id }) => id === which.id)?.name ?? ''
      notifyKept(lostIn(name, reason), which.unsaved.words())
    }
    opening.delete(which.id)
    show(which, false)
    which.dispose()
  }

  const enter = (id: string): void =>
    createRoot(disposeRoot => {
      const doc = sparseDoc()
      const awareness = new Awareness(doc)
      awareness.setLocalState({ account: me, place: null, idle: false })
      const { name } = compartmentRef(trackerId, id as CompartmentId)
      const wire = connect({ url, name, doc, awareness })
      const unsaved = watchUnsaved(doc, wire.waiting, matrix)
      const which: Opening = {
        id,
        doc,
        awareness,
        wire,
        unsaved,
        dispose: () => {
          disposeRoot()
          unsaved.dispose()
          wire.dispose()
          awareness.destroy()
          doc.destroy()
        },
      }
      opening.set(id, which)
      createEffect(() => {
        if (wire.loaded()) untrack(() => show(which, true))
      })
      createEffect(() => {
        const now = wire.link()
        if (now.at !== 'refused') return
        // Put out, or no longer an editor: what may still be read is read anew.
        queueMicrotask(() => {
          if (opening.get(id) === which) close(which, refusalOf(now))
          void refresh()
        })
      })
    })

  const refresh = async (): Promise<void> => {
    const found = await api
      .get<ApiCompartments>(`/api/trackers/${trackerId}/compartments`)
      .catch(() => undefined)
    if (!found || isDisposed) return
    const mine = new Set(found.compartments.map(({ id }) => id))
    // Before their names are forgotten.
    for (const which of opening.values()) if (!mine.has(which.id)) close(which, OUT)
    setKnown(found)
    for (const id of mine) if (!opening.has(id)) enter(id)
  }

  const disposeRoot = createRoot(dispose => {
    createEffect(
      on(
        () => link().at,
        at => void (at === 'live' && refresh()),
      ),
    )
    return dispose
  })
  const onFocus = (): void => void refresh()
  addEventListener('focus', onFocus)

  const beside: Beside = {
    docs: () => docs,
    watch: told => {
      watchers.add(told)
      return () => watchers.delete(told)
    },
  }
  return {
    beside,
    known,
    open,
    refresh,
    statuses: (): readonly SaveStatus[] => open().map(({ wire }) => wire.status()),
    whenSaved: async (): Promise<void> =>
      void (await Promise.all(open().map(({ wire }) => wire.whenSaved()))),
    isWaiting: (): boolean => open().some(({ wire }) => wire.waiting()),
    unsavedWords: (): readonly string[] => open().map(({ unsaved }) => unsaved.words()),
    dispose: () => {
      isDisposed = true
      removeEventListener('focus', onFocus)
      disposeRoot()
      for (const which of opening.values()) which.dispose()
    },
  }
}
