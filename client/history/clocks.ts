/**
 * Two clocks for a past moment: the matrix as the team believed it was, and as by all that it knows now it was. What the
 * team has learned since, and since when it holds, comes from the record of changes and from the dates of the claims.
 */
import { createMemo, createSignal, onCleanup, untrack, type Accessor } from 'solid-js'
import { followed } from '#client/history/followed.ts'
import type { Known } from '#client/history/moments/messages.ts'
import type { Moments } from '#client/history/moments/moments.ts'
import { viewOf } from '#client/live/plain-view.ts'
import type { MatrixView } from '#client/live/view.ts'
import type { Tint } from '#client/matrix/tint.ts'
import { notify } from '#client/ui/toaster.tsx'
import { cellKey } from '#shared/cells.ts'
import { latest } from '#shared/dates.ts'
import type { Knowledge } from '#shared/history/hindsight.ts'

export const CLOCKS = ['believed', 'known'] as const
export type Clock = (typeof CLOCKS)[number]
export const CLOCK_LABELS: Readonly<Record<Clock, string>> = {
  believed: 'As we believed it then',
  known: 'As we now know it was then',
}

export interface Hindsight {
  /** Undefined while the matrix shows what was believed. */
  readonly shown: Accessor<{ readonly view: MatrixView; readonly tint: Tint } | undefined>
  /** In how many cells the team believed something else; undefined while that is not known. */
  readonly differing: Accessor<number | undefined>
}

interface Sources {
  readonly moments: Moments
  /** The time that is shown; undefined for the present, or while the other clock is chosen. */
  readonly at: Accessor<number | undefined>
  /** The tracker as it is now. */
  readonly live: Pick<MatrixView, 'claims' | 'movements' | 'tracker'>
  /** Goes back to the other clock. */
  readonly giveUp: () => void
}

export const createHindsight = ({ at, giveUp, live, moments }: Sources): Hindsight => {
  const [answer, setAnswer] = createSignal<Known>()
  const knowledge = createMemo((): Knowledge => {
    const saidAt = live.claims().flatMap(({ id, saidAt }) => {
      const at = latest(saidAt)
      return at === undefined ? [] : [[id, at] as const]
    })
    return { marks: live.movements(), saidAt: new Map(saidAt) }
  })
  const wanted = createMemo(() => {
    const time = moments.reading().at === 'ready' ? at() : undefined
    return time === undefined ? undefined : { at: time, knowledge: knowledge() }
  })
  followed(wanted, async ({ at, knowledge }) => {
    try {
      setAnswer(await moments.ask('known', { at, knowledge }))
    } catch {
      notify({ tone: 'warning', text: 'What was so then could not be worked out. Try again.' })
      giveUp()
    }
  })
  const known = createMemo(() => (wanted() ? answer() : undefined))
  const isThere = createMemo(() => known() !== undefined)
  const view = viewOf(() => answer()?.tracker ?? untrack(live.tracker))
  onCleanup(view.dispose)
  const tint: Tint = {
    ground: (issueId, partyId) =>
      known()?.differing.has(cellKey(issueId, partyId)) ? 'differs' : undefined,
    words: () => undefined,
    stance: () => undefined,
    head: () => undefined,
    said: (issueId, partyId) => {
      const belief = known()?.differing.get(cellKey(issueId, partyId))
      return belief === undefined ? '' : `We believed then: ${belief}`
    },
  }
  return {
    shown: () => (isThere() ? { view, tint } : undefined),
    differing: () => known()?.differing.size,
  }
}
