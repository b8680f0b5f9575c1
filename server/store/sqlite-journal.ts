/** The journal's statements. They run in the thread that owns the file, and know nothing of what is packed. */
import type { DatabaseSync } from 'node:sqlite'
import type { DocumentName } from '#shared/access.ts'
import type { AccountId } from '#shared/ids.ts'
import { bindChapter, isChapter, nextRun } from '#server/store/chapters.ts'
import { rewritten } from '#server/store/rewriting.ts'
import type { CheckpointRow, PackedRow } from '#server/store/rows.ts'
import type { Calls, PackedBatch, StoredRows } from '#server/store/sqlite-calls.ts'
import { atomically, sqliteCode } from '#server/store/sqlite-file.ts'
import { DamagedError, ForeignClientError } from '#server/store/store.ts'

type Journal = Pick<Calls, 'append' | 'load' | 'readSince' | 'checkpoint' | 'compact' | 'rewrite'>

export const openJournal = (database: DatabaseSync): Journal => {
  const advance = database.prepare(
    'INSERT INTO documents (name, head) VALUES (:name, :count) ON CONFLICT DO UPDATE SET head = head + :count',
  )
  const head = database.prepare('SELECT head FROM documents WHERE name = ?')
  const insert = database.prepare(
    'INSERT INTO journal (document, last_seq, first_seq, packed) VALUES (?, ?, ?, ?)',
  )
  const after = database.prepare(
    'SELECT first_seq AS firstSeq, last_seq AS lastSeq, packed FROM journal WHERE document = ? AND last_seq > ? ORDER BY last_seq',
  )
  const between = database.prepare(
    'SELECT first_seq AS firstSeq, last_seq AS lastSeq, packed FROM journal WHERE document = ? AND last_seq > ? AND first_seq <= ? ORDER BY last_seq',
  )
  const fromTheEnd = database.prepare(
    'SELECT last_seq AS lastSeq, packed FROM journal WHERE document = ? ORDER BY last_seq DESC',
  )
  const remove = database.prepare(
    'DELETE FROM journal WHERE document = ? AND last_seq BETWEEN ? AND ?',
  )
  const bind = database.prepare(
    'INSERT INTO clients (document, client, account) VALUES (?, ?, ?) ON CONFLICT DO NOTHING',
  )
  const ownerOf = database.prepare('SELECT account FROM clients WHERE document = ? AND client = ?')
  const clientsOf = database.prepare('SELECT client, account FROM clients WHERE document = ?')
  const checkpointOf = database.prepare(
    'SELECT seq, checksum, state FROM checkpoints WHERE document = ?',
  )
  const keep = database.prepare(
    `INSERT INTO checkpoints (document, seq, checksum, state)
     SELECT :document, :seq, :checksum, :state WHERE :seq <= (SELECT head FROM documents WHERE name = :document)
     ON CONFLICT DO UPDATE SET seq = excluded.seq, checksum = excluded.checksum, state = excluded.state
     WHERE excluded.seq > seq`,
  )

  const replace = database.prepare(
    'UPDATE journal SET packed = ? WHERE document = ? AND last_seq = ?',
  )
  const dropCheckpoint = database.prepare('DELETE FROM checkpoints WHERE document = ? AND seq <> ?')
  const replaceCheckpoint = database.prepare(
    'UPDATE checkpoints SET checksum = :checksum, state = :state WHERE document = :document AND seq = :seq',
  )

  const headOf = (document: DocumentName): number => Number(head.get(document)?.head ?? 0)

  const readSince = (document: DocumentName, seq: number, upTo?: number) =>
    (upTo === undefined
      ? after.all(document, seq)
      : between.all(document, seq, upTo)) as unknown as readonly PackedRow[]

  const write = ({ document, count, packed, clients }: PackedBatch) => {
    for (const [client, account] of clients) {
      if (bind.run(document, client, account).changes === 1) continue
      if (ownerOf.get(document, client)?.account !== account) {
        throw new ForeignClientError(document, client)
      }
    }
    if (count > 0) {
      advance.run({ name: document, count })
      const last = headOf(document)
      insert.run(document, last, last - count + 1, packed)
    }
    return [document, headOf(document)] as const
  }

  const lastBound = (document: DocumentName): number => {
    for (const row of fromTheEnd.iterate(document))
      if (isChapter(row as unknown as PackedRow)) return Number(row.lastSeq)
    return 0
  }

  const load = (document: DocumentName): StoredRows => {
    const checkpoint = (checkpointOf.get(document) ?? null) as CheckpointRow | null
    return {
      head: headOf(document),
      checkpoint,
      rows: readSince(document, checkpoint?.seq ?? 0),
      clients: clientsOf
        .all(document)
        .map(row => [Number(row.client), String(row.account) as AccountId] as const),
    }
  }

  return {
    append: batches => atomically(database, () => batches.map(write)),
    load: document => reading(document, () => load(document)),
    readSince: (document, seq, upTo) => reading(document, () => readSince(document, seq, upTo)),
    checkpoint: (document, seq, checksum, state) => {
      if (seq > 0) keep.run({ document, seq, checksum, state })
    },
    compact: (document, bound) => {
      const tail = after.iterate(document, bound ?? lastBound(document))
      const run = nextRun(tail as unknown as Iterable<PackedRow>)
      if (run.length === 0) return null
      const { firstSeq, lastSeq, packed } = bindChapter(document, run)
      atomically(database, () => {
        remove.run(document, firstSeq, lastSeq)
        insert.run(document, lastSeq, firstSeq, packed)
      })
      return lastSeq
    },
    rewrite: (document, updates, checkpoint) =>
      atomically(database, () => {
        const rows = readSince(document, 0)
        for (const row of rows) {
          const { lastSeq, packed } = rewritten(document, row, updates) ?? row
          if (packed !== row.packed) replace.run(packed, document, lastSeq)
        }
        dropCheckpoint.run(document, checkpoint?.seq ?? 0)
        if (checkpoint) replaceCheckpoint.run({ document, ...checkpoint })
      }),
  }
}

const CORRUPT = 11

/** A torn page of the file tells only of those whose rows lie on it. */
const reading = <T>(document: DocumentName, read: () => T): T => {
  try {
    return read()
  } catch (error) {
    if (error instanceof Error && ((sqliteCode(error) ?? 0) & 0xff) === CORRUPT)
      throw new DamagedError(document, error.message)
    throw error
  }
}
