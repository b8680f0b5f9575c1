/**
 * The limit: a bare websocket relay that knows nothing and sends what came to everybody else of the same path.
 * With `coalesced` it sends once per turn of the event loop, each reader's messages in one frame.
 */
import { createServer } from 'node:http'
import { Sender, WebSocketServer } from 'ws'

const isCoalesced = process.argv.includes('coalesced')
const sockets = new WebSocketServer({ noServer: true, clientTracking: false })
const rooms = new Map()

const frameOf = messages =>
  Buffer.concat(
    Sender.frame(Buffer.concat(messages), {
      fin: true,
      opcode: 2,
      mask: false,
      readOnly: true,
      rsv1: false,
    }),
  )

/** One frame of everything, written to all; who wrote some of it gets the rest in a frame of their own. */
const flush = room => {
  const { pending } = room
  room.pending = []
  const all = frameOf(pending.map(({ message }) => message))
  const authors = new Set(pending.map(({ author }) => author))
  for (const member of room.members) {
    if (!authors.has(member)) member.raw.write(all)
    else {
      const others = pending.filter(({ author }) => author !== member)
      if (others.length > 0) member.raw.write(frameOf(others.map(({ message }) => message)))
    }
  }
}

const server = createServer()
server.on('upgrade', (request, raw, head) => {
  sockets.handleUpgrade(request, raw, head, socket => {
    const room = rooms.get(request.url) ?? { members: new Set(), pending: [] }
    rooms.set(request.url, room)
    const member = { socket, raw }
    room.members.add(member)
    socket.on('message', message => {
      if (isCoalesced) {
        if (room.pending.length === 0) setImmediate(flush, room)
        room.pending.push({ author: member, message })
      } else for (const other of room.members) if (other !== member) other.socket.send(message)
    })
    socket.on('error', () => undefined)
    socket.on('close', () => {
      room.members.delete(member)
      if (room.members.size === 0) rooms.delete(request.url)
    })
  })
})
server.listen(Number(process.env.PORT), '127.0.0.1', () =>
  process.stdout.write(`listening at http://127.0.0.1:${server.address().port}\n`),
)
