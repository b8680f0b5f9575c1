/** The rooms that are open: each opened once, at rest when nobody edits, closed when nobody is there. */
import type * as Y from 'yjs'
import { CLOSES, type DocumentName, type DocumentRef, type Role } from '#shared/access.ts'
import type { AccountId, TrackerId } from '#shared/ids.ts'
import { Checkpoints } from '#server/live/checkpoints.ts'
import type { Clock } from '#server/live/clock.ts'
import type { Fold } from '#server/live/folding.ts'
import { Journal, type Backlog } from '#server/live/journal.ts'
import { LIMITS, type Limits } from '#server/live/limits.ts'
import { Observer } from '#server/live/observer.ts'
import { Pace } from '#server/live/pace.ts'
import { PenDrawers } from '#server/live/pens.ts'
import { Room, type RoomDeps, type SavedEdits } from '#server/live/room.ts'
import type { Store, Stored } from '#server/store/store.ts'

export interface RoomsDeps {
  readonly store: Store
  readonly clock: Clock
  readonly limits?: Limits
  readonly observer?: Observer
  /** Makes checkpoints. */
  readonly fold?: Fold
  /** An update that a connection brings along when it begins, as it may come in: of the same shape. */
  readonly brought?: (ref: DocumentRef, update: Uint8Array) => Uint8Array
  /** After each batch of edits that reached the disk. A throw is logged and changes nothing. */
  readonly onSaved?: (edits: SavedEdits) => void
  /** Before a document leaves memory; while it runs, somebody may come back, and the document stays. */
  readonly onEvict?: (ref: DocumentRef, doc: Y.Doc, head: number) => Promise<void>
  readonly onFailing?: (error: unknown) => void
  readonly onRecovered?: () => void
  /** For the log: what happened, in which document; never content. */
  readonly onTrouble?: (document: DocumentName | null, what: string, detail: unknown) => void
  /** How long an empty room stays open. */
  readonly lingerMs?: number
  /** How long the document of a room in which nobody edits stays in memory. */
  readonly restMs?: number
  /** Journal entries after which a checkpoint makes opening fast again. */
  readonly checkpointEvery?: number
}

/** A document cannot be opened now, and perhaps in a minute. */
export class Unavailable extends Error {}

/** How much there is, for whoever looks now and then. */
export interface Census {
  readonly rooms: number
  readonly documents: number
  /** What the documents take of memory, about. */
  readonly bytes: number
}

const LINGER = 30_000
const REST = 10 * 60_000
/** What a document takes in memory for each byte of its state: 13 to 19 were measured. */
const WEIGHT = 15

interface Opened {
  readonly room: Room
  /** Changes whenever somebody asks for the room. */
  visits: number
  stopTimer: (() => void) | undefined
}

export class Rooms {
  readonly #deps: RoomsDeps
  readonly #journal: Journal
  readonly #limits: Limits
  readonly #observer: Observer
  readonly #loading = new Map<DocumentName, Promise<Opened>>()
  /** Documents with which somebody wants to be alone, until they are not. */
  readonly #held = new Map<DocumentName, Promise<void>>()
  /** How often somebody has been. */
  readonly #holds = new Map<DocumentName, number>()
  readonly #open = new Map<DocumentName, Opened>()
  readonly #checkpoints: Checkpoints
  readonly #pace: Pace
  readonly #pens = new PenDrawers()
  readonly #roleWatchers = new Set<RoleWatcher>()
  #isClosing = false

  constructor(deps: RoomsDeps) {
    this.#deps = deps
    this.#limits = deps.limits ?? LIMITS
    this.#observer = deps.observer ?? new Observer()
    this.#pace = new Pace(deps.clock)
    this.#checkpoints = new Checkpoints({
      store: deps.store,
      fold: deps.fold,
      every: deps.checkpointEvery,
      onTrouble: (document, error) => deps.onTrouble?.(document, 'no checkpoint', error),
    })
    this.#journal = new Journal(
      deps.store,
      deps.clock,
      {
        onFailing: error => deps.onFailing?.(error),
        onRecovered: () => deps.onRecovered?.(),
        onRefused: (document, error) => this.#open.get(document)?.room.refused(error),
      },
      this.#limits,
    )
  }

  /**
   * The room of a document, with the document in memory. A load that fails is forgotten: the next one tries again.
   */
  async open(ref: DocumentRef): Promise<Room> {
    if (this.#isClosing) throw new Unavailable('The server is stopping')
    const opened = this.#open.get(ref.name) ?? (await this.#load(ref))
    opened.visits++
    const { room } = opened
    if (room.isResting) await this.#wake(room)
    return room
  }

  census(): Census {
    const awake = this.#awake()
    return { rooms: this.#open.size, documents: awake.length, bytes: memoryOf(awake) }
  }

  /** What was accepted and is not on disk. */
  backlog(): Backlog {
    return this.#journal.backlog()
  }

  /** An account's role in a tracker has changed (null: it has lost access): its connections learn it at once. */
  setRole(trackerId: TrackerId, account: AccountId, role: Role | null): void {
    for (const { room } of this.#open.values())
      if (room.ref.trackerId === trackerId) room.setRole(account, role)
    for (const watcher of this.#roleWatchers) watcher(trackerId, account)
  }

  /** An account may no longer come into a document: its connections to it are cut. */
  putOut({ name, trackerId }: DocumentRef, account: AccountId): void {
    this.#open.get(name)?.room.setRole(account, null)
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

  /**
   * Works on what is stored of documents with nobody there: everybody is sent away to come back, everything is on disk,
   * and whoever asks for one of them meanwhile waits. One at a time for each document.
   */
  async alone<Value>(refs: readonly DocumentRef[], work: () => Promise<Value>): Promise<Value> {
    const { promise: released, resolve: release } = Promise.withResolvers<void>()
    for (const { name } of refs) {
      this.#held.set(name, released)
      this.#holds.set(name, this.#holdsOf(name) + 1)
    }
    try {
      await Promise.all(refs.map(({ name }) => this.#empty(name)))
      return await work()
    } finally {
      for (const { name } of refs) this.#held.delete(name)
      release()
    }
  }

  #holdsOf(name: DocumentName): number {
    return this.#holds.get(name) ?? 0
  }

  async #empty(name: DocumentName): Promise<void> {
    const opened = this.#open.get(name)
    if (opened) {
      const { room } = opened
      room.closeAll(CLOSES.unavailable)
      this.#forget(opened)
      await room.whenDurable()
    }
    await this.#checkpoints.settled(name)
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
    this.#makeSpace()
    let stored: Stored
    let holds: number
    do {
      holds = this.#holdsOf(ref.name)
      await this.#held.get(ref.name)
      stored = await this.#deps.store.load(ref.name)
      // What was read while somebody began to change it is of no use.
    } while (this.#holdsOf(ref.name) !== holds)
    const { clock } = this.#deps
    const start = clock.elapsed()
    const room = new Room(ref, stored, this.#roomDeps(ref))
    this.#observer.worked('opening a document', clock.elapsed() - start)
    const opened: Opened = { room, visits: 0, stopTimer: undefined }
    this.#checkpoints.opened(ref.name, stored.checkpoint)
    this.#open.set(ref.name, opened)
    this.#linger(opened)
    return opened
  }

  async #wake(room: Room): Promise<void> {
    this.#makeSpace()
    await room.wake()
  }

  #roomDeps(ref: DocumentRef): RoomDeps {
    const { name } = ref
    const { brought, clock, onSaved, onTrouble, store } = this.#deps
    return {
      clock,
      limits: this.#limits,
      journal: this.#journal,
      pace: this.#pace,
      pens: this.#pens.of(name),
      observer: this.#observer,
      load: () => store.load(name),
      brought: update => brought?.(ref, update) ?? update,
      onSaved: edits => {
        try {
          onSaved?.(edits)
        } catch (error) {
          onTrouble?.(name, 'after saving', error)
        }
        this.#checkpoints.saved(name, edits.head)
      },
      onTrouble: (what, detail) => onTrouble?.(name, what, detail),
      onBroken: room => {
        this.#observer.broken++
        const opened = this.#open.get(name)
        if (opened?.room === room) this.#retire(opened)
      },
    }
  }

  /** The broken room's accepted edits still go to disk; only then is the document opened anew. */
  #retire(opened: Opened): void {
    this.#forget(opened)
    const { ref } = opened.room
    const anew = opened.room.whenDurable().then(() => this.#read(ref))
    this.#loading.set(ref.name, anew)
    const done = (): boolean => this.#loading.delete(ref.name)
    anew.then(done, done)
  }

  /** Looks after a room from time to time, for as long as it is open. */
  #linger(opened: Opened): void {
    const { clock, lingerMs = LINGER, restMs = REST } = this.#deps
    const { room } = opened
    opened.stopTimer = clock.after(lingerMs, () => {
      opened.stopTimer = undefined
      const idle = clock.now() - room.usedAt
      const isDone = room.isEmpty ? idle >= lingerMs : !room.isResting && idle >= restMs
      void (isDone ? this.#letGo(opened) : Promise.resolve()).then(() => {
        if (this.#isOpen(opened)) this.#linger(opened)
      })
    })
  }

  /** The document leaves memory, and its room too when nobody is there. */
  async #letGo(opened: Opened): Promise<void> {
    const { room } = opened
    const { visits } = opened
    const { usedAt } = room
    const mayGo = (): boolean =>
      this.#isOpen(opened) && opened.visits === visits && room.usedAt === usedAt && room.isClean
    if (mayGo()) await this.#farewell(opened)
    if (!mayGo()) return
    if (!room.isResting) this.#observer.evicted++
    if (room.isEmpty) this.#forget(opened)
    else room.rest()
  }

  #awake(): readonly Opened[] {
    return [...this.#open.values()].filter(({ room }) => !room.isResting)
  }

  #isOpen(opened: Opened): boolean {
    return this.#open.get(opened.room.ref.name) === opened
  }

  /** The documents that nobody has used for longest leave. Throws where that is not enough for another one. */
  #makeSpace(): void {
    const { memory } = this.#limits
    const awake = this.#awake()
    let used = memoryOf(awake)
    if (used <= memory) return
    for (const opened of awake.toSorted((a, b) => a.room.usedAt - b.room.usedAt)) {
      if (used <= memory) return
      if (!opened.room.isIdle) continue
      used -= opened.room.size * WEIGHT
      void this.#letGo(opened)
    }
    if (used > memory) throw new Unavailable('The documents in use take all the memory they may')
  }

  /** Before the document of a room leaves memory. */
  async #farewell(opened: Opened): Promise<void> {
    const { room } = opened
    const { head, ref } = room
    await this.#checkpoints.make(ref.name, head)
    if (room.isResting || !this.#isOpen(opened)) return
    const { doc } = room
    try {
      await this.#deps.onEvict?.(ref, doc, head)
    } catch (error) {
      this.#deps.onTrouble?.(ref.name, 'before leaving memory', error)
    }
  }

  #forget(opened: Opened): void {
    opened.stopTimer?.()
    const { room } = opened
    this.#open.delete(room.ref.name)
    this.#checkpoints.closed(room.ref.name)
    room.retire()
  }
}

const memoryOf = (awake: readonly Opened[]): number =>
  awake.reduce((sum, { room }) => sum + room.size * WEIGHT, 0)

/** Told after every change of a role. */
export type RoleWatcher = (trackerId: TrackerId, account: AccountId) => void
