/** Something asked of the server for as long as it is looked at. Unlike a resource it never suspends the page. */
import { sharing } from '#client/history/sharing.ts'
import { batch, createEffect, createSignal, onCleanup, type Accessor } from 'solid-js'

export interface Asked<T> {
  /**
   * The newest answer: it stays while the next one is on its way, and the next one shares with it what is equal.
   * Undefined where nothing is asked.
   */
  readonly latest: Accessor<T | undefined>
  readonly failed: Accessor<unknown>
  readonly again: () => void
}

export const createAsked = <S, T>(
  source: Accessor<S | undefined>,
  ask: (source: S) => Promise<T>,
): Asked<T> => {
  const [latest, setLatest] = createSignal<T>()
  const [failed, setFailed] = createSignal<unknown>()
  const [round, setRound] = createSignal(0)
  createEffect(() => {
    round()
    const asked = source()
    if (asked === undefined) {
      batch(() => {
        setLatest(undefined)
        setFailed(undefined)
      })
      return
    }
    let isOver = false
    onCleanup(() => (isOver = true))
    ask(asked).then(
      answer =>
        isOver ||
        batch(() => {
          setLatest(before => sharing<T | undefined>(before, answer))
          setFailed(undefined)
        }),
      error => isOver || setFailed(() => error ?? new Error('No answer')),
    )
  })
  return { latest, failed, again: () => setRound(number => number + 1) }
}
