/** What a restore would bring back, thing by thing, for somebody to look through before it happens. */
import { compare, type Comparison } from '#shared/compare/compare.ts'
import type { Cell } from '#shared/cells.ts'
import { restorable, type RestoreAddress } from '#shared/history/restore.ts'
import type { IssueId, PartyId, PointId } from '#shared/ids.ts'
import { cellOf, type Tracker } from '#shared/tracker.ts'
import type { Spot } from '#client/matrix/marks.ts'
import { compared } from '#client/history/compared.ts'
import type { Detail } from '#shared/compare/detail.ts'
import { titleOf } from '#shared/compare/details.ts'
import { spotOf, type Stop } from '#shared/compare/stops.ts'

/** Where somebody else is typing at the moment. */
export interface Typist {
  readonly name: string
  readonly issueId: IssueId
  readonly partyId: PartyId | null
}

export interface PlanItem {
  readonly address: RestoreAddress
  readonly kind: Stop['kind']
  readonly title: string
  /** The row and the column that it belongs to, to choose a whole row or column at once. */
  readonly issueId: IssueId | null
  readonly issueTitle: string
  readonly partyId: PartyId | null
  readonly partyName: string
  readonly details: readonly Detail[]
  /** Changed again after the snapshot that followed: somebody's later work. */
  readonly changedSince: boolean
  /** Who is typing in what this would change. */
  readonly typists: readonly string[]
  /** What has to come back with it, or it would point at nothing. */
  readonly needs: readonly RestoreAddress[]
}

interface Situation {
  readonly past: Tracker
  readonly now: Tracker
  /** The snapshot that followed the one restored from; undefined where that was the newest, or is not loaded. */
  readonly successor: Tracker | undefined
  readonly typists: readonly Typist[]
  /** What is offered, with what that needs; everything where it is undefined. */
  readonly only?: Only | undefined
}

export const planRestore = (situation: Situation): readonly PlanItem[] => {
  const { now, only, past, successor, typists } = situation
  const { comparison, details, stops } = compared(past, now)
  const restorables = new Set(restorable(comparison))
  const within = stops.filter(stop => restorables.has(stop.address) && (!only || only(stop)))
  const offered = new Set(
    within.flatMap(stop => [
      stop.address,
      ...needsOf(stop, comparison).filter(address => restorables.has(address)),
    ]),
  )
  const since = new Set(successor ? restorable(compare(successor, now)) : [])
  return stops
    .filter(({ address }) => offered.has(address))
    .map(stop => ({
      ...placeOf(stop, comparison),
      address: stop.address,
      kind: stop.kind,
      title: titleOf(stop, comparison),
      details: details[stop.address] ?? [],
      changedSince: since.has(stop.address),
      typists: [...new Set(typists.filter(typist => isHit(stop, typist)).map(({ name }) => name))],
      needs: needsOf(stop, comparison).filter(address => offered.has(address)),
    }))
}

const placeOf = (
  stop: Stop,
  { after, before }: Comparison,
): Pick<PlanItem, 'issueId' | 'issueTitle' | 'partyId' | 'partyName'> => {
  const spot = spotOf(stop)
  const [issueId, partyId] = [spot?.issueId ?? null, spot?.partyId ?? null]
  const issue = [...after.issues, ...before.issues].find(({ id }) => id === issueId)
  const party = [...after.parties, ...before.parties].find(({ id }) => id === partyId)
  return { issueId, issueTitle: issue?.title ?? '', partyId, partyName: party?.name ?? '' }
}

export type Only = (stop: Stop) => boolean

/** What stands at one of these places. */
export const standingAt =
  (spots: readonly Spot[]): Only =>
  stop =>
    spots.some(spot => isAt(stop, spot))

/** A cell whose row or column is gone comes back with it. */
const isAt = (stop: Stop, { issueId, partyId }: Spot): boolean => {
  switch (stop.kind) {
    case 'cell':
      return (
        (issueId === null || stop.change.issueId === issueId) &&
        (partyId === null || stop.change.partyId === partyId)
      )
    case 'issue':
      return stop.change.id === issueId && (partyId === null || stop.change.status === 'removed')
    case 'party':
      return stop.change.id === partyId && (issueId === null || stop.change.status === 'removed')
    case 'basket':
    case 'tracker':
      return false
  }
}

/** A row or a column that would go away takes all its cells along; one that stays, only what it says itself. */
const isHit = (stop: Stop, { issueId, partyId }: Typist): boolean => {
  switch (stop.kind) {
    case 'cell':
      return stop.change.issueId === issueId && stop.change.partyId === partyId
    case 'issue':
      return stop.change.id === issueId && (partyId === null || stop.change.status === 'added')
    case 'party':
      return stop.change.id === partyId && stop.change.status === 'added'
    case 'basket':
    case 'tracker':
      return false
  }
}

const needsOf = (stop: Stop, { before, after }: Comparison): readonly RestoreAddress[] => {
  if (stop.kind === 'issue') {
    const basketId = stop.change.before?.basketId
    const stands = !basketId || after.baskets.some(({ id }) => id === basketId)
    return stands ? [] : [`basket/${basketId}`]
  }
  if (stop.kind !== 'cell') return []
  const { issueId, partyId } = stop.change
  const points = new Set<PointId | null>(
    after.issues.find(({ id }) => id === issueId)?.scale.points.map(({ id }) => id),
  )
  const used: readonly (PointId | null)[] = [
    ...pointsOf(cellOf(before, issueId, partyId)),
    ...stop.change.redLines.map(change => change.before?.point ?? null),
  ]
  return used.some(point => point !== null && !points.has(point)) ? [`issue/${issueId}`] : []
}

const pointsOf = ({ aspiration, stance, walkAway }: Cell): readonly (PointId | null)[] => [
  stance,
  aspiration,
  walkAway,
]

/** What the reader decided, over the default: everything that nobody is typing in. */
export type Choices = ReadonlyMap<RestoreAddress, boolean>

export const isChosen = (item: PlanItem, choices: Choices): boolean =>
  choices.get(item.address) ?? item.typists.length === 0

/** Choosing a thing chooses what it needs; leaving a thing out leaves out what needs it. */
export const choose = (
  items: readonly PlanItem[],
  choices: Choices,
  addresses: readonly RestoreAddress[],
  chosen: boolean,
): Choices => {
  const next = new Map(choices)
  const byAddress = new Map(items.map(item => [item.address, item]))
  const visit = (address: RestoreAddress): void => {
    if (next.get(address) === chosen) return
    next.set(address, chosen)
    const linked = chosen
      ? (byAddress.get(address)?.needs ?? [])
      : items.filter(({ needs }) => needs.includes(address)).map(item => item.address)
    for (const other of linked) visit(other)
  }
  for (const address of addresses) visit(address)
  return next
}

/** What will be brought back; a thing whose need is left out is left out too. */
export const chosenItems = (items: readonly PlanItem[], choices: Choices): readonly PlanItem[] => {
  const chosen = items.filter(item => isChosen(item, choices))
  const addresses = new Set(chosen.map(({ address }) => address))
  return chosen.filter(({ needs }) => needs.every(need => addresses.has(need)))
}
