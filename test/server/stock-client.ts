/** The unmodified client of y-websocket, signed in as somebody: with a cookie, or with a token. */
import { WebSocket } from 'ws'
import { WebsocketProvider } from 'y-websocket'
import * as Y from 'yjs'
import type { TrackerId } from '#shared/ids.ts'

export const stockClient = (
  url: string,
  signedIn: string | { readonly authorization: string },
  id: TrackerId,
) => {
  const headers = typeof signedIn === 'string' ? { cookie: signedIn, origin: url } : signedIn
  class Socket extends WebSocket {
    constructor(address: string | URL) {
      super(address, { headers })
    }
  }
  const doc = new Y.Doc()
  const provider = new WebsocketProvider(`${url.replace('http', 'ws')}/live`, id, doc, {
    WebSocketPolyfill: Socket as unknown as typeof globalThis.WebSocket,
    disableBc: true,
  })
  return { doc, provider }
}

/** Resolves once the document says so; a change of it is what wakes us. */
export const until = (doc: Y.Doc, holds: () => boolean): Promise<void> =>
  new Promise(resolve => {
    const look = () => {
      if (!holds()) return
      doc.off('update', look)
      resolve()
    }
    doc.on('update', look)
    look()
  })
