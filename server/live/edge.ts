/** Sockets and peers: who may come in, how much they may send, and when a silent one is given up. */
import type { IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'
import type { WebSocket } from 'ws'
import { CLOSES, parseDocumentName, type Close, type DocumentRef } from '#shared/access.ts'
import { newId, type AccountId, type TrackerId } from '#shared/ids.ts'
import type { Clock } from '#server/live/clock.ts'
import {
  Connection,
  goodbye,
  type Caller,
  type Entered,
  type House,
} from '#server/live/connection.ts'
import { Guests } from '#server/live/guests.ts'
import { LIMITS, type Limits } from '#server/live/limits.ts'
import { Observer } from '#server/live/observer.ts'
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
import { DamagedError } from '#server/store/store.ts'
import { faultFields, type Log } from '#server/log.ts'

export interface EdgeDeps {
  readonly rooms: Rooms
  readonly clock: Clock
  readonly limits?: Limits
  /** Who this is and what they may do with the document, or why they may not come in. */
  readonly enter: (headers: Headers, ref: DocumentRef, address: string) => Promise<Entered | Close>
  /** Whether the request comes from Parley's own pages, or from no browser at all. */
  readonly mayConnect: (headers: Headers) => boolean
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

interface Admitted {
  readonly entered: Entered
  readonly room: Room
}

interface Joining extends Admitted {
  readonly caller: Caller
  readonly wishes: Wishes
  readonly address: string
}

export class Edge {
  readonly #deps: EdgeDeps
  readonly #limits: Limits
  readonly #house: House
  readonly #guests: Guests
  readonly #sockets: ReturnType<typeof socketsWithin>
  readonly #arriving = new Set<Arriving>()
  readonly #connections = new Set<Connection>()
  readonly #addresses = new Map<string, number>()
  #stopPings: (() => void) | undefined

  constructor(deps: EdgeDeps) {
    this.#deps = deps
    this.#limits = deps.limits ?? LIMITS
    this.#house = {
      clock: deps.clock,
      limits: this.#limits,
      log: deps.log,
      observer: deps.observer ?? new Observer(),
      left: connection => {
        this.#connections.delete(connection)
        this.#count(connection.address, -1)
      },
    }
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
      socket.on('error', destroy)
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
    const isMeant = ({ account, session }: Pick<Entered, 'account' | 'session'>): boolean =>
      'account' in whose ? account.id === whose.account : session === whose.session
    for (const { objections } of this.#arriving)
      objections.push(entered => (isMeant(entered) ? why : undefined))
    for (const connection of this.#connections)
      if (isMeant(connection)) connection.end(why, 'the session ended')
  }

  /** A session goes on under another id, and its connections with it. */
  renew(session: string, renewed: string): void {
    // Who is still on the way in comes again, as the one it is now.
    for (const { objections } of this.#arriving)
      objections.push(entered => (entered.session === session ? CLOSES.outOfStep : undefined))
    for (const connection of this.#connections)
      if (connection.session === session) connection.session = renewed
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
      this.#house.observer.turningAway(status)
      this.#deps.log?.info('upgrade refused', { connection, status })
      refuse(socket, status)
    }
    if (!this.#deps.mayConnect(headers)) return refused('403 Forbidden')
    const address = this.#deps.addressOf(request)
    if ((this.#addresses.get(address) ?? 0) >= this.#limits.socketsPerAddress)
      return refused('429 Too Many Requests')
    this.#count(address, 1)
    const leave = (): void => this.#count(address, -1)
    socket.once('close', leave)

    const ref = parseDocumentName(name)
    const stranger: Caller = { connection, document: ref?.name }
    const admitted = ref
      ? await this.#inTime(this.#admit(headers, ref, stranger, address))
      : CLOSES.notFound
    if (socket.destroyed) return
    const caller =
      'code' in admitted ? stranger : { ...stranger, account: admitted.entered.account.id }
    this.#sockets.handleUpgrade(request, socket, head, opened => {
      opened.on('error', ignore)
      if ('code' in admitted) this.#goodbye(opened, caller, admitted, 'may not come in')
      else if (this.#join(opened, socket, { ...admitted, caller, wishes, address }))
        socket.off('close', leave)
    })
  }

  /** Right and room come before the socket opens, so that nothing is kept for somebody who may not come in. */
  async #admit(
    headers: Headers,
    ref: DocumentRef,
    caller: Caller,
    address: string,
  ): Promise<Close | Admitted> {
    const arriving: Arriving = { ref, objections: [] }
    this.#arriving.add(arriving)
    try {
      const entered = await this.#deps.enter(headers, ref, address)
      if ('code' in entered) return entered
      const room = await this.#deps.rooms.open(ref)
      for (const objection of arriving.objections) {
        const why = objection(entered)
        if (why) return why
      }
      return { entered, room }
    } catch (error) {
      const level = error instanceof Unavailable ? 'info' : 'error'
      this.#deps.log?.[level]('a document did not open', { ...caller, ...faultFields(error) })
      return error instanceof DamagedError ? CLOSES.damaged : CLOSES.unavailable
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

  /** Whether it is in; its connection then looks after its going as well. */
  #join(socket: WebSocket, raw: Duplex, joining: Joining): boolean {
    const { caller, entered } = joining
    const visit = this.#guests.enter(entered.account.id)
    if (!visit) this.#goodbye(socket, caller, CLOSES.tooFast, 'too many connections')
    else {
      const arrived = { ...joining, visit, name: caller.connection }
      this.#connections.add(new Connection(socket, raw, this.#house, arrived))
      this.#ping()
    }
    return visit !== undefined
  }

  #count(address: string, change: 1 | -1): void {
    const many = (this.#addresses.get(address) ?? 0) + change
    if (many > 0) this.#addresses.set(address, many)
    else this.#addresses.delete(address)
  }

  #goodbye(socket: WebSocket, caller: Caller, why: Close, because: string): void {
    goodbye(this.#house, socket, caller, why, because)
  }

  #ping(): void {
    const { clock } = this.#deps
    this.#stopPings ??= clock.after(this.#limits.ping, () => {
      this.#stopPings = undefined
      const now = clock.now()
      for (const connection of this.#connections) {
        const { ends, heardAt, socket } = connection
        if (ends && now >= ends.at) connection.end(ends.why, 'what it came in with ended')
        else if (now - heardAt > this.#limits.dead) socket.terminate()
        else socket.ping()
      }
      this.#guests.forget()
      if (this.#connections.size > 0) this.#ping()
    })
  }
}

/** The same for every socket. */
function destroy(this: Duplex): void {
  this.destroy()
}
const ignore = (): void => undefined
