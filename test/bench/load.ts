/**
 * The load that one server has to bear: `npm run bench:load`, `-- --ahead` on a machine that is not quiet, and seconds
 * of each part as a number. 200 editors at 2 edits/s in one document, then 2,000 sockets over 500 documents. Prints the
 * time from an edit to its `saved` and the server's memory; ends with 1 when a target is missed.
 */
import { execFileSync } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { seededMatrix, type MatrixSize } from '#test/bench/load/matrix.ts'
import { takeSeats } from '#test/bench/load/seats.ts'
import { Typist } from '#test/bench/load/typist.ts'
import { quantiles } from '#test/bench/peers/ledger.ts'
import { passed, startServer } from '#test/bench/peers/machine.ts'
import { accountsIn, makeHouse, storeTrackers } from '#test/bench/peers/parley.ts'
import { Guest } from '#test/hostile/guest.ts'
import { seededDice } from '#test/simulation/dice.ts'

interface Load {
  readonly title: string
  readonly documents: number
  readonly sockets: number
  /** Of all sockets; each types so many times a second. */
  readonly typing: number
  readonly perSecond: number
  readonly size: MatrixSize
}

const LOADS: readonly Load[] = [
  {
    title: '200 editors at 2 edits/s in one document',
    documents: 1,
    sockets: 200,
    typing: 200,
    perSecond: 2,
    size: { issues: 60, parties: 10, words: 120 },
  },
  {
    title: '2,000 sockets over 500 documents, one of four typing 2 edits/s',
    documents: 500,
    sockets: 2_000,
    typing: 500,
    perSecond: 2,
    size: { issues: 20, parties: 6, words: 120 },
  },
]
const ACCOUNTS = 100
const MOST_MS = 250
const MOST_BYTES = 1_000_000_000
/** Both ends of each connection need a file, but in two processes. */
const FILES = 4_096
const AT_ONCE = 50
const TICK = 2
const MAIN = fileURLToPath(new URL('../../server/main.ts', import.meta.url))

const say = (line: string): void => void process.stdout.write(`${line}\n`)
const filesAllowed = (): number => Number(execFileSync('sh', ['-c', 'ulimit -n']).toString())

const { seat, numbers, said } = takeSeats()
const [seconds = 20] = numbers

const play = async ({ documents, perSecond, size, sockets, title, typing }: Load) => {
  const folder = await mkdtemp(join(tmpdir(), 'parley-load-'))
  try {
    await makeHouse(folder, ACCOUNTS, seat)
    const { client, state, texts } = seededMatrix(size)
    const names = Array.from({ length: documents }, (_, nth) => `load${nth}`)
    await storeTrackers(
      folder,
      names.map(name => ({
        name,
        edits: [{ account: 0, update: state }],
        clients: new Map([[client, 0]]),
        checkpoint: state,
      })),
    )
    const accounts = await accountsIn(folder)
    // Everybody comes from this machine; each account has its share of sockets, and the limits of one account stay.
    const server = await startServer({
      entry: [MAIN],
      environment: { DATA_DIR: folder, LOG_LEVEL: 'error', LIMIT_SOCKETS_PER_ADDRESS: '100000' },
      seat,
    })
    try {
      const waits: number[] = []
      let isMeasured = false
      const guests: Guest[] = []
      for (let nth = 0; nth < sockets; nth++) {
        const guest = new Guest({
          url: server.url,
          document: names[nth % documents] ?? '',
          cookie: accounts[nth % ACCOUNTS]?.cookie ?? '',
          onSaved: milliseconds => void (isMeasured && waits.push(milliseconds)),
        })
        guests.push(guest)
        if (nth % AT_ONCE === 0) await guest.joined
      }
      await Promise.all(guests.map(({ joined }) => joined))
      const dice = seededDice(1)
      const hands = guests.slice(0, typing).map((guest, nth) => ({
        guest,
        typist: new Typist(100_000 + nth, texts, dice),
        due: performance.now() + (nth / typing) * (1_000 / perSecond),
      }))
      const timer = setInterval(() => {
        const now = performance.now()
        for (const hand of hands)
          while (hand.due < now) {
            hand.due += 1_000 / perSecond
            hand.guest.write(hand.typist.next().update)
          }
      }, TICK)
      await passed(3_000)
      const cpu = server.cpu()
      isMeasured = true
      await passed(seconds * 1_000)
      isMeasured = false
      clearInterval(timer)
      const busy = (server.cpu() - cpu) / seconds
      const lost = guests.filter(({ client: { closed } }) => closed).length
      const { p50, p99, worst } = quantiles(waits)
      const peak = server.peak()
      say(title)
      say(`  edits saved a second          ${(waits.length / seconds).toFixed(0)}`)
      say(`  edit to saved, p50, ms        ${p50.toFixed(1)}`)
      say(`  edit to saved, p99, ms        ${p99.toFixed(1)}   at most ${MOST_MS}`)
      say(`  edit to saved, worst, ms      ${worst.toFixed(1)}`)
      say(`  the server's processor        ${(busy * 100).toFixed(0)} % of one core`)
      say(
        `  the server's memory, MB       ${(peak / 1e6).toFixed(0)}   at most ${MOST_BYTES / 1e6}`,
      )
      say(`  connections lost              ${lost}   at most 0`)
      for (const guest of guests) guest.client.cut()
      return p99 <= MOST_MS && peak <= MOST_BYTES && lost === 0
    } finally {
      await server.stop()
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

say(said)
if (filesAllowed() < FILES) {
  say(`This needs ${FILES} open files; allow them with: ulimit -n ${FILES}`)
  process.exitCode = 1
} else for (const load of LOADS) if (!(await play(load))) process.exitCode = 1
