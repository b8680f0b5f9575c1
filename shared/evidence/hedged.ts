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
import type { ClaimId, SourceId } from '#shared/ids.ts'

/** "reportedly Wide access (unnamed official, via Axios, 4 Feb 2026, unconfirmed; hedged: “not yet official”)" */
export const hedgedPosition = (cell: Cell, from: Grounds): string => {
  const words = cell.position.trim()
  if (words === '') return cell.position
  const begins = IN_FRONT.find(adverb => beginsWith(words, adverb))
  const hedge = begins ?? hedgeOf(mainOf(supportOf(cell, from), from))
  const said = restsOn(cell, from, hedge)
  return [begins ? '' : hedge, words, said === '' ? '' : `(${said})`].filter(Boolean).join(' ')
}

/**
 * What a cell rests on: "unnamed official, via Axios, 4 Feb 2026, unconfirmed; hedged: “expected”; and 2 more claims".
 * '' where no claim was ever attached, which says nothing about the words.
 */
export const evidenceWords = (cell: Cell, from: Grounds): string => restsOn(cell, from)

const restsOn = (cell: Cell, from: Grounds, saidInFront = ''): string => {
  if (cell.claimIds.length === 0 || !saysSomething(cell)) return ''
  const support = supportOf(cell, from)
  const main = mainOf(support, from)
  if (!main) return 'unsupported: no claim behind it stands any more'
  const [contest] = support.contests
  const more = support.standing.filter(id => id !== main.id && id !== contest?.lower).length
  return [
    attributedWithHedges(main, from, saidInFront),
    more > 0 ? `and ${more === 1 ? 'one more claim' : `${more} more claims`}` : '',
    contest ? contestWords(contest, main.id, from) : '',
  ]
    .filter(Boolean)
    .join('; ')
}

/** "unnamed official, via Axios, 4 Feb 2026, unconfirmed; hedged: “reportedly, expected”": but for the hedge that was said. */
export const attributedWithHedges = (claim: Claim, from: Grounds, said = ''): string => {
  const hedges = hedgesOf(claim).filter(hedge => hedge.toLowerCase() !== said)
  return [attributed(claim, from), hedges.length > 0 ? `hedged: “${hedges.join(', ')}”` : '']
    .filter(Boolean)
    .join('; ')
}

/** "unnamed official, via two sources, through Axios, 4 Feb 2026, unconfirmed" */
export const attributed = (claim: Claim, from: Grounds): string => {
  const { person } = from
  const speaker = claim.speaker || (claim.speakerId && person(claim.speakerId)?.name) || ''
  const who = [speaker, claim.capacity].filter(Boolean).join(', ')
  const [outlet, ...through] = outletsOf(claim, from).filter(name => name !== speaker)
  return [
    ATTRIBUTION_LABELS[claim.attribution],
    who,
    outlet ? `via ${outlet}` : '',
    ...through.map(name => `through ${name}`),
    datedAs(claim.saidAt || claim.learnedAt),
    STATUS_WORDS[claim.status],
  ]
    .filter(Boolean)
    .join(', ')
}

/** The claim's source and those through which it was seen, nearest first: the outlet is often not the first of them. */
const outletsOf = ({ sourceId }: Claim, { source }: Grounds): readonly string[] => {
  const names = new Set<string>()
  const seen = new Set<SourceId>()
  let next = sourceId
  while (next && !seen.has(next)) {
    seen.add(next)
    const found = source(next)
    names.add(found?.author || found?.title || '')
    next = found?.viaSourceId ?? null
  }
  names.delete('')
  return [...names]
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

/** The hedges that read in front of any position; others, as "no official confirmation", would make no sentence there. */
const IN_FRONT = [
  'reportedly',
  'allegedly',
  'apparently',
  'possibly',
  'probably',
  'presumably',
  'purportedly',
  'supposedly',
] as const

/** The adverb in front: the claim's own; "reportedly" where it has none and nobody has confirmed it. */
const hedgeOf = (claim: Claim | undefined): string => {
  if (!claim) return ''
  const own = hedgesOf(claim).map(hedge => hedge.toLowerCase())
  const adverb = own.find(hedge => IN_FRONT.some(adverb => adverb === hedge))
  return adverb ?? (claim.status === 'confirmed' ? '' : 'reportedly')
}

const hedgesOf = ({ hedges }: Claim): readonly string[] =>
  hedges
    .split(',')
    .map(word => word.trim())
    .filter(Boolean)

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
const beginsWith = (words: string, adverb: string): boolean =>
  words.toLowerCase().startsWith(adverb) && !/^\p{L}/u.test(words.slice(adverb.length))

const DAY = /^(\d{4})-(\d\d)-(\d\d)/
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** A day as people write it; whatever else was typed stays as it is. */
const datedAs = (date: string): string => {
  const [, year, month, day] = DAY.exec(date) ?? []
  const name = MONTHS[Number(month) - 1]
  return name && !date.includes('/') ? `${Number(day)} ${name} ${year}` : date
}
