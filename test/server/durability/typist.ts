/**
 * Somebody who types through the unmodified client of y-websocket, and remembers what they were promised and what
 * they saw of others.
 */
import * as decoding from 'lib0/decoding'
import { WebSocket } from 'ws'
import { WebsocketProvider } from 'y-websocket'
import * as Y from 'yjs'
import type { IssueId, PartyId } from '#shared/ids.ts'
import type { Account } from '#test/server/durability/process.ts'

const SYNC = 0
const STEP_1 = 0
const STEP_2 = 1
const SAVED = 100

/** What this client holds the server to. */
export interface Claims {
  /** By client id: how many clocks of it are on disk, by what was said or seen. */
  readonly clocks: ReadonlyMap<number, number>
  /** Deletions that were told to be on disk, or came from there. */
  readonly deletions: readonly Deletion[]
}
export interface Deletion {
  readonly client: number
  readonly clock: number
  readonly length: number
}

export class Typist {
  readonly doc = new Y.Doc()
  readonly account: Account
  readonly provider: WebsocketProvider
  readonly #clocks = new Map<number, number>()
  readonly #deletions: Deletion[] = []
  /** My edits that nobody has promised yet, with the number of the message that carried them; 0: of none yet. */
  #unsaved: { sent: number; readonly clock: number; readonly deletions: readonly Deletion[] }[] = []
  /** Sync messages sent on this connection. */
  #sent = 0
  #waiters: (() => void)[] = []

  constructor(url: string, document: string, account: Account) {
    this.account = account
    const CountingSocket = socketFor(account, {
      opened: () => this.#opened(),
      sent: kind => this.#carried(kind),
    })
    this.doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin === this.provider) this.#saw(update)
      else this.#made(update)
    })
    this.provider = new WebsocketProvider(`${url.replace('http', 'ws')}/live`, document, this.doc, {
      WebSocketPolyfill: CountingSocket,
      disableBc: true,
      params: { saved: '1' },
      maxBackoffTime: 200,
    })
    this.provider.messageHandlers[SAVED] = (_encoder, decoder) => {
      this.#settle(decoding.readVarUint(decoder))
    }
    this.provider.on('sync', () => this.#wake())
  }

  get claims(): Claims {
    return { clocks: this.#clocks, deletions: this.#deletions }
  }

  get isSaved(): boolean {
    return this.#unsaved.length === 0
  }

  /** Edits that nobody has promised yet. */
  get waiting(): number {
    return this.#unsaved.length
  }

  text(issue: IssueId, party: PartyId): Y.Text {
    return this.doc.getText(`text/${issue}/${party}/position`)
  }

  /** Resolves when the condition holds; looks again whenever something was saved, seen or synchronised. */
  async until(what: string, holds: () => boolean, withinMs = 60_000): Promise<void> {
    const limit = AbortSignal.timeout(withinMs)
    while (!holds()) {
      await new Promise<void>((resolve, reject) => {
        this.#waiters.push(resolve)
        limit.addEventListener('abort', () => reject(new Error(`Waited in vain: ${what}`)), {
          once: true,
        })
      })
    }
  }

  leave(): void {
    this.provider.destroy()
    this.doc.destroy()
  }

  /** What went with the last connection may or may not have arrived: the next one brings it all along. */
  #opened(): void {
    this.#sent = 0
    for (const edit of this.#unsaved) edit.sent = 0
  }

  /** An update carries the edit just made, a step 2 all that went with no message before, a step 1 nothing. */
  #carried(kind: number | undefined): void {
    this.#sent++
    if (kind === STEP_1) return
    const edits = kind === STEP_2 ? this.#unsaved : this.#unsaved.slice(-1)
    for (const edit of edits) if (edit.sent === 0) edit.sent = this.#sent
  }

  #made(update: Uint8Array): void {
    const clock = Y.getState(this.doc.store, this.doc.clientID)
    this.#unsaved.push({ sent: 0, clock, deletions: deletionsIn(update) })
  }

  #saw(update: Uint8Array): void {
    for (const { id, length } of Y.decodeUpdate(update).structs)
      if (id.client !== this.doc.clientID) this.#claim(id.client, id.clock + length)
    this.#deletions.push(...deletionsIn(update))
    this.#wake()
  }

  #settle(upTo: number): void {
    const isSaved = ({ sent }: { readonly sent: number }): boolean => sent > 0 && sent <= upTo
    for (const edit of this.#unsaved.filter(isSaved)) {
      this.#claim(this.doc.clientID, edit.clock)
      this.#deletions.push(...edit.deletions)
    }
    this.#unsaved = this.#unsaved.filter(edit => !isSaved(edit))
    this.#wake()
  }

  #claim(client: number, clock: number): void {
    this.#clocks.set(client, Math.max(clock, this.#clocks.get(client) ?? 0))
  }

  #wake(): void {
    for (const resolve of this.#waiters.splice(0)) resolve()
  }
}

interface Traffic {
  readonly opened: () => void
  /** A sync message of this kind goes out. */
  readonly sent: (kind: number | undefined) => void
}

const socketFor = ({ cookie }: Account, traffic: Traffic): typeof globalThis.WebSocket =>
  class extends WebSocket {
    constructor(address: string | URL, protocols?: string | string[]) {
      const origin = new URL(address).origin.replace('ws', 'http')
      super(address, protocols, { headers: { cookie, origin } })
      traffic.opened()
    }
    override send(data: Uint8Array): void {
      if (data[0] === SYNC) traffic.sent(data[1])
      super.send(data)
    }
  } as unknown as typeof globalThis.WebSocket

const deletionsIn = (update: Uint8Array): readonly Deletion[] =>
  [...Y.decodeUpdate(update).ds.clients].flatMap(([client, ranges]) =>
    ranges.map(({ clock, len }) => ({ client, clock, length: len })),
  )
