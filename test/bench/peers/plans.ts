/** The scenarios by name: what `npm run bench` runs, and on which servers. */
import type { MatrixSize } from '#test/bench/load/matrix.ts'
import { capacity } from '#test/bench/peers/scenarios/capacity.ts'
import { growth, type Past } from '#test/bench/peers/scenarios/growth.ts'
import { idle } from '#test/bench/peers/scenarios/idle.ts'
import { joins } from '#test/bench/peers/scenarios/joins.ts'
import { kills } from '#test/bench/peers/scenarios/kills.ts'
import type { Ground, Outcome } from '#test/bench/peers/scenarios/scenario.ts'
import { typing } from '#test/bench/peers/scenarios/typing.ts'
import { SERVER_NAMES, type ServerName } from '#test/bench/peers/targets.ts'

export interface Plan {
  readonly name: string
  readonly title: string
  readonly servers: readonly ServerName[]
  readonly run: (ground: Ground) => Promise<Outcome>
}

const LARGE: MatrixSize = { issues: 200, parties: 12, words: 120 }
const MIDDLE: MatrixSize = { issues: 40, parties: 8, words: 120 }
const SMALL: MatrixSize = { issues: 10, parties: 4, words: 60 }

/** Those that keep documents, or at least know them. */
const SERVERS: readonly ServerName[] = ['parley', 'y-websocket', 'hocuspocus', 'hocuspocus-sqlite']

const oneDocument = (clients: number, typists: number): Plan => ({
  name: `typing-${clients}`,
  title: `One document, ${clients} clients, ${typists} typing 8/s`,
  servers: SERVER_NAMES,
  run: ground =>
    typing(ground, { documents: 1, clients, typing: typists, perSecond: 8, size: LARGE }),
})

const past = (name: string, title: string, edits: number, clientIds: number): Plan => ({
  name,
  title,
  servers: ['parley', 'y-websocket'],
  run: ground => growth(ground, { size: MIDDLE, edits, clientIds } satisfies Past),
})

export const PLANS: readonly Plan[] = [
  oneDocument(50, 10),
  oneDocument(200, 50),
  oneDocument(400, 100),
  {
    name: 'documents-300',
    title: '300 documents of 4 clients, 2 typing 4/s',
    servers: SERVER_NAMES,
    run: ground =>
      typing(ground, { documents: 300, clients: 4, typing: 2, perSecond: 4, size: SMALL }),
  },
  {
    name: 'capacity',
    title: 'Clients in one document, a quarter typing 8/s, with p99 up to 100 ms',
    servers: ['parley', 'y-websocket', 'hocuspocus'],
    run: ground => capacity(ground, MIDDLE),
  },
  {
    name: 'joins',
    title: 'Joining a 200 by 12 matrix: alone, not open yet, 200 at once',
    servers: SERVERS,
    run: ground => joins(ground, LARGE),
  },
  {
    name: 'idle',
    title: 'Memory over an empty server, per idle connection and per idle document',
    servers: ['parley', 'y-websocket', 'hocuspocus', 'relay'],
    run: ground => idle(ground, SMALL),
  },
  {
    name: 'kills',
    title: 'SIGKILL while four type: what others had seen, or was said to be safe, and is gone',
    servers: ['parley', 'hocuspocus-sqlite'],
    run: ground =>
      kills(ground, {
        size: SMALL,
        rounds: ground.target.name === 'parley' ? 50 : 10,
        after: [150, 1_200],
      }),
  },
  past('past-10k', 'One edit after 10,000 edits by 20 client ids', 10_000, 20),
  past('past-100k', 'One edit after 100,000 edits by 20 client ids', 100_000, 20),
  past('past-1m', 'One edit after 1,000,000 edits by 20 client ids', 1_000_000, 20),
  past('ids-2000', 'One edit after 10,000 edits by 2,000 client ids', 10_000, 2_000),
]
