/** What a tracker's history is told of, piece by piece. */
import type { RecordRoot } from '#shared/document/layout.ts'
import type { ScalarRoot } from '#shared/document/stored.ts'

/** Something whose life is followed on its own: an entry of a map at the root, or a text. */
export type Thing = `${ScalarRoot | RecordRoot}/${string}` | `text/${string}`
