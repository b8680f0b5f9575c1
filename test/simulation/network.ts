/** All connections of a world: who is on which, what is under way, and what both ends know of it. */
import type { DocumentRef } from '#shared/access.ts'
import type { Room } from '#server/live/room.ts'
import type { Bug } from '#test/simulation/bug.ts'
import { PARTS, type Part, type Roles } from '#test/simulation/cast.ts'
import type { Dice } from '#test/simulation/dice.ts'
import type { Process } from '#test/simulation/disk.ts'
import { isSaved, Line } from '#test/simulation/line.ts'
import type { Tab } from '#test/simulation/tab.ts'

export interface NetworkDeps {
  readonly dice: Dice
  readonly bug: Bug | undefined
  readonly note: (what: string) => void
  readonly roles: Roles
  readonly newTab: (part: Part) => Tab
  /** A fresh Yjs client id for this tab. */
  readonly newClient: (part: Part) => number
  readonly open: (ref: DocumentRef) => Promise<Room>
  readonly process: () => Process
  readonly onRefused: (line: Line, because: string) => void
}

export class Network {
  readonly tabs: readonly [Tab, ...Tab[]]
  readonly #deps: NetworkDeps
  readonly #lines = new Set<Line>()
  /** Those for whom the room is open, and whose socket is not yet. */
  #atTheDoor: (() => void)[] = []

  constructor(deps: NetworkDeps) {
    this.#deps = deps
    const [first, ...others] = PARTS
    this.tabs = [deps.newTab(first), ...others.map(part => deps.newTab(part))]
  }

  get lines(): ReadonlySet<Line> {
    return this.#lines
  }

  tabsOf(ref: DocumentRef): readonly Tab[] {
    return this.tabs.filter(tab => tab.part.ref === ref)
  }

  /** Opening the room may take its time: while the disk is slow, or for as long as it cannot be read. */
  plugIn(tab: Tab): void {
    const { note, open, process, roles } = this.#deps
    const { account, isStock, name, ref } = tab.part
    if (tab.line || tab.isArriving || roles.of(ref.trackerId, account) === null) return
    tab.isArriving = true
    const server = process()
    const arrive = (room: Room): void => {
      if (server.isDead) return
      tab.isArriving = false
      const role = roles.of(ref.trackerId, account)
      if (role === null) return note(`${name} has lost access on the way in`)
      note(`${name} connects`)
      const line: Line = new Line({
        room,
        process: server,
        account: { id: account, name: account, colour: 0 },
        role,
        wantsSaved: isStock !== true,
        tab: tab.pen && { name: tab.pen.tab, wantsPen: tab.pen.isWanted },
        onRefused: because => this.#deps.onRefused(line, because),
      })
      this.#lines.add(line)
      this.#deps.bug?.line?.(line)
      tab.connect(line)
    }
    const comeIn = (room: Room): void => {
      if (this.#deps.dice.once(4)) this.#atTheDoor.push(() => arrive(room))
      else arrive(room)
    }
    open(ref).then(comeIn, () => {
      if (!server.isDead) tab.isArriving = false
      note(`${name} cannot come in`)
    })
  }

  /** The sockets of those at the door open; the room may have been left meanwhile. */
  letIn(): void {
    for (const arrive of this.#atTheDoor.splice(0)) arrive()
  }

  /** The tab has gone; what it sent last may still be under way, and the server learns of it later. */
  cut(tab: Tab): void {
    const { line } = tab
    if (!line) return
    tab.line = undefined
    line.isAbandoned = true
    line.down = []
    line.up.length = this.#deps.dice.below(line.up.length + 1)
  }

  /** The server learns that nobody is there any more. */
  notice(line: Line): void {
    line.room.leave(line.peer)
    this.#lines.delete(line)
  }

  deliverUp(line: Line): void {
    const frame = line.up.shift()
    if (!frame || line.closed !== undefined) return
    line.room.receive(line.peer, frame)
    this.#deps.bug?.received?.(line, frame, this.#lines)
  }

  deliverAllUp(line: Line): void {
    while (line.up.length > 0) this.deliverUp(line)
  }

  /** The next frame to a tab, or the end of the connection; answers whether there was anything. */
  deliverDown(tab: Tab): boolean {
    const { line } = tab
    if (!line || line.isSlow) return false
    const frame = line.down.shift()
    if (frame) tab.hear(frame)
    else if (line.closed !== undefined) this.#ended(tab, line)
    else return false
    return true
  }

  /** The tab's user closes it or loads it anew. */
  reload(tab: Tab): void {
    this.cut(tab)
    tab.reload(this.#deps.newClient(tab.part))
  }

  /** The process behind all connections is gone; of what it sent last, some arrives. */
  crash(keepsSaved: boolean): void {
    const { dice } = this.#deps
    for (const line of this.#lines) {
      line.up = []
      line.closed ??= 'lost'
      line.isSlow = false
      line.down.length = dice.below(line.down.length + 1)
      const saved = keepsSaved ? -1 : line.down.findIndex(isSaved)
      if (saved >= 0) line.down.length = saved
      if (line.isAbandoned) this.#lines.delete(line)
    }
    this.#atTheDoor = []
    for (const tab of this.tabs) tab.isArriving = false
  }

  #ended(tab: Tab, line: Line): void {
    const { closed } = line
    const code = typeof closed === 'object' ? closed.code : 'lost'
    this.#deps.note(`${tab.part.name} is sent away: ${code}`)
    this.#lines.delete(line)
    tab.line = undefined
    // What the stock client takes for final: the server will never let this document in.
    if (typeof code === 'number' && code >= 4400 && code < 4500) this.reload(tab)
  }
}
