/** What of the past is about to be brought back: everything of a moment, what a comparison shows, or what is selected. */
import { createSignal, Show, type Accessor } from 'solid-js'
import type { Moment } from '#client/history/moment.ts'
import { RestoreDialog } from '#client/history/restore-dialog.tsx'
import { standingAt, type Only } from '#client/history/restore-plan.ts'
import type { Review } from '#client/history/review.ts'
import type { History } from '#client/history/snapshots.ts'
import type { Travelling } from '#client/history/travelling.ts'
import type { Negotiation } from '#client/live/negotiation.ts'
import type { Spot } from '#client/matrix/marks.ts'
import { may } from '#shared/access.ts'
import type { MomentRef } from '#shared/moments.ts'
import type { Tracker } from '#shared/tracker.ts'

interface Wanted {
  readonly from: MomentRef
  readonly only?: Only
}

export interface Restoring {
  readonly mayRestore: Accessor<boolean>
  /** Undefined while nothing is. */
  readonly wanted: Accessor<Wanted | undefined>
  readonly all: (from: MomentRef) => void
  /** Of a comparison that is filtered only what it shows. */
  readonly shown: (from: MomentRef) => void
  /** What stands at these places of the moment that is shown, or of the first one that is compared. */
  readonly at: (spots: readonly Spot[]) => void
  readonly end: () => void
}

interface Sources {
  readonly negotiation: Negotiation
  readonly moment: Accessor<Moment>
  readonly review: Accessor<Review | undefined>
}

export const createRestoring = ({ moment, negotiation, review }: Sources): Restoring => {
  const [wanted, setWanted] = createSignal<Wanted>()
  return {
    mayRestore: () => negotiation.mayEdit() && may(negotiation.role(), 'snapshot'),
    wanted,
    all: from => setWanted({ from }),
    shown: from => {
      const is = review()
      if (!is?.filtering.isOn()) return setWanted({ from })
      const addresses = new Set(is.walk.stops().map(({ address }) => address))
      return setWanted({ from, only: ({ address }) => addresses.has(address) })
    },
    at: spots => {
      const at = moment()
      if (at.shows === 'now') return
      setWanted({ from: at.shows === 'past' ? at.at : at.from, only: standingAt(spots) })
    },
    end: () => setWanted(undefined),
  }
}

interface RestoringDialogProps {
  readonly restoring: Restoring
  readonly history: History
  readonly now: Accessor<Tracker>
  readonly travelling: Travelling
  readonly onRestored: () => void
}

export const RestoringDialog = (props: RestoringDialogProps) => (
  <Show when={props.restoring.wanted()} keyed>
    {({ from, only }) => (
      <RestoreDialog
        history={props.history}
        from={from}
        only={only}
        now={props.now}
        momentOf={props.travelling.seqOf}
        partsOf={props.travelling.partsOf}
        onClose={props.restoring.end}
        onRestored={() => {
          props.restoring.end()
          props.onRestored()
        }}
      />
    )}
  </Show>
)
