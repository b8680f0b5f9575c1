/** A websocket client that costs next to nothing, so that one core can play thousands of people. */
import { connect as connectSocket, type Socket } from 'node:net'

export interface Closed {
  /** The websocket close code; 1006 where the connection ended without a word. */
  readonly code: number
  readonly reason: string
}

export interface LoadClientOptions {
  readonly headers?: Readonly<Record<string, string>>
  /** The address that it comes from; the whole of 127.0.0.0/8 is this machine. */
  readonly from?: string
  readonly onOpen?: (client: LoadClient) => void
  /** The bytes are only good until it returns. Without it, frames are counted and not looked at. */
  readonly onFrame?: (payload: Uint8Array, client: LoadClient) => void
  readonly onClose?: (closed: Closed, client: LoadClient) => void
}

const TEXT = 1
const BINARY = 2
const CLOSE = 8
const PING = 9
const PONG = 10

/** One for all: a read is over before the next begins. */
const incoming = Buffer.allocUnsafe(256 * 1024)

export class LoadClient {
  /** What has arrived: websocket frames, and bytes with their headers. */
  frames = 0
  bytes = 0
  isOpen = false
  closed: Closed | undefined
  /** Handed over after the connection where somebody wants to look only now. */
  onFrame: LoadClientOptions['onFrame']
  readonly socket: Socket
  readonly #options: LoadClientOptions
  #greeting = ''
  readonly #header = Buffer.alloc(10)
  #headerSize = 0
  #opcode = 0
  /** Bytes of the payload that have not arrived; below zero while the header is read. */
  #left = -1
  #collected: Buffer | undefined
  #collectedSize = 0

  constructor(url: string, options: LoadClientOptions = {}) {
    this.#options = options
    this.onFrame = options.onFrame
    const { host, hostname, pathname, port, search } = new URL(url)
    this.socket = connectSocket({
      host: hostname,
      port: Number(port),
      noDelay: true,
      ...(options.from !== undefined && { localAddress: options.from }),
      onread: {
        buffer: incoming,
        callback: size => {
          this.#read(size)
          return true
        },
      },
    })
    const headers = {
      host,
      origin: `http://${host}`,
      upgrade: 'websocket',
      connection: 'Upgrade',
      'sec-websocket-version': '13',
      'sec-websocket-key': 'cGFybGV5LWxvYWQtMTYhIQ==',
      ...options.headers,
    }
    const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
    this.socket.write(`GET ${pathname}${search} HTTP/1.1\r\n${lines.join('')}\r\n`)
    this.socket.on('error', () => undefined)
    this.socket.on('close', () => this.#end({ code: 1006, reason: '' }))
  }

  send(payload: Uint8Array): void {
    this.#write(BINARY, payload)
  }

  close(): void {
    if (this.isOpen) this.#write(CLOSE, new Uint8Array([0x03, 0xe8]))
    this.socket.end()
  }

  /** Without a word, as when a cable is cut. */
  cut(): void {
    this.socket.destroy()
  }

  #write(opcode: number, payload: Uint8Array): void {
    const { length } = payload
    const extended = length < 126 ? 0 : length < 65_536 ? 2 : 8
    const frame = Buffer.alloc(6 + extended + length)
    frame[0] = 0x80 | opcode
    frame[1] = 0x80 | (extended === 0 ? length : extended === 2 ? 126 : 127)
    if (extended === 2) frame.writeUInt16BE(length, 2)
    else if (extended === 8) frame.writeUInt32BE(length, 6)
    // A mask of zeros: legal, and the payload goes out as it is.
    frame.set(payload, 6 + extended)
    this.socket.write(frame)
  }

  #read(size: number): void {
    let at = 0
    if (!this.isOpen) {
      at = this.#greet(size)
      if (at < 0) return
    }
    this.bytes += size - at
    while (at < size) {
      if (this.#left < 0) {
        this.#header[this.#headerSize++] = incoming[at++] as number
        if (this.#headerSize >= 2) this.#begin()
      } else {
        const taken = Math.min(this.#left, size - at)
        this.#take(incoming.subarray(at, at + taken))
        at += taken
      }
      // An empty payload ends with its header.
      if (this.#left === 0 && this.#headerSize === 0) this.#take(incoming.subarray(0, 0))
    }
  }

  /** Where the first frame begins; -1 while the greeting is not complete. */
  #greet(size: number): number {
    const before = this.#greeting.length
    this.#greeting += incoming.toString('latin1', 0, size)
    const end = this.#greeting.indexOf('\r\n\r\n')
    if (end < 0) return -1
    if (!this.#greeting.startsWith('HTTP/1.1 101')) {
      this.#end({ code: 1006, reason: this.#greeting.slice(0, this.#greeting.indexOf('\r\n')) })
      this.socket.destroy()
      return -1
    }
    this.isOpen = true
    this.#greeting = ''
    this.#options.onOpen?.(this)
    return end + 4 - before
  }

  #begin(): void {
    const short = (this.#header[1] as number) & 127
    const size = short === 126 ? 4 : short === 127 ? 10 : 2
    if (this.#headerSize < size) return
    const length =
      size === 2
        ? short
        : size === 4
          ? this.#header.readUInt16BE(2)
          : Number(this.#header.readBigUInt64BE(2))
    this.#opcode = (this.#header[0] as number) & 15
    this.#headerSize = 0
    this.#left = length
    this.#collected = undefined
  }

  #take(part: Buffer): void {
    this.#left -= part.length
    const isWanted = this.#opcode >= CLOSE || this.onFrame !== undefined
    if (this.#left > 0 && isWanted && !this.#collected) {
      this.#collected = Buffer.allocUnsafe(this.#left + part.length)
      this.#collectedSize = 0
    }
    if (this.#collected) {
      this.#collected.set(part, this.#collectedSize)
      this.#collectedSize += part.length
    }
    if (this.#left > 0) return
    this.#left = -1
    const payload = this.#collected ?? part
    this.#collected = undefined
    this.#frame(payload)
  }

  #frame(payload: Buffer): void {
    if (this.#opcode === BINARY || this.#opcode === TEXT) {
      this.frames++
      this.onFrame?.(payload, this)
    } else if (this.#opcode === PING) this.#write(PONG, payload)
    else if (this.#opcode === CLOSE)
      this.#end({
        code: payload.length >= 2 ? payload.readUInt16BE(0) : 1005,
        reason: payload.toString('utf8', 2),
      })
  }

  #end(closed: Closed): void {
    if (this.closed) return
    this.closed = closed
    this.isOpen = false
    this.socket.end()
    this.#options.onClose?.(closed, this)
  }
}
