/** The rooms that are open: each opened once, closed when nobody is there and everything is on disk. */
import * as Y from 'yjs'
import { CLOSES, type DocumentName, type DocumentRef, type Role } from '#shared/access.ts'
import type { AccountId, TrackerId } from '#shared/ids.ts'
import type { Clock } from '#server/live/clock.ts'
import type { Loaded } from '#server/live/intake.ts'
import { Journal } from '#server/live/journal.ts'
import { LIMITS, type Limits } from '#server/live/limits.ts'
import { Room, type SavedEdits } from '#server/live/room.ts'
import type { Store } from '#server/store/store.ts'

export interface RoomsDeps {
  readonly store: Store
  readonly clock: Clock
  readonly limits?: Limits
  /** After each batch of edits that reached the disk. A throw is logged and changes nothing. */
  readonly onSaved?: (edits: SavedEdits) => void
  /** Before a room leaves memory; while it runs, somebody may come back, and the room stays. */
  readonly onEvict?: (ref: DocumentRef, doc: Y.Doc, head: number) => Promise<void>
  readonly onFailing?: (error: unknown) => void
  readonly onRecovered?: () => void
  /** For the log: what happened, in which document; never content. */
  readonly onTrouble?: (document: DocumentName | null, what: string, detail: unknown) => void
  /** How long an empty room stays in memory. */
  readonly lingerMs?: number
}

/** Journal entries after which a checkpoint makes opening fast again. */
const CHECKPOINT_EVERY = 500
const LINGER = 30_000

interface Opened {
  readonly room: Room
  checkpointed: number
  /** Changes whenever somebody asks for the room. */
  visits: number
  stopTimer: (() => void) | undefined
}

export class Rooms {
  readonly #deps: RoomsDeps
  readonly #journal: Journal
  readonly #limits: Limits
  readonly #loading = new Map<DocumentName, Promise<Opened>>()
  readonly #open = new Map<DocumentName, Opened>()
  readonly #roleWatchers = new Set<RoleWatcher>()
  #isClosing = false

  constructor(deps: RoomsDeps) {
    this.#deps = deps
    this.#limits = deps.limits ?? LIMITS
    this.#journal = new Journal(deps.store, deps.clock, {
      onFailing: error => deps.onFailing?.(error),
      onRecovered: () => deps.onRecovered?.(),
      onRefused: (document, error) => deps.onTrouble?.(document, 'refused by the store', error),
    })
  }

  /** The room of a document, from memory or from disk. A load that fails is forgotten: the next one tries again. */
  async open(ref: DocumentRef): Promise<Room> {
    if (this.#isClosing) throw new Error('Closing')
    const opened = this.#open.get(ref.name) ?? (await this.#load(ref))
    opened.visits++
    this.#linger(opened)
    return opened.room
  }

  /** An account's role in a tracker has changed (null: it has lost access): its connections learn it at once. */
  setRole(trackerId: TrackerId, account: AccountId, role: Role | null): void {
    for (const { room } of this.#open.values())
      if (room.ref.trackerId === trackerId) room.setRole(account, role)
    for (const watcher of this.#roleWatchers) watcher(trackerId, account)
  }

  /** For the socket edge: who is on the way in must ask for its role again. */
  watchRoles(watcher: RoleWatcher): void {
    this.#roleWatchers.add(watcher)
  }

  /** Sends everybody away, brings everything to disk, and forgets. Waits for as long as the disk fails. */
  async closeAll(): Promise<void> {
    this.#isClosing = true
    await Promise.allSettled(this.#loading.values())
    for (const { room } of this.#open.values()) room.closeAll(CLOSES.unavailable)
    await this.#journal.whenIdle()
    for (const opened of this.#open.values()) {
      opened.stopTimer?.()
      await this.#farewell(opened)
      this.#forget(opened)
    }
  }

  #load(ref: DocumentRef): Promise<Opened> {
    const known = this.#loading.get(ref.name)
    if (known) return known
    const loading = this.#read(ref)
    this.#loading.set(ref.name, loading)
    const done = (): boolean => this.#loading.delete(ref.name)
    loading.then(done, done)
    return loading
  }

  async #read(ref: DocumentRef): Promise<Opened> {
    const loaded = await loadDocument(this.#deps.store, ref.name)
    const opened: Opened = {
      room: this.#room(ref, loaded),
      checkpointed: loaded.checkpointed,
      visits: 0,
      stopTimer: undefined,
    }
    this.#open.set(ref.name, opened)
    return opened
  }

  #room(ref: DocumentRef, loaded: Loaded): Room {
    const { clock, onSaved, onTrouble, store } = this.#deps
    return new Room(ref, loaded, {
      clock,
      limits: this.#limits,
      journal: this.#journal,
      readDisk: async () => {
        const { doc } = await loadDocument(store, ref.name)
        const state = Y.encodeStateAsUpdate(doc)
        doc.destroy()
        return state
      },
      onSaved: edits => {
        try {
          onSaved?.(edits)
        } catch (error) {
          onTrouble?.(ref.name, 'after saving', error)
        }
        this.#checkpointSometimes(ref.name)
      },
      onTrouble: (what, detail) => onTrouble?.(ref.name, what, detail),
      onBroken: room => {
        const opened = this.#open.get(ref.name)
        if (opened?.room === room) this.#retire(opened)
      },
    })
  }

  /** A broken room's accepted edits still go to disk; only then is the document opened anew. */
  #retire(opened: Opened): void {
    this.#forget(opened)
    const { ref } = opened.room
    const anew = opened.room.whenDurable().then(() => this.#read(ref))
    this.#loading.set(ref.name, anew)
    const done = (): boolean => this.#loading.delete(ref.name)
    anew.then(done, done)
  }

  #checkpointSometimes(name: DocumentName): void {
    const opened = this.#open.get(name)
    if (!opened || opened.room.head - opened.checkpointed < CHECKPOINT_EVERY) return
    opened.checkpointed = opened.room.head
    opened.room.whenSaved((upTo, state) => void this.#checkpoint(name, upTo, state))
  }

  /** A checkpoint only makes opening faster: without it nothing is lost. */
  async #checkpoint(name: DocumentName, upTo: number, state: Uint8Array): Promise<void> {
    try {
      await this.#deps.store.checkpoint(name, { upTo, state })
    } catch (error) {
      this.#deps.onTrouble?.(name, 'no checkpoint', error)
    }
  }

  #linger(opened: Opened): void {
    opened.stopTimer?.()
    opened.stopTimer = this.#deps.clock.after(this.#deps.lingerMs ?? LINGER, () => {
      opened.stopTimer = undefined
      void this.#evict(opened)
    })
  }

  async #evict(opened: Opened): Promise<void> {
    const { room } = opened
    const visits = opened.visits
    const mayGo = (): boolean =>
      this.#open.get(room.ref.name) === opened &&
      opened.visits === visits &&
      room.isEmpty &&
      room.isClean
    if (mayGo()) await this.#farewell(opened)
    if (mayGo()) this.#forget(opened)
    else if (opened.visits === visits && this.#open.get(room.ref.name) === opened)
      this.#linger(opened)
  }

  async #farewell(opened: Opened): Promise<void> {
    const { room } = opened
    const { doc, head, ref } = room
    if (head > opened.checkpointed) {
      opened.checkpointed = head
      await this.#checkpoint(ref.name, head, Y.encodeStateAsUpdate(doc))
    }
    try {
      await this.#deps.onEvict?.(ref, doc, head)
    } catch (error) {
      this.#deps.onTrouble?.(ref.name, 'before leaving memory', error)
    }
  }

  #forget(opened: Opened): void {
    opened.stopTimer?.()
    this.#open.delete(opened.room.ref.name)
    opened.room.retire()
  }
}

const loadDocument = async (
  store: Store,
  name: DocumentName,
): Promise<Loaded & { readonly checkpointed: number }> => {
  const { checkpoint, clients, entries, head } = await store.load(name)
  const doc = new Y.Doc()
  let size = checkpoint?.state.length ?? 0
  Y.transact(doc, () => {
    if (checkpoint) Y.applyUpdate(doc, checkpoint.state)
    for (const { update } of entries) {
      Y.applyUpdate(doc, update)
      size += update.length
    }
  })
  if (doc.store.pendingStructs || doc.store.pendingDs)
    throw new Error(`The journal of ${name} has a gap`)
  return { doc, head, clients, size, checkpointed: checkpoint?.upTo ?? 0 }
}

/** Told after every change of a role. */
export type RoleWatcher = (trackerId: TrackerId, account: AccountId) => void
