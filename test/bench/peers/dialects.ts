/** How each server wants to be spoken to; what comes back is the same for all. */
import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import { encodeFrame } from '#shared/wire.ts'

export type Heard =
  /** The document, for one who joins. */
  | { readonly kind: 'answer'; readonly update: Uint8Array }
  | { readonly kind: 'update'; readonly update: Uint8Array }
  /** The server wants to know what we have. */
  | { readonly kind: 'ask' }
  /** So many of the sync messages of this connection are safe, as far as the server says. */
  | { readonly kind: 'saved'; readonly upTo: number | 'one more' }

export interface Dialect {
  readonly path: (document: string) => string
  /** What must come first on a connection. */
  readonly signIn?: (document: string) => Uint8Array
  /** "I have nothing; what is there?" Not for a server that does not know. */
  readonly ask?: (document: string) => Uint8Array
  /** The answer of one who has nothing. */
  readonly nothing: (document: string) => Uint8Array
  readonly update: (document: string, update: Uint8Array) => Uint8Array
  readonly read: (payload: Uint8Array, hear: (heard: Heard) => void) => void
  /** Whether asks are among the messages that it counts as saved. */
  readonly savesAsks: boolean
}

const SYNC = 0
const SYNC_REPLY = 4
const SYNC_STATUS = 8
const PARLEY_SAVED = 100

const readSync = (from: decoding.Decoder): Heard => {
  const step = decoding.readVarUint(from)
  const update = decoding.readVarUint8Array(from)
  if (step === 0) return { kind: 'ask' }
  return { kind: step === 1 ? 'answer' : 'update', update }
}

const EMPTY_VECTOR = new Uint8Array([0])
const EMPTY_UPDATE = new Uint8Array([0, 0])

const ask = (): Uint8Array => encodeFrame({ kind: 'ask', stateVector: EMPTY_VECTOR })

const standard: Dialect = {
  path: document => `/${document}`,
  ask,
  nothing: () => encodeFrame({ kind: 'answer', update: EMPTY_UPDATE }),
  update: (_, update) => encodeFrame({ kind: 'update', update }),
  read: (payload, hear) => {
    const from = decoding.createDecoder(payload)
    const type = decoding.readVarUint(from)
    if (type === SYNC) hear(readSync(from))
    else if (type === PARLEY_SAVED) hear({ kind: 'saved', upTo: decoding.readVarUint(from) })
  },
  savesAsks: true,
}

/** Our own client asks to be told what is saved. */
const parley: Dialect = { ...standard, path: document => `/live/${document}?saved=1` }

/** Of several messages in one frame a Yjs client would see the first only: this is a limit, not a server to use. */
const relay: Dialect = {
  path: standard.path,
  nothing: standard.nothing,
  update: standard.update,
  read: (payload, hear) => {
    const from = decoding.createDecoder(payload)
    while (decoding.hasContent(from))
      if (decoding.readVarUint(from) === SYNC) hear(readSync(from))
      else return
  },
  savesAsks: true,
}

const addressed = (document: string, message: Uint8Array): Uint8Array => {
  const to = encoding.createEncoder()
  encoding.writeVarString(to, document)
  encoding.writeUint8Array(to, message)
  return encoding.toUint8Array(to)
}

/** Auth, token, and an empty one: nobody asks for it. */
const SIGN_IN = new Uint8Array([2, 0, 0])

const hocuspocus: Dialect = {
  path: () => '/',
  signIn: document => addressed(document, SIGN_IN),
  ask: document => addressed(document, ask()),
  nothing: document => addressed(document, standard.nothing(document)),
  update: (document, update) => addressed(document, standard.update(document, update)),
  read: (payload, hear) => {
    const from = decoding.createDecoder(payload)
    // The document's name, as bytes that nobody looks at.
    decoding.readVarUint8Array(from)
    const type = decoding.readVarUint(from)
    if (type === SYNC || type === SYNC_REPLY) hear(readSync(from))
    else if (type === SYNC_STATUS) hear({ kind: 'saved', upTo: 'one more' })
  },
  savesAsks: false,
}

export const dialects = { parley, standard, hocuspocus, relay } as const
