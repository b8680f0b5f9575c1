/** What is left of a text that was taken out of a tracker's whole history: that it was, by whom, when and why. */
import type { RedactionId } from '#shared/ids.ts'

export interface Redaction {
  readonly id: RedactionId
  /** The name of the one who did it. */
  readonly by: string
  /** Milliseconds since 1970, by the server's clock. */
  readonly at: number
  /** Where it stood: "Verification · Iran". */
  readonly where: string
  readonly reason: string
}
