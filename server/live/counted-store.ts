/** A store whose commits are counted and timed, whatever backend it is. */
import type { Clock } from '#server/live/clock.ts'
import type { Observer } from '#server/live/observer.ts'
import type { Store } from '#server/store/store.ts'

export const countedStore = (
  store: Store,
  observer: Observer,
  clock: Pick<Clock, 'elapsed'>,
): Store => ({
  ...store,
  append: async batches => {
    const start = clock.elapsed()
    try {
      const heads = await store.append(batches)
      const edits = batches.reduce((sum, { drafts }) => sum + drafts.length, 0)
      observer.commitSeconds.add((clock.elapsed() - start) / 1_000)
      observer.commitEdits.add(edits)
      observer.commitDocuments.add(batches.length)
      observer.stored += edits
      return heads
    } catch (error) {
      observer.commitFailures++
      throw error
    }
  },
})
