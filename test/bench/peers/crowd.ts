/** Everybody who is connected to the server under test. */
import { LoadClient } from '#test/bench/load/client.ts'
import type { Dialect, Heard } from '#test/bench/peers/dialects.ts'
import type { Sent, Witness } from '#test/bench/peers/ledger.ts'
import type { Target, Visitor } from '#test/bench/peers/targets.ts'

const JOIN_WITHIN = 60_000

/** One connection to one document. */
export class Member {
  readonly client: LoadClient
  readonly document: string
  readonly #dialect: Dialect
  /** Its sync messages, of which only keystrokes are of interest, and how many of them are saved. */
  readonly #sent: (Sent | undefined)[] = []
  #saved = 0

  constructor(client: LoadClient, document: string, dialect: Dialect) {
    this.client = client
    this.document = document
    this.#dialect = dialect
  }

  ask(): void {
    const { ask, savesAsks } = this.#dialect
    if (!ask) return
    this.client.send(ask(this.document))
    if (savesAsks) this.#sent.push(undefined)
  }

  /** Not a keystroke, but counted by the server all the same. */
  say(frame: Uint8Array): void {
    this.#sent.push(undefined)
    this.client.send(frame)
  }

  type(sent: Sent): void {
    this.#sent.push(sent)
    this.client.send(this.#dialect.update(this.document, sent.keystroke.update))
  }

  /** Whatever was said until now is not waited for. */
  settle(): void {
    this.#saved = this.#sent.length
  }

  /** The keystrokes that have just become safe. */
  saved(upTo: number | 'one more'): readonly Sent[] {
    const until = upTo === 'one more' ? this.#saved + 1 : upTo
    const sent = this.#sent.slice(this.#saved, until)
    this.#saved = until
    return sent.filter(one => one !== undefined)
  }
}

export interface Joined {
  readonly member: Member
  /** Milliseconds from the first byte out to the last of the document in. */
  readonly took: number
  /** Bytes of the document as it came. */
  readonly size: number
}

export class Crowd {
  readonly members: Member[] = []
  readonly #target: Target
  readonly #url: string
  readonly #visitor: (index: number) => Visitor
  #many = 0

  constructor(target: Target, url: string, visitor: (index: number) => Visitor) {
    this.#target = target
    this.#url = url.replace('http', 'ws')
    this.#visitor = visitor
  }

  get bytes(): number {
    return this.members.reduce((sum, { client }) => sum + client.bytes, 0)
  }

  /** Connections that were closed by the server, with its reasons. */
  get lost(): readonly string[] {
    return this.members.flatMap(({ client: { closed } }) =>
      closed ? [`${closed.code} ${closed.reason}`] : [],
    )
  }

  join(document: string): Promise<Joined> {
    const { dialect } = this.#target
    const begun = performance.now()
    const joined = Promise.withResolvers<Joined>()
    const late = setTimeout(
      () => joined.reject(new Error(`Nobody could join ${document} in time`)),
      JOIN_WITHIN,
    )
    let isAsked = !dialect.ask
    let size = dialect.ask ? undefined : 0
    let took = 0
    const hear = (heard: Heard): void => {
      if (heard.kind === 'ask') {
        isAsked = true
        member.say(dialect.nothing(document))
      } else if (heard.kind === 'answer') {
        size = heard.update.length
        took = performance.now() - begun
      }
      enter()
    }
    const enter = (): void => {
      if (!isAsked || size === undefined) return
      clearTimeout(late)
      client.onFrame = undefined
      joined.resolve({ member, took, size })
    }
    const { from, headers } = this.#visitor(this.#many++)
    const client = new LoadClient(`${this.#url}${dialect.path(document)}`, {
      headers,
      from,
      onOpen: () => {
        if (dialect.signIn) client.send(dialect.signIn(document))
        member.ask()
        if (!dialect.ask) enter()
      },
      onFrame: payload => dialect.read(payload, hear),
      onClose: ({ code, reason }) => {
        clearTimeout(late)
        joined.reject(new Error(`${this.#target.name} closed a connection: ${code} ${reason}`))
      },
    })
    const member = new Member(client, document, dialect)
    this.members.push(member)
    return joined.promise
  }

  /** Brings the document to a server that has none on disk, and waits until it has it. */
  async bring(member: Member, state: Uint8Array): Promise<void> {
    const { dialect } = this.#target
    if (!dialect.ask) return
    const has = Promise.withResolvers<void>()
    member.client.onFrame = payload =>
      dialect.read(payload, heard => {
        if (heard.kind === 'answer' && heard.update.length >= state.length / 2) has.resolve()
      })
    member.say(dialect.update(member.document, state))
    member.ask()
    await has.promise
    member.client.onFrame = undefined
  }

  /** From now on this member looks at what it is given. */
  probe(member: Member, witness: Witness): void {
    const { dialect } = this.#target
    member.client.onFrame = payload => {
      const now = performance.now()
      dialect.read(payload, heard => {
        if (heard.kind === 'update' || heard.kind === 'answer') witness.heard(heard.update, now)
      })
    }
  }

  /** From now on this member looks at when its own keystrokes are safe. */
  awaitSaved(member: Member, witness: Witness): void {
    const { dialect } = this.#target
    member.settle()
    member.client.onFrame = payload => {
      const now = performance.now()
      dialect.read(payload, heard => {
        if (heard.kind === 'saved')
          for (const sent of member.saved(heard.upTo)) witness.saved(sent, now)
      })
    }
  }

  leave(): void {
    for (const { client } of this.members) client.cut()
  }
}
