/** Waiting for my own work to be saved, for as long as there is a connection by which it could be. */
import { createEffect, createRoot } from 'solid-js'
import { Refused } from '#client/api.ts'
import type { Negotiation } from '#client/live/negotiation.ts'

export const whenSaved = (negotiation: Pick<Negotiation, 'link' | 'whenSaved'>): Promise<void> =>
  new Promise((resolve, reject) =>
    createRoot(dispose => {
      createEffect(() => {
        const { at } = negotiation.link()
        if (at !== 'offline' && at !== 'refused') return
        reject(new Refused(0, 'offline', OFFLINE))
        dispose()
      })
      void negotiation.whenSaved().then(resolve, reject).finally(dispose)
    }),
  )

const OFFLINE =
  'There is no connection to the server. What you wrote here is kept; try again when it is back.'
