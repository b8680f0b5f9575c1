/** What is said of movements, as it stands in the document now, and saying it: edits like any other. */
import { createMemo, type Accessor } from 'solid-js'
import type { Negotiation } from '#client/live/negotiation.ts'
import type { ApiMovement } from '#shared/api.ts'
import { giveReason, markKind, reasonRecords } from '#shared/document/movements.ts'
import { isUnexplained, kindOf } from '#shared/history/movements.ts'
import { newId, type ReasonId, type RestoreId } from '#shared/ids.ts'
import type { MovementKey, MovementKind, Reason } from '#shared/movements.ts'

export interface Said {
  readonly kindOf: (movement: ApiMovement) => MovementKind
  readonly reasonOf: (key: MovementKey) => Reason | undefined
  /** For how many movements a reason is given. */
  readonly countOf: (reason: ReasonId) => number
  readonly isUnexplained: (movement: ApiMovement) => boolean
  readonly mayEdit: Accessor<boolean>
  /** Null goes back to what is proposed. */
  readonly mark: (keys: readonly MovementKey[], kind: MovementKind | null) => void
  readonly explain: (keys: readonly MovementKey[], text: string) => void
  /** For all movements for which it was given. */
  readonly rewrite: (reason: ReasonId, text: string) => void
  readonly takeBack: (reason: ReasonId, keys: readonly MovementKey[]) => void
}

export const createSaid = ({ act, mayEdit, view }: Negotiation): Said => {
  const marks = createMemo(view.movements)
  const reasons = createMemo(() => new Map(view.reasons().map(reason => [reason.id, reason])))
  const counts = createMemo(() => {
    const many = new Map<ReasonId, number>()
    for (const { reasonId } of Object.values(marks()))
      if (reasonId !== null) many.set(reasonId, (many.get(reasonId) ?? 0) + 1)
    return many
  })
  return {
    kindOf: movement => kindOf(asKeyed(movement), marks()),
    reasonOf: key => {
      const reason = reasons().get(marks()[key]?.reasonId ?? ('' as ReasonId))
      return reason?.text ? reason : undefined
    },
    countOf: reason => counts().get(reason) ?? 0,
    isUnexplained: movement => isUnexplained(asKeyed(movement), marks()),
    mayEdit,
    mark: (keys, kind) =>
      void act('say of what kind a change was', doc => {
        for (const key of keys) markKind(doc, key, kind)
      }),
    explain: (keys, text) =>
      void act('say why', doc => giveReason(doc, newId<ReasonId>(), keys, text)),
    rewrite: (reason, text) =>
      void act('say why in other words', doc => reasonRecords.set(doc, reason, { text })),
    takeBack: (reason, keys) =>
      void act('take a reason back', doc => giveReason(doc, reason, keys, '')),
  }
}

const asKeyed = (movement: ApiMovement) => ({
  ...movement,
  key: movement.key as MovementKey,
  restore: movement.restore as RestoreId | null,
})
