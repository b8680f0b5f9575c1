/** The socket of one document: the stock provider, with an honest word on what is saved and an eager return. */
import { readVarUint } from 'lib0/decoding'
import { batch, createSignal } from 'solid-js'
import { messageSync, WebsocketProvider } from 'y-websocket'
import type { Awareness } from 'y-protocols/awareness'
import type * as Y from 'yjs'
import type { Wire } from '#client/live/assemble.ts'
import type { Link, SaveStatus } from '#client/live/negotiation.ts'
import { Saving } from '#client/live/saving.ts'
import { TabPen } from '#client/live/tab-pen.ts'
import { transactSparsely } from '#shared/document/sparse.ts'
import {
  encodeFrame,
  isAnswer,
  isSync,
  LEND,
  readPen,
  RIGHTS,
  SAVED,
  type Pen,
} from '#shared/wire.ts'

export interface Connection extends Wire {
  /** Whether something of mine is not on the server's disk. */
  readonly waiting: () => boolean
  /** Goes back to the server after a refusal, with the same document. */
  readonly reconnect: () => void
  readonly dispose: () => void
}

interface Options {
  /** `ws://host/live` */
  readonly url: string
  readonly name: string
  readonly doc: Y.Doc
  readonly awareness: Awareness
  /** What I may do is another thing now. */
  readonly onRights?: (() => void) | undefined
  readonly Socket?: typeof WebSocket
  readonly random?: () => number
}

/** No word from the server on my edits for this long is a reason to say so. */
const PATIENCE = 4_000
/** The server sends something every 15 s: after a longer silence a window that comes back does not trust its socket. */
const SILENCE = 20_000
const LONGEST_PAUSE = 5_000

export const connect = (options: Options): Connection => {
  const { doc, awareness, Socket = WebSocket, random = Math.random } = options
  const saving = new Saving()
  const pen = new TabPen(doc, awareness)
  const [link, setLink] = createSignal<Link>({ at: 'joining' })
  const [loaded, setLoaded] = createSignal(false)
  const [status, setStatus] = createSignal<SaveStatus>('saved')
  let late = false
  /** After a lost connection, what this tab held must have been offered to the server again. */
  let returning = false
  let timer: ReturnType<typeof setTimeout> | undefined

  class CountingSocket extends Socket {
    constructor(url: string | URL, protocols?: string | string[]) {
      super(url, protocols)
      saving.opened()
    }
    override send(frame: Parameters<WebSocket['send']>[0]): void {
      super.send(frame)
      if (!(frame instanceof Uint8Array) || !isSync(frame)) return
      saving.sent(isAnswer(frame))
    }
  }

  const provider = new WebsocketProvider(options.url, options.name, doc, {
    awareness,
    connect: false,
    disableBc: true,
    params: {
      saved: '1',
      tab: pen.tab,
      // Read anew for each connection.
      get pen() {
        return pen.isWanted ? '1' : '0'
      },
    },
    WebSocketPolyfill: CountingSocket,
  })

  const statusNow = (): SaveStatus => {
    if (saving.waiting) return provider.wsconnected && !late ? 'saving' : 'not_saved'
    if (!returning) return 'saved'
    return provider.wsconnected && saving.settled ? 'saved' : 'reconnecting'
  }
  const tell = (): void => {
    setStatus(statusNow())
    if (saving.waiting) addEventListener('beforeunload', askBeforeLeaving)
    else removeEventListener('beforeunload', askBeforeLeaving)
  }
  /** The time to be patient starts with my first unsaved edit, and again with every word from the server. */
  const bePatient = (): void => {
    clearTimeout(timer)
    late = false
    timer = saving.waiting ? setTimeout(losePatience, PATIENCE) : undefined
  }
  const losePatience = (): void => {
    late = true
    tell()
  }

  const readSync = provider.messageHandlers[messageSync]
  provider.messageHandlers[messageSync] = (encoder, decoder, of, emitSynced, type) => {
    transactSparsely(doc, () => readSync?.(encoder, decoder, of, false, type), provider)
    // Only now: whoever hears that the document is here looks at it at once.
    if (emitSynced && isAnswer(decoder.arr) && !provider.synced) provider.synced = true
  }
  provider.messageHandlers[SAVED] = (_encoder, decoder) => {
    if (saving.saved(readVarUint(decoder))) bePatient()
    tell()
  }
  provider.messageHandlers[RIGHTS] = () => options.onRights?.()
  const giveBack = (given: Pen): void =>
    provider.ws?.send(encodeFrame({ kind: 'giveBack', ...given }).slice())
  provider.messageHandlers[LEND] = (_encoder, decoder) => {
    const lent = readPen(decoder)
    if (!pen.take(lent)) giveBack(lent)
  }
  /** Unless all is known to be saved, whoever went on with my client id might write over what is still to come. */
  const leave = (): void => {
    if (!provider.wsconnected || !saving.settled) return
    const given = pen.giveBack()
    if (given) giveBack(given)
    // Browsers do not keep a page with an open socket for its reader to come back to.
    provider.disconnect()
  }

  const onUpdate = (_update: Uint8Array, origin: unknown): void => {
    if (origin === provider) return
    const { waiting } = saving
    saving.edited(provider.wsconnected && provider.ws?.readyState === Socket.OPEN)
    if (!waiting) bePatient()
    tell()
  }
  doc.on('update', onUpdate)

  provider.on('sync', synced => {
    if (!synced) return
    batch(() => {
      setLoaded(true)
      setLink({ at: 'live' })
      tell()
    })
  })
  provider.on('status', ({ status }) => {
    // With the same clock as before, others would take my presence for old news.
    if (status === 'connecting') awareness.setLocalState(awareness.getLocalState())
    if (status === 'connected') bePatient()
    tell()
  })
  provider.on('connection-close', () => {
    // Everybody lost the server at once: they should not all come back at once.
    const longest = Math.min(LONGEST_PAUSE, 2 ** (provider.wsUnsuccessfulReconnects + 2) * 100)
    provider.maxBackoffTime = 100 + random() * longest
    returning = true
    if (link().at !== 'refused') setLink({ at: 'offline' })
    queueMicrotask(tell)
  })
  provider.on('closed', ({ code, reason }) => {
    saving.refused(reason)
    batch(() => {
      setLink({ at: 'refused', code, reason })
      tell()
    })
  })

  const startAgain = (): void => {
    provider.disconnect()
    provider.connect()
  }
  const comeBack = (): void => {
    if (link().at === 'refused' || document.visibilityState === 'hidden') return
    const isSilent = Date.now() - provider.wsLastMessageReceived > SILENCE
    if (provider.ws === null) provider.connect()
    else if (provider.wsconnected && isSilent) startAgain()
  }
  /** A socket does not notice for minutes that the network has gone. */
  const onOffline = (): void => {
    if (link().at !== 'refused') startAgain()
  }
  addEventListener('online', comeBack)
  addEventListener('offline', onOffline)
  addEventListener('pagehide', leave)
  addEventListener('pageshow', comeBack)
  document.addEventListener('visibilitychange', comeBack)
  provider.connect()

  return {
    link,
    status,
    loaded,
    whenSaved: () => saving.whenSaved(),
    waiting: () => saving.waiting,
    reconnect: () => {
      setLink({ at: 'offline' })
      provider.connect()
    },
    dispose: () => {
      leave()
      clearTimeout(timer)
      removeEventListener('beforeunload', askBeforeLeaving)
      removeEventListener('online', comeBack)
      removeEventListener('offline', onOffline)
      removeEventListener('pagehide', leave)
      removeEventListener('pageshow', comeBack)
      document.removeEventListener('visibilitychange', comeBack)
      doc.off('update', onUpdate)
      provider.destroy()
    },
  }
}

const askBeforeLeaving = (event: BeforeUnloadEvent): void => event.preventDefault()
