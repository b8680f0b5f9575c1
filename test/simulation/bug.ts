/** A fault planted on purpose, in what surrounds the product: the checks must find each of them. */
import type { Store } from '#server/store/store.ts'
import type { DiceDisk, Process } from '#test/simulation/disk.ts'
import type { Line } from '#test/simulation/line.ts'

export interface Bug {
  readonly name: string
  /** What the broken promise says. */
  readonly found: RegExp
  /** The store as a server with this fault would make it look. */
  readonly store?: (store: Store, disk: DiceDisk, process: Process) => Store
  /** Changes what goes over a new connection. */
  readonly line?: (line: Line) => void
  /** The server has just been given this frame. */
  readonly received?: (line: Line, frame: Uint8Array, lines: Iterable<Line>) => void
  /** The server forgets to ask again who may do what. */
  readonly forgetsRoles?: boolean
  /** The server forgets its rooms although something waits for the disk. */
  readonly forgetsWork?: boolean
  /** The history is not told of every entry. */
  readonly missesEntries?: boolean
  /** The rows of changes begin anew with each stretch. */
  readonly losesRuns?: boolean
}
