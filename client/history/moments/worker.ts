/** The thread in which the history is made: long journals must not hold up the page. */
import { api } from '#client/api.ts'
import type { Call } from '#client/history/moments/messages.ts'
import { createReader, type FetchJournal } from '#client/history/moments/reader.ts'

const fetchJournal: FetchJournal = (trackerId, after, received) =>
  api.bytes(`/api/trackers/${trackerId}/journal?after=${after}`, received)

const answer = createReader(fetchJournal, (reply, buffers = []) =>
  self.postMessage(reply, { transfer: [...buffers] }),
)
addEventListener('message', ({ data }: MessageEvent<Call>) => void answer(data))
