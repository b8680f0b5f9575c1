/** Judges what lies in a database, before anybody may come back and hide a loss by sending it again. */
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import * as Y from 'yjs'
import type { DocumentName } from '#shared/access.ts'
import type { AccountId } from '#shared/ids.ts'
import { entriesOf, type PackedRow } from '#server/store/rows.ts'
import { auditFile } from '#server/store/sqlite-audit.ts'
import type { Entry } from '#server/store/store.ts'
import type { Typist } from '#test/server/durability/typist.ts'

/** What a database holds of one document. */
export interface Found {
  readonly entries: readonly Entry[]
  readonly clients: ReadonlyMap<number, AccountId>
  readonly faults: readonly string[]
}

/** Broken promises and damage, one line each. */
export const judge = (
  { entries, clients, faults }: Found,
  typists: readonly Typist[],
): readonly string[] => {
  const doc = new Y.Doc()
  Y.transact(doc, () => entries.forEach(({ update }) => Y.applyUpdate(doc, update)))
  return [
    ...faults,
    ...typists.flatMap(typist => lossesOf(typist, doc)),
    ...forgeries(entries, clients, typists),
  ]
}

/** In the folder of a process that is dead. */
export const findInFile = async (folder: string, document: DocumentName): Promise<Found> => {
  const file = join(folder, 'parley.db')
  return { ...read(file, document), faults: auditFile(file).faults }
}

const read = (file: string, document: DocumentName) => {
  const database = new DatabaseSync(file, { readOnly: true })
  try {
    const rows = database
      .prepare(
        'SELECT first_seq AS firstSeq, last_seq AS lastSeq, packed FROM journal WHERE document = ? ORDER BY last_seq',
      )
      .all(document) as unknown as readonly PackedRow[]
    const bound = database
      .prepare('SELECT client, account FROM clients WHERE document = ?')
      .all(document)
    return {
      entries: entriesOf(document, rows, 0),
      clients: new Map(
        bound.map(({ account, client }) => [Number(client), account as AccountId] as const),
      ),
    }
  } finally {
    database.close()
  }
}

const lossesOf = ({ account, claims }: Typist, disk: Y.Doc): readonly string[] => {
  const lost: string[] = []
  for (const [client, clock] of claims.clocks) {
    const stored = Y.getState(disk.store, client)
    if (stored < clock)
      lost.push(`${account.id} was promised ${clock} of client ${client}, the disk has ${stored}`)
  }
  for (const { client, clock, length } of claims.deletions)
    for (let at = clock; at < clock + length; at++)
      if (
        at >= Y.getState(disk.store, client) ||
        !Y.getItem(disk.store, Y.createID(client, at)).deleted
      )
        lost.push(`${account.id} was promised that ${client}:${at} is deleted, it is not`)
  return lost
}

/** Every typist deletes only what they wrote: whatever an entry brings or deletes is its account's own. */
const forgeries = (
  entries: readonly Entry[],
  clients: ReadonlyMap<number, AccountId>,
  typists: readonly Typist[],
): readonly string[] => {
  const writers = new Map(typists.map(({ account, doc }) => [doc.clientID, account.id]))
  const bound = [...writers].flatMap(([client, account]) => {
    const owner = clients.get(client)
    return owner === undefined || owner === account ? [] : [`${client} is bound to ${owner}`]
  })
  const filed = entries.flatMap(({ account, seq, update }) => {
    const { ds, structs } = Y.decodeUpdate(update)
    const touched = new Set([...structs.map(({ id }) => id.client), ...ds.clients.keys()])
    return [...touched].flatMap(client => {
      const writer = writers.get(client)
      return writer === undefined || writer === account
        ? []
        : [`entry ${seq} by ${writer} is filed under ${account}`]
    })
  })
  return [...bound, ...filed]
}
