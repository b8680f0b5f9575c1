/** HTTP servers over an app: what a visitor may make them wait for, where they listen, and where that is. */
import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { getRequestListener } from '@hono/node-server'
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
    },
    getRequestListener(answer),
  )
  server.maxHeadersCount = 100
  return server
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
