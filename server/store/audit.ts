/** Whether what is stored of a document is whole: every row, every edit and its author, the checkpoint, the snapshots. */
import { createHash } from 'node:crypto'
import { gunzipSync } from 'node:zlib'
import * as Y from 'yjs'
import type { DocumentName } from '#shared/access.ts'
import { CHANGES_VERSION, changesUnlike, type Change } from '#shared/history/changes.ts'
import type { Value } from '#shared/history/fields.ts'
import type { AccountId } from '#shared/ids.ts'
import type { Chain } from '#server/audit/chain.ts'
import { entriesOf, isSound, type CheckpointRow, type PackedRow } from '#server/store/rows.ts'
import { isSameDocument } from '#server/store/sameness.ts'
import { DamagedError, type Entry } from '#server/store/store.ts'

/** What there is in a database, and what is wrong with it. */
export interface Audit {
  readonly documents: number
  readonly entries: number
  /** What was noted of accounts and rights; null in a database of an older Parley. */
  readonly log: Chain | null
  /** One line each, those of the log too. */
  readonly faults: readonly string[]
}

export interface StoredSnapshot {
  readonly id: string
  readonly seq: number
  /** A Yjs update V2 in gzip. */
  readonly state: Uint8Array
}

/** All that is stored of a document, as it is stored. Reading any of it may throw. */
export interface Holding {
  readonly name: DocumentName
  readonly head: () => number
  /** Ascending. */
  readonly rows: () => Iterable<PackedRow>
  readonly checkpoint: () => CheckpointRow | null
  readonly clients: () => ReadonlyMap<number, AccountId>
  readonly snapshots: () => Iterable<StoredSnapshot>
  /** Of its sources. */
  readonly texts: () => Iterable<StoredText>
  /** The record of changes; null where there is none. */
  readonly changes: () => StoredChanges | null
}

/** As it is stored (drizzle/sqlite/schema.ts). */
export interface StoredText {
  readonly hash: string
  readonly sum: string
  readonly packed: Uint8Array
  readonly redactedAt: number | null
}

/** A `StoredText`, in any backend's SQL. */
export const SELECT_TEXT =
  'SELECT hash, "sum", packed, redacted_at AS "redactedAt" FROM source_texts'

export interface StoredChanges {
  /** Of the rules by which it was written. */
  readonly version: number
  /** The last entry that is in it. */
  readonly seq: number
  /** To be read where the rules are today's: a table of other rules may have other columns. */
  readonly rows: () => Iterable<StoredChange>
}

/** The values are JSON. */
export type StoredChange = Omit<Change, 'before' | 'after'> & Record<'before' | 'after', string>

/** A `StoredChange`, in any backend's SQL. */
export const SELECT_CHANGE = `SELECT first_seq AS "firstSeq", last_seq AS "lastSeq", first_at AS "firstAt",
  last_at AS "lastAt", account, address, issue AS "issueId", party AS "partyId", field, before, after, restore,
  movement FROM changes`

/** What is wrong with the document, in words; none when all is well. */
export const faultsOf = (holding: Holding): readonly string[] => {
  const faults: string[] = []
  /** A fault in one part says nothing of the others. */
  const attempt = <T>(what: string, read: () => T): T | undefined => {
    try {
      return read()
    } catch (error) {
      faults.push(`${what}: ${wordsOf(error)}`)
      return undefined
    }
  }
  const head = attempt('the head', holding.head) ?? 0
  const checkpoint = attempt('the checkpoint', () => soundCheckpoint(holding, head)) ?? null
  const clients = attempt('the client ids', holding.clients)
  const replay = new Replay(clients, checkpoint)
  attempt('the journal', () => {
    const last = replay.run(holding)
    if (last !== head) throw new Error(`it ends with entry ${last}, not ${head}`)
  })
  attempt('the snapshots', () => {
    for (const snapshot of holding.snapshots())
      attempt(`snapshot ${snapshot.id}`, () => readSnapshot(snapshot, head))
  })
  attempt('the texts of sources', () => {
    for (const text of holding.texts())
      attempt(`the text ${text.hash.slice(0, 12)}…`, () => readStoredText(text))
  })
  // What the journal cannot tell nothing can be held against.
  if (faults.length === 0 && replay.faults.length === 0)
    attempt('the record of changes', () => compareChanges(holding))
  return [...faults, ...replay.faults, ...replay.forged]
}

const soundCheckpoint = (holding: Holding, head: number): CheckpointRow | null => {
  const checkpoint = holding.checkpoint()
  if (checkpoint && !isSound(checkpoint)) throw new Error('wrong checksum')
  if (checkpoint && checkpoint.seq > head) throw new Error(`entry ${checkpoint.seq} never came`)
  return checkpoint
}

const readSnapshot = ({ seq, state }: StoredSnapshot, head: number): void => {
  if (seq > head) throw new Error(`entry ${seq} never came`)
  const doc = new Y.Doc()
  Y.applyUpdateV2(doc, new Uint8Array(gunzipSync(state)))
  assertWhole(doc)
}

/** A redacted one is not what it is named by any more; the name of a compartment's begins with the compartment's. */
const readStoredText = ({ hash, packed, redactedAt, sum }: StoredText): void => {
  const found = createHash('sha256').update(gunzipSync(packed)).digest('hex')
  if (found !== sum || (redactedAt === null && sum !== hash.split('.').at(-1)))
    throw new Error('it is not what its hash says')
}

/** It can be made anew; that it differs says that somebody else has written, or that Parley has a fault. */
const compareChanges = ({ changes, name, rows }: Holding): void => {
  const written = changes()
  // Other rules give other rows: they are made anew before anybody reads them.
  if (written?.version !== CHANGES_VERSION) return
  const entries = function* (): Generator<Entry> {
    for (const row of rows()) yield* entriesOf(name, [row], row.firstSeq - 1)
  }
  const [first, ...more] = changesUnlike(parsed(written.rows()), entries(), written.seq)
  if (first === undefined) return
  const others = more.length > 0 ? `, and ${more.length} others` : ''
  throw new Error(`${first} is not what the journal says${others}`)
}

const parsed = function* (rows: Iterable<StoredChange>): Generator<Change> {
  for (const { after, before, ...row } of rows)
    yield { ...row, before: JSON.parse(before) as Value, after: JSON.parse(after) as Value }
}

/** Edits a document anew as the journal says, and looks at each edit on the way. */
class Replay {
  /** What keeps the journal from being read as it was written. */
  readonly faults: string[] = []
  /** Edits whose client ids are not their author's. */
  readonly forged: string[] = []
  readonly #doc = new Y.Doc()
  readonly #clients: ReadonlyMap<number, AccountId> | undefined
  readonly #checkpoint: CheckpointRow | null
  readonly #blamed = new Set<number>()

  constructor(
    clients: ReadonlyMap<number, AccountId> | undefined,
    checkpoint: CheckpointRow | null,
  ) {
    this.#clients = clients
    this.#checkpoint = checkpoint
  }

  /** The number of the last entry. After a fault the rest is not replayed, but every row is looked at. */
  run({ name, rows }: Pick<Holding, 'name' | 'rows'>): number {
    let last = 0
    for (const row of rows()) {
      try {
        if (row.firstSeq !== last + 1) throw new DamagedError(name, `entry ${last + 1} is missing`)
        const entries = entriesOf(name, [row], last)
        if (this.faults.length === 0) for (const part of this.#parts(entries)) this.#apply(part)
      } catch (error) {
        this.faults.push(wordsOf(error))
      }
      last = row.lastSeq
    }
    return last
  }

  /** Cut where the checkpoint was taken. */
  #parts(entries: readonly Entry[]): readonly (readonly Entry[])[] {
    const at = this.#checkpoint?.seq ?? 0
    const parts = [entries.filter(({ seq }) => seq <= at), entries.filter(({ seq }) => seq > at)]
    return parts.filter(part => part.length > 0)
  }

  #apply(entries: readonly Entry[]): void {
    const last = entries.at(-1)?.seq ?? 0
    Y.transact(this.#doc, () => {
      for (const { account, seq, update } of entries) {
        this.#askAuthors(seq, account, update)
        Y.applyUpdate(this.#doc, update)
      }
    })
    try {
      assertWhole(this.#doc)
    } catch {
      throw new Error(`an entry up to ${last} builds on what never came`)
    }
    if (last === this.#checkpoint?.seq) this.#compare(this.#checkpoint)
  }

  /** Each client id once: whoever forged one edit has forged many. */
  #askAuthors(seq: number, account: AccountId, update: Uint8Array): void {
    if (!this.#clients) return
    for (const { id } of Y.decodeUpdate(update).structs) {
      const owner = this.#clients.get(id.client)
      if (owner === account || this.#blamed.has(id.client)) continue
      this.#blamed.add(id.client)
      this.forged.push(
        owner === undefined
          ? `entry ${seq}: client id ${id.client} belongs to nobody`
          : `entry ${seq}: client id ${id.client} is another account's`,
      )
    }
  }

  #compare({ seq, state }: CheckpointRow): void {
    const doc = new Y.Doc()
    try {
      Y.applyUpdate(doc, state)
      if (!isSameDocument(doc, this.#doc)) throw new Error('it is not what the journal says')
    } catch (error) {
      this.faults.push(`the checkpoint at entry ${seq}: ${wordsOf(error)}`)
    }
  }
}

const wordsOf = (error: unknown): string => {
  if (error instanceof DamagedError) return error.what
  return error instanceof Error ? error.message : String(error)
}

const assertWhole = ({ store }: Y.Doc): void => {
  if (store.pendingStructs || store.pendingDs) throw new Error('a part is missing')
}
