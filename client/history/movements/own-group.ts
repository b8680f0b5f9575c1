/** What I have just done to cells, once I pause: a group of movements that one reason may explain. */
import { createMemo, createSignal, onCleanup, type Accessor } from 'solid-js'
import { listMovements, soon } from '#client/history/movements/list.ts'
import type { Said } from '#client/history/movements/said.ts'
import { whenSaved } from '#client/history/when-saved.ts'
import type { Negotiation } from '#client/live/negotiation.ts'
import { onOwnChanges } from '#client/live/own-changes.ts'
import type { ApiMovement } from '#shared/api.ts'
import { cellKey, type CellKey } from '#shared/cells.ts'
import type { FieldChange } from '#shared/history/fields.ts'
import type { IssueId, PartyId } from '#shared/ids.ts'
import type { MovementKey } from '#shared/movements.ts'

export interface OwnGroup {
  /** Of what would be worth a word of why; empty while I am at it. */
  readonly movements: Accessor<readonly ApiMovement[]>
  /** Begins a new group with what I do next. */
  readonly leave: () => void
  /** While it is held, nothing is added. */
  readonly hold: (isHeld: boolean) => void
}

const PAUSE = 3_000
const AFTER_OPENING = 600
const MOST = 200

export const createOwnGroup = (negotiation: Negotiation, said: Said): OwnGroup => {
  const { doc, me, trackerId } = negotiation
  const [found, setFound] = createSignal<readonly ApiMovement[]>([])
  let cells = new Set<CellKey>()
  let isHeld = false
  /** My last entry in the journal before the group; asked for when there is time, or when I begin. */
  let before: Promise<number> | undefined

  const mine = (since: number, many: number) =>
    listMovements(trackerId, { account: me.id, since: String(since) }, many)
  const look = async (): Promise<void> => {
    if (isHeld || cells.size === 0) return
    const ofGroup = cells
    try {
      await whenSaved(negotiation)
      const { movements } = await mine(await begun(), MOST)
      if (ofGroup !== cells || isHeld) return
      setFound(movements.filter(movement => cells.has(cellOfMovement(movement))))
    } catch {
      // Nobody asked for the offer, so nobody misses it; the cell's history has it, too.
    }
  }
  const lookSoon = soon(() => void look(), PAUSE)

  const begun = (): Promise<number> => {
    before ??= mine(0, 1).then(({ movements }) => movements[0]?.lastSeq ?? 0)
    before.catch(() => (before = undefined))
    return before
  }
  const opening = setTimeout(() => void begun().catch(() => undefined), AFTER_OPENING)
  onCleanup(() => clearTimeout(opening))
  onCleanup(
    onOwnChanges(doc, changes => {
      void begun().catch(() => undefined)
      for (const { issueId, partyId } of changes.filter(isWeighty))
        cells.add(cellKey(issueId as IssueId, partyId as PartyId))
      if (cells.size > 0) lookSoon()
    }),
  )
  return {
    movements: createMemo(() =>
      found().filter(
        movement => isWorthAWord(movement) && !said.reasonOf(movement.key as MovementKey),
      ),
    ),
    leave: () => {
      isHeld = false
      const last = Math.max(...found().map(({ lastSeq }) => lastSeq))
      if (Number.isFinite(last)) before = Promise.resolve(last)
      cells = new Set()
      setFound([])
    },
    hold: held => {
      isHeld = held
      if (!held) lookSoon()
    },
  }
}

const cellOfMovement = ({ issueId, partyId }: ApiMovement): CellKey =>
  cellKey(issueId as IssueId, partyId as PartyId)

const WORDS: ReadonlySet<string> = new Set(['position', 'scopeNote', 'claim'])

/** Words explain themselves, and a claim is a reason. */
const isWeighty = ({ field }: FieldChange): boolean => !WORDS.has(field)

const isWorthAWord = ({ changes, proposed, restore }: ApiMovement): boolean =>
  restore === null &&
  proposed !== 'worded' &&
  !changes.some(({ after, field }) => field === 'claim' && after === true)
