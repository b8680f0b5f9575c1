/** A question about something that changed: asked in passing, for everybody to see, answered and then out of the way. */
import type { ItemAddress } from '#shared/history/touched.ts'
import type { QuestionId } from '#shared/ids.ts'

export interface Question {
  readonly id: QuestionId
  readonly about: ItemAddress
  readonly text: string
  /** The name of the one who asks. */
  readonly by: string
  /** Milliseconds since 1970, by the server's clock. */
  readonly at: number
  /** '' where nobody has answered. */
  readonly answer: string
  readonly answeredBy: string
  readonly answeredAt: number
  /** 0 while it is open. */
  readonly resolvedAt: number
  readonly resolvedBy: string
}

export const MAX_QUESTION_LENGTH = 500
export const MAX_ANSWER_LENGTH = 1_000
/** So many may be open at once: whoever asks more wants another place for it. */
export const MAX_OPEN_QUESTIONS = 200

export const isOpen = ({ resolvedAt }: Question): boolean => resolvedAt === 0
