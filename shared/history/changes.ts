/**
 * The record of changes: who turned which field from what into what, in runs. A function of the journal alone, so
 * that rows written as edits arrive are those that a rebuild gives.
 */
import * as Y from 'yjs'
import { sparseDoc, transactSparsely } from '#shared/document/sparse.ts'
import type { Entry } from '#shared/history/entry.ts'
import { fieldChanges, type FieldAddress, type FieldChange } from '#shared/history/fields.ts'
import type { AccountId, RestoreId } from '#shared/ids.ts'

/**
 * One account's changes of one field in one go. A run ends with a pause, with somebody else's change of the field,
 * and around a restore. `before` and `after` are equal where the run ended as it had begun.
 */
export interface Change extends FieldChange {
  readonly account: AccountId
  readonly firstSeq: number
  readonly lastSeq: number
  readonly firstAt: number
  readonly lastAt: number
  /** The restore that did it: its note in the document names the snapshot, from which the author follows. */
  readonly restore: RestoreId | null
  /**
   * The first entry of the movement of which this is a part: what the account changed of one cell in one go. Null for
   * what is not in a cell.
   */
  readonly movement: number | null
}

/** Goes up whenever the same journal would give other rows: those that are stored are then made anew. */
export const CHANGES_VERSION = 3

/** A longer pause ends a run. */
export const LONGEST_PAUSE = 5 * 60_000

/** A run has one beginning in each field: together they name it. */
export const changeKey = ({ firstSeq, address }: Pick<Change, 'firstSeq' | 'address'>): string =>
  `${firstSeq} ${address}`

export class ChangeLog {
  /** Its cost must not grow with all the client ids that the journal has ever seen. */
  readonly #doc = sparseDoc()
  /** The last run of each field. */
  readonly #runs = new Map<FieldAddress, Change>()
  /** Of each account's last movement of each cell, the part that changed last. */
  readonly #movements = new Map<string, Change>()
  #touched: FieldChange[] = []

  /**
   * `past` are updates that bring the document to where it was after some entry; `runs` are the runs up to there that
   * may still go on: those whose last change is at most `LONGEST_PAUSE` older than the next entry.
   */
  constructor(past: Iterable<Uint8Array> = [], runs: Iterable<Change> = []) {
    transactSparsely(
      this.#doc,
      () => {
        for (const update of past) Y.applyUpdate(this.#doc, update)
      },
      null,
    )
    for (const run of runs) {
      const later = this.#runs.get(run.address)
      if (!later || later.lastSeq < run.lastSeq) this.#runs.set(run.address, run)
      this.#moved(run)
    }
    this.#doc.on('afterTransaction', (transaction: Y.Transaction) => {
      this.#touched.push(...fieldChanges(transaction))
    })
  }

  /** The document as it is after the last entry. */
  get doc(): Y.Doc {
    return this.#doc
  }

  /** Takes the next entry of the journal; answers the runs that it began or continued, as they are now. */
  add(entry: Entry): readonly Change[] {
    this.#touched = []
    transactSparsely(this.#doc, () => Y.applyUpdate(this.#doc, entry.update), null)
    // What a document begins with may hold notes of restores too, as after an import.
    const restore = entry.seq === 1 ? null : restoreAmong(this.#touched)
    return this.#touched.map(change => {
      const run = this.#continued(change, entry, restore)
      this.#runs.set(change.address, run)
      this.#moved(run)
      return run
    })
  }

  #continued(change: FieldChange, { account, at, seq }: Entry, restore: RestoreId | null): Change {
    const last = this.#runs.get(change.address)
    const wentOn = (part: Change): boolean =>
      restore === null && part.restore === null && at - part.lastAt <= LONGEST_PAUSE
    const goesOn = last !== undefined && last.account === account && wentOn(last)
    const part = this.#movements.get(moverOf(change, account) ?? '')
    const isPart = part !== undefined && (part.lastSeq === seq || wentOn(part))
    return {
      ...change,
      account,
      before: goesOn ? last.before : change.before,
      firstSeq: goesOn ? last.firstSeq : seq,
      firstAt: goesOn ? last.firstAt : at,
      lastSeq: seq,
      lastAt: at,
      restore,
      movement: isInCell(change) ? ((goesOn ? last : isPart ? part : null)?.movement ?? seq) : null,
    }
  }

  #moved(run: Change): void {
    const mover = moverOf(run, run.account)
    const later = mover === undefined ? undefined : this.#movements.get(mover)
    if (mover !== undefined && !(later && later.lastSeq > run.lastSeq))
      this.#movements.set(mover, run)
  }
}

const isInCell = ({ issueId, partyId }: FieldChange): boolean =>
  issueId !== null && partyId !== null

/** Whose movement of which cell the change is a part of; undefined where it is in no cell. */
const moverOf = (change: FieldChange, account: AccountId): string | undefined =>
  isInCell(change) ? `${change.issueId}/${change.partyId} ${account}` : undefined

/** A restore leaves its note in the same entry; of several, as in offline work that came in one piece, none is told. */
const restoreAmong = (changes: readonly FieldChange[]): RestoreId | null => {
  const notes = changes.filter(
    ({ address, before, field }) =>
      field === 'record' && before === null && address.startsWith('restores/'),
  )
  return notes.length === 1 ? ((notes[0]?.address.split('/')[1] ?? null) as RestoreId | null) : null
}

/** The rows of a whole journal, or those that some entries began or continued, each once and as it is at their end. */
export const changesIn = (
  entries: Iterable<Entry>,
  log: ChangeLog = new ChangeLog(),
): readonly Change[] => {
  const changes = new Map<string, Change>()
  for (const entry of entries)
    for (const change of log.add(entry)) changes.set(changeKey(change), change)
  return [...changes.values()]
}

/** Names of the rows in which what is written up to the entry `upTo` differs from what the journal gives. */
export const changesUnlike = (
  written: Iterable<Change>,
  entries: Iterable<Entry>,
  upTo: number,
): readonly string[] => {
  const given = new Map<string, Change>()
  const log = new ChangeLog()
  for (const entry of entries) {
    if (entry.seq > upTo) break
    for (const change of log.add(entry)) given.set(changeKey(change), change)
  }
  const unlike: string[] = []
  for (const row of written) {
    const key = changeKey(row)
    const change = given.get(key)
    given.delete(key)
    // What a write that was cut off has left beyond comes again.
    if (row.lastSeq <= upTo && !isSame(row, change)) unlike.push(nameOf(row))
  }
  for (const change of given.values()) unlike.push(nameOf(change))
  return unlike
}

const nameOf = ({ address, firstSeq }: Change): string => `${address} from entry ${firstSeq} on`

const isSame = (one: Change, other: Change | undefined): boolean =>
  textOf(one) === textOf(other ?? {})

const textOf = (change: object): string =>
  JSON.stringify(Object.entries(change).toSorted(([a], [b]) => (a < b ? -1 : 1)))
