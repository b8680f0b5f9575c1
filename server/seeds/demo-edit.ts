/** One edit of the demo's past: who makes it, when, and under which ids. */
import type * as Y from 'yjs'
import { DEMO_DOMAIN } from '#server/accounts/demo-accounts.ts'
import { newId, type AccountId } from '#shared/ids.ts'

/** Plainly fictional analysts. Nobody can sign in as one: they have no password. */
export const DEMO_AUTHORS = {
  desk: { name: 'Desk analyst', email: `desk@${DEMO_DOMAIN}` },
  mediation: { name: 'Mediation support', email: `mediation@${DEMO_DOMAIN}` },
  sources: { name: 'Open sources', email: `sources@${DEMO_DOMAIN}` },
} as const
export type DemoAuthor = keyof typeof DEMO_AUTHORS

/** The id that a name of the demo has in one seeded tracker. */
export type IdOf = <Id extends string>(kind: string, name: string) => Id

export const freshIds = (): IdOf => {
  const known = new Map<string, string>()
  return <Id extends string>(kind: string, name: string): Id => {
    const key = `${kind}/${name}`
    const id = known.get(key) ?? newId()
    known.set(key, id)
    return id as Id
  }
}

/** What signed records bear: the account that makes the edit, and its time. */
export interface Pen {
  readonly by: AccountId
  readonly at: number
  readonly accountOf: (author: DemoAuthor) => AccountId
}

export type Edit = (doc: Y.Doc, idOf: IdOf, pen: Pen) => void

/** Several edits made as one. */
export const together =
  (...edits: readonly Edit[]): Edit =>
  (doc, idOf, pen) => {
    for (const edit of edits) edit(doc, idOf, pen)
  }
