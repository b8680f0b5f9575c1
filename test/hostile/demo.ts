/** The demo tracker as it lies on the disk of a real server. */
import * as Y from 'yjs'
import { parseDocumentName } from '#shared/access.ts'
import { openSqlite } from '#server/store/sqlite.ts'
import type { Ground } from '#test/hostile/trial.ts'
import { startServer } from '#test/server/harness.ts'

export const demoGround = async (): Promise<Ground> => {
  const server = await startServer()
  try {
    const { trackerId } = await server.createFirstAccount()
    await server.stop()
    const { close, store } = await openSqlite(server.folder)
    const ref = parseDocumentName(trackerId)
    if (!ref) throw new Error('The demo has no name')
    const { checkpoint, clients, entries } = await store.load(ref.name)
    await close()
    const doc = new Y.Doc()
    if (checkpoint) Y.applyUpdate(doc, checkpoint.state)
    for (const { update } of entries) Y.applyUpdate(doc, update)
    return { state: Y.encodeStateAsUpdate(doc), clients }
  } finally {
    await server.close()
  }
}
