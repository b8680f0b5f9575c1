/** Movements as the server tells them, newest first, as many as are wanted; what is said of them is read from the document. */
import { createMemo, createSignal, onCleanup, type Accessor } from 'solid-js'
import { api } from '#client/api.ts'
import { createAsked } from '#client/history/asked.ts'
import { sharing } from '#client/history/sharing.ts'
import type { ApiMovement, MovementsPage } from '#shared/api.ts'
import type { TrackerId } from '#shared/ids.ts'

/** What narrows a list down, as the route takes it. */
export type Wanted = Readonly<Record<string, string>>

export interface Listed {
  readonly movements: readonly ApiMovement[]
  readonly hasMore: boolean
}

const PAGE = 50
const LONGEST_PAGE = 200

export const listMovements = async (
  trackerId: TrackerId,
  wanted: Wanted,
  many: number,
): Promise<Listed> => {
  const movements: ApiMovement[] = []
  for (let before: string | null = ''; ;) {
    const limit = String(Math.min(many - movements.length, LONGEST_PAGE))
    const query = new URLSearchParams({ ...wanted, limit, ...(before && { before }) })
    const page: MovementsPage = await api.get(`/api/trackers/${trackerId}/movements?${query}`)
    movements.push(...page.movements)
    before = page.next
    if (before === null || movements.length >= many) return { movements, hasMore: before !== null }
  }
}

export interface MovementList {
  /** Undefined until the first answer for what is wanted now. */
  readonly latest: Accessor<Listed | undefined>
  readonly failed: Accessor<unknown>
  readonly again: () => void
  readonly more: () => void
}

export const createMovementList = (
  trackerId: TrackerId,
  wanted: Accessor<Wanted | undefined>,
): MovementList => {
  const name = createMemo(() => JSON.stringify(wanted()))
  const [many, setMany] = createSignal<{ readonly of: string; readonly many: number }>()
  const isWanted = (): number => {
    const is = many()
    return is && is.of === name() ? is.many : PAGE
  }
  const asked = createAsked(
    () => {
      const is = wanted()
      return is && { wanted: is, name: name(), many: isWanted() }
    },
    async ask => ({ name: ask.name, ...(await listMovements(trackerId, ask.wanted, ask.many)) }),
  )
  const latest = createMemo<(Listed & { readonly name: string }) | undefined>(before => {
    const next = asked.latest()
    if (!next || next.name !== name()) return undefined
    // One that came on top must not make the others new: somebody may be writing at one of them.
    const known = new Map(before?.movements.map(movement => [movement.key, movement]))
    const movements = next.movements.map(it => sharing(known.get(it.key) ?? it, it))
    return { ...next, movements }
  })
  return {
    latest,
    failed: asked.failed,
    again: asked.again,
    more: () => setMany({ of: name(), many: isWanted() + LONGEST_PAGE }),
  }
}

/** Runs the work a moment after it was asked for, once for all that asked meanwhile. */
export const soon = (work: () => void, wait = 400): (() => void) => {
  let timer: ReturnType<typeof setTimeout> | undefined
  onCleanup(() => clearTimeout(timer))
  return () => {
    clearTimeout(timer)
    timer = setTimeout(work, wait)
  }
}
