/** The states that a moment needs, fetched; what was shown stays until they are here. */
import type { Accessor } from 'solid-js'
import { createAsked, type Asked } from '#client/history/asked.ts'
import type { Moment } from '#client/history/moment.ts'
import type { Pasts } from '#client/live/past.ts'
import type { Tracker } from '#shared/tracker.ts'

export type Opened =
  | { readonly shows: 'past'; readonly moment: Moment & { shows: 'past' }; readonly past: Tracker }
  | {
      readonly shows: 'comparison'
      readonly moment: Moment & { shows: 'comparison' }
      readonly from: Tracker
      /** Undefined where the comparison is with the live document. */
      readonly to: Tracker | undefined
    }

/** `needs` tells whether the moment has to be fetched; else it is shown from elsewhere. */
export const createOpened = (
  moment: Accessor<Moment>,
  needs: Accessor<boolean>,
  pasts: Pasts,
): Asked<Opened> =>
  createAsked(
    () => {
      const asked = moment()
      return asked.shows === 'now' || !needs() ? undefined : asked
    },
    async (asked): Promise<Opened> => {
      if (asked.shows === 'past')
        return { shows: 'past', moment: asked, past: await pasts.open(asked.at) }
      const [from, to] = await Promise.all([
        pasts.open(asked.from),
        asked.to === 'now' ? undefined : pasts.open(asked.to),
      ])
      return { shows: 'comparison', moment: asked, from, to }
    },
  )
