/** The door: who comes in, what ends a connection, and what strangers send to it. */
import { once } from 'node:events'
import { request } from 'node:http'
import { connect } from 'node:net'
import { afterEach, expect, test, vi } from 'vitest'
import type { WebSocket } from 'ws'
import * as Y from 'yjs'
import { CLOSES, parseDocumentName, type DocumentRef } from '#shared/access.ts'
import { createTracker, readTitle } from '#shared/document/tracker.ts'
import type { AccountId } from '#shared/ids.ts'
import { encodeFrame, decodeFrame } from '#shared/wire.ts'
import { LIMITS } from '#server/live/limits.ts'
import { openMemory } from '#server/store/memory.ts'
import { ManualClock } from '#test/simulation/clock.ts'
import { closeOf, openSocket, startLive, type LiveServer } from '#test/server/live-server.ts'

let live: LiveServer | undefined
afterEach(() => live?.close())

const start = async (...options: Parameters<typeof startLive>): Promise<LiveServer> =>
  (live = await startLive(...options))

const editor = { cookie: 'who=ada:editor' }

const isAlive = ({ port }: LiveServer): Promise<boolean> =>
  new Promise((resolve, reject) => {
    request({ port, host: '127.0.0.1', path: '/', agent: false }, response => {
      response.resume()
      resolve(response.statusCode === 200)
    })
      .on('error', reject)
      .end()
  })

/** Ends turn after turn until it has happened. */
const until = async (clock: ManualClock, happened: Promise<unknown>): Promise<void> => {
  const waiting = new Set([happened])
  void happened.then(() => waiting.clear())
  while (waiting.size > 0) await clock.settle()
}

const nextFrame = async (socket: WebSocket) => {
  const [data] = (await once(socket, 'message')) as [Buffer]
  return decodeFrame(data)
}

test.each([
  ['without a session', '/live/t1', {}, CLOSES.signedOut],
  ['to a tracker that is not theirs', '/live/other', editor, CLOSES.notFound],
  ['with a name that is none', '/live/t1%00', editor, CLOSES.notFound],
  ['with a name of 5,000 characters', `/live/${'x'.repeat(5_000)}`, editor, CLOSES.notFound],
  ['with an empty name', '/live/', editor, CLOSES.notFound],
])('who comes %s is let in only to be told why not', async (_name, path, headers, close) => {
  const { port } = await start()
  expect(await closeOf(openSocket(port, path, headers))).toEqual(close)
})

test.each([
  ['another site', 'https://evil.example'],
  ['a sandboxed page', 'null'],
  ['a site whose name begins alike', 'http://127.0.0.1.evil.example'],
])('a socket from %s is refused at the door', async (_name, origin) => {
  const { port } = await start()
  const socket = openSocket(port, '/live/t1', { ...editor, origin })
  const [, response] = (await once(socket, 'unexpected-response')) as [
    unknown,
    { statusCode: number },
  ]
  expect(response.statusCode).toBe(403)
})

test('a socket from the own page comes in', async () => {
  const { port } = await start()
  const socket = openSocket(port, '/live/t1', { ...editor, origin: `http://127.0.0.1:${port}` })
  expect(await nextFrame(socket)).toMatchObject({ kind: 'ask' })
})

test.each([
  '//',
  'http://[',
  '/\\',
  '//@:80/',
  'http://127.0.0.1:99999/x',
  '/live',
  '/live/a/b',
  '*',
  '/',
])('an upgrade to %s harms nobody', async target => {
  const started = await start()
  const socket = connect(started.port, '127.0.0.1')
  socket.write(
    `GET ${target} HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n` +
      `Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${'a'.repeat(22)}==\r\n\r\n`,
  )
  socket.resume()
  await once(socket, 'close')
  expect(await isAlive(started)).toBe(true)
})

test('a reset while the server looks who it is harms nobody', async () => {
  const looking = Promise.withResolvers<void>()
  const asked = Promise.withResolvers<void>()
  const started = await start({}, () => {
    asked.resolve()
    return looking.promise
  })
  const socket = connect(started.port, '127.0.0.1')
  socket.write(
    'GET /live/t1 HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n' +
      `Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${'a'.repeat(22)}==\r\nCookie: who=ada:editor\r\n\r\n`,
  )
  await asked.promise
  socket.resetAndDestroy()
  await once(socket, 'close')
  looking.resolve()
  expect(await isAlive(started)).toBe(true)
})

test.each([
  ['an opcode that does not exist', [0x83, 0x80, 0, 0, 0, 0]],
  ['reserved bits', [0xf2, 0x80, 0, 0, 0, 0]],
  ['no mask', [0x82, 0x01, 0x00]],
  ['a length of 2^63', [0x82, 0xff, 0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]],
  ['a ping that is too long', [0x89, 0xfe, 0x01, 0x00, 0, 0, 0, 0]],
])('a frame with %s ends that connection alone', async (_name, bytes) => {
  const started = await start()
  const socket = openSocket(started.port, '/live/t1', editor)
  await nextFrame(socket)
  const raw = (socket as unknown as { _socket: { write: (bytes: Buffer) => void } })._socket
  raw.write(Buffer.from(bytes))
  const { code } = await closeOf(socket)
  expect([1002, 1006, 1007, CLOSES.tooLarge.code]).toContain(code)
  expect(await isAlive(started)).toBe(true)
})

test('text closes with "malformed"', async () => {
  const { port } = await start()
  const socket = openSocket(port, '/live/t1', editor)
  await nextFrame(socket)
  socket.send('hello')
  expect(await closeOf(socket)).toEqual(CLOSES.malformed)
})

test('a message above the limit closes with "too large", which stock clients do not try again', async () => {
  const { port } = await start()
  const socket = openSocket(port, '/live/t1', editor)
  await nextFrame(socket)
  socket.send(new Uint8Array(LIMITS.message + 1))
  expect(await closeOf(socket)).toEqual(CLOSES.tooLarge)
})

test('a message above the limit of the socket itself closes with "too large" as well', async () => {
  const { port } = await start()
  const socket = openSocket(port, '/live/t1', editor)
  await nextFrame(socket)
  socket.send(new Uint8Array(LIMITS.answer + 1))
  expect(await closeOf(socket)).toEqual(CLOSES.tooLarge)
})

test('nothing is unpacked, whoever asks for it', async () => {
  const { port } = await start()
  const socket = openSocket(port, '/live/t1', editor, { perMessageDeflate: true })
  await nextFrame(socket)
  expect(socket.extensions).toBe('')
})

test('a flood over two sockets of one account closes with "too fast", and leaves others alone', async () => {
  const { port } = await start()
  const [one, two, bos] = [editor, editor, { cookie: 'who=bo:editor' }].map(headers =>
    openSocket(port, '/live/t1', headers),
  )
  if (!one || !two || !bos) throw new Error('No sockets')
  await Promise.all([one, two, bos].map(nextFrame))
  const closed = Promise.race([one, two].map(closeOf))
  const nothing = encodeFrame({ kind: 'update', update: Uint8Array.of(0, 0) })
  for (let many = 0; many < LIMITS.burst; many++) {
    one.send(nothing)
    two.send(nothing)
  }
  expect(await closed).toEqual(CLOSES.tooFast)
  const answered = nextFrame(bos)
  bos.send(encodeFrame({ kind: 'ask', stateVector: Uint8Array.of(0) }))
  expect(await answered).toMatchObject({ kind: 'answer' })
})

test('messages that begin and do not end close with "too fast"', async () => {
  const { port } = await start()
  const sockets = Array.from({ length: 3 }, () => openSocket(port, '/live/t1', editor))
  await Promise.all(sockets.map(nextFrame))
  const closed = Promise.race(sockets.map(closeOf))
  // A binary frame of 12 MiB of which the last byte never comes.
  const size = 12 * 1024 * 1024
  const head = Buffer.alloc(14)
  head.set([0x82, 0xff])
  head.writeBigUInt64BE(BigInt(size), 2)
  for (const socket of sockets) {
    const raw = (socket as unknown as { _socket: { write: (bytes: Uint8Array) => void } })._socket
    raw.write(head)
    raw.write(new Uint8Array(size - 1))
  }
  expect(await closed).toEqual(CLOSES.tooFast)
})

test('only a client that asked for it hears of "saved"', async () => {
  const { port } = await start()
  const kinds = async (path: string): Promise<unknown[]> => {
    const socket = openSocket(port, path, editor)
    const heard: unknown[] = []
    const done = Promise.withResolvers<void>()
    socket.on('message', (data: Buffer) => {
      const frame = decodeFrame(data)
      heard.push(frame?.kind)
      if (frame?.kind === 'ask')
        socket.send(encodeFrame({ kind: 'ask', stateVector: Uint8Array.of(0) }))
      // What follows the answer is on its way before the pong.
      if (frame?.kind === 'answer') socket.ping()
    })
    socket.on('pong', () => done.resolve())
    await done.promise
    socket.terminate()
    return heard
  }
  expect(await kinds('/live/t1')).toEqual(['ask', 'answer'])
  expect(await kinds('/live/t1?saved=1')).toEqual(['ask', 'answer', 'saved'])
})

test('signing out cuts the sockets of that session, and no others', async () => {
  const { edge, port } = await start()
  const [ada, bo] = [
    openSocket(port, '/live/t1', editor),
    openSocket(port, '/live/t1', { cookie: 'who=bo:editor' }),
  ]
  await Promise.all([nextFrame(ada), nextFrame(bo)])
  edge.disconnect({ session: 'session of ada' }, CLOSES.signedOut)
  expect(await closeOf(ada)).toEqual(CLOSES.signedOut)
  expect(bo.readyState).toBe(bo.OPEN)
  edge.disconnect({ account: 'bo' as AccountId }, CLOSES.signedOut)
  expect(await closeOf(bo)).toEqual(CLOSES.signedOut)
})

test('what is under way when somebody signs out does not arrive', async () => {
  const { edge, port, rooms } = await start()
  const socket = openSocket(port, '/live/t1', editor)
  await nextFrame(socket)
  const room = await rooms.open(parseDocumentName('t1') as DocumentRef)
  const edit = new Y.Doc()
  createTracker(edit, 'Too late')
  edge.disconnect({ session: 'session of ada' }, CLOSES.signedOut)
  socket.send(encodeFrame({ kind: 'update', update: Y.encodeStateAsUpdate(edit) }))
  await closeOf(socket)
  await room.whenDurable()
  expect(readTitle(room.doc)).toBe('')
})

test.each([
  [
    'signs out',
    ({ edge }: LiveServer) => edge.disconnect({ account: 'ada' as AccountId }, CLOSES.signedOut),
    CLOSES.signedOut,
  ],
  [
    'loses a right',
    ({ rooms }: LiveServer) => rooms.setRole('t1' as never, 'ada' as AccountId, 'viewer'),
    CLOSES.outOfStep,
  ],
])('who %s while coming in does not get in with the old right', async (_name, change, close) => {
  const looking = Promise.withResolvers<void>()
  const asked = Promise.withResolvers<void>()
  const started = await start({}, () => {
    asked.resolve()
    return looking.promise
  })
  const closed = closeOf(openSocket(started.port, '/live/t1', editor))
  await asked.promise
  change(started)
  looking.resolve()
  expect(await closed).toEqual(close)
})

test('one account has at most 20 sockets', async () => {
  const { port } = await start()
  const sockets = Array.from({ length: 20 }, () => openSocket(port, '/live/t1', editor))
  await Promise.all(sockets.map(nextFrame))
  expect(await closeOf(openSocket(port, '/live/t1', editor))).toEqual(CLOSES.tooFast)
  const other = openSocket(port, '/live/t1', { cookie: 'who=bo:editor' })
  expect(await nextFrame(other)).toMatchObject({ kind: 'ask' })
})

test('a document that does not open is "unavailable", and opens when it can', async () => {
  let isDown = true
  const store = openMemory()
  const { port } = await start({
    store: {
      ...store,
      load: document =>
        isDown ? Promise.reject(new Error('the disk is away')) : store.load(document),
    },
  })
  expect(await closeOf(openSocket(port, '/live/t1', editor))).toEqual(CLOSES.unavailable)
  isDown = false
  expect(await nextFrame(openSocket(port, '/live/t1', editor))).toMatchObject({ kind: 'ask' })
})

test('who is kept waiting at the door for 5 s is told to come back', async () => {
  const clock = new ManualClock()
  const asked = Promise.withResolvers<void>()
  const { port } = await start({ clock }, () => {
    asked.resolve()
    return new Promise(() => undefined)
  })
  const closed = closeOf(openSocket(port, '/live/t1', editor))
  await asked.promise
  await clock.advance(5_000)
  expect(await closed).toEqual(CLOSES.unavailable)
})

test('stopping tells everybody to come back', async () => {
  const { port, rooms } = await start()
  const socket = openSocket(port, '/live/t1', editor)
  await nextFrame(socket)
  const closed = closeOf(socket)
  await rooms.closeAll()
  expect(await closed).toEqual(CLOSES.unavailable)
})

test('one address has at most 100 sockets', async () => {
  const { port } = await start()
  const sockets = Array.from({ length: 100 }, (_, nth) =>
    openSocket(port, '/live/t1', { cookie: `who=u${nth % 10}:viewer` }),
  )
  await Promise.all(sockets.map(nextFrame))
  const knock = async (): Promise<number> => {
    const socket = openSocket(port, '/live/t1', editor)
    const refused = once(socket, 'unexpected-response').then(
      ([, response]) => (response as { statusCode: number }).statusCode,
    )
    return Promise.race([refused, once(socket, 'open').then(() => 101)])
  }
  expect(await knock()).toBe(429)
  sockets[0]?.close()
  await vi.waitFor(async () => expect(await knock()).toBe(101))
})

test('a connection that has fallen silent is given up', async () => {
  const clock = new ManualClock()
  const { port } = await start({ clock })
  const dead = openSocket(port, '/live/t1', editor, { autoPong: false })
  const alive = openSocket(port, '/live/t1', { cookie: 'who=bo:editor' })
  await Promise.all([nextFrame(dead), nextFrame(alive)])
  const gone = closeOf(dead)
  for (let round = 0; round < 3; round++) {
    const pinged = Promise.all([once(dead, 'ping'), once(alive, 'ping')])
    if (round < 2) {
      await clock.advance(20_000)
      await pinged
      // The pong has come when what was sent after it is answered.
      const answered = once(alive, 'message')
      alive.send(encodeFrame({ kind: 'ask', stateVector: Uint8Array.of(0) }))
      await until(clock, answered)
    } else await clock.advance(20_000)
  }
  expect((await gone).code).toBe(1006)
  expect(alive.readyState).toBe(alive.OPEN)
})
