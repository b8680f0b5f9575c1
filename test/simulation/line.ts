/**
 * A connection: its frames stay in order each way, and arrive when the dice say so, before or after those of others.
 * One direction may be dead without either end knowing.
 */
import type { Close, Role } from '#shared/access.ts'
import type { PresentAccount } from '#shared/presence.ts'
import { decodeFrame } from '#shared/wire.ts'
import type { Peer } from '#server/live/peer.ts'
import type { Room } from '#server/live/room.ts'
import type { Process } from '#test/simulation/disk.ts'

export const isSaved = (frame: Uint8Array): boolean => decodeFrame(frame)?.kind === 'saved'

interface Ends {
  readonly room: Room
  readonly process: Process
  readonly account: PresentAccount
  readonly role: Role
  readonly wantsSaved: boolean
  readonly tab: Peer['tab']
  /** The server sends it away: in its own words, why. */
  readonly onRefused: (because: string) => void
}

export class Line {
  readonly peer: Peer
  readonly room: Room
  /** Under way to the server, and to the tab. */
  up: Uint8Array[] = []
  down: Uint8Array[] = []
  /** Why it ended, as the tab will see it: what the server said, or nothing at all. */
  closed: Close | 'lost' | undefined
  /** What the tab sends gets lost. */
  isMute = false
  /** What the server sends gets lost. */
  isDeaf = false
  /** The tab takes nothing for now: what is sent to it waits in the server's socket. */
  isSlow = false
  /** Something was sent over it in somebody else's name. */
  isForged = false
  /** The tab is not at this end any more; the server may not know. */
  isAbandoned = false
  readonly #process: Process

  constructor({ account, onRefused, process, role, room, tab, wantsSaved }: Ends) {
    this.room = room
    this.#process = process
    this.peer = {
      account,
      role,
      wantsSaved,
      tab,
      send: frame => this.#send(frame),
      close: (why, because) => {
        if (process.isDead) return
        this.closed ??= why
        if (because !== undefined) onRefused(because)
      },
      buffered: () => this.buffered,
    }
  }

  /** Bytes that wait in the server's socket. */
  get buffered(): number {
    return this.isSlow ? this.down.reduce((bytes, frame) => bytes + frame.length, 0) : 0
  }

  /** Nothing is under way, and nothing stands in the way. */
  get isQuiet(): boolean {
    return this.up.length === 0 && this.down.length === 0 && this.closed === undefined
  }

  get isSound(): boolean {
    return !this.isMute && !this.isDeaf && !this.isSlow && this.closed === undefined
  }

  /** From the tab. */
  say(frame: Uint8Array): void {
    if (!this.isMute && this.closed === undefined) this.up.push(frame)
  }

  #send(frame: Uint8Array): void {
    if (this.#process.isDead || this.closed !== undefined) return
    if (!this.isDeaf && !this.isAbandoned) this.down.push(frame)
    if (!this.#process.hasStored) return
    const kind = decodeFrame(frame)?.kind
    if (kind === 'update') this.#process.reach('after spread, before saved')
    if (kind === 'saved') this.#process.reach('after saved, before spread')
  }
}
