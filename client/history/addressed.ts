/** Where the history stands in the page's address, and the ways to another place in it. */
import { useSearchParams } from '@solidjs/router'
import { createEffect, createMemo, type Accessor } from 'solid-js'
import type { Clock } from '#client/history/clocks.ts'
import { momentQuery, parseMoment, sameMoment, type Moment } from '#client/history/moment.ts'
import type { MomentRef } from '#shared/moments.ts'

export interface Addressed {
  readonly moment: Accessor<Moment>
  readonly clock: Accessor<Clock>
  /** With what a brief begins; undefined where nobody catches up. */
  readonly since: Accessor<string | undefined>
  readonly go: (to: Moment, replaces?: boolean) => void
  readonly toLive: () => void
  readonly close: () => void
  /** The same moment as the other clock tells it. */
  readonly turnTo: (clock: Clock) => void
  /** Has the older side of a comparison on the left, also where the address says it the other way round. */
  readonly keepInOrder: (
    shown: Accessor<Moment>,
    timeOf: (ref: MomentRef) => number | undefined,
  ) => void
  readonly catchUp: (since: string) => void
  /** Beside the brief, what differs from where it begins. */
  readonly compareFrom: (from: MomentRef, since: string) => void
}

export const createAddressed = (): Addressed => {
  const [query, setQuery] = useSearchParams<{
    at?: string
    compare?: string
    clock?: string
    tab?: string
    since?: string
  }>()
  const moment = createMemo(() => parseMoment(query), parseMoment({}), { equals: sameMoment })
  const go = (to: Moment, replaces = false): void => {
    // One step back leads out of the past, however long the way through it was.
    const replace = replaces || (moment().shows === 'past' && to.shows === 'past')
    setQuery(
      {
        ...momentQuery(to),
        clock: to.shows === 'past' ? query.clock : undefined,
        tab: to.shows === 'now' ? 'history' : undefined,
        since: undefined,
      },
      { replace },
    )
  }
  return {
    moment,
    clock: () => (query.clock === 'known' ? 'known' : 'believed'),
    since: () => query.since,
    go,
    toLive: () => go({ shows: 'now' }),
    close: () =>
      setQuery({
        ...momentQuery({ shows: 'now' }),
        clock: undefined,
        tab: undefined,
        since: undefined,
      }),
    turnTo: clock => setQuery({ clock: clock === 'known' ? clock : undefined }, { replace: true }),
    keepInOrder: (shown, timeOf) =>
      createEffect(() => {
        const at = shown()
        if (at.shows !== 'comparison' || at.to === 'now') return
        const [from, to] = [timeOf(at.from), timeOf(at.to)]
        if (from !== undefined && to !== undefined && from > to)
          setQuery(momentQuery({ ...at, from: at.to, to: at.from }), { replace: true })
      }),
    catchUp: since => setQuery({ since }),
    compareFrom: (from, since) =>
      setQuery(
        { ...momentQuery({ shows: 'comparison', from, to: 'now' }), since },
        { replace: true },
      ),
  }
}
