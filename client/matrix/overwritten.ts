/** A choice is last-writer: whoever loses is told, and may keep theirs. */
import type { Negotiation, Overwritten } from '#client/live/negotiation.ts'
import { pointLabel } from '#client/matrix/scale.ts'
import { notify } from '#client/ui/toaster.tsx'
import {
  CELL_FIELDS,
  FLEXIBILITY_LABELS,
  KNOWLEDGE_LABELS,
  LEVEL_LABELS,
  SCOPE_LABELS,
  type CellField,
} from '#shared/cells.ts'
import { setCell } from '#shared/document/cells.ts'
import type { PointId } from '#shared/ids.ts'

const FIELD_NAMES: Readonly<Record<CellField, string>> = {
  knowledge: 'what is known',
  scope: 'the scope',
  scopeNote: 'the note on the scope',
  stance: 'the stance',
  aspiration: 'the best outcome hoped for',
  walkAway: 'the walk-away point',
  flexibility: 'the flexibility',
  salience: 'the weight',
  confidence: 'the confidence',
}

export const tellOverwritten = (negotiation: Negotiation): (() => void) =>
  negotiation.onOverwritten(event => {
    const field = CELL_FIELDS.find(name => name === event.field)
    if (!field) return
    const mine = inWords(negotiation, event, field, event.mine)
    const theirs = inWords(negotiation, event, field, event.theirs)
    notify({
      text: `${event.by} set ${FIELD_NAMES[field]} to ${theirs}, over your ${mine}.`,
      action: {
        label: 'Keep mine',
        run: () =>
          void negotiation.act(`keep ${FIELD_NAMES[field]}`, doc =>
            setCell(doc, event.issueId, event.partyId, { [field]: event.mine ?? null }),
          ),
      },
    })
  })

const inWords = (
  { view }: Negotiation,
  { issueId }: Overwritten,
  field: CellField,
  value: unknown,
): string => {
  if (value === undefined || value === null || value === '') return 'nothing'
  const word = String(value)
  const labels: Readonly<Record<string, string>> = {
    knowledge: KNOWLEDGE_LABELS,
    scope: SCOPE_LABELS,
    flexibility: FLEXIBILITY_LABELS,
    salience: LEVEL_LABELS,
    confidence: LEVEL_LABELS,
    scopeNote: {},
    stance: {},
    aspiration: {},
    walkAway: {},
  }[field]
  const label =
    labels[word] ??
    pointLabel(view.issue(issueId)?.scale.points ?? [], word as PointId) ??
    (field === 'scopeNote' ? word : 'a point no longer on the scale')
  return `“${label}”`
}
