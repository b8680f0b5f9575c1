/** WebSocket frames made once and written to many sockets: most of what a crowd costs is in the writing. */
import type { Duplex } from 'node:stream'
import type { WebSocket } from 'ws'

/** The first byte of a whole binary message: FIN, and opcode 2 (RFC 6455, 5.2). */
const WHOLE_BINARY = 0x82
const TWO_MORE_BYTES = 126
const EIGHT_MORE_BYTES = 127

/** The same bytes go to every reader of a room, one after the other. */
const framed = new WeakMap<Uint8Array, Buffer>()

const frameOf = (message: Uint8Array): Buffer => {
  const known = framed.get(message)
  if (known) return known
  const { length } = message
  const start = length < TWO_MORE_BYTES ? 2 : length < 2 ** 16 ? 4 : 10
  const frame = Buffer.allocUnsafe(start + length)
  frame[0] = WHOLE_BINARY
  if (start === 2) frame[1] = length
  else if (start === 4) {
    frame[1] = TWO_MORE_BYTES
    frame.writeUInt16BE(length, 2)
  } else {
    frame[1] = EIGHT_MORE_BYTES
    frame.writeBigUInt64BE(BigInt(length), 2)
  }
  frame.set(message, start)
  framed.set(message, frame)
  return frame
}

/**
 * Sends a message past the sender of `ws`, in order with what goes through it: without compression that one holds
 * nothing back. The message must not change afterwards. Nothing is sent once a goodbye has been said.
 */
export const sendWhole = (socket: WebSocket, raw: Duplex, message: Uint8Array): void => {
  if (socket.readyState === socket.OPEN) raw.write(frameOf(message))
}
