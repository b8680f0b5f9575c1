/** A real HTTP server with the socket edge over a store in memory. */
import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { WebSocket, type ClientOptions } from 'ws'
import { CLOSES, type Close, type Role } from '#shared/access.ts'
import type { AccountId } from '#shared/ids.ts'
import type { Clock } from '#server/live/clock.ts'
import { systemClock } from '#server/live/clock.ts'
import { Edge } from '#server/live/edge.ts'
import { LIMITS, type Limits } from '#server/live/limits.ts'
import { Rooms } from '#server/live/rooms.ts'
import { openMemory } from '#server/store/memory.ts'
import type { Store } from '#server/store/store.ts'

export interface LiveServer {
  readonly server: Server
  readonly port: number
  readonly rooms: Rooms
  readonly edge: Edge
  readonly store: Store
  readonly close: () => Promise<void>
}

/** The cookie says who it is and what they may do: `who=ada:editor`. No cookie: a stranger. */
export const startLive = async (
  {
    clock = systemClock,
    limits = LIMITS,
    store = openMemory(),
  }: { clock?: Clock; limits?: Limits; store?: Store } = {},
  beforeEntering: () => Promise<void> = async () => undefined,
): Promise<LiveServer> => {
  const server = createServer((_request, response) => response.end('alive'))
  const rooms = new Rooms({ store, clock, limits })
  const edge = new Edge({
    rooms,
    clock,
    limits,
    mayConnect: headers => {
      const origin = headers.get('origin')
      return origin === null || URL.parse(origin)?.host === headers.get('host')
    },
    addressOf: request => request.socket.remoteAddress ?? '',
    enter: async (headers, ref) => {
      await beforeEntering()
      const [, id, role] = /who=(\w+):(\w+)/.exec(headers.get('cookie') ?? '') ?? []
      if (!id || !role) return CLOSES.signedOut
      if (ref.trackerId !== 't1') return CLOSES.notFound
      const account = { id: id as AccountId, name: id, colour: 1 }
      return { account, role: role as Role, session: `session of ${id}` }
    },
  })
  edge.attach(server)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    server,
    port,
    rooms,
    edge,
    store,
    close: async () => {
      await rooms.closeAll()
      edge.close()
      server.closeAllConnections()
      await new Promise(resolve => server.close(resolve))
    },
  }
}

/** A socket for the unmodified client of y-websocket, with a cookie as a browser would send it. */
export const socketAs = (who: string): typeof globalThis.WebSocket =>
  class extends WebSocket {
    constructor(url: string | URL, protocols?: string | string[]) {
      super(url, protocols, { headers: { cookie: `who=${who}` } })
    }
  } as unknown as typeof globalThis.WebSocket

export const openSocket = (
  port: number,
  path: string,
  headers: Record<string, string> = {},
  options: ClientOptions = {},
): WebSocket => {
  const socket = new WebSocket(`ws://127.0.0.1:${port}${path}`, { ...options, headers })
  socket.on('error', () => undefined)
  return socket
}

export const closeOf = async (socket: WebSocket): Promise<Close> => {
  const [code, reason] = (await once(socket, 'close')) as [number, Buffer]
  return { code, reason: reason.toString() } as Close
}
