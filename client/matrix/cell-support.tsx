/** What a cell rests on, as it shows in the cell itself. */
import { createMemo, type Accessor, type JSX } from 'solid-js'
import { staleDays } from '#client/evidence/stale.ts'
import type { MatrixView } from '#client/live/view.ts'
import { LEVEL_LABELS, type Cell } from '#shared/cells.ts'
import { gradeOf } from '#shared/claims.ts'
import { coverageOf, type CoverageState } from '#shared/evidence/coverage.ts'
import { ageOf, supportOf, type Contest, type Support } from '#shared/evidence/support.ts'
import type { ClaimId } from '#shared/ids.ts'

export interface CellSupport {
  readonly support: Support
  readonly states: readonly CoverageState[]
  /** In days; undefined where it says nothing. */
  readonly age: number | undefined
}

/** Undefined where nothing was ever attached. Of a past state no age is reckoned. */
export const createCellSupport = (
  view: Accessor<MatrixView>,
  cell: Accessor<Cell>,
  isLive: Accessor<boolean>,
): Accessor<CellSupport | undefined> =>
  createMemo<CellSupport | undefined>(
    () => {
      if (cell().claimIds.length === 0) return undefined
      const support = supportOf(cell(), view().grounds)
      const now = isLive() ? Date.now() : undefined
      return {
        support,
        states: coverageOf(cell(), support, { now, days: staleDays() }),
        age: now === undefined ? undefined : ageOf(support, now),
      }
    },
    undefined,
    { equals: (a, b) => JSON.stringify(a) === JSON.stringify(b) },
  )

/** For the style of the cell around it. */
export const supportMark = (shown: CellSupport | undefined): string | undefined =>
  shown?.states.join(' ')

const isConfirmed = ({ support }: CellSupport): boolean => support.standing.length > support.pending

const counted = (many: number, one: string): string =>
  many === 1 ? `one ${one}` : `${many} ${one}s`

/** "2 claims, best grade B2, 5 reports, 1 origin, 20 days old" */
const supportWords = ({ age, states, support }: CellSupport): string =>
  [
    states.includes('contested') ? 'contested' : '',
    states.includes('unsupported') ? 'unsupported' : '',
    counted(support.standing.length, 'claim'),
    support.fallen.length > 0 ? `${support.fallen.length} no longer standing` : '',
    support.grade ? `best grade ${support.grade}` : '',
    support.standing.length > 0 ? support.origins.words : '',
    isConfirmed({ age, states, support }) ? 'confirmed' : '',
    support.pending > 0 ? `${support.pending} unconfirmed` : '',
    age === undefined ? '' : `${states.includes('stale') ? 'stale, ' : ''}${daysOld(age)}`,
  ]
    .filter(Boolean)
    .join(', ')

export const daysOld = (age: number): string =>
  age === 0 ? 'of today' : age === 1 ? 'one day old' : `${age} days old`

export const drawFoot = ({ confidence }: Cell, shown: CellSupport | undefined): JSX.Element => {
  const level = confidence && LEVEL_LABELS[confidence].toLowerCase()
  const words = shown && supportWords(shown)
  return (
    <div class="cell-foot">
      {confidence && (
        <span
          class="confidence"
          data-level={confidence}
          role="img"
          aria-label={`confidence ${level}`}
          title={`Confidence: ${level}`}
        />
      )}
      {shown && (
        <span class="cell-claims" role="img" aria-label={words} title={words}>
          {shown.support.grade
            ? `${shown.support.standing.length} · ${shown.support.grade}${isConfirmed(shown) ? ' ✓' : ''}`
            : 'unsupported'}
        </span>
      )}
    </div>
  )
}

/** Both claims of a contest: the assessed one above, the other below it, with the reason. */
export const drawContest = (view: MatrixView, contest: Contest): JSX.Element => {
  const { isChosen, lower, reason, upper } = contest
  return (
    <div class={isChosen ? 'contest chosen' : 'contest'}>
      {drawSide(view, upper, isChosen ? 'assessed' : 'either')}
      {drawSide(view, lower, isChosen ? 'set aside' : 'or', isChosen ? reason : '')}
    </div>
  )
}

const drawSide = (view: MatrixView, id: ClaimId, role: string, reason = ''): JSX.Element => {
  const claim = view.claim(id)
  const source = claim?.sourceId ? view.source(claim.sourceId) : undefined
  const words = [claim?.statement, reason].filter(Boolean).join(' — ')
  return (
    <div class="contest-side" title={words} dir="auto">
      <span class="unseen">{role}: </span>
      <span class="contest-grade">{claim ? gradeOf(claim, source) : ''}</span> {claim?.statement}
      {reason !== '' && <span class="contest-reason"> — {reason}</span>}
    </div>
  )
}
