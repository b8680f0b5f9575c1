/** A light client of Parley: it joins as a stock client does, writes what it is given, and hears when that is saved. */
import * as Y from 'yjs'
import { decodeFrame, encodeFrame } from '#shared/wire.ts'
import { LoadClient } from '#test/bench/load/client.ts'

export interface GuestOptions {
  readonly url: string
  readonly document: string
  readonly cookie: string
  readonly from?: string
  /** Milliseconds from sending an edit to the word that it is saved. */
  readonly onSaved?: (milliseconds: number) => void
}

const JOIN_WITHIN = 60_000
const NOTHING = encodeFrame({ kind: 'answer', update: Uint8Array.of(0, 0) })
const EVERYTHING = encodeFrame({ kind: 'ask', stateVector: Uint8Array.of(0) })

export class Guest {
  readonly client: LoadClient
  /** What it has been given, where it was asked to keep it. */
  doc: Y.Doc | undefined
  readonly joined: Promise<void>
  readonly #sentAt: number[] = []
  #saved = 0

  constructor({ cookie, document, from, onSaved, url }: GuestOptions) {
    const joined = Promise.withResolvers<void>()
    this.joined = joined.promise
    const late = setTimeout(() => joined.reject(new Error('Nobody let me in')), JOIN_WITHIN)
    const open = (): void => {
      clearTimeout(late)
      joined.resolve()
    }
    this.client = new LoadClient(`${url.replace('http', 'ws')}/live/${document}?saved=1`, {
      headers: { cookie },
      ...(from !== undefined && { from }),
      onOpen: () => this.#say(EVERYTHING),
      onFrame: bytes => {
        const frame = decodeFrame(this.doc ? new Uint8Array(bytes) : bytes)
        if (frame?.kind === 'ask') this.#say(NOTHING)
        else if (frame?.kind === 'answer' || frame?.kind === 'update') {
          if (this.doc) Y.applyUpdate(this.doc, frame.update)
          if (frame.kind === 'answer') open()
        } else if (frame?.kind === 'saved') {
          const now = performance.now()
          for (; this.#saved < frame.upTo; this.#saved++) {
            const sentAt = this.#sentAt[this.#saved] ?? 0
            if (sentAt > 0) onSaved?.(now - sentAt)
          }
        }
      },
      onClose: ({ code, reason }) => {
        clearTimeout(late)
        joined.reject(new Error(`${code} ${reason}`))
      },
    })
    // Whoever is interested awaits it; a close afterwards is no fault of joining.
    this.joined.catch(() => undefined)
  }

  /** Edits that are not known to be saved. */
  get waiting(): number {
    return this.#sentAt.length - this.#saved
  }

  write(update: Uint8Array): void {
    this.#sentAt.push(performance.now())
    this.client.send(encodeFrame({ kind: 'update', update }))
  }

  #say(frame: Uint8Array): void {
    this.#sentAt.push(0)
    this.client.send(frame)
  }
}
