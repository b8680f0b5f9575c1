/** The scenarios by name: what `npm run bench` runs, and on which servers. */
import type { MatrixSize } from '#test/bench/load/matrix.ts'
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
const SMALL: MatrixSize = { issues: 10, parties: 4, words: 60 }

const oneDocument = (clients: number, typists: number): Plan => ({
  name: `typing-${clients}`,
  title: `One document, ${clients} clients, ${typists} typing 8/s`,
  servers: SERVER_NAMES,
  run: ground =>
    typing(ground, { documents: 1, clients, typing: typists, perSecond: 8, size: LARGE }),
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
]
