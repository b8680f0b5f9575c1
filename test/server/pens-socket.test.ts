/** Lending client ids over real sockets: only to a client that asks for it in the way of our own page. */
import { once } from 'node:events'
import { afterEach, expect, test } from 'vitest'
import type { WebSocket } from 'ws'
import { WebsocketProvider } from 'y-websocket'
import * as Y from 'yjs'
import { createTracker, describeTracker, readTitle } from '#shared/document/tracker.ts'
import { decodeFrame, encodeFrame, type Frame } from '#shared/wire.ts'
import { openSocket, socketAs, startLive, type LiveServer } from '#test/server/live-server.ts'

const EARLIER = 7

let live: LiveServer
afterEach(() => live.close())

interface Ours {
  readonly socket: WebSocket
  readonly frames: readonly Frame[]
  readonly heard: (kind: Frame['kind']) => Promise<Frame>
}

const joinAs = (path: string): Ours => {
  const socket = openSocket(live.port, path, { cookie: 'who=ada:editor' })
  const frames: Frame[] = []
  const waiting = new Map<string, (frame: Frame) => void>()
  socket.on('message', data => {
    const frame = data instanceof Uint8Array ? decodeFrame(data) : undefined
    if (!frame) throw new Error('The server sent what is no frame')
    frames.push(frame)
    if (frame.kind === 'ask') {
      socket.send(encodeFrame({ kind: 'answer', update: Uint8Array.of(0, 0) }))
      socket.send(encodeFrame({ kind: 'ask', stateVector: Uint8Array.of(0) }))
    }
    waiting.get(frame.kind)?.(frame)
  })
  const heard = (kind: Frame['kind']): Promise<Frame> => {
    const found = frames.find(frame => frame.kind === kind)
    return found ? Promise.resolve(found) : new Promise(resolve => waiting.set(kind, resolve))
  }
  return { socket, frames, heard }
}

/** An earlier page wrote a title under the id 7, and gave that back as the last thing that it said. */
const earlierPage = async (): Promise<number> => {
  live = await startLive()
  const doc = new Y.Doc()
  doc.clientID = EARLIER
  createTracker(doc, 'By the earlier page')
  const clock = Y.getState(doc.store, EARLIER)
  const page = joinAs('/live/t1?saved=1&tab=earlier&pen=1')
  await page.heard('answer')
  page.socket.send(encodeFrame({ kind: 'update', update: Y.encodeStateAsUpdate(doc) }))
  const room = await live.rooms.open({ name: 't1', trackerId: 't1', kind: 'matrix' } as never)
  while (readTitle(room.doc) === '') await new Promise(resolve => setImmediate(resolve))
  await room.whenDurable()
  page.socket.send(encodeFrame({ kind: 'giveBack', client: EARLIER, clock }))
  page.socket.close()
  await once(page.socket, 'close')
  return clock
}

test('the last word before the socket closes gets through, and the next page is lent the id', async () => {
  const clock = await earlierPage()
  const page = joinAs('/live/t1?saved=1&tab=later&pen=1')
  expect(await page.heard('lend')).toEqual({ kind: 'lend', client: EARLIER, clock })
  const kinds = page.frames.map(({ kind }) => kind)
  expect(kinds.indexOf('lend')).toBeGreaterThan(kinds.indexOf('answer'))
})

test('a stock client, and a page that wants none, never see the message', async () => {
  await earlierPage()
  const seen: number[] = []
  const Socket = socketAs('ada:editor')
  class Watching extends Socket {
    constructor(url: string | URL) {
      super(url)
      this.addEventListener('message', ({ data }) => seen.push(new Uint8Array(data)[0] ?? -1))
    }
  }
  const doc = new Y.Doc()
  const provider = new WebsocketProvider(`ws://127.0.0.1:${live.port}/live`, 't1', doc, {
    WebSocketPolyfill: Watching,
    disableBc: true,
  })
  await new Promise<void>(resolve => provider.once('sync', () => resolve()))
  describeTracker(doc, { title: 'By a stock client' })
  const paths = [
    '/live/t1?saved=1',
    '/live/t1?saved=1&tab=later&pen=0',
    '/live/t1?pen=1',
    '/live/t1?tab=a%2Fb&pen=1',
  ]
  for (const path of paths) {
    const page = joinAs(path)
    await page.heard('answer')
    // What follows an answer has come when the next one has.
    page.socket.send(encodeFrame({ kind: 'ask', stateVector: Uint8Array.of(0) }))
    await expect.poll(() => page.frames.filter(({ kind }) => kind === 'answer')).toHaveLength(2)
    expect(page.frames.map(({ kind }) => kind)).not.toContain('lend')
    page.socket.close()
  }
  // It was there all the time.
  const page = joinAs('/live/t1?saved=1&tab=later&pen=1')
  await page.heard('lend')
  provider.destroy()
  expect(new Set(seen)).not.toContain(101)
})
