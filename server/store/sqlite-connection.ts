/** The main thread's end of the worker that owns the SQLite file. A worker that ended is followed by a fresh one. */
import { Worker } from 'node:worker_threads'
import { DatabaseError } from '#server/store/database.ts'
import type { Call, Calls, Refusal, Reply } from '#server/store/sqlite-calls.ts'
import { DamagedError, ForeignClientError } from '#server/store/store.ts'

export interface Connection {
  /** Calls are worked off one by one, in the order in which they were made. */
  readonly call: <Kind extends keyof Calls>(
    kind: Kind,
    ...args: Parameters<Calls[Kind]>
  ) => Promise<ReturnType<Calls[Kind]>>
  readonly close: () => Promise<void>
}

interface Waiting {
  readonly resolve: (answer: unknown) => void
  readonly reject: (error: Error) => void
}

interface Thread {
  readonly post: (call: Omit<Call, 'id'>) => Promise<unknown>
  readonly ended: Promise<void>
}

export interface ConnectionListener {
  /** The thread had ended, by itself or because nobody knew any more what is on disk, and there is a new one. */
  readonly onRestart?: () => void
}

export const openConnection = (
  file: string,
  migrationsFolder: string,
  { onRestart }: ConnectionListener = {},
): Connection => {
  let threads = 0
  let current: Thread | undefined
  let closing: Promise<void> | undefined

  const thread = (): Thread => {
    if (current) return current
    const started = startThread({ file, migrationsFolder })
    current = started
    if (++threads > 1) onRestart?.()
    void started.ended.then(() => {
      if (current === started) current = undefined
    })
    return started
  }

  return {
    call: <Kind extends keyof Calls>(kind: Kind, ...args: Parameters<Calls[Kind]>) =>
      closing
        ? Promise.reject(new Error('The database is closed'))
        : (thread().post({ kind, args }) as Promise<ReturnType<Calls[Kind]>>),

    close: () => {
      closing ??= (async () => {
        const last = current
        if (!last) return
        await last.post({ kind: 'close', args: [] })
        await last.ended
      })()
      return closing
    },
  }
}

const startThread = (workerData: { file: string; migrationsFolder: string }): Thread => {
  const worker = new Worker(new URL('sqlite-worker.ts', import.meta.url), { workerData })
  const waiting = new Map<number, Waiting>()
  let calls = 0
  let failure: Error | undefined

  worker.on('message', (reply: Reply) => {
    const waiter = waiting.get(reply.id)
    waiting.delete(reply.id)
    if ('refusal' in reply) waiter?.reject(errorOf(reply.refusal))
    else waiter?.resolve(reply.answer)
  })
  worker.on('error', error => {
    failure = error instanceof Error ? error : new Error(String(error))
  })
  const ended = new Promise<void>(resolve => {
    worker.on('exit', () => {
      resolve()
      const why = failure ?? new Error('The database ended; the next call opens it again')
      for (const { reject } of waiting.values()) reject(why)
      waiting.clear()
    })
  })

  return {
    post: call =>
      new Promise((resolve, reject) => {
        const id = (calls += 1)
        waiting.set(id, { resolve, reject })
        worker.postMessage({ id, ...call })
      }),
    ended,
  }
}

const errorOf = (refusal: Refusal): Error => {
  switch (refusal.kind) {
    case 'foreignClient':
      return new ForeignClientError(refusal.document, refusal.client)
    case 'damaged':
      return new DamagedError(refusal.document, refusal.what)
    case 'sqlite':
      return new DatabaseError(refusal.message, refusal.code)
    case 'other':
      return new Error(refusal.message)
  }
}
