/** Redactions as the server makes them, and what it found in words. */
import { api } from '#client/api.ts'
import type { RedactionDone, RedactionFindings } from '#shared/api.ts'
import type { TrackerId } from '#shared/ids.ts'

export const redactionsOf = (trackerId: TrackerId) => {
  const path = `/api/trackers/${trackerId}/redactions`
  return {
    search: (text: string) => api.post<RedactionFindings>(`${path}/search`, { text }),
    redact: (text: string, reason: string) => api.post<RedactionDone>(path, { text, reason }),
  }
}

export const isNowhere = ({ places, snapshots, words }: RedactionFindings): boolean =>
  places.length + snapshots + words === 0

/** "4 places, 2 snapshots and 1 label or note". */
export const whatGoes = ({ places, snapshots, words }: RedactionFindings): string => {
  const parts = [
    counted(places.length, 'place', 'places'),
    counted(snapshots, 'snapshot', 'snapshots'),
    counted(words, 'label or note', 'labels and notes'),
  ].filter(part => part !== '')
  const last = parts.pop() ?? ''
  return parts.length > 0 ? `${parts.join(', ')} and ${last}` : last
}

const counted = (many: number, one: string, more: string): string =>
  many === 0 ? '' : `${many} ${many === 1 ? one : more}`
