/** The servers that are compared, each as the bench has to treat it. */
import { DatabaseSync } from 'node:sqlite'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import * as Y from 'yjs'
import { dialects, type Dialect } from '#test/bench/peers/dialects.ts'
import { startServer, type ServerProcess } from '#test/bench/peers/machine.ts'
import {
  accountsIn,
  auditParley,
  copyHouse,
  startParley,
  storeTrackers,
  type Started,
  type StoredTracker,
} from '#test/bench/peers/parley.ts'

export const SERVER_NAMES = [
  'parley',
  'y-websocket',
  'hocuspocus',
  'hocuspocus-sqlite',
  'relay',
  'relay-coalesced',
] as const
export type ServerName = (typeof SERVER_NAMES)[number]

/** How a connection comes in. */
export interface Visitor {
  readonly headers: Readonly<Record<string, string>>
  readonly from: string
}

export interface Audited {
  readonly doc: Y.Doc
  /** Edits that are filed under somebody else than their author. */
  readonly misfiled: number
}

export interface Target {
  readonly name: ServerName
  readonly dialect: Dialect
  /** Lays documents on disk before the server starts; without it the first one in brings the document. */
  readonly store?: (folder: string, documents: readonly StoredTracker[]) => Promise<void>
  readonly prepare: (folder: string) => Promise<void>
  readonly start: (folder: string, options: Started) => Promise<ServerProcess>
  /** Settings with which documents that nobody edits leave memory at once, and not only after minutes. */
  readonly resting?: Readonly<Record<string, string>>
  /** The `index`th connection of so many. */
  readonly visitors: (folder: string) => Promise<(index: number) => Visitor>
  /** What lies on disk, read alone after the server's death. */
  readonly audit?: (folder: string, document: string) => Promise<Audited>
}

const entry = (name: string): string =>
  fileURLToPath(new URL(`servers/${name}.mjs`, import.meta.url))

/** Many addresses, as many people have; a server may count by them. */
const addressOf = (index: number): string => `127.0.0.${2 + (Math.floor(index / 80) % 250)}`

const stranger = (index: number): Visitor => ({ headers: {}, from: addressOf(index) })

const nothing = (): Promise<void> => Promise.resolve()

const peer = (
  name: ServerName,
  dialect: Dialect,
  file: string,
  ...args: readonly string[]
): Target => ({
  name,
  dialect,
  prepare: nothing,
  start: (folder, options) =>
    startServer({
      ...options,
      entry: [entry(file), ...args],
      environment: { DATA_DIR: folder, ...options.environment },
    }),
  visitors: () => Promise.resolve(stranger),
})

const parley = (house: string): Target => ({
  name: 'parley',
  dialect: dialects.parley,
  prepare: folder => copyHouse(house, folder),
  store: storeTrackers,
  start: startParley,
  resting: { LIMIT_MEMORY_BYTES: String(8 * 2 ** 20) },
  visitors: async folder => {
    const accounts = await accountsIn(folder)
    return index => ({
      headers: { cookie: accounts[index % accounts.length]?.cookie ?? '' },
      from: addressOf(index),
    })
  },
  audit: auditParley,
})

const withSqlite: Target = {
  ...peer('hocuspocus-sqlite', dialects.hocuspocus, 'hocuspocus', 'sqlite'),
  audit: async (folder, document) => {
    const db = new DatabaseSync(join(folder, 'hocuspocus.db'))
    const row = db.prepare('SELECT data FROM documents WHERE name = ?').get(document)
    db.close()
    const doc = new Y.Doc()
    if (row?.['data'] instanceof Uint8Array) Y.applyUpdate(doc, row['data'])
    return { doc, misfiled: 0 }
  },
}

/** `house`: a data folder of Parley with accounts, which is copied for each start from nothing. */
export const targetNamed = (name: ServerName, house: string): Target => {
  switch (name) {
    case 'parley':
      return parley(house)
    case 'y-websocket':
      return peer(name, dialects.standard, 'y-websocket')
    case 'hocuspocus':
      return peer(name, dialects.hocuspocus, 'hocuspocus')
    case 'hocuspocus-sqlite':
      return withSqlite
    case 'relay':
      return peer(name, dialects.relay, 'relay')
    case 'relay-coalesced':
      return peer(name, dialects.relay, 'relay', 'coalesced')
  }
}
