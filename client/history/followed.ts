/** What is asked for a value that may change faster than it can be answered. */
import { createEffect, createSignal, type Accessor } from 'solid-js'

/** Does the work for the newest value, one at a time: those that come meanwhile are passed over. */
export const followed = <T>(
  value: Accessor<T | undefined>,
  work: (value: T) => Promise<void>,
): void => {
  let isBusy = false
  const [done, setDone] = createSignal(0)
  let last: T | undefined
  createEffect(() => {
    done()
    const next = value()
    if (next === undefined || isBusy || next === last) return
    isBusy = true
    last = next
    void work(next).finally(() => {
      isBusy = false
      setDone(times => times + 1)
    })
  })
}
