/** What was measured, and what had to be reached: ratios within one run, so that the machine does not matter. */
import type { Figures } from '#test/bench/peers/scenarios/scenario.ts'
import type { ServerName } from '#test/bench/peers/targets.ts'

export interface Result {
  readonly plan: string
  readonly server: ServerName
  readonly figures: Figures
  readonly notes: readonly string[]
}

export interface Verdict {
  readonly plan: string
  /** What has to hold, in words. */
  readonly wanted: string
  /** Undefined where the run did not measure what it takes. */
  readonly got: number | undefined
  readonly reached: boolean | undefined
}

const PEERS: readonly ServerName[] = ['y-websocket', 'hocuspocus']
/** A server that has not delivered so much of what was typed, seconds after the last keystroke, cannot keep up. */
const MISSING = 0.01

export class Book {
  readonly results: readonly Result[]

  constructor(results: readonly Result[]) {
    this.results = results
  }

  of(plan: string, server: ServerName): Result | undefined {
    return this.results.find(result => result.plan === plan && result.server === server)
  }

  figure(plan: string, server: ServerName, name: string): number | undefined {
    return this.of(plan, server)?.figures[name]
  }

  keptUp(plan: string, server: ServerName): boolean {
    return (this.figure(plan, server, 'missing') ?? 0) <= MISSING
  }

  get verdicts(): readonly Verdict[] {
    const cost = 'cpuPerMillion'
    return [
      this.#ratio('typing-50', cost, this.#better('typing-50', cost), 0.8, 'CPU', 'better peer'),
      ...this.#crowded('typing-200', 1 / 3),
      this.#atMost('typing-200', 'p99', 16, 'p99 in ms'),
      ...this.#crowded('typing-400', 1 / 2),
      this.#ratio(
        'typing-400',
        'p99',
        this.#better('typing-400', 'p99'),
        0.5,
        'p99',
        'better peer',
      ),
      this.#ratio(
        'documents-300',
        cost,
        this.#better('documents-300', cost),
        0.6,
        'CPU',
        'better peer',
      ),
      this.#atMost('documents-300', 'p99', 16, 'p99 in ms'),
      this.#capacity(),
      this.#ratio('joins', 'herdP99', this.#better('joins', 'herdP99'), 0.2, 'p99', 'better peer'),
      this.#ratio(
        'idle',
        'connectionKiB',
        this.figure('idle', 'relay', 'connectionKiB'),
        1.2,
        'a connection',
        'relay',
      ),
      this.#ratio(
        'idle',
        'documentKiB',
        this.#better('idle', 'documentKiB'),
        1 / 3,
        'a document',
        'better peer',
      ),
      this.#ratio(
        'idle',
        'restingKiB',
        this.#better('idle', 'documentKiB'),
        1 / 3,
        'one at rest',
        'better peer',
      ),
      this.#kills(),
      this.#growth('past-1m', 1.3, 'one edit, of that after 10,000'),
      this.#growth('ids-2000', 1.5, 'one edit, of that with 20 ids'),
    ]
  }

  #crowded(plan: string, share: number): readonly Verdict[] {
    const cost = 'cpuPerMillion'
    return [
      this.#ratio(plan, cost, this.#better(plan, cost), share, 'CPU', 'better peer'),
      this.#ratio(plan, cost, this.figure(plan, 'relay-coalesced', cost), 1.3, 'CPU', 'relay'),
    ]
  }

  /** The best that a peer did; one that could not keep up did nothing well. */
  #better(plan: string, name: string): number | undefined {
    const figures = PEERS.filter(server => this.keptUp(plan, server)).flatMap(
      server => this.figure(plan, server, name) ?? [],
    )
    return figures.length > 0 ? Math.min(...figures) : undefined
  }

  #ratio(
    plan: string,
    name: string,
    against: number | undefined,
    most: number,
    what: string,
    whom: string,
  ): Verdict {
    const own = this.figure(plan, 'parley', name)
    const got = own === undefined || against === undefined ? undefined : own / against
    return judged(plan, `${what} at most ${short(most)} of the ${whom}'s`, got, got && got <= most)
  }

  #atMost(plan: string, name: string, most: number, what: string): Verdict {
    const got = this.figure(plan, 'parley', name)
    return judged(plan, `${what} at most ${most}`, got, got && got <= most)
  }

  #capacity(): Verdict {
    const own = this.figure('capacity', 'parley', 'clients')
    const others = PEERS.flatMap(server => this.figure('capacity', server, 'clients') ?? [])
    const got = own === undefined || others.length === 0 ? undefined : own / Math.max(...others)
    return judged('capacity', "at least 2 times the better peer's", got, got && got >= 2)
  }

  #kills(): Verdict {
    const figures = this.of('kills', 'parley')?.figures
    const got = figures && (figures['roundsWithLoss'] ?? 0)
    return judged('kills', 'none lost in any round', got, got === undefined ? got : got === 0)
  }

  #growth(plan: string, most: number, what: string): Verdict {
    const before = this.figure('past-10k', 'parley', 'microsecondsPerEdit')
    const after = this.figure(plan, 'parley', 'microsecondsPerEdit')
    const got = before === undefined || after === undefined ? undefined : after / before
    return judged(plan, `${what}: at most ${most}`, got, got && got <= most)
  }
}

const judged = (
  plan: string,
  wanted: string,
  got: number | undefined,
  reached: boolean | number | undefined,
): Verdict => ({
  plan,
  wanted,
  got,
  reached: got === undefined || Number.isNaN(got) ? undefined : reached === true,
})

/** As people write it. */
export const short = (value: number): string => {
  if (value === 1 / 3) return '1/3'
  if (!Number.isFinite(value)) return '–'
  const size = Math.abs(value)
  if (size >= 100) return Math.round(value).toLocaleString('en')
  return String(Number(value.toPrecision(size < 1 ? 2 : 3)))
}

/** The middle of several runs, figure by figure. */
export const median = (runs: readonly Result[]): Result => {
  const [first] = runs
  if (!first) throw new Error('There is no middle of nothing')
  const names = Object.keys(first.figures)
  const middle = (name: string): number | undefined => {
    const values = runs.flatMap(({ figures }) => figures[name] ?? []).sort((a, b) => a - b)
    return values[Math.floor((values.length - 1) / 2)]
  }
  return {
    plan: first.plan,
    server: first.server,
    figures: Object.fromEntries(names.map(name => [name, middle(name)])),
    notes: [...new Set(runs.flatMap(({ notes }) => notes))],
  }
}
