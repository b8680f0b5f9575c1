/** Parts of a tracker with members of their own: to everybody else they are not there, or only that something is withheld. */

export const OUTSIDERS_SEE = ['nothing', 'withheld'] as const
export type OutsidersSee = (typeof OUTSIDERS_SEE)[number]
export const OUTSIDERS_SEE_LABELS: Readonly<Record<OutsidersSee, string>> = {
  nothing: 'Nothing at all',
  withheld: 'That something is withheld',
}

export const MAX_COMPARTMENT_NAME = 80
/** Of one tracker: each is a document, and a connection of every member. */
export const MOST_COMPARTMENTS = 20
/** What can be put into a compartment; all that belongs to it goes along. */
export const MOVABLE = ['party', 'claim', 'source', 'redLine'] as const
export type Movable = (typeof MOVABLE)[number]
export const MOVABLE_LABELS: Readonly<Record<Movable, string>> = {
  party: 'column',
  claim: 'claim',
  source: 'source',
  redLine: 'red line',
}

export interface Subject {
  readonly kind: Movable
  readonly id: string
}
