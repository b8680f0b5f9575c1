/**
 * The journal's statements on PostgreSQL. A document's numbers are handed out under the lock of its row in
 * `documents`, which is held until the commit: so entries become visible in the order of their numbers, and who has
 * read up to one has missed none before it.
 */
import { crc32 } from 'node:zlib'
import type pg from 'pg'
import type { DocumentName } from '#shared/access.ts'
import type { AccountId } from '#shared/ids.ts'
import { bindChapter, isChapter, nextRun } from '#server/store/chapters.ts'
import { pack } from '#server/store/packed.ts'
import { atomically } from '#server/store/postgres-connection.ts'
import { rewritten, type Updates } from '#server/store/rewriting.ts'
import { entriesOf, isSound, type CheckpointRow, type PackedRow } from '#server/store/rows.ts'
import {
  DamagedError,
  ForeignClientError,
  type Batch,
  type Draft,
  type Entry,
  type Stored,
} from '#server/store/store.ts'

/** What one append brings for one document. */
interface Addition {
  readonly document: DocumentName
  readonly count: number
  readonly packed: Uint8Array
  readonly clients: ReadonlyMap<number, AccountId>
}

interface Gathered {
  readonly drafts: Draft[]
  readonly clients: Map<number, AccountId>
}

/** One for each document, in one order for everybody: two appends that lock the same rows wait, and never for ever. */
export const additionsOf = (batches: readonly Batch[]): readonly Addition[] => {
  const gathered = new Map<DocumentName, Gathered>()
  for (const { document, drafts, clients } of batches) {
    const all: Gathered = gathered.get(document) ?? { drafts: [], clients: new Map() }
    gathered.set(document, all)
    all.drafts.push(...drafts)
    for (const [client, account] of clients ?? []) {
      if ((all.clients.get(client) ?? account) !== account)
        throw new ForeignClientError(document, client)
      all.clients.set(client, account)
    }
  }
  return [...gathered]
    .map(([document, { clients, drafts }]) => ({
      document,
      count: drafts.length,
      packed: pack(drafts),
      clients,
    }))
    .sort((a, b) => (a.document < b.document ? -1 : 1))
}

/** Takes the documents' locks first, in the given order; all else happens under them. */
const ADVANCE = `
  WITH given AS (
    SELECT * FROM unnest($1::text[], $2::bigint[], $3::bytea[]) AS given (document, count, packed)
  ), advanced AS (
    INSERT INTO documents (name, head) SELECT document, count FROM given
    ON CONFLICT (name) DO UPDATE SET head = documents.head + excluded.head
    RETURNING name, head
  ), written AS (
    INSERT INTO journal (document, last_seq, first_seq, packed)
    SELECT document, head, head - count + 1, packed FROM given JOIN advanced ON name = document
    WHERE count > 0
  )
  SELECT name, head FROM advanced`

const BIND = `
  INSERT INTO clients (document, client, account)
  SELECT * FROM unnest($1::text[], $2::bigint[], $3::text[]) ON CONFLICT DO NOTHING`

const FOREIGN = `
  SELECT document, client
  FROM unnest($1::text[], $2::bigint[], $3::text[]) AS given (document, client, account)
  JOIN clients AS bound USING (document, client)
  WHERE bound.account <> given.account LIMIT 1`

export type Heads = ReadonlyMap<DocumentName, number>

export const append = (client: pg.ClientBase, additions: readonly Addition[]): Promise<Heads> => {
  const bound = additions.flatMap(({ document, clients }) =>
    [...clients].map(([client, account]) => [document, client, account] as const),
  )
  // One statement is a transaction of its own.
  if (bound.length === 0) return advance(client, additions)
  return atomically(client, 'BEGIN ISOLATION LEVEL READ COMMITTED', async () => {
    const heads = await advance(client, additions)
    const given = [0, 1, 2].map(column => bound.map(row => row[column]))
    await client.query(BIND, given)
    const { rows } = await client.query<{ document: DocumentName; client: number }>(FOREIGN, given)
    if (rows[0]) throw new ForeignClientError(rows[0].document, rows[0].client)
    return heads
  })
}

const advance = async (client: pg.ClientBase, additions: readonly Addition[]): Promise<Heads> => {
  const { rows } = await client.query<{ name: DocumentName; head: number }>({
    name: 'advance',
    text: ADVANCE,
    values: [
      additions.map(({ document }) => document),
      additions.map(({ count }) => count),
      additions.map(({ packed }) => Buffer.from(packed.buffer)),
    ],
  })
  return new Map(rows.map(({ name, head }) => [name, head]))
}

export const rowsAfter = async (
  client: pg.ClientBase,
  document: DocumentName,
  seq: number,
  {
    most = null,
    upTo = null,
  }: { readonly most?: number | null; readonly upTo?: number | null } = {},
): Promise<readonly PackedRow[]> => {
  const { rows } = await client.query<PackedRow>(
    `SELECT first_seq AS "firstSeq", last_seq AS "lastSeq", packed FROM journal
     WHERE document = $1 AND last_seq > $2 AND ($4::bigint IS NULL OR first_seq <= $4)
     ORDER BY last_seq LIMIT $3`,
    [document, seq, most, upTo],
  )
  return rows
}

export const readSince = async (
  client: pg.ClientBase,
  document: DocumentName,
  seq: number,
  upTo?: number,
): Promise<readonly Entry[]> => {
  const rows = await rowsAfter(client, document, seq, { upTo: upTo ?? null })
  return entriesOf(document, rows, Math.max(0, seq), upTo)
}

/** Within one snapshot of the database: others may append meanwhile. */
export const load = async (client: pg.ClientBase, document: DocumentName): Promise<Stored> => {
  const {
    rows: [known],
  } = await client.query<{ head: number }>('SELECT head FROM documents WHERE name = $1', [document])
  const {
    rows: [checkpoint],
  } = await client.query<CheckpointRow>(
    'SELECT seq, checksum, state FROM checkpoints WHERE document = $1',
    [document],
  )
  const usable = checkpoint && isSound(checkpoint) ? checkpoint : null
  const head = known?.head ?? 0
  const from = usable?.seq ?? 0
  const entries = entriesOf(document, await rowsAfter(client, document, from), from)
  if (from + entries.length !== head)
    throw new DamagedError(document, `it should end with entry ${head}`)
  const { rows: bound } = await client.query<{ client: number; account: AccountId }>(
    'SELECT client, account FROM clients WHERE document = $1',
    [document],
  )
  return {
    checkpoint: usable && { upTo: usable.seq, state: usable.state },
    entries,
    head,
    clients: new Map(bound.map(({ client, account }) => [client, account])),
  }
}

export const checkpoint = async (
  client: pg.ClientBase,
  document: DocumentName,
  upTo: number,
  state: Uint8Array,
): Promise<void> => {
  await client.query(
    `INSERT INTO checkpoints (document, seq, checksum, state)
     SELECT name, $2::bigint, $3::bigint, $4::bytea FROM documents
     WHERE name = $1 AND head >= $2::bigint AND $2::bigint > 0
     ON CONFLICT (document) DO UPDATE
     SET seq = excluded.seq, checksum = excluded.checksum, state = excluded.state
     WHERE excluded.seq > checkpoints.seq`,
    [document, upTo, crc32(state), state],
  )
}

export const rewrite = (
  client: pg.ClientBase,
  document: DocumentName,
  updates: Updates,
  checkpoint: CheckpointRow | null,
): Promise<void> =>
  atomically(client, 'BEGIN ISOLATION LEVEL READ COMMITTED', async () => {
    for (const row of await rowsAfter(client, document, 0)) {
      const changed = rewritten(document, row, updates)
      if (changed)
        await client.query('UPDATE journal SET packed = $1 WHERE document = $2 AND last_seq = $3', [
          changed.packed,
          document,
          row.lastSeq,
        ])
    }
    await client.query('DELETE FROM checkpoints WHERE document = $1 AND seq <> $2', [
      document,
      checkpoint?.seq ?? 0,
    ])
    if (checkpoint)
      await client.query(
        'UPDATE checkpoints SET checksum = $1, state = $2 WHERE document = $3 AND seq = $4',
        [checkpoint.checksum, checkpoint.state, document, checkpoint.seq],
      )
  })

/** Rows to look at at once, on the way back to the last chapter. */
const PAGE = 100

const lastBound = async (client: pg.ClientBase, document: DocumentName): Promise<number> => {
  for (let before = Number.MAX_SAFE_INTEGER; ;) {
    // A row's kind stands in its first bytes.
    const { rows } = await client.query<PackedRow>(
      `SELECT first_seq AS "firstSeq", last_seq AS "lastSeq", substring(packed FROM 1 FOR 8) AS packed
       FROM journal WHERE document = $1 AND last_seq < $2 ORDER BY last_seq DESC LIMIT $3`,
      [document, before, PAGE],
    )
    const chapter = rows.find(isChapter)
    if (chapter) return chapter.lastSeq
    const oldest = rows.at(-1)
    if (!oldest) return 0
    before = oldest.lastSeq
  }
}

/**
 * Binds the next chapter, after the one that ends with entry `bound` where that is known, and answers with which
 * entry it ends; null when the tail is too short for one.
 */
export const bindNext = async (
  client: pg.ClientBase,
  document: DocumentName,
  bound: number | null,
): Promise<number | null> => {
  const from = bound ?? (await lastBound(client, document))
  const tail: PackedRow[] = []
  for (let run = nextRun(tail); run.length === 0; run = nextRun(tail)) {
    const more = await rowsAfter(client, document, tail.at(-1)?.lastSeq ?? from, { most: PAGE })
    if (more.length === 0) return null
    tail.push(...more)
  }
  const run = nextRun(tail)
  const { firstSeq, lastSeq, packed } = bindChapter(document, run)
  await atomically(client, 'BEGIN ISOLATION LEVEL READ COMMITTED', async () => {
    const { rowCount } = await client.query(
      'DELETE FROM journal WHERE document = $1 AND last_seq BETWEEN $2 AND $3',
      [document, firstSeq, lastSeq],
    )
    if (rowCount !== run.length) throw new Error(`Somebody else binds ${document} at the same time`)
    await client.query(
      'INSERT INTO journal (document, last_seq, first_seq, packed) VALUES ($1, $2, $3, $4)',
      [document, lastSeq, firstSeq, packed],
    )
  })
  return lastSeq
}
