/** The shape of the demo's past: what was edited by whom in one sitting, and the snapshot that closed it. */
import type { Edit } from '#server/seeds/demo-verbs.ts'

/** Plainly fictional analysts. Nobody can sign in as one: they have no password. */
export const DEMO_AUTHORS = {
  desk: { name: 'Desk analyst', email: 'desk@demo.invalid' },
  mediation: { name: 'Mediation support', email: 'mediation@demo.invalid' },
  sources: { name: 'Open sources', email: 'sources@demo.invalid' },
} as const
export type DemoAuthor = keyof typeof DEMO_AUTHORS

export interface Chapter {
  /** ISO 8601, UTC. */
  readonly starts: string
  /** Made one after the other, two minutes apart. */
  readonly edits: readonly (readonly [by: DemoAuthor, edit: Edit])[]
  /** Null where work goes on. */
  readonly snapshot: {
    readonly by: DemoAuthor
    readonly label: string
    readonly note: string
  } | null
}
