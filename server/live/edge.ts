/** Sockets and peers: who may come in, how much they may send, and when a silent one is given up. */
import type { IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'
import type { RawData, WebSocket } from 'ws'
import {
  CLOSES,
  parseDocumentName,
  type Close,
  type DocumentName,
  type DocumentRef,
  type Role,
} from '#shared/access.ts'
import { newId, type AccountId, type TrackerId } from '#shared/ids.ts'
import type { PresentAccount } from '#shared/presence.ts'
import type { Clock } from '#server/live/clock.ts'
import { sendWhole } from '#server/live/framing.ts'
import { Guests } from '#server/live/guests.ts'
import { LIMITS, type Limits } from '#server/live/limits.ts'
import { Observer } from '#server/live/observer.ts'
import type { Peer } from '#server/live/peer.ts'
import type { Room } from '#server/live/room.ts'
import { Unavailable, type Rooms } from '#server/live/rooms.ts'
import {
  headersOf,
  readTarget,
  refuse,
  socketsWithin,
  type Target,
  type Wishes,
} from '#server/live/upgrade.ts'
import { faultFields, type Log } from '#server/log.ts'

/** Somebody who may come in. */
export interface Entered {
  readonly account: PresentAccount
  readonly role: Role
  readonly session: string
}

export interface EdgeDeps {
  readonly rooms: Rooms
  readonly clock: Clock
  readonly limits?: Limits
  /** Who this is and what they may do with the document, or why they may not come in. */
  readonly enter: (headers: Headers, ref: DocumentRef) => Promise<Entered | Close>
  /** Whether the request comes from Parley's own pages, or from no browser at all. */
  readonly isOwnOrigin: (headers: Headers) => boolean
  readonly addressOf: (request: IncomingMessage) => string
  readonly log?: Log
  readonly observer?: Observer
}

/** Whose connections to end: all of an account, or those of one session. */
export type Whose = { readonly account: AccountId } | { readonly session: string }

/** Somebody between the door and the room: what happens to their rights meanwhile must not be missed. */
interface Arriving {
  readonly ref: DocumentRef
  /** Each may say why they may not come in after all. */
  readonly objections: ((entered: Entered) => Close | undefined)[]
}

/** What a line of the log says of a connection. */
interface Caller {
  readonly connection: string
  /** Undefined where the name that was asked for is none. */
  readonly document: DocumentName | undefined
  account?: AccountId
}

interface Admitted {
  readonly entered: Entered
  readonly room: Room
}

interface Connection {
  readonly entered: Entered
  readonly socket: WebSocket
  /** Nothing that it has sent is looked at any more. */
  readonly end: (why: Close, because: string) => void
  heardAt: number
}

export class Edge {
  readonly #deps: EdgeDeps
  readonly #limits: Limits
  readonly #observer: Observer
  readonly #guests: Guests
  readonly #sockets: ReturnType<typeof socketsWithin>
  readonly #arriving = new Set<Arriving>()
  readonly #connections = new Set<Connection>()
  readonly #addresses = new Map<string, number>()
  #stopPings: (() => void) | undefined

  constructor(deps: EdgeDeps) {
    this.#deps = deps
    this.#limits = deps.limits ?? LIMITS
    this.#observer = deps.observer ?? new Observer()
    this.#guests = new Guests(deps.clock, this.#limits)
    this.#sockets = socketsWithin(this.#limits)
    deps.rooms.watchRoles((trackerId, account) => this.#roleChanged(trackerId, account))
  }

  /** Connections in rooms. */
  get size(): number {
    return this.#connections.size
  }

  /** Takes the server's upgrades to `/live/…`, and refuses the others unless somebody else listens for them. */
  attach(server: Server): void {
    server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
      // First of all: a reset while we look who it is must not end the process.
      socket.on('error', () => socket.destroy())
      const target = readTarget(request.url ?? '')
      if (target === 'elsewhere') {
        if (server.listenerCount('upgrade') === 1) refuse(socket, '404 Not Found')
        return
      }
      this.#upgrade(request, socket, head, target).catch((error: unknown) => {
        this.#deps.log?.error('an upgrade failed', faultFields(error))
        socket.destroy()
      })
    })
  }

  /** Ends connections at once: after sign-out, when a session or an account ends. */
  disconnect(whose: Whose, why: Close): void {
    const isMeant = ({ account, session }: Entered): boolean =>
      'account' in whose ? account.id === whose.account : session === whose.session
    for (const { objections } of this.#arriving)
      objections.push(entered => (isMeant(entered) ? why : undefined))
    for (const connection of this.#connections)
      if (isMeant(connection.entered)) connection.end(why, 'the session ended')
  }

  /** Ends what is still open, without a word: `rooms.closeAll` has said goodbye before. */
  close(): void {
    this.#stopPings?.()
    for (const { socket } of this.#connections) socket.terminate()
  }

  #roleChanged(trackerId: TrackerId, account: AccountId): void {
    for (const { objections, ref } of this.#arriving)
      if (ref.trackerId === trackerId)
        objections.push(entered => (entered.account.id === account ? CLOSES.outOfStep : undefined))
  }

  async #upgrade(
    request: IncomingMessage,
    socket: Duplex,
    head: Buffer,
    { name, ...wishes }: Target,
  ): Promise<void> {
    const connection = newId()
    const headers = headersOf(request)
    const refused = (status: string): void => {
      this.#deps.log?.info('upgrade refused', { connection, status })
      refuse(socket, status)
    }
    if (!this.#deps.isOwnOrigin(headers)) return refused('403 Forbidden')
    const address = this.#deps.addressOf(request)
    if ((this.#addresses.get(address) ?? 0) >= this.#limits.socketsPerAddress)
      return refused('429 Too Many Requests')
    this.#count(address, 1)
    socket.once('close', () => this.#count(address, -1))

    const ref = parseDocumentName(name)
    const caller: Caller = { connection, document: ref?.name }
    const admitted = ref ? await this.#inTime(this.#admit(headers, ref, caller)) : CLOSES.notFound
    if (socket.destroyed) return
    this.#sockets.handleUpgrade(request, socket, head, opened => {
      opened.on('error', () => undefined)
      if ('code' in admitted) this.#goodbye(opened, caller, admitted, 'may not come in')
      else this.#join(opened, socket, admitted, caller, wishes)
    })
  }

  /** Right and room come before the socket opens, so that nothing is kept for somebody who may not come in. */
  async #admit(headers: Headers, ref: DocumentRef, caller: Caller): Promise<Close | Admitted> {
    const arriving: Arriving = { ref, objections: [] }
    this.#arriving.add(arriving)
    try {
      const entered = await this.#deps.enter(headers, ref)
      if ('code' in entered) return entered
      caller.account = entered.account.id
      const room = await this.#deps.rooms.open(ref)
      for (const objection of arriving.objections) {
        const why = objection(entered)
        if (why) return why
      }
      return { entered, room }
    } catch (error) {
      const level = error instanceof Unavailable ? 'info' : 'error'
      this.#deps.log?.[level]('a document did not open', { ...caller, ...faultFields(error) })
      return CLOSES.unavailable
    } finally {
      this.#arriving.delete(arriving)
    }
  }

  #inTime(admitted: Promise<Close | Admitted>): Promise<Close | Admitted> {
    const late = Promise.withResolvers<Close>()
    const cancel = this.#deps.clock.after(this.#limits.entering, () =>
      late.resolve(CLOSES.unavailable),
    )
    return Promise.race([admitted.finally(cancel), late.promise])
  }

  #join(
    socket: WebSocket,
    raw: Duplex,
    { entered, room }: Admitted,
    caller: Caller,
    wishes: Wishes,
  ): void {
    const { account, role } = entered
    const visit = this.#guests.enter(account.id)
    if (!visit) return this.#goodbye(socket, caller, CLOSES.tooFast, 'too many connections')
    const { clock, log } = this.#deps
    const observer = this.#observer
    const peer: Peer = {
      account,
      role,
      ...wishes,
      send: frame => {
        if (socket.readyState !== socket.OPEN) return
        observer.out.count(frame)
        sendWhole(socket, raw, frame)
      },
      close: (why, because) => this.#goodbye(socket, caller, why, because),
      buffered: () => socket.bufferedAmount,
    }
    const end = (why: Close, because: string): void => {
      room.leave(peer)
      peer.close(why, because)
    }
    const tooFast = (): void => end(CLOSES.tooFast, 'too fast')
    const connection: Connection = { entered, socket, end, heardAt: clock.now() }
    this.#connections.add(connection)
    const hear = (): void => {
      connection.heardAt = clock.now()
    }
    socket.on('pong', hear)
    // Before `ws` sees it: what completes a message is no longer on its way.
    raw.prependListener('data', (chunk: Buffer) => {
      if (!visit.arriving(chunk.length)) tooFast()
    })
    socket.on('message', (data: RawData, isBinary: boolean) => {
      hear()
      // What was on its way when the connection was ended.
      if (socket.readyState !== socket.OPEN) return
      if (!isBinary || !(data instanceof Uint8Array)) return end(CLOSES.malformed, 'no bytes')
      observer.in.count(data)
      const judgement = visit.judge(data)
      if (judgement === 'take') room.receive(peer, data)
      else if (judgement === 'too fast') tooFast()
    })
    socket.on('close', (code: number) => {
      log?.debug('left', { ...caller, code })
      visit.leave()
      this.#connections.delete(connection)
      room.leave(peer)
    })
    observer.joined++
    log?.debug('joined', { ...caller, role })
    room.join(peer)
    this.#ping()
  }

  #count(address: string, change: 1 | -1): void {
    const many = (this.#addresses.get(address) ?? 0) + change
    if (many > 0) this.#addresses.set(address, many)
    else this.#addresses.delete(address)
  }

  /** A reader that takes nothing does not take the goodbye either. */
  #goodbye(socket: WebSocket, caller: Caller, why: Close, because?: string): void {
    if (socket.readyState !== socket.OPEN) return
    const { code, reason } = why
    this.#observer.closing(why)
    if (because !== undefined) this.#deps.log?.info('refused', { ...caller, code, because })
    socket.close(code, reason)
    const cancel = this.#deps.clock.after(this.#limits.goodbye, () => socket.terminate())
    socket.once('close', cancel)
  }

  #ping(): void {
    const { clock } = this.#deps
    this.#stopPings ??= clock.after(this.#limits.ping, () => {
      this.#stopPings = undefined
      for (const { heardAt, socket } of this.#connections)
        if (clock.now() - heardAt > this.#limits.dead) socket.terminate()
        else socket.ping()
      this.#guests.forget()
      if (this.#connections.size > 0) this.#ping()
    })
  }
}
