/** The history's worker without its thread: reads the journal, and answers from the timeline that it makes of it. */
import { decompress } from 'fzstd'
import { Refused } from '#client/api.ts'
import type { Call, CallName, Calls, News, Reply } from '#client/history/moments/messages.ts'
import { cellDetails } from '#shared/compare/cell-details.ts'
import type { Detail } from '#shared/compare/detail.ts'
import { placeOf } from '#client/history/moments/place.ts'
import { decodeChapters } from '#shared/history/chapter.ts'
import { creditsAt } from '#shared/history/credits.ts'
import { ChangeLog, changeKey, changesIn, type Change } from '#shared/history/changes.ts'
import { findDeleted } from '#shared/history/deleted.ts'
import type { Entry } from '#shared/history/entry.ts'
import { headCreditsAt } from '#shared/history/head-credits.ts'
import { heldIn, hindsightAt } from '#shared/history/hindsight.ts'
import { touched } from '#shared/history/touched.ts'
import { movementsIn, saidBetween, type Movement } from '#shared/history/movements.ts'
import { patchBetween } from '#shared/history/patch.ts'
import { partsOf, type TextPart } from '#shared/history/restore-text.ts'
import { Timeline } from '#shared/history/timeline.ts'
import type { AccountId, TrackerId } from '#shared/ids.ts'

/** What has come of an answer so far, and how long it is; null where that is not known. */
export type Received = (bytes: number, of: number | null) => void
export type FetchJournal = (
  trackerId: TrackerId,
  after: number,
  received: Received,
) => Promise<Uint8Array>

type Answers = {
  readonly [Name in CallName]: (
    arg: Parameters<Calls[Name]>[0],
  ) => ReturnType<Calls[Name]> | Promise<ReturnType<Calls[Name]>>
}

/** More places than these nobody looks through. */
const MOST_FOUND = 50

/** So many letters of a text tell which one it is. */
const MOST_OF_TEXT = 120

/** "Stance: Oman; Red line: nothing" */
const beliefIn = (details: readonly Detail[]): string =>
  details
    .map(({ name, was }) => {
      const cut = was.length > MOST_OF_TEXT ? `${was.slice(0, MOST_OF_TEXT)} …` : was
      return `${name}: ${cut || 'nothing'}`
    })
    .join('; ')

/** How much of the wait for a journal is its way here; the rest is what it takes to make a timeline of it. */
const FETCHED = 0.25

export const createReader = (
  fetchJournal: FetchJournal,
  tell: (reply: Reply, buffers?: readonly ArrayBuffer[]) => void,
): ((call: Call) => Promise<void>) => {
  const timeline = new Timeline()
  const places = new Map<AccountId, number>()

  const record = new ChangeLog()
  const changes = new Map<string, Change>()
  let unrecorded: Entry[] = []
  let movements: readonly Movement[] = []
  /** The record of changes takes about twice as long to make as the timeline: nobody waits for it who does not ask. */
  const catchUp = (): void => {
    if (unrecorded.length === 0) return
    for (const change of changesIn(unrecorded, record)) changes.set(changeKey(change), change)
    unrecorded = []
    movements = movementsIn(changes.values())
  }

  const progress = (done: number): void => tell({ kind: 'progress', done })

  const news = (after: number): News => {
    const many = timeline.last - after
    const [times, by] = [new Float64Array(many), new Uint16Array(many)]
    for (let index = 0; index < many; index++) {
      const seq = after + 1 + index
      const account = timeline.entry(seq)?.account ?? ('' as AccountId)
      let place = places.get(account)
      if (place === undefined) places.set(account, (place = places.size))
      times[index] = timeline.timeAt(seq)
      by[index] = place
    }
    return { after, times, by, accounts: [...places.keys()], stops: timeline.stops() }
  }

  const answers: Answers = {
    read: async trackerId => {
      const after = timeline.last
      const bytes = await fetchJournal(trackerId, after, (bytes, of) => {
        if (of) progress((FETCHED * bytes) / of)
      })
      const entries: Entry[] = []
      for (const chapter of decodeChapters(bytes, compressed => decompress(compressed)))
        for (const entry of chapter) entries.push(entry)
      unrecorded = unrecorded.concat(entries)
      timeline.add(entries, done => progress(FETCHED + (1 - FETCHED) * done))
      return news(after)
    },
    go: ({ from, to }) => patchBetween(timeline, from, to),
    deleted: words =>
      findDeleted(timeline, words, MOST_FOUND).map(gone => ({
        ...gone,
        place: placeOf(timeline, gone),
      })),
    credits: seq => ({ cells: creditsAt(timeline, seq), heads: headCreditsAt(timeline, seq) }),
    parts: ({ names, seq }) => {
      const parts = new Map<string, readonly TextPart[]>()
      for (const name of names) {
        const track = timeline.text(name)
        if (track) parts.set(name, partsOf(track, seq))
      }
      return parts
    },
    known: ({ at, knowledge }) => {
      catchUp()
      const held = heldIn(movements, knowledge)
      const { believed, differing, known } = hindsightAt(timeline, held, at)
      return {
        tracker: known,
        differing: new Map(
          differing.map(change => [change.key, beliefIn(cellDetails(change, believed, known))]),
        ),
      }
    },
    between: ({ from, marks, to }) => {
      catchUp()
      const within = [...changes.values()].filter(
        ({ firstSeq, lastSeq }) => lastSeq > from && firstSeq <= to,
      )
      const people = new Map<string, readonly AccountId[]>()
      for (const [address, rows] of touched(within))
        people.set(address, [...new Set(rows.map(({ account }) => account))])
      return { people, said: saidBetween(movements, marks, from, to) }
    },
    tracker: seq => timeline.trackerAt(seq),
  }

  /** One after the other: a step may be to what is just being read. */
  let turn: Promise<unknown> = Promise.resolve()
  return ({ arg, id, name }) => {
    const answer = answers[name] as (arg: unknown) => unknown
    const done = turn
      .then(() => answer(arg))
      .then(
        answer => tell({ kind: 'answer', id, answer }, buffersOf(answer)),
        (error: unknown) => tell({ kind: 'refusal', id, message: wordsFor(error) }),
      )
    turn = done
    return done
  }
}

const buffersOf = (answer: unknown): readonly ArrayBuffer[] =>
  typeof answer === 'object' && answer !== null
    ? (Object.values(answer).flatMap(part =>
        ArrayBuffer.isView(part) ? [part.buffer] : [],
      ) as ArrayBuffer[])
    : []

const wordsFor = (error: unknown): string =>
  error instanceof Refused
    ? error.message
    : 'The history could not be read. Nothing was lost; try again.'
