/** From a request for a socket to the socket: what it asks for, what it may bring, and how it is turned away. */
import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { WebSocket, WebSocketServer } from 'ws'
import { rawAnswer } from '#server/headers.ts'
import { CLOSES } from '#shared/access.ts'
import { isId } from '#shared/ids.ts'
import type { Limits } from '#server/live/limits.ts'
import type { Peer } from '#server/live/peer.ts'

/** The code of `ws` for a message above `maxPayload`: stock clients would send the same again for ever. */
const MESSAGE_TOO_BIG = 1009
/** The least piece in which a network brings a message. */
const CHUNK = 512

class ServerSocket extends WebSocket {
  override close(code?: number, reason?: string | Buffer): void {
    if (code === MESSAGE_TOO_BIG) super.close(CLOSES.tooLarge.code, CLOSES.tooLarge.reason)
    else super.close(code, reason)
  }
}

export const socketsWithin = ({ answer }: Limits) =>
  new WebSocketServer({
    noServer: true,
    clientTracking: false,
    perMessageDeflate: false,
    maxPayload: answer,
    maxFragments: 1_024,
    maxBufferedChunks: Math.ceil(answer / CHUNK),
    WebSocket: ServerSocket,
  })

export type Wishes = Pick<Peer, 'wantsSaved' | 'tab'>

export interface Target extends Wishes {
  readonly name: string
}

/** Read by hand: a URL parser throws on some of what strangers ask for. */
export const readTarget = (url: string): Target | 'elsewhere' => {
  const [path = '', query = ''] = url.split('?', 2)
  const [, name] = /^\/live\/([^/]*)$/.exec(path) ?? []
  if (name === undefined) return 'elsewhere'
  const wishes = query.split('&')
  const tab = wishes.find(wish => wish.startsWith('tab='))?.slice('tab='.length)
  return {
    name,
    wantsSaved: wishes.includes('saved=1'),
    tab: isId(tab) ? { name: tab, wantsPen: wishes.includes('pen=1') } : undefined,
  }
}

export const headersOf = ({ headersDistinct }: IncomingMessage): Headers => {
  const headers = new Headers()
  for (const [name, values] of Object.entries(headersDistinct))
    for (const value of values ?? []) headers.append(name, value)
  return headers
}

export const refuse = (socket: Duplex, status: string): void => {
  socket.end(rawAnswer(status))
}
