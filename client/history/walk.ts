/** The walk through a comparison's changes: where the reader stands, and the step to the next. */
import { createMemo, createSignal, type Accessor } from 'solid-js'
import { stepped, type Stop } from '#shared/compare/stops.ts'
import type { RestoreAddress } from '#shared/history/restore.ts'

export interface Walk {
  readonly stops: Accessor<readonly Stop[]>
  readonly current: Accessor<Stop | undefined>
  /** 1 for the first; 0 before the walk began, or where the change under the reader is gone. */
  readonly place: Accessor<number>
  readonly step: (by: 1 | -1) => void
  readonly goTo: (address: RestoreAddress) => void
}

export const createWalk = (stops: Accessor<readonly Stop[]>): Walk => {
  const [address, setAddress] = createSignal<RestoreAddress | undefined>(stops()[0]?.address)
  const index = createMemo(() => stops().findIndex(stop => stop.address === address()))
  return {
    stops,
    current: () => stops()[index()],
    place: () => index() + 1,
    step: by => setAddress(stepped(stops(), address(), by)?.address),
    goTo: setAddress,
  }
}
