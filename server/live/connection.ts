/**
 * One socket in a room. A server may hold many thousands that say nothing, so what belongs to all of them is kept once,
 * and their listeners are the same few functions for every socket.
 */
import type { Duplex } from 'node:stream'
import type { RawData, WebSocket } from 'ws'
import { CLOSES, type Close, type DocumentName, type Role } from '#shared/access.ts'
import type { AccountId } from '#shared/ids.ts'
import type { PresentAccount } from '#shared/presence.ts'
import type { Clock } from '#server/live/clock.ts'
import { sendWhole } from '#server/live/framing.ts'
import type { Visit } from '#server/live/guests.ts'
import type { Limits } from '#server/live/limits.ts'
import type { Observer } from '#server/live/observer.ts'
import type { Peer } from '#server/live/peer.ts'
import type { Room } from '#server/live/room.ts'
import type { Wishes } from '#server/live/upgrade.ts'
import type { Log } from '#server/log.ts'

/** Somebody who may come in. */
export interface Entered {
  readonly account: PresentAccount
  readonly role: Role
  readonly session: string
  /** However high its role becomes, it may do no more than this one: what a token does not allow. */
  readonly ceiling?: Role
  /** When it ends by itself. */
  readonly ends?: { readonly at: number; readonly why: Close }
}

/** What a line of the log says of a connection. */
export interface Caller {
  readonly connection: string
  /** Undefined where the name that was asked for is none. */
  readonly document: DocumentName | undefined
  readonly account?: AccountId
}

/** What all connections share. */
export interface House {
  readonly clock: Clock
  readonly limits: Limits
  readonly log: Log | undefined
  readonly observer: Observer
  readonly left: (connection: Connection) => void
}

interface Arrived {
  readonly entered: Entered
  readonly room: Room
  readonly visit: Visit
  readonly wishes: Wishes
  readonly name: string
  readonly address: string
}

/** Where a listener finds its connection: on the socket, and on the stream under it. */
const CONNECTION = Symbol('connection')
interface Bearer {
  [CONNECTION]?: Connection
  readonly on: unknown
}

export class Connection implements Peer {
  readonly account: PresentAccount
  readonly role: Role
  readonly ceiling: Role | undefined
  readonly ends: Entered['ends']
  readonly wantsSaved: boolean
  readonly tab: Peer['tab']
  session: string
  readonly address: string
  readonly socket: WebSocket
  heardAt: number
  readonly #name: string
  readonly #house: House
  readonly #raw: Duplex
  readonly #room: Room
  readonly #visit: Visit

  constructor(socket: WebSocket & Bearer, raw: Duplex & Bearer, house: House, arrived: Arrived) {
    const { entered, name, room, visit, wishes } = arrived
    this.account = entered.account
    this.role = entered.role
    this.ceiling = entered.ceiling
    this.ends = entered.ends
    this.session = entered.session
    this.address = arrived.address
    this.wantsSaved = wishes.wantsSaved
    this.tab = wishes.tab
    this.socket = socket
    this.heardAt = house.clock.now()
    this.#name = name
    this.#house = house
    this.#raw = raw
    this.#room = room
    this.#visit = visit
    socket[CONNECTION] = raw[CONNECTION] = this
    socket.on('pong', onPong).on('message', onMessage).on('close', onClose)
    // Before `ws` sees it: what completes a message is no longer on its way.
    raw.prependListener('data', onData)
    house.observer.joined++
    house.log?.debug('joined', { ...this.#caller, role: entered.role })
    room.join(this)
  }

  send(frame: Uint8Array): void {
    if (this.socket.readyState !== this.socket.OPEN) return
    this.#house.observer.out.count(frame)
    sendWhole(this.socket, this.#raw, frame)
  }

  close(why: Close, because?: string): void {
    goodbye(this.#house, this.socket, this.#caller, why, because)
  }

  buffered(): number {
    return this.socket.bufferedAmount
  }

  /** Nothing that it has sent is looked at any more. */
  end(why: Close, because: string): void {
    this.#room.leave(this)
    this.close(why, because)
  }

  hear(): void {
    this.heardAt = this.#house.clock.now()
  }

  arriving(bytes: number): void {
    if (!this.#visit.arriving(bytes)) this.end(CLOSES.tooFast, 'too fast')
  }

  receive(data: RawData, isBinary: boolean): void {
    this.hear()
    // What was on its way when the connection was ended.
    if (this.socket.readyState !== this.socket.OPEN) return
    if (!isBinary || !(data instanceof Uint8Array)) return this.end(CLOSES.malformed, 'no bytes')
    this.#house.observer.in.count(data)
    const judgement = this.#visit.judge(data)
    if (judgement === 'take') this.#room.receive(this, data)
    else if (judgement === 'too fast') this.end(CLOSES.tooFast, 'too fast')
  }

  gone(code: number): void {
    this.#house.log?.debug('left', { ...this.#caller, code })
    this.#visit.leave()
    this.#house.left(this)
    this.#room.leave(this)
  }

  get #caller(): Caller {
    return { connection: this.#name, document: this.#room.ref.name, account: this.account.id }
  }
}

function onPong(this: Bearer): void {
  this[CONNECTION]?.hear()
}

function onMessage(this: Bearer, data: RawData, isBinary: boolean): void {
  this[CONNECTION]?.receive(data, isBinary)
}

function onClose(this: Bearer, code: number): void {
  this[CONNECTION]?.gone(code)
}

function onData(this: Bearer, chunk: Buffer): void {
  this[CONNECTION]?.arriving(chunk.length)
}

/** A reader that takes nothing does not take the goodbye either. */
export const goodbye = (
  { clock, limits, log, observer }: Omit<House, 'left'>,
  socket: WebSocket,
  caller: Caller,
  why: Close,
  because?: string,
): void => {
  if (socket.readyState !== socket.OPEN) return
  const { code, reason } = why
  observer.closing(why)
  if (because !== undefined) log?.info('refused', { ...caller, code, because })
  socket.close(code, reason)
  const cancel = clock.after(limits.goodbye, () => socket.terminate())
  socket.once('close', cancel)
}
