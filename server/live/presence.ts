/**
 * Who is in a room and where: one state a connection, under the account that the server knows. What a client says of
 * others is cut without a word, because stock clients echo what they hear.
 */
import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import type { AccountId } from '#shared/ids.ts'
import type { PresentAccount } from '#shared/presence.ts'
import { encodeFrame } from '#shared/wire.ts'
import type { Clock } from '#server/live/clock.ts'
import type { Limits } from '#server/live/limits.ts'
import type { Peer } from '#server/live/peer.ts'

interface State {
  readonly peer: Peer
  /** Null when it has left. */
  readonly json: string | null
}

/** A frame that changes nothing, for those who have not heard anything for long. */
export const HEARTBEAT = encodeFrame({ kind: 'presence', update: Uint8Array.of(0) })

export class Presence {
  readonly #clock: Clock
  readonly #limits: Limits
  readonly #ownerOf: (client: number) => AccountId | undefined
  readonly #ids = new Map<Peer, number>()
  /** Ids that connections were lent after they had begun under another. */
  readonly #lent = new Map<Peer, number>()
  readonly #states = new Map<number, State>()
  readonly #stamps = new Map<number, number>()
  readonly #changed = new Map<number, State>()

  /** `ownerOf`: to whom a Yjs client id belongs that has edited the document; awareness uses the same ids. */
  constructor(clock: Clock, limits: Limits, ownerOf: (client: number) => AccountId | undefined) {
    this.#clock = clock
    this.#limits = limits
    this.#ownerOf = ownerOf
  }

  get hasNews(): boolean {
    return this.#changed.size > 0
  }

  /** False for bytes that are no awareness update. */
  hear(peer: Peer, update: Uint8Array): boolean {
    const entries = update.length > this.#limits.presenceMessage ? undefined : readEntries(update)
    if (!entries) return false
    for (const { client, json } of entries) {
      if (!this.#isOwn(peer, client)) continue
      const state = signed(json, peer.account)
      if (state === undefined) return false
      if (state !== null && state.length > this.#limits.presence) continue
      this.#set(client, { peer, json: state })
    }
    return true
  }

  /** The connection may go on under this id. */
  lend(peer: Peer, client: number): void {
    this.#lent.set(peer, client)
  }

  leave(peer: Peer): void {
    const client = this.#ids.get(peer)
    this.#ids.delete(peer)
    this.#lent.delete(peer)
    if (client !== undefined && this.#states.get(client)?.peer === peer)
      this.#set(client, { peer, json: null })
  }

  /** Everybody but the asker. */
  everybody(peer: Peer): readonly Uint8Array[] {
    const own = this.#ids.get(peer)
    const others = [...this.#states].filter(([client]) => client !== own)
    return this.#frames(others.map(([client, { json }]) => this.#entry(client, json)))
  }

  /** What has changed since the last time, as frames for each peer: nobody hears of itself. */
  news(): (peer: Peer) => readonly Uint8Array[] {
    const entries = new Map(
      [...this.#changed].map(([client, { json }]) => [client, this.#entry(client, json, true)]),
    )
    for (const [client, { json }] of this.#changed) if (json === null) this.#stamps.delete(client)
    this.#changed.clear()
    const all = this.#frames([...entries.values()])
    return peer => {
      const own = this.#ids.get(peer)
      if (own === undefined || !entries.has(own)) return all
      return this.#frames(
        [...entries].flatMap(([client, entry]) => (client === own ? [] : [entry])),
      )
    }
  }

  /** A connection has the first id that it uses, unless that is somebody else's, or the one that it was lent. */
  #isOwn(peer: Peer, client: number): boolean {
    const own = this.#ids.get(peer)
    if (own === client) return true
    if (own !== undefined) {
      if (this.#lent.get(peer) !== client) return false
      this.leave(peer)
    }
    const holder = this.#states.get(client)?.peer.account.id ?? this.#ownerOf(client)
    if (holder !== undefined && holder !== peer.account.id) return false
    this.#ids.set(peer, client)
    return true
  }

  #set(client: number, state: State): void {
    if (state.json === null) this.#states.delete(client)
    else this.#states.set(client, state)
    this.#changed.set(client, state)
  }

  /** Stock clients echo each frame whole: of what is sent, none may be larger than what is taken. */
  #frames(entries: readonly Uint8Array[]): readonly Uint8Array[] {
    const frames: Uint8Array[][] = []
    let left = 0
    for (const entry of entries) {
      if (entry.length > left) {
        frames.push([])
        left = this.#limits.presenceMessage / 2
      }
      frames.at(-1)?.push(entry)
      left -= entry.length
    }
    return frames.map(frameOf)
  }

  #entry(client: number, json: string | null, isNews = false): Uint8Array {
    const to = encoding.createEncoder()
    encoding.writeVarUint(to, client)
    encoding.writeVarUint(to, this.#stamp(client, isNews))
    encoding.writeVarString(to, json ?? 'null')
    return encoding.toUint8Array(to)
  }

  /**
   * The state's clock is the server's own and grows with time: a client that comes back with its old clock, after
   * its own or the server's restart, is seen again at once.
   */
  #stamp(client: number, isNews: boolean): number {
    const last = this.#stamps.get(client)
    if (last !== undefined && !isNews) return last
    const stamp = Math.max(
      (last ?? 0) + 1,
      Math.floor(this.#clock.now() / this.#limits.presenceGap),
    )
    this.#stamps.set(client, stamp)
    return stamp
  }
}

interface Heard {
  readonly client: number
  readonly json: string
}

/** Everything is read before anything is believed: half a message leaves no ghost. */
const readEntries = (update: Uint8Array): readonly Heard[] | undefined => {
  try {
    const from = decoding.createDecoder(update)
    const entries: Heard[] = []
    for (let left = decoding.readVarUint(from); left > 0; left--) {
      const client = decoding.readVarUint(from)
      decoding.readVarUint(from)
      entries.push({ client, json: decoding.readVarString(from) })
    }
    return decoding.hasContent(from) ? undefined : entries
  } catch {
    return undefined
  }
}

/** The state with the account in it, as JSON; null for one who leaves, undefined for what is no state. */
const signed = (json: string, { colour, id, name }: PresentAccount): string | null | undefined => {
  let state: unknown
  try {
    state = JSON.parse(json)
  } catch {
    return undefined
  }
  if (state === null) return null
  if (typeof state !== 'object' || Array.isArray(state)) return undefined
  const { user, ...rest } = state as Record<string, unknown>
  // Stock editors show `user.name` beside a caret: it must be true as well.
  const caret = typeof user === 'object' && user !== null ? { user: { ...user, name } } : {}
  return JSON.stringify({ ...rest, ...caret, account: { id, name, colour } })
}

const frameOf = (entries: readonly Uint8Array[]): Uint8Array => {
  const to = encoding.createEncoder()
  encoding.writeVarUint(to, entries.length)
  for (const entry of entries) encoding.writeUint8Array(to, entry)
  return encodeFrame({ kind: 'presence', update: encoding.toUint8Array(to) })
}
