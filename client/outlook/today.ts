/** The present, minute by minute: what is overdue becomes so while somebody looks at it. */
import { createSignal, onCleanup, type Accessor } from 'solid-js'

const MINUTE = 60_000

export const createNow = (): Accessor<number> => {
  const [now, setNow] = createSignal(Date.now())
  const timer = setInterval(() => setNow(Date.now()), MINUTE)
  onCleanup(() => clearInterval(timer))
  return now
}
