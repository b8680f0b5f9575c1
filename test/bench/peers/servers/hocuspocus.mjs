/**
 * `@hocuspocus/server` with its own defaults: in memory, or with `sqlite` on disk.
 *
 * Its SQLite extension wants better-sqlite3, a native module that has to be compiled against Node's headers, which the
 * npm package of Node 26 does not hold in full. So its database extension is used, from which the SQLite one derives,
 * with that one's schema and queries on Node's own SQLite.
 */
import { DatabaseSync } from 'node:sqlite'
import { join } from 'node:path'
import { Database } from '@hocuspocus/extension-database'
import { Server } from '@hocuspocus/server'

const SCHEMA = `CREATE TABLE IF NOT EXISTS "documents" (
  "name" varchar(255) NOT NULL,
  "data" blob NOT NULL,
  UNIQUE(name)
)`
const SELECT = `SELECT data FROM "documents" WHERE name = $name ORDER BY rowid DESC`
const UPSERT = `INSERT INTO "documents" ("name", "data") VALUES ($name, $data)
  ON CONFLICT(name) DO UPDATE SET data = $data`

const onDisk = () => {
  const db = new DatabaseSync(join(process.env.DATA_DIR, 'hocuspocus.db'))
  db.exec(SCHEMA)
  return new Database({
    fetch: async ({ documentName }) => db.prepare(SELECT).get({ name: documentName })?.data ?? null,
    store: async ({ documentName, state }) =>
      void db.prepare(UPSERT).run({ name: documentName, data: state }),
  })
}

const server = new Server({
  port: Number(process.env.PORT),
  address: '127.0.0.1',
  quiet: true,
  extensions: process.argv.includes('sqlite') ? [onDisk()] : [],
})
await server.listen()
process.stdout.write(`listening at http://127.0.0.1:${server.address.port}\n`)
