/**
 * The operator's door to the running process: a socket in the data folder, open to the account that runs Parley.
 * A connection asks one thing in a line of JSON and gets one line back.
 */
import { once } from 'node:events'
import { chmod, rm } from 'node:fs/promises'
import { connect, createServer, type Socket } from 'node:net'
import { join } from 'node:path'

/** What can be asked: each takes a text and answers when it is done. */
export interface Commands {
  readonly backup: (file: string) => Promise<void>
}
interface Question {
  readonly command: keyof Commands
  readonly argument: string
}
type Answer = { readonly done: true } | { readonly fault: string }

export interface Control {
  readonly close: () => Promise<void>
}

const socketIn = (folder: string): string => join(folder, 'control.sock')

/** Only for the process that holds the folder's database: a socket that lies there is a dead one's. */
export const openControl = async (folder: string, commands: Commands): Promise<Control> => {
  const path = socketIn(folder)
  await rm(path, { force: true })
  const sockets = new Set<Socket>()
  const server = createServer(socket => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
    void serve(socket, commands)
  })
  server.listen(path)
  await once(server, 'listening')
  await chmod(path, 0o600)
  server.unref()
  return {
    close: () =>
      new Promise(resolve => {
        server.close(() => resolve())
        for (const socket of sockets) socket.destroy()
      }),
  }
}

const serve = async (socket: Socket, commands: Commands): Promise<void> => {
  const line = await lineFrom(socket)
  socket.end(`${JSON.stringify(await answerTo(line, commands))}\n`)
}

const answerTo = async (line: string, commands: Commands): Promise<Answer> => {
  try {
    const { command, argument } = JSON.parse(line) as Question
    if (!Object.hasOwn(commands, command)) return { fault: 'Parley does not know this command' }
    await commands[command](String(argument))
    return { done: true }
  } catch (error) {
    return { fault: error instanceof Error ? error.message : String(error) }
  }
}

/** Asks the Parley that runs on the folder; false when none does. Rejects with what it answers. */
export const askRunning = async (
  folder: string,
  command: keyof Commands,
  argument: string,
): Promise<boolean> => {
  const socket = connect(socketIn(folder))
  try {
    await once(socket, 'connect')
  } catch (error) {
    if (isNobodyThere(error)) return false
    throw error
  }
  socket.write(`${JSON.stringify({ command, argument } satisfies Question)}\n`)
  const line = await lineFrom(socket)
  if (line === '') throw new Error('Parley ended before it was done')
  const answer = JSON.parse(line) as Answer
  if ('fault' in answer) throw new Error(answer.fault)
  return true
}

const isNobodyThere = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && /^(ENOENT|ECONNREFUSED)$/.test(String(error.code))

/** Empty when the other side leaves without a word, however that comes. */
const lineFrom = (socket: Socket): Promise<string> =>
  new Promise(resolve => {
    let text = ''
    socket.on('error', () => socket.destroy())
    socket.setEncoding('utf8').on('data', (more: string) => {
      text += more
      const end = text.indexOf('\n')
      if (end >= 0) resolve(text.slice(0, end))
    })
    for (const event of ['end', 'close'] as const) socket.once(event, () => resolve(''))
  })
