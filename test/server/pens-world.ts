/**
 * Pages of two people under dice, opened, reloaded, frozen, cut off and crashed, at a server that crashes, too. After
 * every step: nobody has written where somebody else had written under the same client id.
 */
import { isDeepStrictEqual } from 'node:util'
import * as Y from 'yjs'
import { parseDocumentName, type DocumentRef } from '#shared/access.ts'
import { addIssue, issueRecords } from '#shared/document/issues.ts'
import { descriptionText } from '#shared/document/layout.ts'
import { describeTracker, readTracker } from '#shared/document/tracker.ts'
import type { IssueId } from '#shared/ids.ts'
import { Rooms } from '#server/live/rooms.ts'
import { openMemory, type MemoryDisk } from '#server/store/memory.ts'
import { ada, bo } from '#test/server/live-peers.ts'
import { Page, type Line, type PageBug } from '#test/server/pens-page.ts'
import { ManualClock } from '#test/simulation/clock.ts'
import { seededDice, type Dice } from '#test/simulation/dice.ts'

const ISSUE = 'i1' as IssueId
const LINGER = 500
const MOST_PAGES = 5

export interface Run {
  readonly opened: number
  readonly ids: number
  readonly reached: ReadonlySet<string>
}

export class PensWorld {
  readonly #dice: Dice
  readonly #bug: PageBug | undefined
  readonly #ref = parseDocumentName('t1') as DocumentRef
  readonly #disk: MemoryDisk = new Map()
  readonly #log: string[] = []
  readonly #reached = new Set<string>()
  /** Who wrote each place: under which client id, at which clock. */
  readonly #writers = new Map<string, string>()
  #pages: Page[] = []
  /** Lines that their page has left behind; what it had sent still arrives. */
  #loose: Line[] = []
  #opened = 0
  #kills = 0
  #checked = 0
  #gate: PromiseWithResolvers<void> | undefined
  #clock = new ManualClock()
  #rooms: Rooms

  constructor(seed: number, bug?: PageBug) {
    this.#dice = seededDice(seed)
    this.#bug = bug
    this.#rooms = this.#start()
  }

  async run(steps: number): Promise<Run> {
    const room = await this.#rooms.open(this.#ref)
    await room.edit(ada, doc => addIssue(doc, ISSUE, { title: 'Issue', basketId: null }, 0))
    for (let nth = 0; nth < steps; nth++) {
      await this.#step()
      this.#check()
    }
    const ids = await this.#heal()
    for (const page of this.#pages) page.dispose()
    return { opened: this.#opened, ids, reached: this.#reached }
  }

  async #step(): Promise<void> {
    const dice = this.#dice
    const page = this.#pages[dice.below(Math.max(1, this.#pages.length))]
    const roll = dice.below(100)
    if (this.#gate && dice.once(6)) this.#slowDown()
    if (roll < 10 || !page) await this.#open()
    else if (roll < 30) this.#edit(page)
    else if (roll < 45) this.#deliver(page)
    else if (roll < 50) await this.#clock.settle()
    else if (roll < 70) await this.#exchange(page)
    else if (roll < 76) await this.#leave(page)
    else if (roll < 84) await this.#freeze(page)
    else if (roll < 86) this.#drop(page, 'crashes')
    else if (roll < 95) await this.#plugOrUnplug(page)
    else if (roll < 96) this.#slowDown()
    else if (roll < 98) await this.#serverEdits()
    else if (roll < 99) await this.#clock.advance(dice.below(2 * LINGER))
    else if (dice.once(2)) await this.#crash()
  }

  async #open(): Promise<void> {
    if (this.#pages.length >= MOST_PAGES) return
    const account = this.#dice.once(4) ? bo : ada
    const name = `page ${++this.#opened} of ${account}`
    this.#note(`${name} opens`)
    const note = (what: string): void => this.#note(what)
    const page = new Page(
      name,
      account,
      note,
      (by, update) => this.#wrote(by.name, update),
      this.#bug,
    )
    this.#pages.push(page)
    await this.#connect(page)
  }

  async #connect(page: Page): Promise<void> {
    if (!page.line && !page.isFrozen) page.connect(await this.#rooms.open(this.#ref))
  }

  #edit(page: Page): void {
    if (page.isFrozen) return
    this.#note(`${page.name} edits`)
    const isLoaded = issueRecords.has(page.doc, ISSUE)
    const text = descriptionText(page.doc, ISSUE)
    const at = this.#dice.below(text.length + 1)
    if (!isLoaded || this.#dice.once(5))
      describeTracker(page.doc, { title: `${this.#dice.below(1_000)}` })
    else if (this.#dice.once(4) && at < text.length) text.delete(at, 1)
    else text.insert(at, 'abc')
  }

  #deliver(page: Page): void {
    const [loose] = this.#loose
    if (loose && this.#dice.once(2)) this.#deliverLoose(loose)
    else if (page.line && this.#dice.once(2)) this.#deliverUp(page.line)
    else if (page.line) this.#deliverDown(page, page.line)
  }

  #deliverUp(line: Line): void {
    const frame = line.up.shift()
    if (frame) line.room.receive(line.peer, frame)
  }

  #deliverDown(page: Page, line: Line): void {
    if (page.isFrozen) return
    const frame = line.down.shift()
    if (frame) page.hear(frame)
    else if (line.isClosed) {
      this.#note(`${page.name} is sent away`)
      page.line = undefined
    }
  }

  #deliverLoose(line: Line): void {
    this.#deliverUp(line)
    if (line.up.length > 0) return
    line.room.leave(line.peer)
    this.#loose = this.#loose.filter(other => other !== line)
  }

  /** All that is under way for one page arrives. */
  async #exchange(page: Page): Promise<void> {
    for (let round = 0; round < 3; round++) {
      while (page.line && page.line.up.length > 0) this.#deliverUp(page.line)
      await this.#clock.settle()
      while (page.line && !page.isFrozen && page.line.down.length > 0)
        this.#deliverDown(page, page.line)
    }
  }

  async #leave(page: Page): Promise<void> {
    if (!this.#dice.once(3)) await this.#exchange(page)
    if (!page.isFrozen) page.leave()
    this.#drop(page, 'is closed')
  }

  #drop(page: Page, how: string): void {
    this.#note(`${page.name} ${how}`)
    this.#unplug(page)
    this.#pages = this.#pages.filter(other => other !== page)
    page.dispose()
  }

  /** Into the browser's memory, or out of it. */
  async #freeze(page: Page): Promise<void> {
    if (!this.#dice.once(3)) await this.#exchange(page)
    if (page.isFrozen) {
      this.#note(`${page.name} comes back`)
      page.isFrozen = false
      this.#unplug(page)
    } else {
      this.#note(`${page.name} is frozen`)
      page.leave()
      page.isFrozen = true
    }
  }

  async #plugOrUnplug(page: Page): Promise<void> {
    if (page.line) this.#unplug(page)
    else await this.#connect(page)
  }

  /** Some of what was sent still arrives; then the server learns that the connection has gone. */
  #unplug(page: Page): void {
    const { line } = page
    page.line = undefined
    if (!line) return
    line.up.splice(this.#dice.below(line.up.length + 1))
    this.#loose.push(line)
  }

  #slowDown(): void {
    this.#note(this.#gate ? 'the disk goes on' : 'the disk waits')
    this.#gate?.resolve()
    this.#gate = this.#gate ? undefined : Promise.withResolvers()
  }

  async #serverEdits(): Promise<void> {
    if (this.#gate) return
    this.#note('the server edits')
    const room = await this.#rooms.open(this.#ref)
    const edited = room.edit(ada, doc => describeTracker(doc, { title: `${this.#dice.below(99)}` }))
    await this.#clock.settle()
    await edited
  }

  async #crash(): Promise<void> {
    this.#note('the server crashes')
    this.#kills++
    this.#gate = undefined
    this.#loose = []
    for (const page of this.#pages) page.line = undefined
    this.#clock = new ManualClock(this.#clock.now() + 1)
    this.#rooms = this.#start()
    await this.#clock.settle()
  }

  #start(): Rooms {
    const life = this.#kills
    const store = openMemory(
      {
        beforeAppend: async () => {
          if (life === this.#kills) await this.#gate?.promise
          if (life !== this.#kills) await new Promise(() => undefined)
        },
      },
      this.#disk,
    )
    return new Rooms({ store, clock: this.#clock, lingerMs: LINGER })
  }

  #wrote(who: string, update: Uint8Array): void {
    for (const { id, length } of Y.decodeUpdate(update).structs)
      for (let clock = id.clock; clock < id.clock + length; clock++) {
        const place = `${id.client}@${clock}`
        const before = this.#writers.get(place) ?? who
        this.#hold(before === who, `${before} and ${who} have both written ${place}`)
        this.#writers.set(place, who)
      }
  }

  #check(): void {
    const entries = this.#disk.get(this.#ref.name)?.entries ?? []
    for (; this.#checked < entries.length; this.#checked++) {
      const { update } = entries[this.#checked] ?? {}
      const structs = update ? Y.decodeUpdate(update).structs : []
      const isKnown = structs.every(({ id }) => this.#writers.has(`${id.client}@${id.clock}`))
      if (update && !isKnown) this.#wrote('the server', update)
    }
  }

  /** Everything works again: all end up with what is on the disk. Answers how many ids that has seen. */
  async #heal(): Promise<number> {
    if (this.#gate) this.#slowDown()
    for (const line of this.#loose.splice(0)) line.room.leave(line.peer)
    for (const page of this.#pages) if (page.isFrozen) await this.#freeze(page)
    for (const line of this.#loose.splice(0)) line.room.leave(line.peer)
    for (let round = 0; round < 4; round++)
      for (const page of this.#pages) {
        if (page.line?.isClosed) page.line = undefined
        await this.#connect(page)
        await this.#exchange(page)
      }
    for (const page of this.#pages) await this.#exchange(page)
    this.#check()
    const { doc } = await this.#rooms.open(this.#ref)
    const truth = readTracker(doc)
    for (const page of this.#pages)
      this.#hold(
        isDeepStrictEqual(readTracker(page.doc), truth),
        `${page.name} shows something else`,
      )
    const reopened = await new Rooms({
      store: openMemory({}, this.#disk),
      clock: this.#clock,
    }).open(this.#ref)
    this.#hold(isDeepStrictEqual(readTracker(reopened.doc), truth), 'the disk holds something else')
    return reopened.doc.store.clients.size
  }

  #note(what: string): void {
    this.#log.push(what)
    this.#reached.add(what.replace(/^page \d+ of \w+ /, ''))
  }

  #hold(isKept: boolean, promise: string): void {
    if (!isKept) throw new Error(`Broken: ${promise}, after:\n${this.#log.slice(-40).join('\n')}`)
  }
}
