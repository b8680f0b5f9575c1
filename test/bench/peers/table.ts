/** The book as a Markdown table, and its place in the README. */
import { readFile, writeFile } from 'node:fs/promises'
import { short, type Book, type Verdict } from '#test/bench/peers/book.ts'
import type { Figures } from '#test/bench/peers/scenarios/scenario.ts'
import { SERVER_NAMES, type ServerName } from '#test/bench/peers/targets.ts'

interface Row {
  readonly plan: string
  readonly label: string
  readonly cell: (figures: Figures) => string
  /** Which of the plan's verdicts stand in this row, by a word in what is wanted. */
  readonly judged?: RegExp
}

const LABELS: Readonly<Record<ServerName, string>> = {
  parley: 'Parley',
  'y-websocket': 'y-websocket-server',
  hocuspocus: 'hocuspocus',
  'hocuspocus-sqlite': 'hocuspocus, SQLite',
  relay: 'relay',
  'relay-coalesced': 'relay, coalesced',
}

const of =
  (...names: readonly string[]) =>
  (figures: Figures): string =>
    names
      .map(name => {
        const value = figures[name]
        return value === undefined ? '–' : short(value)
      })
      .join(' / ')

const typing = (plan: string, who: string): readonly Row[] => [
  {
    plan,
    label: `${who}: CPU-seconds per million delivered edits`,
    cell: of('cpuPerMillion'),
    judged: /CPU/,
  },
  {
    plan,
    label: 'edit to other screen, p50 / p95 / p99 ms',
    cell: of('p50', 'p95', 'p99'),
    judged: /p99/,
  },
  {
    plan,
    label: 'delivered edits/s, bytes per delivered edit, peak MiB',
    cell: of('deliveredPerSecond', 'bytesPerEdit', 'peakMiB'),
  },
]

const lost = ({ roundsWithLoss, rounds, saved, savedLost, seen, seenLost }: Figures): string =>
  `${short(roundsWithLoss ?? 0)} of ${short(rounds ?? 0)}; ${percent(seenLost, seen)} / ${percent(savedLost, saved)}`
const percent = (part = 0, whole = 0): string =>
  whole === 0 ? '–' : `${short((part / whole) * 100)} %`

const ROWS: readonly Row[] = [
  ...typing('typing-50', '**One document, 50 clients, 10 typing 8/s**'),
  ...typing('typing-200', '**200 clients, 50 typing**'),
  ...typing('typing-400', '**400 clients, 100 typing**'),
  ...typing('documents-300', '**300 documents of 4 clients, 2 typing 4/s**'),
  {
    plan: 'capacity',
    label: '**Clients in one document, a quarter typing 8/s**, with p99 up to 100 ms',
    cell: of('clients'),
    judged: /./,
  },
  {
    plan: 'joins',
    label: '**Joining a 200 by 12 matrix**: open, not open yet, ms',
    cell: of('warm', 'cold'),
  },
  {
    plan: 'joins',
    label: '200 at once: p50 / p99 ms',
    cell: of('herdP50', 'herdP99'),
    judged: /./,
  },
  {
    plan: 'idle',
    label: '**Memory** of an idle connection, KiB',
    cell: of('connectionKiB'),
    judged: /connection/,
  },
  {
    plan: 'idle',
    label: 'of an idle document of 10 by 4, KiB',
    cell: of('documentKiB'),
    judged: /document/,
  },
  {
    plan: 'idle',
    label: 'of one at rest: its people are there, the document has left memory, KiB',
    cell: of('restingKiB'),
    judged: /rest/,
  },
  {
    plan: 'kills',
    label:
      '**SIGKILL while four type**: rounds with a loss; lost of what others saw / of what was said to be safe',
    cell: lost,
    judged: /./,
  },
  {
    plan: 'past-10k',
    label: '**CPU of one edit to 19 others**, µs: after 10,000 edits by 20 client ids',
    cell: of('microsecondsPerEdit'),
  },
  { plan: 'past-100k', label: 'after 100,000 edits', cell: of('microsecondsPerEdit') },
  {
    plan: 'past-1m',
    label: 'after 1,000,000 edits',
    cell: of('microsecondsPerEdit'),
    judged: /./,
  },
  {
    plan: 'ids-2000',
    label: 'after 10,000 edits by 2,000 client ids',
    cell: of('microsecondsPerEdit'),
    judged: /./,
  },
]

export const tableOf = (book: Book): string => {
  const header = ['', ...SERVER_NAMES.map(name => LABELS[name]), 'Wanted of Parley']
  const { verdicts } = book
  const rows = ROWS.filter(({ plan }) => book.results.some(result => result.plan === plan)).map(
    ({ cell, judged, label, plan }) => [
      label,
      ...SERVER_NAMES.map(server => {
        const result = book.of(plan, server)
        if (!result) return ''
        const doubt = result.notes.some(note => note.startsWith('the load')) ? ' (!)' : ''
        return `${cell(result.figures)}${book.keptUp(plan, server) ? '' : ' (*)'}${doubt}`
      }),
      verdicts
        .filter(verdict => verdict.plan === plan && judged?.test(verdict.wanted))
        .map(worded)
        .join('; '),
    ],
  )
  return [header, header.map(() => '---'), ...rows]
    .map(cells => `| ${cells.join(' | ')} |`)
    .join('\n')
}

export const worded = ({ got, reached, wanted }: Verdict): string => {
  if (got === undefined || reached === undefined) return `${wanted}: not measured`
  return `${wanted}: ${short(got)}, ${reached ? 'reached' : '**not reached**'}`
}

const BEGIN = '<!-- npm run bench writes from here -->'
const END = '<!-- to here -->'

/** Puts the text between the two marks of the README. */
export const writeInto = async (readme: string, text: string): Promise<void> => {
  const page = await readFile(readme, 'utf8')
  const [from, to] = [page.indexOf(BEGIN), page.indexOf(END)]
  if (from < 0 || to < from) throw new Error(`${readme} has no place for the figures`)
  await writeFile(readme, `${page.slice(0, from + BEGIN.length)}\n${text}\n${page.slice(to)}`)
}
