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

/** What is shorter than this stands in too many words that are no secret. */
export const SHORTEST_REDACTED = 4
export const LONGEST_REDACTED = 4_000
export const MAX_REDACTION_REASON = 500
