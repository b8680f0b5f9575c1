/** `@y/websocket-server` as its own command starts it, on a port of its own choice. It keeps documents in memory only. */
import { createServer } from 'node:http'
import { setupWSConnection } from '@y/websocket-server/utils'
import { WebSocketServer } from 'ws'

const sockets = new WebSocketServer({ noServer: true })
sockets.on('connection', setupWSConnection)
const server = createServer()
server.on('upgrade', (request, socket, head) =>
  sockets.handleUpgrade(request, socket, head, opened =>
    sockets.emit('connection', opened, request),
  ),
)
server.listen(Number(process.env.PORT), '127.0.0.1', () =>
  process.stdout.write(`listening at http://127.0.0.1:${server.address().port}\n`),
)
