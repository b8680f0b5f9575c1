/** A WebSocket without a network: nothing happens on it but what the test does. */
import * as Y from 'yjs'
import { decodeFrame, encodeFrame, type Frame } from '#shared/wire.ts'

/** The browser's end of a socket whose other end the test holds. */
export class FakeSocket extends EventTarget {
  static readonly CONNECTING = 0
  static readonly OPEN = 1
  static readonly CLOSING = 2
  static readonly CLOSED = 3
  static all: FakeSocket[] = []
  static get last(): FakeSocket {
    const socket = FakeSocket.all.at(-1)
    if (!socket) throw new Error('no socket was opened')
    return socket
  }

  readonly OPEN = FakeSocket.OPEN
  readyState = FakeSocket.CONNECTING
  binaryType = 'blob'
  readonly frames: Frame[] = []
  onopen: (() => void) | null = null
  onmessage: ((event: { data: ArrayBuffer }) => void) | null = null
  onclose: ((event: { code: number; reason: string }) => void) | null = null
  onerror: (() => void) | null = null
  readonly url: string

  constructor(url: string | URL) {
    super()
    this.url = String(url)
    FakeSocket.all.push(this)
  }

  send(bytes: Uint8Array): void {
    const frame = decodeFrame(bytes)
    if (frame) this.frames.push(frame)
  }

  close(): void {
    this.readyState = FakeSocket.CLOSED
  }

  open(): void {
    this.readyState = FakeSocket.OPEN
    this.onopen?.()
  }

  receive(frame: Frame): void {
    this.onmessage?.({ data: encodeFrame(frame).slice().buffer })
  }

  drop(code = 1006, reason = ''): void {
    this.readyState = FakeSocket.CLOSED
    this.onclose?.({ code, reason })
  }

  /** The server's side of a join: its question, and its answer to mine. */
  greet(server: Y.Doc): void {
    this.open()
    this.receive({ kind: 'ask', stateVector: Y.encodeStateVector(server) })
    this.receive({ kind: 'answer', update: Y.encodeStateAsUpdate(server) })
  }

  /** The frames that count for `saved`. */
  get synced(): readonly Frame[] {
    return this.frames.filter(({ kind }) => ['ask', 'answer', 'update'].includes(kind))
  }
}
