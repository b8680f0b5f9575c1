/** HTTP servers over an app: what a visitor may make them wait for, where they listen, and where that is. */
import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import { getRequestListener, RequestError } from '@hono/node-server'
import { PROTECTION, rawAnswer } from '#server/headers.ts'
import type { Limits } from '#server/live/limits.ts'

type Answer = Parameters<typeof getRequestListener>[0]

export const httpServer = (answer: Answer, { headers, request }: Limits): Server => {
  const server = createServer(
    {
      headersTimeout: headers,
      requestTimeout: request,
      // Node looks for who is late only every half minute by itself.
      connectionsCheckingInterval: headers / 2,
      maxHeaderSize: 16_384,
      // A request without a host is answered below, as one without an address is.
      requireHostHeader: false,
    },
    getRequestListener(answer, { errorHandler: answerUnreadable }),
  )
  server.maxHeadersCount = 100
  server.on('clientError', refuseRaw)
  server.on('checkExpectation', (_request, response) => response.writeHead(417, PROTECTION).end())
  return server
}

/** Where an address or a host is none, no route ever sees the request. */
const answerUnreadable = (error: unknown): Response =>
  new Response(null, { status: error instanceof RequestError ? 400 : 500, headers: PROTECTION })

/** Where Node cannot read a request it would answer by itself, without what all our answers say. */
const refuseRaw = ({ code }: NodeJS.ErrnoException, socket: Duplex): void => {
  if (socket.writable) socket.end(rawAnswer(STATUS_OF_FAULT[code ?? ''] ?? '400 Bad Request'))
  else socket.destroy()
}
const STATUS_OF_FAULT: Readonly<Record<string, string>> = {
  HPE_HEADER_OVERFLOW: '431 Request Header Fields Too Large',
  HPE_CHUNK_EXTENSIONS_OVERFLOW: '413 Payload Too Large',
  ERR_HTTP_REQUEST_TIMEOUT: '408 Request Timeout',
}

export const listen = async (server: Server, port: number, host: string): Promise<void> => {
  server.listen(port, host)
  await once(server, 'listening')
}

/** Where a browser on this machine finds the server; a wildcard address is nowhere to go. */
export const addressUrl = (server: Server): string => {
  const { address, family, port } = server.address() as AddressInfo
  if (address === '0.0.0.0' || address === '::') return `http://127.0.0.1:${port}`
  return `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`
}
