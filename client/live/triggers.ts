/** A signal per address that somebody reads at the moment: waking one address re-runs its readers and nobody else. */
import { createSignal, getListener, onCleanup } from 'solid-js'

export class Triggers<Address extends string> {
  readonly #entries = new Map<Address, { readers: number; track: () => void; wake: () => void }>()

  /** Outside a tracking scope nothing is kept. */
  track(address: Address): void {
    if (!getListener()) return
    let entry = this.#entries.get(address)
    if (!entry) {
      const [track, wake] = createSignal<void>(undefined, { equals: false })
      this.#entries.set(address, (entry = { readers: 0, track, wake }))
    }
    const tracked = entry
    tracked.readers++
    tracked.track()
    onCleanup(() => {
      if (--tracked.readers === 0) this.#entries.delete(address)
    })
  }

  wake(address: Address): void {
    this.#entries.get(address)?.wake()
  }
}
