/**
 * Parley in one thread and under dice: tabs, connections, a server that crashes, a disk that fails. After every step
 * the promises are checked against what lies on the disk.
 */
import { isDeepStrictEqual } from 'node:util'
import * as Y from 'yjs'
import { parseDocumentName, type DocumentRef, type Role } from '#shared/access.ts'
import { readTracker } from '#shared/document/tracker.ts'
import type { AccountId } from '#shared/ids.ts'
import type { Tracker } from '#shared/tracker.ts'
import { Rooms } from '#server/live/rooms.ts'
import { ManualClock } from '#test/simulation/clock.ts'
import { DiceDisk, type DiskBug } from '#test/simulation/disk.ts'
import { seededDice, type Dice } from '#test/simulation/dice.ts'
import { editByChance } from '#test/simulation/edits.ts'
import { Tab } from '#test/simulation/tab.ts'

/** Faults planted on purpose: the checks must find each of them. */
export type PlantedBug = DiskBug | 'saved on receipt' | 'saved before the answer'

const PEOPLE = ['ada', 'bo', 'cy'] as const
const LINGER = 200

export interface Run {
  readonly log: readonly string[]
  readonly tracker: Tracker
  readonly reached: ReadonlySet<string>
}

export class World {
  readonly #dice: Dice
  readonly #disk = new DiceDisk()
  readonly #bug: PlantedBug | undefined
  readonly #ref = parseDocumentName('t1') as DocumentRef
  readonly #tabs: readonly [Tab, ...Tab[]]
  readonly #roles = new Map<AccountId, Role>()
  readonly #owners = new Map<number, AccountId>()
  readonly #log: string[] = []
  readonly #reached = new Set<string>()
  /** What lies on the disk, read entry by entry. */
  readonly #truth = new Y.Doc()
  #checked = 0
  #clients = 0
  #clock = new ManualClock()
  #rooms: Rooms

  constructor(seed: number, bug?: PlantedBug) {
    this.#dice = seededDice(seed)
    this.#bug = bug
    for (const name of PEOPLE) this.#roles.set(name as AccountId, 'editor')
    const [first, ...others] = ['ada', 'ada', 'bo', 'cy'].map((account, nth) => {
      const client = this.#newClient(account as AccountId)
      return new Tab(
        `${account}${nth}`,
        account as AccountId,
        client,
        bug === 'saved before the answer',
      )
    })
    if (!first) throw new Error('A world without tabs')
    this.#tabs = [first, ...others]
    this.#rooms = this.#start()
  }

  async run(steps: number): Promise<Run> {
    for (let nth = 0; nth < steps; nth++) {
      await this.#step()
      this.#check()
    }
    await this.#heal()
    return { log: this.#log, tracker: readTracker(this.#truth), reached: this.#reached }
  }

  async #step(): Promise<void> {
    const tab = this.#dice.pick(this.#tabs)
    const roll = this.#dice.below(100)
    if (roll < 24) this.#edit(tab)
    else if (roll < 44) this.#deliverUp(tab)
    else if (roll < 66) this.#deliverDown(tab)
    else if (roll < 80) await this.#settle()
    else if (roll < 85) await this.#plugOrUnplug(tab)
    else if (roll < 87) await this.#advance(this.#dice.below(400))
    else if (roll < 92) this.#disturbDisk()
    else if (roll < 94) this.#changeRole()
    else if (roll < 95) await this.#empty()
    else if (roll < 96) await this.#crash()
    else if (tab.saysSaved && this.#dice.once(4)) this.#reload(tab)
    else await this.#plugIn(tab)
  }

  #edit(tab: Tab): void {
    this.#note(`${tab.name} edits${tab.line ? '' : ' offline'}`)
    editByChance(tab.doc, this.#dice, 'user')
  }

  #deliverUp(tab: Tab): void {
    const { line } = tab
    const frame = line?.up.shift()
    if (!line || !frame) return
    this.#note(`${tab.name} is heard`)
    line.room.receive(line.peer, frame)
    if (this.#bug === 'saved on receipt') line.saved = line.sent - line.up.length
  }

  #deliverDown(tab: Tab): void {
    const { line } = tab
    if (!line) return
    const frame = line.down.shift()
    if (frame) {
      this.#note(`${tab.name} hears`)
      tab.hear(frame)
    } else if (line.closed) this.#closed(tab)
  }

  #closed(tab: Tab): void {
    this.#note(`${tab.name} is sent away: ${tab.line?.closed?.code}`)
    if (tab.isRefused) this.#reload(tab)
    else tab.line = undefined
  }

  async #plugOrUnplug(tab: Tab): Promise<void> {
    if (!tab.line) return this.#plugIn(tab)
    this.#note(`${tab.name} is cut off`)
    tab.cut()
  }

  async #plugIn(tab: Tab): Promise<void> {
    if (tab.line) return
    const room = await this.#rooms.open(this.#ref)
    this.#note(`${tab.name} connects`)
    tab.connect(room, this.#roles.get(tab.account) ?? 'viewer')
  }

  #reload(tab: Tab): void {
    this.#note(`${tab.name} reloads`)
    tab.cut()
    tab.reload(this.#newClient(tab.account))
  }

  #disturbDisk(): void {
    const roll = this.#dice.below(6)
    if (roll < 2) this.#disk.failures.push('before', 'before')
    else if (roll === 2) this.#disk.failures.push('after')
    else if (roll === 3) this.#disk.slowDown()
    else this.#disk.speedUp()
    this.#note(`the disk: ${['full', 'full', 'mute', 'slow'][roll] ?? 'fast'}`)
  }

  #changeRole(): void {
    const cy = 'cy' as AccountId
    const role = this.#roles.get(cy) === 'editor' ? 'viewer' : 'editor'
    this.#note(`cy becomes ${role}`)
    this.#roles.set(cy, role)
    this.#rooms.setRole(this.#ref.trackerId, cy, role)
  }

  async #empty(): Promise<void> {
    this.#note('everybody leaves')
    for (const tab of this.#tabs) tab.cut()
    await this.#advance(LINGER * 3)
  }

  async #crash(): Promise<void> {
    const writeArrives = this.#dice.once(2)
    this.#note(`the server crashes${this.#disk.isSlow ? ' while it writes' : ''}`)
    this.#disk.crash(writeArrives)
    for (const tab of this.#tabs) tab.line = undefined
    await this.#clock.settle()
    this.#clock = new ManualClock(this.#clock.now() + 1)
    this.#rooms = this.#start()
  }

  #start(): Rooms {
    const isOfDisk = this.#bug === 'acknowledges early' || this.#bug === 'swallows failures'
    return new Rooms({
      store: this.#disk.open(isOfDisk ? (this.#bug as DiskBug) : undefined),
      clock: this.#clock,
      lingerMs: LINGER,
      onTrouble: (_document, what) => this.#note(what),
      onEvict: async () => this.#note('the room is forgotten'),
    })
  }

  async #settle(): Promise<void> {
    await this.#clock.settle()
  }

  async #advance(milliseconds: number): Promise<void> {
    this.#note(`${milliseconds} ms pass`)
    await this.#clock.advance(milliseconds)
  }

  #newClient(account: AccountId): number {
    // Not in order, so that no rule that compares ids always favours the same side.
    const client = ((++this.#clients * 7_919) % 10_007) + 1
    this.#owners.set(client, account)
    return client
  }

  #note(what: string): void {
    this.#log.push(what)
    this.#reached.add(what.replace(/^(ada|bo|cy)\d /, '').replace(/^\d+ ms/, 'ms'))
  }

  /** The promises. */
  #check(): void {
    const entries = this.#disk.kept.get(this.#ref.name)?.entries ?? []
    for (; this.#checked < entries.length; this.#checked++) {
      const entry = entries[this.#checked]
      if (!entry) continue
      for (const { id } of Y.decodeUpdate(entry.update).structs)
        this.#hold(
          this.#owners.get(id.client) === entry.account,
          `an edit is filed under ${entry.account}`,
        )
      Y.applyUpdate(this.#truth, entry.update)
      this.#hold(this.#truth.store.pendingStructs === null, 'the journal has a gap')
    }
    for (const tab of this.#tabs) {
      this.#hold(contains(this.#truth, tab.heard), `${tab.name} has seen what is not on disk`)
      if (tab.saysSaved)
        this.#hold(
          contains(this.#truth, tab.doc),
          `${tab.name} says "saved", and it is not on disk`,
        )
    }
  }

  #hold(isKept: boolean, promise: string): void {
    if (!isKept) throw new Error(`Broken: ${promise}, after:\n${this.#log.slice(-40).join('\n')}`)
  }

  /** Everything works again: everybody connects, and must end up with the same. */
  async #heal(): Promise<void> {
    this.#disk.failures = []
    this.#disk.speedUp()
    await this.#advance(5_000)
    for (const tab of this.#tabs) if (tab.line?.closed) this.#closed(tab)
    for (let round = 0; round < 6; round++) {
      for (const tab of this.#tabs) {
        await this.#plugIn(tab)
        while (tab.line && tab.line.up.length > 0) this.#deliverUp(tab)
      }
      await this.#advance(100)
      for (const tab of this.#tabs)
        while (tab.line && (tab.line.down.length > 0 || tab.line.closed)) this.#deliverDown(tab)
      this.#check()
    }
    const truth = readTracker(this.#truth)
    for (const tab of this.#tabs) {
      this.#hold(tab.saysSaved, `${tab.name} never became "saved"`)
      this.#hold(
        isDeepStrictEqual(readTracker(tab.doc), truth),
        `${tab.name} shows something else than the disk holds`,
      )
    }
    const reopened = await new Rooms({ store: this.#disk.open(), clock: this.#clock }).open(
      this.#ref,
    )
    this.#hold(
      isDeepStrictEqual(readTracker(reopened.doc), truth),
      'the document opens as another one',
    )
  }
}

/** Whether everything that was inserted or deleted in `part` was inserted or deleted in `whole`. */
const contains = (whole: Y.Doc, part: Y.Doc): boolean => {
  for (const client of part.store.clients.keys())
    if (Y.getState(part.store, client) > Y.getState(whole.store, client)) return false
  const deleted = Y.createDeleteSetFromStructStore(whole.store)
  for (const [client, ranges] of Y.createDeleteSetFromStructStore(part.store).clients)
    for (const { clock, len } of ranges) {
      const cover = deleted.clients.get(client) ?? []
      if (!cover.some(range => range.clock <= clock && clock + len <= range.clock + range.len))
        return false
    }
  return true
}
