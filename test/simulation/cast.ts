/** Who takes part in a simulated world, in which documents, and who may do what at which moment. */
import { may, parseDocumentName, writeAction, type DocumentRef, type Role } from '#shared/access.ts'
import type { AccountId, TrackerId } from '#shared/ids.ts'

const refOf = (name: string): DocumentRef => {
  const ref = parseDocumentName(name)
  if (!ref) throw new Error(`${name} names no document`)
  return ref
}

export const MATRIX = refOf('t1')
export const DISCUSSION = refOf('t1.discussion')
/** A second tracker: what goes wrong in one must not touch the other. */
export const OTHER = refOf('t2')
export const DOCUMENTS = [MATRIX, DISCUSSION, OTHER] as const

export const account = (name: string): AccountId => name as AccountId

export interface Part {
  readonly name: string
  readonly account: AccountId
  readonly ref: DocumentRef
  /** A stock client does not ask to be told what is on disk. */
  readonly isStock?: boolean
}

const part = (name: string, ref: DocumentRef, isStock = false): Part => ({
  name: `${name}${ref.name.slice(1)}`,
  account: account(name.replace(/\d$/, '')),
  ref,
  isStock,
})

export const PARTS: readonly [Part, ...Part[]] = [
  part('ada', MATRIX),
  part('ada2', MATRIX),
  part('bo', MATRIX),
  part('bo2', MATRIX, true),
  part('cy', MATRIX),
  part('di', MATRIX),
  part('ed', MATRIX),
  part('ada', DISCUSSION),
  part('di', DISCUSSION),
  part('ed', DISCUSSION, true),
  part('bo', OTHER),
  part('cy', OTHER),
]

/** Null: no access. */
type Access = Role | null

interface Change {
  readonly from: number
  readonly role: Access
}

const FIRST: readonly (readonly [TrackerId, string, Role])[] = [
  [MATRIX.trackerId, 'ada', 'owner'],
  [MATRIX.trackerId, 'bo', 'editor'],
  [MATRIX.trackerId, 'cy', 'editor'],
  [MATRIX.trackerId, 'di', 'commenter'],
  [MATRIX.trackerId, 'ed', 'viewer'],
  [OTHER.trackerId, 'bo', 'owner'],
  [OTHER.trackerId, 'cy', 'editor'],
]

/** Roles, and since when: an edit counts under the role that its author had when it was let in. */
export class Roles {
  readonly #changes = new Map<string, Change[]>()

  constructor() {
    for (const [tracker, name, role] of FIRST) this.set(tracker, account(name), role, 0)
  }

  set(tracker: TrackerId, who: AccountId, role: Access, from: number): void {
    const key = `${tracker}/${who}`
    const changes = this.#changes.get(key) ?? []
    changes.push({ from, role })
    this.#changes.set(key, changes)
  }

  of(tracker: TrackerId, who: AccountId): Access {
    return this.#changes.get(`${tracker}/${who}`)?.at(-1)?.role ?? null
  }

  mayWrite(ref: DocumentRef, who: AccountId): boolean {
    return mayWriteAs(this.of(ref.trackerId, who), ref)
  }

  mightWriteAt(ref: DocumentRef, who: AccountId, at: number): boolean {
    const changes = this.#changes.get(`${ref.trackerId}/${who}`) ?? []
    return mayWriteAs(changes.findLast(({ from }) => from <= at)?.role ?? null, ref)
  }
}

const mayWriteAs = (role: Access, { kind }: DocumentRef): boolean =>
  role !== null && may(role, writeAction(kind))
