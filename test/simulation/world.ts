/**
 * Parley in one thread and under dice: people, connections, a server that crashes, a disk that fails. After every step
 * the promises are checked against what lies on the disk.
 */
import type * as Y from 'yjs'
import type { DocumentRef } from '#shared/access.ts'
import type { AccountId } from '#shared/ids.ts'
import { LIMITS, type Limits } from '#server/live/limits.ts'
import type { Room } from '#server/live/room.ts'
import { Rooms } from '#server/live/rooms.ts'
import type { Bug } from '#test/simulation/bug.ts'
import { DOCUMENTS, Roles, type Part } from '#test/simulation/cast.ts'
import { ManualClock } from '#test/simulation/clock.ts'
import { seededDice, type Dice } from '#test/simulation/dice.ts'
import { CRASH_POINTS, DiceDisk, Process } from '#test/simulation/disk.ts'
import { restoreByChance } from '#test/simulation/edits.ts'
import { hold, Ledger, placesIn } from '#test/simulation/ledger.ts'
import { Network } from '#test/simulation/network.ts'
import { Tab, type Watch } from '#test/simulation/tab.ts'
import { Views } from '#test/simulation/views.ts'

const LINGER = 200
const REST = 500

/** Small enough to be reached. */
const TIGHT: Limits = {
  ...LIMITS,
  slow: 250,
  drained: 100,
  tooSlow: 4_000,
  stalled: 1_000,
  // About as much as two documents take.
  memory: 150_000,
  waiting: 4_000,
  waitingDocument: 2_000,
}
/** What one edit more may bring in, before the server looks how much is waiting. */
const ONE_EDIT = 20_000

/** Why a server that works sends honest people away. */
const EXPECTED = new Set([
  'the role may not write',
  'lost the right to write',
  'lost access',
  'too fast',
  'too slow',
  'the disk cannot be read',
  'the document broke',
  'too much waits for the disk',
])

export interface WorldOptions {
  readonly bug?: Bug | undefined
  /** Looks at every tab's document as its screen would. */
  readonly watch?: Watch | undefined
}

export class World {
  readonly dice: Dice
  readonly disk = new DiceDisk()
  readonly roles = new Roles()
  readonly network: Network
  readonly reached = new Set<string>()
  readonly log: string[] = []
  readonly #bug: Bug | undefined
  readonly #ledgers: ReadonlyMap<DocumentRef, Ledger>
  readonly #views = new Map<DocumentRef, Views>()
  /** Documents that have been looked at since they came from the disk. */
  readonly #seen = new WeakSet<Y.Doc>()
  #clients = 0
  #failure: unknown
  clock = new ManualClock()
  process: Process
  #rooms: Rooms
  #isClosing = false

  constructor(seed: number, { bug, watch }: WorldOptions = {}) {
    this.dice = seededDice(seed)
    this.#bug = bug
    this.#ledgers = new Map(DOCUMENTS.map(ref => [ref, this.#newLedger(ref)]))
    this.process = this.#newProcess()
    this.#rooms = this.#newRooms()
    this.network = new Network({
      dice: this.dice,
      bug,
      roles: this.roles,
      note: this.note,
      newTab: part => {
        const client = this.newClient(part)
        const ledger = this.ledger(part.ref)
        return new Tab({ part, ledger, client, watch, reach: what => this.reach(what) })
      },
      newClient: part => this.newClient(part),
      open: ref => this.open(ref),
      process: () => this.process,
      onRefused: ({ isForged, peer }, because) => {
        this.reach(`refused: ${because}`)
        this.#try(() =>
          hold(isForged || EXPECTED.has(because), `${peer.account.id} is refused: ${because}`),
        )
      },
    })
  }

  readonly note = (what: string): void => {
    this.log.push(what)
  }

  reach(what: string): void {
    this.log.push(what)
    this.reached.add(what)
  }

  ledger(ref: DocumentRef): Ledger {
    const ledger = this.#ledgers.get(ref)
    if (!ledger) throw new Error(`Nobody keeps ${ref.name}`)
    return ledger
  }

  /** Not in order, so that no rule that compares ids always favours the same side. */
  newClient({ account, ref }: Part): number {
    const client = ((++this.#clients * 7_919) % 10_007) + 1
    this.ledger(ref).owns(client, account)
    return client
  }

  async open(ref: DocumentRef): Promise<Room> {
    const process = this.process
    const room = await this.#rooms.open(ref)
    const isFresh = !process.isDead && !room.isResting && !this.#seen.has(room.doc)
    if (isFresh && room.isClean) {
      this.#seen.add(room.doc)
      this.#try(() => {
        this.ledger(ref).absorb()
        hold(this.ledger(ref).equals(room.doc), `${ref.name} opens as something else`)
      })
    }
    return room
  }

  /** The server itself edits, in somebody's name, as when a snapshot is brought back. */
  async restore({ account, ref }: Part): Promise<void> {
    const process = this.process
    const ledger = this.ledger(ref)
    try {
      const room = await this.open(ref)
      if (process.isDead || !this.roles.mayWrite(ref, account)) return
      const seq = await room.edit(account, doc => {
        doc.on('afterTransaction', (transaction: Y.Transaction) => {
          ledger.writes(account, transaction)
          ledger.deletes(account, placesIn(transaction.deleteSet))
        })
        restoreByChance(doc, this.dice)
      })
      this.#try(() => {
        ledger.absorb()
        hold(seq <= ledger.head, `a restore in ${ref.name} is called saved, and it is not on disk`)
        const stored = this.disk.entries(ref.name)[seq - 1]?.account
        hold(stored === account, `a restore by ${account} is said to be an entry of ${stored}`)
      })
      this.reach('a restore is on disk')
    } catch {
      this.note('a restore fails')
    }
  }

  setRole(ref: DocumentRef, who: AccountId, role: Parameters<Roles['set']>[2]): void {
    // In a millisecond of its own, so that each edit shows by its time whether it came before.
    this.clock.tick(1)
    this.roles.set(ref.trackerId, who, role, this.clock.now())
    if (this.#bug?.forgetsRoles !== true) this.#rooms.setRole(ref.trackerId, who, role)
  }

  /** Says goodbye to everybody and starts anew when everything is on disk. */
  stop(): void {
    if (this.#isClosing) return
    this.#isClosing = true
    const process = this.process
    void this.#rooms.closeAll().then(() => {
      // The last answers, and the disk's own closing, take their time.
      this.clock.after(this.dice.below(300), () => {
        if (process.isDead) return
        this.reach('the server stops in good order')
        process.die('in good order')
      })
    })
  }

  /** What died is followed by a new process on the same disk. */
  async revive(): Promise<void> {
    if (!this.process.isDead) return
    const isOrderly = this.#isClosing
    this.disk.abandon(this.dice.once(2))
    await this.clock.settle()
    this.network.crash(isOrderly || this.dice.once(2))
    this.clock = new ManualClock(this.clock.now() + 1)
    this.process = this.#newProcess()
    this.#isClosing = false
    this.#rooms = this.#newRooms()
  }

  /** The promises that hold after every step. */
  check(): void {
    if (this.#failure !== undefined) throw this.#failure
    for (const ledger of this.#ledgers.values()) ledger.absorb()
    for (const tab of this.network.tabs) tab.check()
    for (const { room } of this.network.lines)
      if (room.isResting && !room.isEmpty) this.reached.add('a room rests while people are there')
    const { size } = this.network.lines
    const { bytes } = this.#rooms.backlog()
    hold(bytes <= TIGHT.waiting + ONE_EDIT, `${bytes} bytes wait for the disk`)
    hold(this.clock.timers <= 40 + 2 * size, `${this.clock.timers} timers for ${size} connections`)
  }

  doom(): void {
    this.process.doom = this.dice.pick(CRASH_POINTS)
    this.note(`the server will die: ${this.process.doom}`)
  }

  /** Forgets the rooms, as a server would that does not look whether they are clean. */
  forget(): void {
    if (this.#bug?.forgetsWork === true) this.#rooms = this.#newRooms()
  }

  /** What history keeps of a matrix, held against a rebuild. */
  checkViews(ref: DocumentRef): void {
    const ledger = this.ledger(ref)
    ledger.absorb()
    this.#views.get(ref)?.check(ledger, this.disk.entries(ref.name))
  }

  #newLedger(ref: DocumentRef): Ledger {
    const views = new Views(seededDice(++this.#clients), this.#bug)
    if (ref.kind === 'matrix') this.#views.set(ref, views)
    return new Ledger({
      ref,
      read: () => this.disk.entries(ref.name),
      mightWriteAt: (ref, account, at) => this.roles.mightWriteAt(ref, account, at),
      onEntry: entry => {
        if (ref.kind === 'matrix') views.add(entry)
      },
    })
  }

  #newProcess(): Process {
    return new Process(point => this.reach(`the server dies ${point}`))
  }

  #newRooms(): Rooms {
    const { process } = this
    const store = this.disk.open(process)
    return new Rooms({
      store: this.#bug?.store?.(store, this.disk, process) ?? store,
      clock: this.clock,
      limits: TIGHT,
      lingerMs: LINGER,
      restMs: REST,
      onTrouble: (document, what, detail) => {
        if (process.isDead) return
        this.reach(what)
        const isExpected = detail instanceof Error && detail.message.startsWith('The disk')
        this.#try(() => hold(isExpected, `${document}: ${what} (${String(detail)})`))
      },
      onEvict: async ({ name }) => {
        this.reach(`${name} leaves memory`)
        // What is done before a document leaves takes its time: people may come meanwhile.
        const { clock } = this
        if (this.dice.once(2))
          await new Promise<void>(resolve => clock.after(this.dice.below(200), resolve))
      },
    })
  }

  /** In what the product calls: kept until the step is over. */
  #try(check: () => void): void {
    try {
      check()
    } catch (error) {
      this.#failure ??= error
    }
  }
}
