/** Honest people with stock clients, who type while others attack, and look whether it reaches the others. */
import { WebSocket } from 'ws'
import { WebsocketProvider } from 'y-websocket'
import * as Y from 'yjs'

/** What one of them wrote, by which it is known again on every other screen and on the disk. */
export interface Written {
  readonly client: number
  readonly clock: number
  readonly word: string
  readonly at: number
}

export interface HonestPerson {
  readonly account: string
  readonly cookie: string
  /** The text in which this person types. */
  readonly text: string
}

export class Honest {
  readonly doc = new Y.Doc()
  readonly provider: WebsocketProvider
  readonly account: string
  readonly written: Written[] = []
  /** Times that the server sent this person away. */
  closed = 0
  readonly #text: string

  constructor(url: string, document: string, { account, cookie, text }: HonestPerson) {
    this.account = account
    this.#text = text
    class Socket extends WebSocket {
      constructor(address: string | URL, protocols?: string | string[]) {
        super(address, protocols, { headers: { cookie, origin: url } })
      }
    }
    this.provider = new WebsocketProvider(`${url.replace('http', 'ws')}/live`, document, this.doc, {
      WebSocketPolyfill: Socket as unknown as typeof globalThis.WebSocket,
      disableBc: true,
    })
    this.provider.on('connection-close', () => void this.closed++)
    this.provider.awareness.setLocalState({ place: 'here' })
  }

  get client(): number {
    return this.doc.clientID
  }

  synced(): Promise<void> {
    return new Promise(resolve => {
      if (this.provider.synced) resolve()
      else this.provider.once('sync', () => resolve())
    })
  }

  leave(): void {
    this.provider.destroy()
    this.provider.awareness.destroy()
    this.doc.destroy()
  }

  type(): void {
    const clock = Y.getState(this.doc.store, this.client)
    const word = `${this.written.length} `
    const text = this.doc.getText(this.#text)
    const at = performance.now()
    text.insert(Math.floor(text.length / 2), word)
    this.written.push({ client: this.client, clock, word, at })
  }
}

/** Milliseconds from each edit to each other screen. */
export class Arrivals {
  readonly milliseconds: number[] = []
  readonly #people: readonly Honest[]

  constructor(people: readonly Honest[]) {
    this.#people = people
    for (const reader of people)
      for (const writer of people) if (reader !== writer) this.#watch(reader, writer)
  }

  /** Edits that have not reached another screen. */
  get missing(): number {
    const all = this.#people.reduce((sum, { written }) => sum + written.length, 0)
    return all * (this.#people.length - 1) - this.milliseconds.length
  }

  #watch(reader: Honest, writer: Honest): void {
    let next = 0
    reader.doc.on('update', () => {
      const state = Y.getState(reader.doc.store, writer.client)
      const now = performance.now()
      for (
        let edit = writer.written[next];
        edit && edit.clock + edit.word.length <= state;
        edit = writer.written[next]
      ) {
        this.milliseconds.push(now - edit.at)
        next++
      }
    })
  }
}
