/** Taking snapshots of live trackers, and telling what changed between them. */
import * as Y from 'yjs'
import { asApi, type Archive, type Words } from '#server/history/archive.ts'
import type { Matrices } from '#server/history/matrices.ts'
import { turns, type InTurn } from '#server/history/turns.ts'
import type { Store } from '#server/store/store.ts'
import type { ApiHistory, SnapshotEntry, SnapshotKind } from '#shared/api.ts'
import { compare, isUnchanged, type Comparison } from '#shared/compare/compare.ts'
import { summarise, type KindsSaid } from '#shared/compare/summary.ts'
import { readTracker } from '#shared/document/tracker.ts'
import type { AccountId, SnapshotId, TrackerId } from '#shared/ids.ts'
import type { Tracker } from '#shared/tracker.ts'

/** A document's state at one moment, with what it says. */
export interface Captured {
  readonly state: Uint8Array
  readonly tracker: Tracker
  readonly seq: number
}

export const capture = (doc: Y.Doc): Omit<Captured, 'seq'> => ({
  state: Y.encodeStateAsUpdateV2(doc),
  tracker: readTracker(doc),
})

export interface SnapshotRequest {
  readonly kind: SnapshotKind
  readonly label: string
  readonly note: string
  /** Null for automatic ones. */
  readonly by: AccountId | null
}

export const AUTOMATIC = {
  kind: 'automatic',
  label: '',
  note: '',
  by: null,
} as const satisfies SnapshotRequest

const SAFETY_KINDS: ReadonlySet<SnapshotKind> = new Set(['before_restore', 'before_import'])

/** A snapshot with the tracker as it was. */
export interface Past {
  readonly snapshot: SnapshotEntry
  readonly tracker: Tracker
}

interface Since {
  readonly comparison: Comparison
  readonly authors: readonly AccountId[]
  readonly edits: number
}

/** What a tracker without snapshots is compared with. */
export const EMPTY = readTracker(new Y.Doc())

export class Snapshots {
  readonly #archive: Archive
  readonly #matrices: Pick<Matrices, 'read'>
  readonly #store: Store
  readonly #now: () => number
  /** For whatever makes, changes or takes away snapshots of a tracker: each then knows the one before it. */
  readonly inTurn: InTurn = turns()
  /** How often a tracker's past has been rewritten since the start. */
  readonly #rewritings = new Map<TrackerId, number>()

  constructor(deps: {
    readonly archive: Archive
    readonly matrices: Pick<Matrices, 'read'>
    readonly store: Store
    readonly now: () => number
  }) {
    this.#archive = deps.archive
    this.#matrices = deps.matrices
    this.#store = deps.store
    this.#now = deps.now
  }

  /**
   * Saves what the tracker holds now. Where nothing changed since the newest snapshot, one that somebody asks for
   * is saved all the same, a safety snapshot is the newest one, and an automatic one is null.
   */
  save(
    trackerId: TrackerId,
    request: SnapshotRequest & { readonly kind: 'automatic' },
  ): Promise<SnapshotEntry | null>
  save(trackerId: TrackerId, request: SnapshotRequest): Promise<SnapshotEntry>
  save(trackerId: TrackerId, request: SnapshotRequest): Promise<SnapshotEntry | null> {
    return this.inTurn(trackerId, async () => {
      const { value, seq } = await this.#matrices.read(trackerId, capture)
      return this.#take(trackerId, { ...value, seq }, request)
    })
  }

  /**
   * The same for a state in hand, as of a room that is about to close. One that says what has been taken out of the
   * tracker since is not saved.
   */
  saveCaptured(
    trackerId: TrackerId,
    captured: Captured,
    request: SnapshotRequest,
  ): Promise<SnapshotEntry | null> {
    const rewritings = this.#rewritings.get(trackerId)
    return this.inTurn(trackerId, async () =>
      this.#rewritings.get(trackerId) === rewritings
        ? this.#take(trackerId, captured, request)
        : null,
    )
  }

  /** For whatever rewrites the tracker's past: no snapshot is made or changed meanwhile. */
  rewriting<Value>(trackerId: TrackerId, task: () => Promise<Value>): Promise<Value> {
    return this.inTurn(trackerId, async () => {
      this.#rewritings.set(trackerId, (this.#rewritings.get(trackerId) ?? 0) + 1)
      return task()
    })
  }

  /** `said` answers the kinds that people have given to changes between two entries of the journal. */
  async list(
    trackerId: TrackerId,
    said: (after: number, upTo: number) => KindsSaid = () => new Map(),
  ): Promise<Omit<ApiHistory, 'retention'>> {
    const { value: tracker, seq } = await this.#matrices.read(trackerId, readTracker)
    const snapshots = await this.#archive.all(trackerId)
    const { authors, comparison, edits } = await this.#since(trackerId, snapshots[0], tracker, seq)
    return {
      snapshots,
      sinceThen: {
        summary: asApi(summarise(comparison, said(snapshots[0]?.seq ?? 0, seq))),
        authors: await this.#archive.authors(authors),
        edits,
      },
    }
  }

  async read(trackerId: TrackerId, id: SnapshotId): Promise<Past | undefined> {
    const snapshot = await this.#archive.find(trackerId, id)
    const tracker = await this.#archive.tracker(trackerId, id)
    return snapshot && tracker && { snapshot, tracker }
  }

  /** The stored state: gzip over a Yjs update V2. */
  state(trackerId: TrackerId, id: SnapshotId): Promise<Uint8Array | undefined> {
    return this.#archive.packed(trackerId, id)
  }

  annotate(trackerId: TrackerId, id: SnapshotId, words: Words): Promise<SnapshotEntry | undefined> {
    return this.inTurn(trackerId, () => this.#archive.annotate(trackerId, id, words))
  }

  /** Signs in the account's name; signing once more replaces the note and the time. */
  sign(
    trackerId: TrackerId,
    snapshotId: SnapshotId,
    by: AccountId,
    note: string,
  ): Promise<SnapshotEntry | undefined> {
    return this.inTurn(trackerId, () =>
      this.#archive.sign(trackerId, { snapshotId, by, note, at: this.#now() }),
    )
  }

  unsign(trackerId: TrackerId, id: SnapshotId, by: AccountId): Promise<SnapshotEntry | undefined> {
    return this.inTurn(trackerId, () => this.#archive.unsign(trackerId, id, by))
  }

  async #take(
    trackerId: TrackerId,
    { state, tracker, seq }: Captured,
    request: SnapshotRequest,
  ): Promise<SnapshotEntry | null> {
    const previous = await this.#archive.latest(trackerId)
    const { authors, comparison } = await this.#since(trackerId, previous, tracker, seq)
    if (isSame(comparison)) {
      if (request.kind === 'automatic') return null
      if (previous && SAFETY_KINDS.has(request.kind)) return previous
    }
    return this.#archive.add(trackerId, {
      ...request,
      seq,
      at: this.#now(),
      authors,
      summary: summarise(comparison),
      state,
    })
  }

  async #since(
    trackerId: TrackerId,
    previous: SnapshotEntry | undefined,
    now: Tracker,
    seq: number,
  ): Promise<Since> {
    const from = previous?.seq ?? 0
    const entries = await this.#store.readSince(trackerId, from)
    const then = previous
      ? await this.#archive.tracker(trackerId, previous.id as SnapshotId)
      : EMPTY
    if (!then) throw new Error(`Snapshot ${previous?.id} of tracker ${trackerId} has no state`)
    const edits = entries.filter(entry => entry.seq <= seq)
    return {
      comparison: compare(then, now),
      authors: [...new Set(edits.map(({ account }) => account))],
      edits: edits.length,
    }
  }
}

/** Also in the evidence, which a comparison of the matrix leaves out. */
const isSame = (comparison: Comparison): boolean => {
  const { after, before } = comparison
  return (
    isUnchanged(comparison) &&
    JSON.stringify([before.sources, before.claims]) ===
      JSON.stringify([after.sources, after.claims])
  )
}
