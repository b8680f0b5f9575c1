/** What hangs on each event, in words: "moved 2 cells · 1 claim". */
import { createMemo } from 'solid-js'
import type { MatrixView } from '#client/live/view.ts'
import { attachmentRecords } from '#shared/document/claims.ts'
import { effectRecords } from '#shared/document/events.ts'

export const createAbout = (view: MatrixView): ((id: string) => string) => {
  const counts = createMemo(() => {
    const many = new Map<string, { cells: number; claims: number }>()
    const of = (id: string) => many.get(id) ?? { cells: 0, claims: 0 }
    for (const { eventId } of view.records(effectRecords))
      many.set(eventId, { ...of(eventId), cells: of(eventId).cells + 1 })
    for (const { subjectId, to } of view.records(attachmentRecords))
      if (to === 'event')
        many.set(subjectId, { ...of(subjectId), claims: of(subjectId).claims + 1 })
    return many
  })
  return id => {
    const { cells = 0, claims = 0 } = counts().get(id) ?? {}
    const words = [
      cells > 0 && `moved ${cells} ${cells === 1 ? 'cell' : 'cells'}`,
      claims > 0 && `${claims} ${claims === 1 ? 'claim' : 'claims'}`,
    ]
    return words.filter(Boolean).join(' · ')
  }
}
