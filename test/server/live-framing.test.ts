/** What is sent past the sender of `ws` arrives as it was, at every length at which the format changes, and in order. */
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { WebSocket, WebSocketServer } from 'ws'
import { sendWhole } from '#server/live/framing.ts'

const LENGTHS = [0, 1, 125, 126, 127, 16_384, 16_385, 65_535, 65_536, 300_000]

test('every length arrives whole, between messages that went the usual way', async () => {
  const messages = LENGTHS.map(length => new Uint8Array(length).fill(length % 251))
  const sockets = new WebSocketServer({ noServer: true, perMessageDeflate: false })
  const server = createServer().listen(0, '127.0.0.1')
  server.on('upgrade', (request, raw, head) =>
    sockets.handleUpgrade(request, raw, head, socket => {
      for (const message of messages) {
        sendWhole(socket, raw, message)
        socket.send(Uint8Array.of(7))
        sendWhole(socket, raw, message)
      }
      socket.close(4000)
      sendWhole(socket, raw, Uint8Array.of(9))
    }),
  )
  await once(server, 'listening')
  onTestFinished(() => void server.close())

  const client = new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`)
  const received: Buffer[] = []
  client.on('message', (data: Buffer) => received.push(data))
  const [code] = await once(client, 'close')
  expect(code).toBe(4000)
  const expected = messages.flatMap(message => [message, Uint8Array.of(7), message])
  expect(received.map(({ length }) => length)).toEqual(expected.map(({ length }) => length))
  expect(received.every((data, nth) => Buffer.compare(data, expected[nth] ?? data) === 0)).toBe(
    true,
  )
})
