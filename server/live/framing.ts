/** WebSocket frames made once and written to many sockets: most of what a crowd costs is in the writing. */
import type { Duplex } from 'node:stream'
import type { WebSocket } from 'ws'

/** The first byte of a whole binary message: FIN, and opcode 2 (RFC 6455, 5.2). */
const WHOLE_BINARY = 0x82
const TWO_MORE_BYTES = 126
const EIGHT_MORE_BYTES = 127

/** Longer messages are not copied behind their head: two writes then cost less than the copy, and than keeping it. */
const SHORT = 16 * 1024

/** The same bytes go to every reader of a room, one after the other. */
const framed = new WeakMap<Uint8Array, Buffer>()

const frameOf = (message: Uint8Array): Buffer => {
  let frame = framed.get(message)
  if (!frame) framed.set(message, (frame = Buffer.concat([headOf(message.length), message])))
  return frame
}

const headOf = (length: number): Buffer => {
  if (length < TWO_MORE_BYTES) return Buffer.of(WHOLE_BINARY, length)
  const isShort = length < 2 ** 16
  const head = Buffer.alloc(isShort ? 4 : 10)
  head[0] = WHOLE_BINARY
  head[1] = isShort ? TWO_MORE_BYTES : EIGHT_MORE_BYTES
  if (isShort) head.writeUInt16BE(length, 2)
  else head.writeBigUInt64BE(BigInt(length), 2)
  return head
}

/**
 * Sends a message past the sender of `ws`, in order with what goes through it: without compression that one holds
 * nothing back. The message must not change afterwards. Nothing is sent once a goodbye has been said.
 */
export const sendWhole = (socket: WebSocket, raw: Duplex, message: Uint8Array): void => {
  if (socket.readyState !== socket.OPEN) return
  if (message.length <= SHORT) return void raw.write(frameOf(message))
  raw.cork()
  raw.write(headOf(message.length))
  raw.write(message)
  raw.uncork()
}
