/** Whether people may be sent here: the server is not stopping, and the storage answers and takes what they write. */
import type { Clock } from '#server/live/clock.ts'

export type Readiness =
  | { readonly ready: true }
  | { readonly ready: false; readonly because: 'stopping' | 'not storing' | 'storage is silent' }

export interface ReadinessDeps {
  readonly clock: Pick<Clock, 'after' | 'elapsed'>
  readonly isStopping: () => boolean
  readonly isStoring: () => boolean
  /** Asks the storage something small. */
  readonly probe: () => Promise<unknown>
}

/** How long the storage may think, and how long its answer holds: whoever asks often costs nothing. */
const PATIENCE = 2_000
const FRESH = 1_000

export const readinessOf = ({ clock, isStopping, isStoring, probe }: ReadinessDeps) => {
  let asked: { readonly at: number; readonly answers: Promise<boolean> } | undefined

  const storageAnswers = (): Promise<boolean> => {
    const now = clock.elapsed()
    if (!asked || now - asked.at >= FRESH) asked = { at: now, answers: inTime(clock, probe()) }
    return asked.answers
  }

  return async (): Promise<Readiness> => {
    if (isStopping()) return { ready: false, because: 'stopping' }
    if (!isStoring()) return { ready: false, because: 'not storing' }
    return (await storageAnswers())
      ? { ready: true }
      : { ready: false, because: 'storage is silent' }
  }
}

const inTime = (clock: Pick<Clock, 'after'>, answer: Promise<unknown>): Promise<boolean> =>
  new Promise(resolve => {
    const callOff = clock.after(PATIENCE, () => resolve(false))
    answer
      .then(
        () => resolve(true),
        () => resolve(false),
      )
      .finally(callOff)
  })
