/** Any moment of a tracker, as the page has it: read in a worker, and shown by a view that goes from moment to moment. */
import { batch, createMemo, createSignal, onCleanup, type Accessor } from 'solid-js'
import { axisOf, type Axis } from '#client/history/moments/axis.ts'
import { EMPTY_LOG, extended, type Log } from '#client/history/moments/log.ts'
import type { CallName, Calls, Reply } from '#client/history/moments/messages.ts'
// Vite makes the export of what the build hands out.
// oxlint-disable-next-line import/default
import workerAddress from '#client/history/moments/worker.ts?worker&url'
import { createView, type Changed, type MatrixView } from '#client/live/view.ts'
import { startWorker } from '#client/trusted.ts'
import { Mirror } from '#shared/history/patch.ts'
import type { TrackerId } from '#shared/ids.ts'

/** What of a worker is used: a test has one without a thread. */
export type Thread = Pick<Worker, 'postMessage' | 'terminate'> & {
  onmessage: ((event: MessageEvent<Reply>) => void) | null
  onerror: ((event: ErrorEvent) => void) | null
}

export type Reading =
  | { readonly at: 'nothing' }
  /** `done`: from 0 to 1. */
  | { readonly at: 'reading'; readonly done: number }
  | { readonly at: 'ready' }
  | { readonly at: 'failed'; readonly message: string }

export interface Moments {
  readonly reading: Accessor<Reading>
  readonly log: Accessor<Log>
  readonly axis: Accessor<Axis>
  /** Reads the journal, or what has come since; a call while one is under way is that one. */
  readonly read: () => Promise<void>
  readonly view: MatrixView
  /** The moment that the view shows. */
  readonly shown: Accessor<number>
  /** Makes the view show a moment. Of many calls in a row the last one counts; resolves when the view is there. */
  readonly go: (seq: number) => Promise<void>
  /** Asks the worker. */
  readonly ask: <Name extends CallName>(
    name: Name,
    arg: Parameters<Calls[Name]>[0],
  ) => Promise<ReturnType<Calls[Name]>>
}

const FAILED = 'The history could not be read. Nothing was lost; try again.'

const spawnWorker = (): Thread => startWorker(workerAddress)

/** To be called in a component or a root: the worker ends with it. */
export const createMoments = (trackerId: TrackerId, spawn: () => Thread = spawnWorker): Moments => {
  const [reading, setReading] = createSignal<Reading>({ at: 'nothing' })
  const [log, setLog] = createSignal<Log>(EMPTY_LOG)
  const axis = createMemo(() => axisOf(log()))
  const [shown, setShown] = createSignal(0)

  const mirror = new Mirror()
  let tell: (changed: Changed) => void = () => undefined
  const view = createView(mirror.stored, changed => {
    tell = changed
    return () => (tell = () => undefined)
  })

  const waiting = new Map<
    number,
    { readonly resolve: (answer: never) => void; readonly reject: (error: Error) => void }
  >()
  let calls = 0
  let thread: Thread | undefined
  const failAll = (message: string): void => {
    for (const { reject } of waiting.values()) reject(new Error(message))
    waiting.clear()
  }
  const hear = (reply: Reply): void => {
    if (reply.kind === 'progress') {
      setReading(is => (is.at === 'reading' ? { at: 'reading', done: reply.done } : is))
      return
    }
    const waiter = waiting.get(reply.id)
    waiting.delete(reply.id)
    if (reply.kind === 'answer') waiter?.resolve(reply.answer as never)
    else waiter?.reject(new Error(reply.message))
  }
  const started = (): Thread => {
    if (thread) return thread
    const fresh = spawn()
    fresh.onmessage = ({ data }) => hear(data)
    fresh.onerror = () => {
      thread = undefined
      setReading({ at: 'failed', message: FAILED })
      setLog(EMPTY_LOG)
      failAll(FAILED)
    }
    return (thread = fresh)
  }
  onCleanup(() => {
    thread?.terminate()
    failAll('The history was closed.')
    view.dispose()
  })

  const ask: Moments['ask'] = (name, arg) =>
    new Promise((resolve, reject) => {
      const id = (calls += 1)
      waiting.set(id, { resolve, reject })
      started().postMessage({ id, name, arg })
    })

  let underWay: Promise<void> | undefined
  const read = async (): Promise<void> => {
    if (reading().at !== 'ready') setReading({ at: 'reading', done: 0 })
    try {
      const news = await ask('read', trackerId)
      batch(() => {
        if (news.times.length > 0) setLog(extended(log(), news))
        setReading({ at: 'ready' })
      })
    } catch (error) {
      // What was read before can be looked at all the same.
      if (reading().at !== 'ready')
        setReading({
          at: 'failed',
          message: error instanceof Error ? error.message : String(error),
        })
    }
  }

  let wanted = 0
  let going: Promise<void> | undefined
  const goOn = async (): Promise<void> => {
    while (wanted !== shown()) {
      const seq = wanted
      const applied = mirror.apply(await ask('go', { from: shown(), to: seq }))
      batch(() => {
        tell(applied)
        setShown(seq)
      })
    }
  }

  return {
    reading,
    log,
    axis,
    view,
    shown,
    ask,
    read: () => {
      underWay ??= read().finally(() => (underWay = undefined))
      return underWay
    },
    go: seq => {
      wanted = seq
      going ??= goOn().finally(() => (going = undefined))
      return going
    },
  }
}
