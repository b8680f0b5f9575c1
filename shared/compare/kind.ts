/**
 * Which kind of movement a change of a cell is proposed to be. What the party stands for changed: with a new claim the
 * party moved, without one our judgement did; where nothing had been known of it, we learned more.
 */
import type { CellField } from '#shared/cells.ts'
import type { CellChange } from '#shared/compare/compare.ts'
import type { MovementKind } from '#shared/movements.ts'

/** What decides it of a change, over however long a time. */
export interface Traits {
  /** What the party stands for (its stance, range, scope or red line, whether it agrees), and whether that was known. */
  readonly stand: 'unchanged' | 'first' | 'changed'
  readonly gainsClaim: boolean
  /** Whether what is known at all, or the claims, changed. */
  readonly learns: boolean
  /** Whether what the team reckons changed: flexibility, weight, confidence. */
  readonly judges: boolean
}

export const proposedKind = ({ gainsClaim, judges, learns, stand }: Traits): MovementKind => {
  if (stand === 'changed') return gainsClaim ? 'moved' : 'judged'
  if (stand === 'first' || learns) return 'learned'
  return judges ? 'judged' : 'worded'
}

/** One field of a cell that differs; a red line counts as one field, null where there is none. */
export interface FieldDelta {
  readonly field: CellField | 'position' | 'claim' | 'redLine'
  readonly before: unknown
  readonly after: unknown
}

export const traitsOf = (deltas: readonly FieldDelta[]): Traits => {
  const stands = deltas.filter(isStand)
  return {
    stand: stands.length === 0 ? 'unchanged' : stands.every(isFirst) ? 'first' : 'changed',
    gainsClaim: deltas.some(({ after, field }) => field === 'claim' && after === true),
    learns: deltas.some(({ field }) => field === 'claim' || field === 'knowledge'),
    judges: deltas.some(({ field }) => JUDGED.has(field)),
  }
}

/** Fields of a cell in which what a party stands for may change; red lines are the other place. */
export const STAND_FIELDS = ['stance', 'aspiration', 'walkAway', 'scope', 'knowledge'] as const

const STANDS: ReadonlySet<FieldDelta['field']> = new Set<FieldDelta['field']>([
  ...STAND_FIELDS.filter(field => field !== 'knowledge'),
  'redLine',
])
const JUDGED: ReadonlySet<FieldDelta['field']> = new Set(['flexibility', 'salience', 'confidence'])

const isStand = ({ after, before, field }: FieldDelta): boolean =>
  STANDS.has(field) || (field === 'knowledge' && (before === 'agreed' || after === 'agreed'))

const isFirst = ({ before, field }: FieldDelta): boolean =>
  before === null || (field === 'knowledge' && before === 'unknown')

/** The traits of what differs between two moments. */
export const traitsBetween = ({ after, before, fields, redLines }: CellChange): Traits =>
  traitsOf([
    ...fields.flatMap((field): readonly FieldDelta[] =>
      field === 'claimIds'
        ? claimDeltas(before.claimIds, after.claimIds)
        : [{ field, before: before[field], after: after[field] }],
    ),
    ...redLines.map(change => ({
      field: 'redLine' as const,
      before: change.before ?? null,
      after: change.after ?? null,
    })),
  ])

const claimDeltas = (
  before: readonly string[],
  after: readonly string[],
): readonly FieldDelta[] => {
  const delta = (attached: boolean): FieldDelta => ({
    field: 'claim',
    before: !attached,
    after: attached,
  })
  return [
    ...after.filter(id => !before.includes(id)).map(() => delta(true)),
    ...before.filter(id => !after.includes(id)).map(() => delta(false)),
  ]
}
