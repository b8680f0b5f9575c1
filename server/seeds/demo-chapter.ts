/** The shape of the demo's past: what was edited by whom in one sitting, and the snapshot that closed it. */
import type { DemoAuthor, Edit } from '#server/seeds/demo-edit.ts'

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
