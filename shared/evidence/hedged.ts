/** A position as it leaves Parley: with the hedge and the attribution of what it rests on, so that neither falls off. */
import type { Cell } from '#shared/cells.ts'
import { ATTRIBUTION_LABELS, bestGrade, gradeOf, type Claim } from '#shared/claims.ts'
import {
  dateOfClaim,
  saysSomething,
  supportOf,
  type Contest,
  type Grounds,
  type Support,
} from '#shared/evidence/support.ts'
import type { ClaimId } from '#shared/ids.ts'

/** "reportedly Wide access (unnamed official, via Axios, 4 Feb 2026, unconfirmed)" */
export const hedgedPosition = (cell: Cell, from: Grounds): string => {
  const words = cell.position.trim()
  if (words === '') return cell.position
  const support = supportOf(cell, from)
  const hedge = hedgeOf(support, from)
  const said = evidenceWords(cell, from)
  const isSaid = hedge === '' || startsWith(words, hedge)
  return [isSaid ? '' : hedge, words, said === '' ? '' : `(${said})`].filter(Boolean).join(' ')
}

/**
 * What a cell rests on: "unnamed official, via Axios, 4 Feb 2026, unconfirmed; and 2 more claims". '' where no claim was
 * ever attached, which says nothing about the words.
 */
export const evidenceWords = (cell: Cell, from: Grounds): string => {
  if (cell.claimIds.length === 0 || !saysSomething(cell)) return ''
  const support = supportOf(cell, from)
  const main = mainOf(support, from)
  if (!main) return 'unsupported: no claim behind it stands any more'
  const [contest] = support.contests
  const more = support.standing.filter(id => id !== main.id && id !== contest?.lower).length
  return [
    attributed(main, from),
    more > 0 ? `and ${more === 1 ? 'one more claim' : `${more} more claims`}` : '',
    contest ? contestWords(contest, main.id, from) : '',
  ]
    .filter(Boolean)
    .join('; ')
}

/** "unnamed official, via Axios, 4 Feb 2026, unconfirmed" */
export const attributed = (claim: Claim, { person, source }: Grounds): string => {
  const speaker = claim.speaker || (claim.speakerId && person(claim.speakerId)?.name) || ''
  const who = [speaker, claim.capacity].filter(Boolean).join(', ')
  const through = claim.sourceId ? source(claim.sourceId) : undefined
  const outlet = through?.author || through?.title
  return [
    ATTRIBUTION_LABELS[claim.attribution],
    who,
    outlet ? `via ${outlet}` : '',
    datedAs(claim.saidAt || claim.learnedAt),
    STATUS_WORDS[claim.status],
  ]
    .filter(Boolean)
    .join(', ')
}

const STATUS_WORDS = {
  reported: 'unconfirmed',
  confirmed: 'confirmed',
  disputed: 'disputed',
  denied: 'denied',
  retracted: 'retracted',
  superseded: 'superseded',
  withdrawn: 'withdrawn',
} as const

/** The words that say how sure it is: the claim's own; "reportedly" where it has none and nobody has confirmed it. */
const hedgeOf = (support: Support, from: Grounds): string => {
  const main = mainOf(support, from)
  if (!main) return ''
  const own = main.hedges
    .split(',')
    .map(word => word.trim())
    .filter(Boolean)
  if (own.length > 0) return own.join(', ')
  return main.status === 'confirmed' ? '' : 'reportedly'
}

/** The claim that carries the cell: the assessed one, else one that is confirmed, else the best graded, else the newest. */
const mainOf = ({ contests, standing }: Support, from: Grounds): Claim | undefined => {
  const claims = standing.flatMap(id => from.claim(id) ?? [])
  const assessed = contests.find(({ isChosen }) => isChosen)?.upper
  const chosen = claims.find(({ id }) => id === assessed)
  if (chosen) return chosen
  const gradeAt = (claim: Claim): string =>
    gradeOf(claim, claim.sourceId ? from.source(claim.sourceId) : undefined)
  return claims.toSorted((a, b) => {
    const [confirmedA, confirmedB] = [a.status === 'confirmed', b.status === 'confirmed']
    if (confirmedA !== confirmedB) return confirmedA ? -1 : 1
    const [gradeA, gradeB] = [gradeAt(a), gradeAt(b)]
    if (gradeA !== gradeB) return bestGrade([gradeA, gradeB]) === gradeA ? -1 : 1
    return (dateOfClaim(b) ?? 0) - (dateOfClaim(a) ?? 0)
  })[0]
}

const contestWords = (
  { isChosen, lower, reason, upper }: Contest,
  main: ClaimId,
  from: Grounds,
) => {
  const other = from.claim(lower === main ? upper : lower)
  const against = `contested: “${other?.statement ?? ''}”`
  return isChosen && reason !== '' ? `${against}, not gone by because ${reason}` : against
}

/** A hedge that the words already begin with is not said twice. */
const startsWith = (words: string, hedge: string): boolean =>
  words.toLowerCase().startsWith(hedge.toLowerCase())

const DAY = /^(\d{4})-(\d\d)-(\d\d)/
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** A day as people write it; whatever else was typed stays as it is. */
const datedAs = (date: string): string => {
  const [, year, month, day] = DAY.exec(date) ?? []
  const name = MONTHS[Number(month) - 1]
  return name && !date.includes('/') ? `${Number(day)} ${name} ${year}` : date
}
