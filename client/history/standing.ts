/** Where I stand in this tracker: what of others' work I have not reviewed. A sign of life tells the server that I look on. */
import { createEffect, createSignal, on, onCleanup, type Accessor } from 'solid-js'
import { api } from '#client/api.ts'
import type { Negotiation } from '#client/live/negotiation.ts'
import type { ApiStanding } from '#shared/brief-api.ts'

/** Everything up to an entry, or some things; or some things no longer, as far as they changed after an entry. */
export type Said =
  | { readonly upTo: number; readonly addresses?: readonly string[] }
  | { readonly reviewed: false; readonly addresses: readonly string[]; readonly since: number }

export interface StandingStore {
  /** Undefined until the server has answered. */
  readonly now: Accessor<ApiStanding | undefined>
  /** Whether I have come back to something that I do not know, and have not waved it away. */
  readonly isBack: Accessor<boolean>
  readonly waveAway: () => void
  readonly say: (said: Said) => Promise<void>
}

const EVERY = 60_000

export const createStanding = ({
  link,
  loaded,
  trackerId,
}: Pick<Negotiation, 'link' | 'loaded' | 'trackerId'>): StandingStore => {
  const [now, setNow] = createSignal<ApiStanding>()
  const [isBack, setBack] = createSignal(false)
  const path = `/api/trackers/${trackerId}`
  const takeIn = (standing: ApiStanding): void => {
    // Another visit begins with the page, and with what comes after a long silence.
    const isOther = now()?.baselineAt !== standing.baselineAt
    if (standing.unreviewed === 0) setBack(false)
    else if (isOther) setBack(true)
    setNow(standing)
  }
  /** The last sign that was heard: when by the server's clock, and by mine. */
  let heard: { readonly at: number; readonly here: number } | undefined
  const sign = async (how: { readonly arrived?: boolean; readonly left?: number } = {}) => {
    if (link().at !== 'live') return
    const take = (standing: ApiStanding): void => {
      heard = { at: standing.seenAt, here: performance.now() }
      takeIn(standing)
    }
    // Whether it was heard shows with the next one.
    await api.put<ApiStanding>(`${path}/visit`, how).then(take, () => undefined)
  }
  /** It may come late: what happens until then I have not seen. */
  const signOff = (): void => {
    if (heard) void sign({ left: Math.floor(heard.at + performance.now() - heard.here) })
  }

  let timer: ReturnType<typeof setInterval> | undefined
  const follow = (): void => {
    clearInterval(timer)
    if (!document.hidden) timer = setInterval(() => void sign(), EVERY)
  }
  const turn = (): void => {
    if (document.hidden) signOff()
    else void sign({ arrived: true })
    follow()
  }
  createEffect(
    on(loaded, isLoaded => {
      if (!isLoaded) return
      void sign({ arrived: true })
      follow()
      document.addEventListener('visibilitychange', turn)
      onCleanup(() => {
        clearInterval(timer)
        document.removeEventListener('visibilitychange', turn)
        // Within the page I go elsewhere: that is leaving, too.
        signOff()
      })
    }),
  )

  return {
    now,
    isBack,
    waveAway: () => setBack(false),
    say: async said => {
      for (const part of inParts(said)) takeIn(await api.post<ApiStanding>(`${path}/reviews`, part))
    },
  }
}

/** The server takes no more at once. */
const AT_ONCE = 500

const inParts = (said: Said): readonly Said[] => {
  const { addresses } = said
  if (!addresses || addresses.length <= AT_ONCE) return [said]
  const parts: Said[] = []
  for (let from = 0; from < addresses.length; from += AT_ONCE)
    parts.push({ ...said, addresses: addresses.slice(from, from + AT_ONCE) })
  return parts
}
