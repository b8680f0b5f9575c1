/** A document whose stored bytes are damaged closes itself with a word about it; everything else goes on. */
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect, onTestFinished, test, vi } from 'vitest'
import { WebSocket } from 'ws'
import { CLOSES } from '#shared/access.ts'
import type { TrackerId } from '#shared/ids.ts'
import { startServer } from '#test/server/harness.ts'
import { closeOf } from '#test/server/live-server.ts'

// Every append waits for the disk.
vi.setConfig({ testTimeout: 30_000 })

const FLIPPED = "CAST(substr(packed, 1, 20) || x'ff' || substr(packed, 22) AS BLOB)"

test.each([
  ['a flipped byte', `UPDATE journal SET packed = ${FLIPPED} WHERE document = ?`, 'wrong checksum'],
  [
    'a half-written row',
    'UPDATE journal SET packed = substr(packed, 1, length(packed) / 2) WHERE document = ?',
    'wrong checksum',
  ],
  ['a lost end', 'UPDATE documents SET head = head + 1 WHERE name = ?', 'it should end with entry'],
])('%s keeps one document shut, and no other', async (_, statement, what) => {
  const server = await startServer()
  onTestFinished(server.close)
  const { owner, trackerId: damaged } = await server.createFirstAccount()
  const made = await server.ask<{ readonly id: TrackerId }>('POST', '/api/trackers', {
    cookie: owner.cookie,
    body: { title: 'Sound' },
  })
  const sound = made.body.id
  await server.stop()
  const database = new DatabaseSync(join(server.folder, 'parley.db'))
  database.exec('DELETE FROM checkpoints')
  database.prepare(statement).run(damaged)
  database.close()
  await server.startAgain()

  const joining = (id: TrackerId): WebSocket =>
    new WebSocket(`${server.url.replace('http', 'ws')}/live/${id}`, {
      headers: { cookie: owner.cookie, origin: server.url },
    })
  expect(await closeOf(joining(damaged))).toEqual(CLOSES.damaged)
  const lines = server.logged.filter(([event]) => event === 'a document did not open')
  expect(lines).toEqual([
    ['a document did not open', expect.objectContaining({ document: damaged }), 'error'],
  ])
  expect(JSON.stringify(lines)).toContain(what)
  const answer = await server.ask('GET', `/api/trackers/${damaged}`, { cookie: owner.cookie })
  expect(answer).toMatchObject({ status: 503, body: { error: { code: 'damaged' } } })

  const open = joining(sound)
  onTestFinished(() => open.terminate())
  await new Promise(resolve => open.once('message', resolve))
  const read = await server.ask('GET', `/api/trackers/${sound}`, { cookie: owner.cookie })
  expect(read.status).toBe(200)
})

test('a damaged checkpoint costs time, and nothing else', async () => {
  const server = await startServer()
  onTestFinished(server.close)
  const { owner, trackerId } = await server.createFirstAccount()
  const read = () => server.ask('GET', `/api/trackers/${trackerId}`, { cookie: owner.cookie })
  const before = await read()
  await server.stop()
  const database = new DatabaseSync(join(server.folder, 'parley.db'))
  expect(database.prepare("UPDATE checkpoints SET state = x'00'").run().changes).toBeGreaterThan(0)
  database.close()
  await server.startAgain()
  expect((await read()).body).toEqual(before.body)
})
