/** A thread for heavy work: starts with the first call, afresh after it has died, and is let go when it has no work. */
import { parentPort, Worker } from 'node:worker_threads'

export interface Thread<Call, Answer> {
  /**
   * Calls are worked off one by one. One that throws there rejects here, and the thread goes on. The buffers are
   * given away.
   */
  readonly call: (call: Call, buffers?: readonly ArrayBuffer[]) => Promise<Answer>
  /** Ends the thread; what is under way rejects. */
  readonly close: () => Promise<void>
}

interface Numbered<Call> {
  readonly id: number
  readonly call: Call
}
type Reply<Answer> =
  | { readonly id: number; readonly answer: Answer }
  | { readonly id: number; readonly refusal: string }

/** How long a thread stays without work. */
const IDLE = 30_000

export const openThread = <Call, Answer>(file: URL, idleMs = IDLE): Thread<Call, Answer> => {
  let current: Running<Call, Answer> | undefined
  let isClosed = false

  const letGo = async (running: Running<Call, Answer> | undefined): Promise<void> => {
    if (running === current) current = undefined
    await running?.end()
  }
  const start = (): Running<Call, Answer> => {
    const running: Running<Call, Answer> = run(file, idleMs, () => void letGo(running))
    return running
  }

  return {
    call: (call, buffers = []) => {
      if (isClosed) return Promise.reject(new Error('The thread is closed'))
      current ??= start()
      return current.call(call, buffers)
    },
    close: () => {
      isClosed = true
      return letGo(current)
    },
  }
}

/** In the thread's own file: answers every call, and gives the buffers of the answer away. */
export const answerCalls = <Call, Answer>(
  answer: (call: Call) => Answer,
  buffersOf: (answer: Answer) => readonly ArrayBuffer[] = () => [],
): void => {
  const reply = (reply: Reply<Answer>, buffers: readonly ArrayBuffer[] = []): void =>
    parentPort?.postMessage(reply, [...buffers])
  parentPort?.on('message', ({ id, call }: Numbered<Call>) => {
    try {
      const given = answer(call)
      reply({ id, answer: given }, buffersOf(given))
    } catch (error) {
      reply({ id, refusal: error instanceof Error ? error.message : String(error) })
    }
  })
}

interface Running<Call, Answer> {
  readonly call: (call: Call, buffers: readonly ArrayBuffer[]) => Promise<Answer>
  readonly end: () => Promise<void>
}

interface Waiting<Answer> {
  readonly resolve: (answer: Answer) => void
  readonly reject: (error: Error) => void
}

const run = <Call, Answer>(
  file: URL,
  idleMs: number,
  onUnused: () => void,
): Running<Call, Answer> => {
  const worker = new Worker(file)
  // The process need not wait for it: what it works on is derived, and can be made anew.
  worker.unref()
  const waiting = new Map<number, Waiting<Answer>>()
  let calls = 0
  let failure: unknown
  let idle: NodeJS.Timeout | undefined

  worker.on('message', (reply: Reply<Answer>) => {
    const waiter = waiting.get(reply.id)
    waiting.delete(reply.id)
    if ('refusal' in reply) waiter?.reject(new Error(reply.refusal))
    else waiter?.resolve(reply.answer)
    if (waiting.size === 0) idle = setTimeout(onUnused, idleMs).unref()
  })
  worker.on('error', error => {
    failure = error
  })
  worker.on('exit', () => {
    clearTimeout(idle)
    onUnused()
    for (const { reject } of waiting.values())
      reject(new Error('The thread has ended', { cause: failure }))
    waiting.clear()
  })

  return {
    call: (call, buffers) =>
      new Promise((resolve, reject) => {
        clearTimeout(idle)
        const id = (calls += 1)
        waiting.set(id, { resolve, reject })
        worker.postMessage({ id, call } satisfies Numbered<Call>, buffers)
      }),
    end: async () => void (await worker.terminate()),
  }
}
