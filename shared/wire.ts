/**
 * Frames and their bytes: the stock y-websocket protocol, and one message of our own. This file alone knows the
 * message numbers. Bad bytes are an answer (undefined), not an exception.
 */
import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'

const SYNC = 0
const AWARENESS = 1
const AUTH = 2
const QUERY_AWARENESS = 3
/** Ours; sent only to a client that asked for it with `?saved=1`, so that a stock client never sees it. */
export const SAVED = 100
/** Ours as well; only between the server and a tab that asked with `?pen=1`. */
export const LEND = 101
const GIVE_BACK = 102
/** Ours, for a client that asked with `?saved=1`. */
export const RIGHTS = 103

const STEP_1 = 0
const STEP_2 = 1
const UPDATE = 2
const PERMISSION_DENIED = 0

/** A Yjs client id, and where the edits end that were made under it. */
export interface Pen {
  readonly client: number
  readonly clock: number
}

export type Frame =
  /** Sync step 1: "I have this; what do I miss?" */
  | { readonly kind: 'ask'; readonly stateVector: Uint8Array }
  /** Sync step 2: what the asker misses. */
  | { readonly kind: 'answer'; readonly update: Uint8Array }
  | { readonly kind: 'update'; readonly update: Uint8Array }
  /** An awareness update of y-protocols: who is here, and where. */
  | { readonly kind: 'presence'; readonly update: Uint8Array }
  | { readonly kind: 'askPresence' }
  | { readonly kind: 'denied'; readonly reason: string }
  /** Of the sync frames that you sent on this connection, the first `upTo` are on disk. */
  | { readonly kind: 'saved'; readonly upTo: number }
  /** Write under this client id: an earlier tab of yours has given it back, and nobody else has it. */
  | ({ readonly kind: 'lend' } & Pen)
  /** All that I wrote under this client id is saved, and I shall never write under it again. */
  | ({ readonly kind: 'giveBack' } & Pen)
  /** What you may do here is another thing now; it is asked for over HTTP. */
  | { readonly kind: 'rights' }

/** Whether a frame counts towards `saved`: asks, answers and updates do. */
export const isSync = (bytes: Uint8Array): boolean => bytes[0] === SYNC
/** Whether a frame is an answer, without decoding what may be a whole document. */
export const isAnswer = (bytes: Uint8Array): boolean => isSync(bytes) && bytes[1] === STEP_2

export const encodeFrame = (frame: Frame): Uint8Array => {
  const to = encoding.createEncoder()
  switch (frame.kind) {
    case 'ask':
      writeSync(to, STEP_1, frame.stateVector)
      break
    case 'answer':
      writeSync(to, STEP_2, frame.update)
      break
    case 'update':
      writeSync(to, UPDATE, frame.update)
      break
    case 'presence':
      encoding.writeVarUint(to, AWARENESS)
      encoding.writeVarUint8Array(to, frame.update)
      break
    case 'askPresence':
      encoding.writeVarUint(to, QUERY_AWARENESS)
      break
    case 'denied':
      encoding.writeVarUint(to, AUTH)
      encoding.writeVarUint(to, PERMISSION_DENIED)
      encoding.writeVarString(to, frame.reason)
      break
    case 'saved':
      encoding.writeVarUint(to, SAVED)
      encoding.writeVarUint(to, frame.upTo)
      break
    case 'lend':
    case 'giveBack':
      encoding.writeVarUint(to, frame.kind === 'lend' ? LEND : GIVE_BACK)
      encoding.writeVarUint(to, frame.client)
      encoding.writeVarUint(to, frame.clock)
      break
    case 'rights':
      encoding.writeVarUint(to, RIGHTS)
      break
  }
  return encoding.toUint8Array(to)
}

const writeSync = (to: encoding.Encoder, step: number, payload: Uint8Array): void => {
  encoding.writeVarUint(to, SYNC)
  encoding.writeVarUint(to, step)
  encoding.writeVarUint8Array(to, payload)
}

/** Sync frames first, in the order of their steps. */
export const FRAME_KINDS = [
  'ask',
  'answer',
  'update',
  'presence',
  'denied',
  'askPresence',
  'saved',
  'lend',
  'giveBack',
  'rights',
] as const satisfies readonly Frame['kind'][]

/** Where a frame's kind stands among them, without decoding it: for what is done with every frame. -1: unknown. */
export const kindAt = (bytes: Uint8Array): number => {
  switch (bytes[0]) {
    case SYNC:
      return (bytes[1] ?? -1) <= UPDATE ? (bytes[1] ?? -1) : -1
    case AWARENESS:
      return 3
    case AUTH:
      return 4
    case QUERY_AWARENESS:
      return 5
    case SAVED:
      return 6
    case LEND:
      return 7
    case GIVE_BACK:
      return 8
    case RIGHTS:
      return 9
    default:
      return -1
  }
}

export const kindOf = (bytes: Uint8Array): Frame['kind'] | undefined => FRAME_KINDS[kindAt(bytes)]

/** Undefined for bytes that are no frame, or that hold more than one: the stock client applies only the first. */
export const decodeFrame = (bytes: Uint8Array): Frame | undefined => {
  try {
    const from = decoding.createDecoder(bytes)
    const frame = readFrame(from)
    return decoding.hasContent(from) ? undefined : frame
  } catch {
    return undefined
  }
}

const readFrame = (from: decoding.Decoder): Frame | undefined => {
  // One byte each: a longer way to write the same number is no honest client's.
  switch (decoding.readUint8(from)) {
    case SYNC:
      switch (decoding.readUint8(from)) {
        case STEP_1:
          return { kind: 'ask', stateVector: decoding.readVarUint8Array(from) }
        case STEP_2:
          return { kind: 'answer', update: decoding.readVarUint8Array(from) }
        case UPDATE:
          return { kind: 'update', update: decoding.readVarUint8Array(from) }
        default:
          return undefined
      }
    case AWARENESS:
      return { kind: 'presence', update: decoding.readVarUint8Array(from) }
    case QUERY_AWARENESS:
      return { kind: 'askPresence' }
    case AUTH:
      return decoding.readVarUint(from) === PERMISSION_DENIED
        ? { kind: 'denied', reason: decoding.readVarString(from) }
        : undefined
    case SAVED:
      return { kind: 'saved', upTo: decoding.readVarUint(from) }
    case LEND:
      return { kind: 'lend', ...readPen(from) }
    case GIVE_BACK:
      return { kind: 'giveBack', ...readPen(from) }
    case RIGHTS:
      return { kind: 'rights' }
    default:
      return undefined
  }
}

export const readPen = (from: decoding.Decoder): Pen => ({
  client: decoding.readVarUint(from),
  clock: decoding.readVarUint(from),
})
