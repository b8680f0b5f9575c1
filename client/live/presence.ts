/** Who else is here and where: awareness states, folded to people and indexed by cell. */
import { batch, createSignal, type Accessor } from 'solid-js'
import type { Awareness } from 'y-protocols/awareness'
import type { Person } from '#client/live/negotiation.ts'
import { Triggers } from '#client/live/triggers.ts'
import type { AccountId, IssueId, PartyId } from '#shared/ids.ts'
import type { Place, PresenceState, PresentAccount } from '#shared/presence.ts'

export interface Presence {
  readonly people: Accessor<readonly Person[]>
  readonly peopleAt: (issueId: IssueId, partyId: PartyId | null) => readonly Person[]
  readonly setPlace: (place: Place | null) => void
  readonly dispose: () => void
}

interface Tab {
  readonly state: PresenceState & { readonly account: PresentAccount }
  /** Grows with every sign of life: of several tabs of one person, the greatest is the one used last. */
  readonly usedAt: number
}

const IDLE_AFTER = 60_000

/** How often moving the pointer may count as input. */
const SIGNS_OF_LIFE = ['keydown', 'pointerdown', 'pointermove', 'wheel'] as const

export const createPresence = (awareness: Awareness, me: PresentAccount): Presence => {
  const tabs = new Map<number, Tab>()
  const persons = new Map<AccountId, Person>()
  const places = new Triggers<string>()
  const [people, setPeople] = createSignal<readonly Person[]>([])
  let clock = 0

  const readTab = (client: number): AccountId | undefined => {
    const before = tabs.get(client)
    const state = awareness.getStates().get(client) as PresenceState | undefined
    const account = client === awareness.clientID ? me : state?.account
    if (!state || !account) {
      tabs.delete(client)
      return before?.state.account.id
    }
    const moved = !before || !samePlace(before.state.place, state.place) || !state.idle
    tabs.set(client, { state: { ...state, account }, usedAt: moved ? ++clock : before.usedAt })
    return account.id
  }

  const foldTabs = (id: AccountId): Person | undefined => {
    const mine = [...tabs.values()].filter(({ state }) => state.account.id === id)
    const last = mine.toSorted((a, b) => b.usedAt - a.usedAt)[0]
    if (!last) return undefined
    return {
      account: last.state.account,
      isMe: id === me.id,
      place: last.state.place ?? null,
      idle: mine.every(({ state }) => state.idle === true),
    }
  }

  const refresh = (clients: Iterable<number>): void => {
    const touched = new Set<AccountId>()
    for (const client of clients) {
      const id = readTab(client)
      if (id) touched.add(id)
    }
    const woken = new Set<string>()
    let changed = false
    for (const id of touched) {
      const [before, after] = [persons.get(id), foldTabs(id)]
      if (before && after && samePerson(before, after)) continue
      changed = true
      if (after) persons.set(id, after)
      else persons.delete(id)
      for (const person of [before, after])
        if (person?.place && !person.isMe) woken.add(placeKey(person.place))
    }
    if (!changed) return
    batch(() => {
      setPeople([...persons.values()].sort(meFirstThenByName))
      for (const key of woken) places.wake(key)
    })
  }

  const onChange = (change: Record<'added' | 'updated' | 'removed', readonly number[]>): void =>
    refresh([...change.added, ...change.updated, ...change.removed])

  const setIdle = (idle: boolean): void => {
    const state = awareness.getLocalState()
    if (state && (state['idle'] === true) !== idle) awareness.setLocalStateField('idle', idle)
  }
  let idleTimer: ReturnType<typeof setTimeout> | undefined
  const alive = (): void => {
    clearTimeout(idleTimer)
    idleTimer = setTimeout(() => setIdle(true), IDLE_AFTER)
    setIdle(false)
  }

  awareness.setLocalState({ account: me, place: null, idle: false })
  awareness.on('change', onChange)
  refresh(awareness.getStates().keys())
  for (const sign of SIGNS_OF_LIFE) addEventListener(sign, alive, { passive: true, capture: true })
  alive()

  return {
    people,
    peopleAt: (issueId, partyId) => {
      const key = placeKey({ issueId, partyId })
      places.track(key)
      return [...persons.values()].filter(
        person => !person.isMe && person.place !== null && placeKey(person.place) === key,
      )
    },
    setPlace: place => {
      const state = awareness.getLocalState() as PresenceState | null
      if (state && !samePlace(state.place, place)) awareness.setLocalStateField('place', place)
    },
    dispose: () => {
      clearTimeout(idleTimer)
      for (const sign of SIGNS_OF_LIFE) removeEventListener(sign, alive, { capture: true })
      awareness.off('change', onChange)
    },
  }
}

const placeKey = ({ issueId, partyId }: Pick<Place, 'issueId' | 'partyId'>): string =>
  `${issueId}/${partyId ?? ''}`

const samePlace = (a: Place | null | undefined, b: Place | null | undefined): boolean =>
  a?.issueId === b?.issueId && a?.partyId === b?.partyId && a?.editing === b?.editing

const samePerson = (a: Person, b: Person): boolean =>
  a.idle === b.idle &&
  a.account.name === b.account.name &&
  a.account.colour === b.account.colour &&
  samePlace(a.place, b.place)

const meFirstThenByName = (a: Person, b: Person): number =>
  Number(b.isMe) - Number(a.isMe) || (a.account.name < b.account.name ? -1 : 1)
