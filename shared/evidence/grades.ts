/** How sources and claims are graded: each analyst for themselves, and the team by an act of its own. */
import type { Judgement } from '#shared/sources.ts'

/** Best first. What cannot be judged is unknown: it stands before what was judged and found bad. */
const ORDER = { letters: 'ABCDFE', digits: '123465' }

const placeOf = (grade: string): number => {
  const letter = ORDER.letters.indexOf(grade.charAt(0))
  const digit = ORDER.digits.indexOf(grade.charAt(1))
  return (letter < 0 ? ORDER.letters.length : letter) * 10 + (digit < 0 ? 9 : digit)
}

/** Of grades as "B2", the better one first. */
export const compareGrades = (a: string, b: string): number => placeOf(a) - placeOf(b)

/** What a grade is drawn as: F and 6 say nothing, neither good nor bad. */
export type GradeTone = 'good' | 'fair' | 'poor' | 'unknown'

const TONES: Readonly<Record<string, GradeTone>> = {
  A: 'good',
  B: 'good',
  C: 'fair',
  D: 'poor',
  E: 'poor',
  1: 'good',
  2: 'good',
  3: 'fair',
  4: 'poor',
  5: 'poor',
}

/** Of one letter or one digit. */
export const toneOf = (mark: string): GradeTone =>
  (Object.hasOwn(TONES, mark) ? TONES[mark] : undefined) ?? 'unknown'

export interface Grades {
  /** The last time that the team settled on the grade that counts. */
  readonly team: Judgement | null
  /** Each analyst's last word, in the order in which they first spoke. */
  readonly analysts: readonly Judgement[]
  /** Whether two analysts hold different grades. Who cannot judge contradicts nobody. */
  readonly isDisputed: boolean
  /** All of them, analysts' and the team's, oldest first. */
  readonly history: readonly Judgement[]
}

/** All that has been thought of one source or claim. Judgements of one moment are in the order of their ids. */
export const gradesOf = (
  judgements: readonly Judgement[],
  about: Judgement['about'],
  subjectId: string,
  /** The one that the record has: of two settled at the same time it keeps one, whatever the clocks of those who wrote. */
  settled: string,
): Grades => {
  const history = judgements
    .filter(judgement => judgement.about === about && judgement.subjectId === subjectId)
    .toSorted((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1))
  const last = new Map<string, Judgement>()
  for (const judgement of history) if (!judgement.isTeam) last.set(judgement.by, judgement)
  const analysts = [...last.values()]
  const known = new Set(
    analysts.map(({ grade }) => grade).filter(grade => toneOf(grade) !== 'unknown'),
  )
  return {
    team: history.findLast(({ grade, isTeam }) => isTeam && grade === settled) ?? null,
    analysts,
    isDisputed: known.size > 1,
    history,
  }
}
